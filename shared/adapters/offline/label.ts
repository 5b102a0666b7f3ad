import type { Label, LabelMember, TaskInput } from "../../contracts/model-tasks.ts";
import type { KeyPhrase } from "../../domain/text/key-phrases.ts";
import { keyPhrases } from "../../domain/text/key-phrases.ts";
import { isCommonEnglish } from "../../domain/text/lexicon.ts";
import { stem } from "../../domain/text/stem.ts";
import { GENERIC_WORDS } from "../../domain/text/stop-words.ts";
import { tokens } from "../../domain/text/words.ts";
import { REQUEST_VERBS } from "./facets/verbs.ts";
import { asDescription, enumerate, firstFree } from "./naming/compose.ts";
import { representativePhrases } from "./naming/representative.ts";

/**
 * A word that fewer members use, or a smaller share of them, may stand in a name only if the public lexicon knows it:
 * a given name that some users share is no subject.
 */
const MIN_MEMBERS = 3;
/** The default minimum of unique users (design section 7): the privacy screen asks the same of every word. */
const MIN_WORD_MEMBERS = 5;
const MIN_WORD_SHARE = 0.15;
/** Share of the members that a phrase must reach to describe the cluster. */
const MIN_SHARE = 0.08;
/** Share of the members that a phrase of theirs must fit to name them all: an action more readily than a question. */
const MIN_ACTION_SHARE = 0.3;
const MIN_QUESTION_SHARE = 0.4;

/** Empty when nothing notable was asked: the summary then only says so. */
function textOf({ request, task, topic, summary }: LabelMember): string {
  return request ?? task ?? (topic === null ? "" : summary);
}

/** What kinds of request the tasks of a cluster are, by their first words. */
type Manner = "ask" | "help" | "get" | "do";

interface Task {
  readonly manner: Manner;
  /** The verb of a "do" task, else empty. */
  readonly verb: string;
  readonly stems: readonly string[];
  readonly words: readonly string[];
}

function readTask(task: string | null): Task {
  const list = tokens(task ?? "");
  const [first = "", second = ""] = list;
  const pair = `${first} ${second}`;
  const manner: Manner =
    /^(?:find out|learn about|answer about|answer in)$/.test(pair) || first === ""
      ? "ask"
      : pair === "help with"
        ? "help"
        : first === "get"
          ? "get"
          : "do";
  return {
    manner,
    verb: manner === "do" && REQUEST_VERBS.has(first) ? first : "",
    stems: list.map(stem),
    words: list,
  };
}

function commonest<T>(items: Iterable<T>): { item: T; count: number } | undefined {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  let best: { item: T; count: number } | undefined;
  for (const [item, count] of counts) {
    if (!best || count > best.count || (count === best.count && String(item) < String(best.item)))
      best = { item, count };
  }
  return best;
}

/** Words that a name does not need: possessives, articles, "please". */
const DROPPED = /^(?:my|your|our|their|his|her|the|a|an|this|that|these|those|me|us|some|any|please)$/;

const PARTICLES: ReadonlySet<string> = new Set(["off", "on", "up", "down", "out", "over", "back"]);

/** Verbs that carry so little that the subject alone reads better. */
const WEAK_VERBS: ReadonlySet<string> = new Set([
  "be",
  "do",
  "have",
  "help",
  "tell",
  "say",
  "want",
  "think",
  "know",
  "want",
  "give",
  "let",
  "go",
  "come",
  "get",
  "use",
]);

/**
 * What the members do with a phrase, in their words: "set alarm", "turn off lights"; the phrase itself when it opens
 * with their verb ("flip a coin"). Null when no verb is used by a fifth of the members that have the phrase.
 */
function action(
  tasks: readonly Task[],
  phrase: KeyPhrase,
  allowed: (word: string) => boolean,
): string | null {
  const key = phrase.key.split(" ");
  const leads: string[] = [];
  let having = 0;
  for (const { manner, verb, stems, words } of tasks) {
    const at = stems.findIndex((_, i) => key.every((part, j) => stems[i + j] === part));
    if (at < 0) continue;
    having++;
    if (manner !== "do" || verb === "" || WEAK_VERBS.has(verb)) continue;
    if (at === 0) {
      if (key.length > 1) leads.push("");
      continue;
    }
    const next = words.slice(1, at).find((word) => !DROPPED.test(word)) ?? "";
    // A particle right after the verb belongs to it ("turn off"); other words are this member's own.
    leads.push(PARTICLES.has(next) ? `${verb} ${next}` : verb);
  }
  const lead = commonest(leads);
  if (!lead || lead.count < Math.max(2, having * 0.2) || !tokens(lead.item).every(allowed)) return null;
  return lead.item === "" || phrase.text.startsWith(`${lead.item} `)
    ? phrase.text
    : `${lead.item} ${phrase.text}`;
}

