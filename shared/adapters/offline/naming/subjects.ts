import { isCommonEnglish } from "../../../domain/text/lexicon.ts";
import { GENERIC_WORDS } from "../../../domain/text/stop-words.ts";
import { REQUEST_VERBS } from "../facets/verbs.ts";
import { wantsToBeDone, WEAK_VERBS } from "./reading.ts";
import type { Nearness } from "./tools.ts";
import type { Reading, Word } from "./reading.ts";

/** A phrase of the members, counted over them and over the outsiders. */
export interface Subject {
  /** What it is: a thing, something done ("call"), a property ("true"). */
  readonly kind: "noun" | "verb" | "quality";
  /** Stems of its words. */
  readonly key: string;
  /** As most members write it. */
  readonly text: string;
  /** Weight, 0 to 1, with which each member is about it. */
  readonly presence: readonly number[];
  /** As `presence`, where words of a like meaning count in part: "cellphone" for "phone". */
  readonly reach: readonly number[];
  /** Sum of `presence` over the number of members, and the same of the outsiders. */
  readonly share: number;
  readonly outside: number;
  /** How far it sets the members apart: a half when outsiders have it as often. */
  readonly precision: number;
  /** What it is worth as the subject of a name. */
  readonly value: number;
  /** How it is introduced. */
  readonly determiner: "a" | "the" | "";
  /** The preposition before it, where most have one: "to" of "to my playlist"; else empty. */
  readonly preposition: string;
}

interface Occurrence {
  readonly key: string;
  readonly text: string;
  readonly weight: number;
  readonly kind: Subject["kind"];
  readonly lead: string;
  readonly preposition: string;
  readonly isName: boolean;
}

/** What told circumstances count beside the request, and a phrase that only modifies another noun. */
const CONTEXT_WEIGHT = 0.35;
const MODIFIER_WEIGHT = 0.6;
/** What a verb counts that is not the order itself. */
const OTHER_VERB_WEIGHT = 0.5;
const MAX_WORDS = 3;
/** Nouns that name a kind or an amount of something else. */
const VAGUE: ReadonlySet<string> = new Set(
  "kind sort type lot bit couple piece example anything everything something someone anyone idea question info information detail amount number thing way stuff case reason help advice rest total am pm following january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday half hour minute second moment night weekend page".split(
    " ",
  ),
);

/** What such a noun is worth: the name of a cluster only when most members have it ("what time is it"). */
const VAGUE_WEIGHT = 0.35;
const isVague = (kind: Subject["kind"], key: string): boolean =>
  kind === "noun" && key.split(" ").every((part) => VAGUE.has(part) || GENERIC_WORDS.has(part));

const AFTER: ReadonlySet<string> = new Set(["determiner", "possessive", "preposition"]);
const MODIFIES: ReadonlySet<string> = new Set(["noun", "name", "adjective", "participle"]);

/** The noun phrases of a text without their articles, as [start, end). */
export function nounPhrases(words: readonly Word[]): [number, number][] {
  const found: [number, number][] = [];
  for (let start = 0; start < words.length; start++) {
    let end = start;
    while (end < words.length && words[end]!.content && MODIFIES.has(words[end]!.part)) end++;
    if (end === start) continue;
    let head = end;
    while (head > start && words[head - 1]!.part !== "noun" && words[head - 1]!.part !== "name") head--;
    if (head > start) found.push([start, head]);
    start = end;
  }
  return found;
}

const joined = (words: readonly Word[], of: "stem" | "text"): string =>
  words.map((word) => (of === "text" ? word.text : word.stem)).join(" ");