/** How many of the texts hold none of the phrases chosen so far but hold this one. */
function adds(phrase: KeyPhrase, chosen: readonly KeyPhrase[], texts: readonly string[]): number {
  return texts.filter((text) => has(text, phrase) && !chosen.some((other) => has(text, other))).length;
}

const has = (stems: string, phrase: KeyPhrase): boolean => stems.includes(` ${phrase.key} `);
const stemLine = (text: string): string => ` ${tokens(text).map(stem).join(" ")} `;

/** One to three phrases that together cover the members: the best, then those that add at least a sixth. */
function cover(phrases: readonly KeyPhrase[], lines: readonly string[]): KeyPhrase[] {
  const [first] = phrases;
  if (!first) return [];
  const chosen = [first];
  for (const phrase of phrases.slice(1)) {
    if (chosen.length === 3) break;
    const shares = phrase.key
      .split(" ")
      .some((part) => chosen.some((other) => other.key.split(" ").includes(part)));
    if (!shares && adds(phrase, chosen, lines) >= lines.length / 6) chosen.push(phrase);
  }
  return chosen;
}

const share = (count: number, of: number): string => {
  const part = count / of;
  if (part >= 0.85) return "nearly all";
  if (part >= 0.6) return "most";
  if (part >= 0.4) return "about half";
  return part >= 0.2 ? "some" : "a few";
};

function describe(tasks: readonly Task[], phrases: readonly KeyPhrase[], n: number): string {
  const subjects = enumerate(phrases.slice(0, 4).map((phrase) => phrase.text));
  const about =
    subjects === ""
      ? "Users write short messages without a common subject."
      : `Users write about ${subjects}.`;
  const manners: Record<Manner, number> = { ask: 0, help: 0, get: 0, do: 0 };
  for (const task of tasks) manners[task.manner]++;
  const verbs = [...new Set(tasks.map((task) => task.verb))]
    .filter((verb) => verb !== "" && !WEAK_VERBS.has(verb))
    .map((verb) => ({ verb, count: tasks.filter((task) => task.verb === verb).length }))
    .filter(({ count }) => count >= MIN_MEMBERS)
    .toSorted((a, b) => b.count - a.count || (a.verb < b.verb ? -1 : 1))
    .slice(0, 3)
    .map(({ verb }) => verb);
  const kinds: [number, string][] = [
    [manners.ask, "ask a question"],
    [
      manners.do,
      verbs.length > 0
        ? `want something done, such as to ${enumerate(verbs).replace(/ and /, " or ")}`
        : "want something done",
    ],
    [manners.get, "look for something"],
    [manners.help, "describe a situation"],
  ];
  const told = kinds
    .filter(([count]) => count / n >= 0.15)
    .toSorted((a, b) => b[0] - a[0])
    .slice(0, 2)
    .map(([count, what]) => `${share(count, n)} ${what}`);
  if (told.length === 0) return about;
  const second = told.join("; ");
  return `${about} ${second.charAt(0).toUpperCase()}${second.slice(1)}.`;
}

/**
 * Names a cluster by what sets it apart: key phrases of its members against the nearest others, with the verb the
 * members use for them. No word that fewer than three members use, unless it is common English.
 */