function occurrences({ words, context, verb, manner, language }: Reading): Occurrence[] {
  const found: Occurrence[] = [];
  const runs = nounPhrases(words);
  runs.forEach(([start, end], n) => {
    // "my last paycheck": what only points does not part a noun from its article.
    let first = start;
    while (first > 0 && !words[first - 1]!.content && words[first - 1]!.part === "adjective") first--;
    const before = words[first - 1];
    const lead = before?.part === "possessive" || before?.part === "determiner" ? before.low : "";
    const ahead = lead === "" ? before : words[first - 2];
    const preposition =
      ahead?.part === "preposition" && !/^(?:of|about|than|like)$/.test(ahead.low) ? ahead.low : "";
    const weight = start < context ? 1 : CONTEXT_WEIGHT;
    const shared = { kind: "noun", weight, lead, preposition } as const;
    const isName = words[end - 1]!.part === "name";
    // The glossary gives words without grammar: what stands beside another there need not belong to it.
    const longest = language === "" ? Math.min(MAX_WORDS, end - start) : 1;
    for (let size = 1; size <= longest; size++) {
      const part = words.slice(end - size, end);
      found.push({ key: joined(part, "stem"), text: joined(part, "text"), ...shared, isName });
    }
    // "meaning of life": the noun before "of" says what is wanted, the one behind it of what.
    const next = runs[n + 1];
    if (!next || words[end]?.low !== "of" || next[0] > end + 2) return;
    const head = words[end - 1]!;
    const rest = words.slice(Math.max(next[0], next[1] - 2), next[1]);
    if (VAGUE.has(head.stem)) return;
    found.push({
      key: `${head.stem} of ${joined(rest, "stem")}`,
      text: `${head.text} of ${next[0] > end + 1 ? "the " : ""}${joined(rest, "text")}`,
      ...shared,
      isName: rest.at(-1)!.part === "name",
    });
  });
  words.forEach((word, i) => {
    const own = manner === "do" && word.low === verb.split(" ")[0];
    const weight = own ? 1 : i < context ? OTHER_VERB_WEIGHT : OTHER_VERB_WEIGHT * CONTEXT_WEIGHT;
    const bare = { weight, lead: "", preposition: "", isName: false };
    if (
      word.content &&
      word.part === "verb" &&
      (own || (REQUEST_VERBS.has(word.lemma) && wantsToBeDone(words, i))) &&
      !WEAK_VERBS.has(word.lemma)
    )
      found.push({ kind: "verb", key: word.stem, text: word.lemma, ...bare });
    // A property that stands alone, not before its noun: "is it true".
    const next = words[i + 1];
    if (word.content && word.part === "participle" && !WEAK_VERBS.has(word.lemma))
      found.push({ kind: "quality", key: word.stem, text: word.low, ...bare });
    if (word.content && word.part === "adjective" && !(next?.content && MODIFIES.has(next.part)))
      found.push({ kind: "quality", key: word.stem, text: word.low, ...bare });
  });
  return found;
}

const HELPING = /^(?:do|does|did|will|would|can|could|should|may|might|must)$/;

/**
 * Whether a word that is tagged as a verb closes a noun phrase: it follows an article or a noun, and no object follows it
 * ("any travel alerts for ..."). A past participle there is a property ("my card got declined").
 */
function closesPhrase(words: readonly Word[], i: number): boolean {
  const word = words[i]!;
  if (!word.content || word.part === "participle" || word.part === "name" || word.low.endsWith("ing"))
    return false;
  const before = words[i - 1];
  const opened =
    before?.part === "determiner" ||
    before?.part === "possessive" ||
    (before?.content && before.part === "noun" && i > 1);
  const next = words[i + 1];
  const free = before?.part !== "determiner" && before?.part !== "possessive";
  // "when does my flight land": the base form belongs to the auxiliary.
  const helped = !word.low.endsWith("s") && words.slice(0, i).some(({ low }) => HELPING.test(low));
  if (free && (helped || REQUEST_VERBS.has(word.lemma))) return false;
  // "video calls freeze" is a sentence.
  if (before?.part === "noun" && before.low.endsWith("s") && before.stem !== before.low) return false;
  return Boolean(opened) && !(next?.content || next?.part === "determiner" || next?.part === "possessive");
}

/** Where the noun phrase before a word begins, its article included. */
function startOfPhrase(words: readonly Word[], i: number): number {
  let start = i;
  while (start > 0 && words[start - 1]!.content && MODIFIES.has(words[start - 1]!.part)) start--;
  return AFTER.has(words[start - 1]?.part ?? "other") && words[start - 1]?.part !== "preposition"
    ? start - 1
    : start;
}

/** Whether a base form is the verb of an auxiliary before its subject, easily taken for a noun: "should my flight land". */
function endsSentence(words: readonly Word[], i: number): boolean {
  if (words[i]!.low.endsWith("s") || words[i - 1]?.part !== "noun" || words[i + 1]?.content) return false;
  const start = startOfPhrase(words, i);
  const isSubject = words[start]!.part === "possessive" || words[start]!.low === "the";
  return isSubject && HELPING.test(words[start - 1]?.low ?? "");
}

/** Words are tagged one text at a time, in which an error is easy: each is what it is in most of them. */
export function settled(readings: readonly Reading[]): Reading[] {
  const votes = new Map<string, { noun: number; adjective: number; all: number }>();
  for (const { words } of readings) {
    words.forEach((word, i) => {
      if (!word.content) return;
      const vote = votes.get(word.stem) ?? { noun: 0, adjective: 0, all: 0 };
      vote.all++;
      if (word.part === "noun" || word.part === "name" || closesPhrase(words, i)) vote.noun++;
      if (word.part === "adjective") vote.adjective++;
      votes.set(word.stem, vote);
    });
  }
  return readings.map((reading) => ({
    ...reading,
    words: reading.words.map((word, i, words): Word => {
      const vote = votes.get(word.stem);
      if (!word.content || !vote || (i === 0 && reading.verb !== "")) return word;
      const isNoun = word.part === "noun" || word.part === "name";
      const share = vote.noun / vote.all;
      if (isNoun && endsSentence(words, i)) return { ...word, part: "verb" };
      // A verb stands at the start, or after a pronoun, "to" or an auxiliary: after a noun or an article it is a doubtful one.
      const doubtful =
        MODIFIES.has(words[i - 1]?.part ?? "other") || AFTER.has(words[i - 1]?.part ?? "other");
      if (!isNoun && share >= (doubtful && word.part === "verb" ? 0.25 : 0.6))
        return { ...word, part: "noun" };
      if (word.part === "noun" && vote.adjective / vote.all >= 0.3) return { ...word, part: "adjective" };
      return word.part === "noun" && share < 0.25 ? { ...word, part: "verb" } : word;
    }),
  }));
}

const stemLine = (words: readonly Word[]): string => ` ${words.map((word) => word.stem).join(" ")} `;

function commonest(counts: ReadonlyMap<string, number>): string {
  return (
    [...counts].toSorted(([a, n], [b, m]) => m - n || a.length - b.length || (a < b ? 1 : -1))[0]?.[0] ?? ""
  );
}

interface Tally {
  readonly kind: Subject["kind"];
  readonly prepositions: Map<string, number>;
  readonly byMember: Map<number, number>;
  readonly forms: Map<string, number>;
  readonly leads: Map<string, number>;
  count: number;
  adjuncts: number;
  names: number;
}

/** How far a text that holds a phrase is about it, where it is not a noun phrase of its own. */
function presenceOf(
  key: string,
  lines: readonly { head: string; told: string }[],
  exact: ReadonlyMap<number, number>,
): number[] {
  const padded = ` ${key} `;
  return lines.map(({ head, told }, i) =>
    Math.max(
      exact.get(i) ?? 0,
      head.includes(padded) ? MODIFIER_WEIGHT : told.includes(padded) ? MODIFIER_WEIGHT * CONTEXT_WEIGHT : 0,
    ),
  );
}

const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0);

const mean = (list: readonly number[]): number => sum(list) / Math.max(1, list.length);

/** Share of its occurrences with an article from which on a noun gets one; the names of substances have few. */
const MIN_ARTICLE = 0.12;