export function offlineLabel({ members, outsiders, taken }: TaskInput<"label">): Label {
  const texts = members.map(textOf);
  const lines = texts.map(stemLine);
  const users = new Map<string, number>();
  for (const text of texts)
    for (const word of new Set(tokens(text))) users.set(word, (users.get(word) ?? 0) + 1);
  const enough = Math.max(MIN_WORD_MEMBERS, members.length * MIN_WORD_SHARE);
  const allowed = (word: string): boolean => (users.get(word) ?? 0) >= enough || isCommonEnglish(word);
  const minMembers = Math.max(
    1,
    Math.min(MIN_MEMBERS, members.length),
    Math.ceil(members.length * MIN_SHARE),
  );
  const options = { maxWords: 3, minMembers };
  const context = outsiders.map(textOf);
  const nested = keyPhrases(texts, context, { ...options, limit: 300, nested: true });
  const phrases = keyPhrases(texts, context, { ...options, limit: 24 })
    .map((phrase) => ({ ...phrase, score: phrase.score * nounLikeness(phrase, lines) }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 12)
    .map((phrase) => extended(phrase, nested))
    .filter((phrase) => tokens(phrase.text).every(allowed) && phrase.score > 0)
    .filter((phrase) => !phrase.key.split(" ").every((part) => GENERIC_WORDS.has(part)))
    .filter((phrase, i, all) => all.findIndex((other) => other.key === phrase.key) === i);
  const tasks = members.map((member) => readTask(member.task));
  const subjects = phrases.filter((phrase) => !isVerbOnly(phrase, tasks));
  const chosen = cover(subjects.length > 0 ? subjects : phrases, lines);
  const spoken = representativePhrases(members, outsiders)
    .filter(
      ({ text, coverage, isAction }) =>
        coverage >= (isAction ? MIN_ACTION_SHARE : MIN_QUESTION_SHARE) && tokens(text).every(allowed),
    )
    .map(({ text }) => text);
  const names = [...spoken, ...candidates(tasks, chosen, phrases, allowed)];
  return {
    description: asDescription(
      describe(tasks, chosen.concat(phrases.filter((phrase) => !overlaps(phrase, chosen))), members.length),
    ),
    name: firstFree(names, taken),
  };
}

const DETERMINERS = /^(?:my|your|our|their|his|her|the|a|an|this|that|some|any|new|of|for|about)$/;

/**
 * 1 for a phrase of several words or a word that follows articles and the like, as nouns do, less for others: "long",
 * "glad" and "taken" set a cluster apart but do not name it.
 */
function nounLikeness(phrase: KeyPhrase, lines: readonly string[]): number {
  if (phrase.key.includes(" ")) return 1;
  let seen = 0;
  let led = 0;
  for (const line of lines) {
    const list = line.trim().split(" ");
    const at = list.indexOf(phrase.key);
    if (at < 0) continue;
    seen++;
    if (DETERMINERS.test(list[at - 1] ?? "")) led++;
  }
  if (seen === 0 || led / seen >= 0.15) return 1;
  return phrase.text.endsWith("s") ? 0.8 : 0.5;
}

/** The longest phrase around this one that two in five of its members use: "oil" -> "oil change". */
function extended(phrase: KeyPhrase, nested: readonly KeyPhrase[]): KeyPhrase {
  let best = phrase;
  for (const longer of nested) {
    if (!` ${longer.key} `.includes(` ${phrase.key} `) || longer.members < Math.max(2, phrase.members * 0.4))
      continue;
    const wider = longer.key.length - best.key.length;
    if (
      longer.key.split(" ").length > best.key.split(" ").length ||
      (wider > 0 && longer.members > best.members)
    )
      best = longer;
  }
  return best;
}

/** Whether a phrase shares a word, or a part of a hyphenated one, with those chosen. */
const overlaps = (phrase: KeyPhrase, chosen: readonly KeyPhrase[]): boolean => {
  const parts = (key: string): string[] => key.split(/[ -]/);
  return parts(phrase.key).some((part) => chosen.some((other) => parts(other.key).includes(part)));
};

/** A single word that the tasks use as their verb, not as their subject. */
function isVerbOnly(phrase: KeyPhrase, tasks: readonly Task[]): boolean {
  if (phrase.key.includes(" ") || !REQUEST_VERBS.has(phrase.text)) return false;
  const asVerb = tasks.filter((task) => task.stems[0] === phrase.key).length;
  const inside = tasks.filter((task) => task.stems.slice(1).includes(phrase.key)).length;
  return asVerb > inside;
}

function candidates(
  tasks: readonly Task[],
  chosen: readonly KeyPhrase[],
  phrases: readonly KeyPhrase[],
  allowed: (word: string) => boolean,
): string[] {
  const [first] = chosen;
  const empty = tasks.filter((task) => task.words.length === 0).length;
  if (empty > tasks.length / 2) return ["Small talk and other short messages", "Other short messages"];
  // Requests that no glossary knew: the language is what they share.
  const language = commonest(
    tasks.map(({ words: [a, b, c = ""] }) => (a === "answer" && b === "in" ? c : "")),
  );
  const foreign =
    language && language.item !== "" && language.count > tasks.length / 2
      ? [`Requests in ${language.item.charAt(0).toUpperCase()}${language.item.slice(1)}`]
      : [];
  if (!first) return [...foreign, "Various requests", "Other requests"];
  const manner = commonest(tasks.map((task) => task.manner))?.item ?? "ask";
  const rest = chosen.slice(1).map((phrase) => phrase.text);
  const spare = phrases.filter((phrase) => !overlaps(phrase, chosen)).map((phrase) => phrase.text);
  const done = action(tasks, first, allowed);
  const lead =
    done ??
    {
      ask: `ask about ${first.text}`,
      help: `get help with ${first.text}`,
      get: `get ${first.text}`,
      do: `requests about ${first.text}`,
    }[manner];
  return [
    enumerate([lead, ...rest]),
    ...spare.map((phrase) => enumerate([lead, ...rest, phrase])),
    ...spare.map((phrase) => `${enumerate([first.text, ...rest])}: ${phrase}`),
  ];
}