function determinerOf(tally: Tally, text: string): "a" | "the" | "" {
  if (/[^s]s$/.test(text)) return "";
  const of = (...words: string[]): number =>
    sum(words.map((word) => tally.leads.get(word) ?? 0)) / tally.count;
  const known = of("my", "our", "your", "his", "her", "their", "its", "the", "this", "that");
  const any = of("a", "an", "another");
  if (Math.max(known, any) < MIN_ARTICLE) return "";
  return known > any ? "the" : "a";
}

/** The commonest form, but the plural where a singular without an article is rivalled by it: "games", not "game". */
function written(tally: Tally): string {
  const form = commonest(tally.forms);
  if (tally.kind !== "noun" || determinerOf(tally, form) !== "" || form.endsWith("s")) return form;
  const plurals = new Map([...tally.forms].filter(([other]) => /[^s]s$/.test(other)));
  return sum([...plurals.values()]) >= 0.15 * tally.count ? commonest(plurals) : form;
}

/** What proper names are worth, and words that no lexicon lists or two letters: more often details than subjects. */
const NAME_WEIGHT = 0.45;
const UNLISTED_WEIGHT = 0.7;

/** A thing names a cluster better than what is done to it, and both better than a property. */
const KIND_WEIGHT = { noun: 1, verb: 0.42, quality: 0.55 } as const;

/** Cosine from which on two words are of a like meaning, the one at which they are the same, and what that counts at most. */
const LIKE = 0.35;
const SAME = 0.85;
const LIKE_WEIGHT = 0.5;

/** How far each text is about a phrase by words of a like meaning. */
function likeness(
  phrase: string,
  texts: readonly (readonly { word: string; weight: number }[])[],
  near: Nearness,
): number[] {
  const known = new Map<string, number>();
  const of = (word: string): number => {
    const hit = known.get(word) ?? Math.min(1, Math.max(0, (near(phrase, word) - LIKE) / (SAME - LIKE)));
    known.set(word, hit);
    return hit;
  };
  return texts.map((words) =>
    Math.max(0, ...words.map(({ word, weight }) => weight * LIKE_WEIGHT * of(word))),
  );
}

/** Members that must have a phrase of several words, each of which is counted by itself as well. */
const MIN_LONG = 3;

/** All subjects that at least `minMembers` members have, best first. */
export function subjectsOf(
  members: readonly Reading[],
  outsiders: readonly Reading[],
  minMembers: number,
  near: Nearness,
): Subject[] {
  const contentOf = ({ words, context }: Reading) =>
    words.flatMap(({ low, content }, i) =>
      content ? [{ word: low, weight: i < context ? 1 : CONTEXT_WEIGHT }] : [],
    );
  const ours = members.map(contentOf);

  const tallies = new Map<string, Tally>();
  members.forEach((reading, i) => {
    for (const { kind, key, text, weight, lead, preposition, isName } of occurrences(reading)) {
      const id = `${kind} ${key}`;
      const tally: Tally = tallies.get(id) ?? {
        kind,
        prepositions: new Map(),
        byMember: new Map(),
        forms: new Map(),
        leads: new Map(),
        count: 0,
        adjuncts: 0,
        names: 0,
      };
      tally.byMember.set(i, Math.max(weight, tally.byMember.get(i) ?? 0));
      tally.forms.set(text, (tally.forms.get(text) ?? 0) + 1);
      tally.leads.set(lead, (tally.leads.get(lead) ?? 0) + 1);
      tally.count++;
      if (preposition !== "")
        tally.prepositions.set(preposition, (tally.prepositions.get(preposition) ?? 0) + 1);
      if (preposition !== "" && lead === "") tally.adjuncts++;
      if (isName) tally.names++;
      tallies.set(id, tally);
    }
  });
  const linesOf = (readings: readonly Reading[]) =>
    readings.map(({ words, context }) => ({
      head: stemLine(words.slice(0, context)),
      told: stemLine(words.slice(context)),
    }));
  const inside = linesOf(members);
  const around = linesOf(outsiders);
  const found: Subject[] = [];
  for (const [id, tally] of tallies) {
    const key = id.slice(tally.kind.length + 1);
    if (tally.byMember.size < (key.includes(" ") ? Math.min(minMembers, MIN_LONG) : minMembers)) continue;
    const presence = presenceOf(key, inside, tally.byMember);
    const share = sum(presence) / members.length;
    const text = written(tally);
    const elsewhere = presenceOf(key, around, new Map()).map((weight) => weight / MODIFIER_WEIGHT);
    const outside = sum(elsewhere) / Math.max(1, outsiders.length);
    const like = tally.kind === "noun" ? likeness(text, ours, near) : [];
    const reach = presence.map((weight, i) => Math.max(weight, like[i] ?? 0));
    const precision = (share + 0.02) / (share + outside + 0.04);
    const detail = 1 - 0.7 * (tally.adjuncts / tally.count);
    const whole = sum([...tally.byMember.values()]) / Math.max(0.01, sum(presence));
    const value =
      share ** 0.6 *
      mean(reach) ** 0.4 *
      precision ** 0.7 *
      detail *
      whole ** 0.5 *
      KIND_WEIGHT[tally.kind] *
      (isVague(tally.kind, key) ? VAGUE_WEIGHT : 1) *
      (tally.names > tally.count / 2 ? NAME_WEIGHT : 1) *
      (isCommonEnglish(text.replaceAll(" ", "-")) && text.length > 2 ? 1 : UNLISTED_WEIGHT);
    const preposition = commonest(tally.prepositions);
    const times = sum([...tally.prepositions.values()]);
    found.push({
      kind: tally.kind,
      key,
      text,
      presence,
      reach,
      share,
      outside,
      precision,
      value,
      determiner: determinerOf(tally, text),
      preposition: times >= tally.count * 0.5 ? preposition : "",
    });
  }
  return found.toSorted((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
}

const within = (inner: string, outer: string): boolean => ` ${outer} `.includes(` ${inner} `);

/** Share of a subject's members that must use a longer phrase around it for the longer one to stand for it. */
const EXTENDED_SHARE = 0.45;
/** As above, where the subject alone does not set the members apart: "card" -> "replacement card". */
const EXTENDED_SHARE_VAGUE = 0.25;
/** As above, for "meaning of life", which also says of what. */
const EXTENDED_SHARE_OF = 0.33;
/** Fewer than this share of the members say it for a reason of their own: "spider plant". */
const MIN_EXTENDED = 0.08;
/** Below this precision outsiders have the subject nearly as often. */
const CLEAR = 0.62;

/** The longest phrase around a subject that enough of its members use: "score" -> "credit score". */
function extended(subject: Subject, all: readonly Subject[]): Subject {
  if (subject.kind !== "noun") return subject;
  const needed = subject.precision < CLEAR ? EXTENDED_SHARE_VAGUE : EXTENDED_SHARE;
  let best = subject;
  for (const longer of all) {
    if (longer.kind !== "noun" || longer.key.length <= best.key.length || !within(best.key, longer.key))
      continue;
    const enough = longer.key.includes(" of ") ? EXTENDED_SHARE_OF : needed;
    if (longer.share >= Math.max(MIN_EXTENDED, subject.share * enough)) best = longer;
  }
  return best;
}

/** A longer phrase stands for all that have the shorter one. */
const widened = (longer: Subject, base: Subject): Subject => ({
  ...longer,
  presence: longer.presence.map((weight, i) => Math.max(weight, base.presence[i] ?? 0)),
});

/** Two words, of which one may hold the other: "phone" and "cellphone", "rent" and "rental". */
const akin = (a: string, b: string): boolean =>
  a === b ||
  (Math.min(a.length, b.length) >= 4 &&
    [a.endsWith(b), b.endsWith(a), a.startsWith(b), b.startsWith(a)].includes(true));

export const sharesWord = (a: string, b: string): boolean =>
  a.split(/[ -]/).some((one) => one !== "of" && b.split(/[ -]/).some((other) => akin(one, other)));

/** Whether a subject shares a word with one of those chosen. */
export const overlaps = (subject: Pick<Subject, "key">, chosen: readonly Subject[]): boolean =>
  chosen.some(({ key }) => sharesWord(key, subject.key));

/** How far a subject that the members have says what they want: not at all when outsiders have it more often. */
const telling = ({ precision }: Subject): number => Math.min(1, Math.max(0, (precision - 0.3) / 0.5));

/** How far the members are about any of the subjects. */
const covered = (subjects: readonly Subject[], i: number): number =>
  Math.max(0, ...subjects.map((subject) => (subject.reach[i] ?? 0) * telling(subject)));

/** Share of the members that hold any of the subjects. */
export const coverage = (subjects: readonly Subject[], members: number): number =>
  sum(
    Array.from({ length: members }, (_, i) =>
      Math.max(0, ...subjects.map(({ presence }) => presence[i] ?? 0)),
    ),
  ) / members;

/** Share of the members that a further subject must add. */
const MIN_GAIN = 0.14;
const ENOUGH = 0.8;
/** Cosine from which on two subjects say the same: "luggage" and "bags". */
const ALIKE = 0.75;
/** Beside the first's value. */
const STRONG = 0.33;
/** A further subject must be worth this much beside the first. */
const MIN_WORTH = 0.05;

/** "vegetarian" and "plan" are one subject where members write "vegetarian weekly plan". */
function compoundOf(
  chosen: readonly Subject[],
  next: Subject,
  all: readonly Subject[],
): { at: number; subject: Subject } | undefined {
  for (const [at, { kind, key }] of chosen.entries()) {
    if (kind !== "noun" || next.kind !== "noun") continue;
    const subject = all.find(
      (phrase) =>
        phrase.kind === "noun" &&
        ((phrase.key.startsWith(`${key} `) && phrase.key.endsWith(` ${next.key}`)) ||
          (phrase.key.startsWith(`${next.key} `) && phrase.key.endsWith(` ${key}`))),
    );
    if (subject) return { at, subject };
  }
  return undefined;
}

/** One to three subjects that together cover the members: the best, then those that add most. */
export function cover(all: readonly Subject[], members: number, near: Nearness, limit = 3): Subject[] {
  const [first] = all;
  if (!first) return [];
  const chosen = [widened(extended(first, all), first)];
  const bases = [first];
  while (chosen.length < limit) {
    const known = [...chosen, ...bases];
    const left = Array.from({ length: members }, (_, i) => 1 - covered(known, i));
    if (sum(left) / members < 1 - ENOUGH) break;
    let best: Subject | undefined;
    let most = MIN_WORTH;
    for (const subject of all) {
      if (
        overlaps(subject, known) ||
        isVague(subject.kind, subject.key) ||
        (subject.kind === "quality") !== (first.kind === "quality")
      )
        continue;
      const gain = sum(subject.presence.map((weight, i) => weight * left[i]!)) / members;
      const worth =
        (gain * (subject.value / subject.share)) / (subject.kind === "quality" ? KIND_WEIGHT.quality : 1);
      // Beside a single subject that not all have, another strong one says more though it covers the same members.
      const strong = chosen.length === 1 && first.share < ENOUGH && subject.value >= first.value * STRONG;
      if (known.some(({ text }) => near(text, subject.text) >= ALIKE)) continue;
      if (gain >= Math.min(MIN_GAIN, first.share / 2) * (strong ? 0.5 : 1) && worth > most)
        [best, most] = [subject, worth];
    }
    if (!best) break;
    bases.push(best);
    const longest = widened(extended(best, all), best);
    // "order", then "status of the order": the longer one says both.
    const held = chosen.findIndex(({ kind, key }) => kind === "noun" && within(key, longest.key));
    const compound = compoundOf(chosen, best, all);
    if (compound) chosen[compound.at] = widened(widened(compound.subject, best), chosen[compound.at]!);
    else if (held >= 0) chosen[held] = widened(longest, chosen[held]!);
    else chosen.push(overlaps(longest, chosen) ? best : longest);
  }
  return chosen.filter(
    ({ key }, i) => !chosen.some((other, j) => j !== i && other.key !== key && within(key, other.key)),
  );
}
