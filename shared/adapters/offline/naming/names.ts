import { MAX_NAME_WORDS } from "../../../contracts/model-tasks.ts";
import { enumerate } from "./compose.ts";
import type { Asking, Lead } from "./lead.ts";
import { askingOf, leadOf, MIN_NAMES } from "./lead.ts";
import { WEAK_VERBS } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Subject } from "./scoring.ts";
import { overlaps, sharesWord } from "./covering.ts";

type Allowed = (text: string) => boolean;

const article = (text: string): string => (/^(?:[aeio]|u(?!ni|s))/i.test(text) ? "an" : "a");

/** A subject as it stands in a name: "a flight", "the credit score", "lost or damaged luggage". */
function nounPhrase({ text, determiner }: Subject, qualities: readonly string[] = []): string {
  const phrase = [enumerate(qualities, "or"), text].filter((part) => part !== "").join(" ");
  // What is lost or broken is one of many: "report a lost card".
  const lead = qualities.length > 0 && determiner === "the" ? "a" : determiner;
  return lead === "" ? phrase : `${lead === "a" ? article(phrase) : lead} ${phrase}`;
}

const both = (a: Subject, b: Subject): number =>
  a.presence.filter((weight, i) => weight > 0.4 && (b.presence[i] ?? 0) > 0.4).length;
const bearers = ({ presence }: Subject): number => presence.filter((weight) => weight > 0.4).length;

const BE = /^(?:is|are|was|were|be|been|being|get|gets|got|getting|'s)$/;

/** Whether a property is said of a noun: "card got declined", "damaged card", "lost my luggage". */
function isSaidOf(words: Reading["words"], at: number, noun: number): boolean {
  const between = words.slice(Math.min(at, noun) + 1, Math.max(at, noun));
  const near =
    between.length <= 3 &&
    !between.some(({ content, part }) => content || part === "border" || part === "preposition");
  if (!near || !/^(?:participle|adjective)$/.test(words[at]!.part)) return false;
  return at > noun
    ? between.some(({ low }) => BE.test(low))
    : between.every(({ part }) => part === "possessive" || part === "determiner");
}

/** Properties that set the members apart where the thing itself does not: "declined" of "card". */
function qualitiesOf(
  subject: Subject,
  all: readonly Subject[],
  chosen: readonly Subject[],
  verbs: readonly string[],
  readings: readonly Reading[],
): string[] {
  const head = subject.key.split(" ").at(-1);
  const belongs = (quality: Subject): boolean => {
    const said = readings.flatMap(({ words }) => {
      const at = words.findIndex(({ stem }) => stem === quality.key);
      const noun = words.findIndex(({ stem }) => stem === head);
      return at < 0 || noun < 0 ? [] : [isSaidOf(words, at, noun)];
    });
    return said.filter((is) => is).length > said.length / 2;
  };
  const needed = subject.outside > subject.share * 0.5 ? 0.12 : 0.35;
  return all
    .filter(
      ({ kind, text, share, outside }) =>
        kind === "quality" && /(?:ed|en|t|n)$/.test(text) && outside < share * 0.35,
    )
    .filter((quality) => both(subject, quality) >= Math.max(3, needed * bearers(subject)))
    .filter(
      (quality) =>
        !overlaps(quality, [subject, ...chosen]) &&
        !verbs.some((verb) => sharesWord(verb, quality.key)) &&
        belongs(quality),
    )
    .toSorted((a, b) => both(subject, b) - both(subject, a))
    .slice(0, 2)
    .map(({ text }) => text);
}

/** Share of the members with a place that must put the same thing there for it to be named. */
const MIN_PUT = 0.5;

/** What is put there, where a thing is only where it is put: "a song" of "add a song to my playlist". */
function objectBefore(subject: Subject, all: readonly Subject[], direct: boolean): string {
  if (direct) return "";
  const object = all.find(
    (other) =>
      other.kind === "noun" &&
      other.preposition === "" &&
      !overlaps(other, [subject]) &&
      both(other, subject) >= MIN_PUT * bearers(subject),
  );
  if (!object) return "something ";
  return `${nounPhrase({ ...object, determiner: object.determiner === "the" ? "a" : object.determiner })} `;
}

/** Verbs that say no more than "ask for". */
const FINDING: ReadonlySet<string> = new Set([
  "find",
  "get",
  "list",
  "suggest",
  "recommend",
  "search",
  "read",
  "check",
]);

/** Share of the members with a subject that must use its verb for the verb to stand beside questions about others. */
const STRONG_VERB = 0.2;

/** What is done, for a lead: "cancel and make", "ask about", "check". */
function leadWords(
  { verbs, asks, seeks, names, does, strength }: Lead,
  { asking, how, mostlyAsks, mostlyNames }: Cluster,
  { determiner }: Subject,
): { lead: string; verbs: string } {
  const isFor = how === HOW.about && mostlyNames && names && determiner !== "the";
  const question = isFor ? "ask for" : how;
  if (verbs.length === 0 && !asks && does) return { lead: "manage", verbs: "manage" };
  if (verbs.length === 0 || (mostlyAsks && strength < STRONG_VERB && !asks))
    return { lead: seeks ? "get" : question, verbs: "" };
  const found = verbs.some((verb) => FINDING.has(verb));
  const asked = asks && !(found && (isFor || asking === "check"));
  return { lead: enumerate(asked ? [question, ...verbs] : verbs, "or"), verbs: enumerate(verbs, "or") };
}

interface Clause {
  readonly lead: string;
  /** The lead without what it says of questions; empty when that is all. */
  readonly verbs: string;
  readonly objects: string[];
}

const PERSON = /^(?:me|him|her|them|us|someone|somebody|people)$/;
const THAT = /^(?:it|that|this|what|yourself|again)$/;

/** What a verb without a common object is done to: "someone", "that", "something", or nothing. */
function objectOf({ key }: Subject, readings: readonly Reading[]): string {
  const next = readings.flatMap(({ words }) => {
    const at = words.findIndex(({ stem, part }) => part === "verb" && stem === key);
    return at < 0 ? [] : [words[at + 1]];
  });
  const of = (test: (word: Reading["words"][number] | undefined) => boolean): number =>
    next.filter(test).length / Math.max(1, next.length);
  if (of((word) => THAT.test(word?.low ?? "")) >= 0.3) return "that";
  if (of((word) => PERSON.test(word?.low ?? "") || word?.part === "name") >= 0.25) return "someone";
  return of(
    (word) =>
      word !== undefined && (word.content || word.part === "determiner" || word.part === "possessive"),
  ) >= 0.4
    ? "something"
    : "";
}

interface Cluster {
  readonly readings: readonly Reading[];
  readonly subjects: readonly Subject[];
  readonly allowed: Allowed;
  readonly asking: Asking;
  /** How the cluster's members ask: "ask about", "get help with". */
  readonly how: string;
  readonly mostlyAsks: boolean;
  readonly mostlyNames: boolean;
}

const HOW: Readonly<Record<Asking, string>> = {
  about: "ask about",
  assistant: "ask the assistant about",
  check: "check",
};

/** What no subject of a cluster changes: how its members put what they want. */
function clusterOf(readings: readonly Reading[], subjects: readonly Subject[], allowed: Allowed): Cluster {
  const count = (wanted: Reading["manner"]): number =>
    readings.filter(({ manner }) => manner === wanted).length;
  const asking = askingOf(readings);
  const helps = count("help") > Math.max(count("ask"), readings.length * 0.3);
  return {
    readings,
    subjects,
    allowed,
    asking,
    how: helps ? "get help with" : HOW[asking],
    mostlyNames:
      readings.filter(({ names, language }) => names && language === "").length >= MIN_NAMES * count("ask"),
    mostlyAsks: count("ask") + count("help") >= readings.length / 2,
  };
}

function clauseOf(subject: Subject, chosen: readonly Subject[], cluster: Cluster, most: number): Clause {
  const { readings, subjects, allowed, asking } = cluster;
  const whole = leadOf(subject, readings, allowed);
  const lead = { ...whole, verbs: whole.verbs.slice(0, most) };
  if (subject.kind === "quality") {
    const asked = lead.asks;
    const whether = asking === "assistant" ? "ask the assistant whether it is" : "ask whether something is";
    return {
      lead: asked ? whether : "say that something is",
      verbs: asked ? "" : "say that something is",
      objects: [subject.text],
    };
  }
  if (subject.kind === "verb") {
    const object = objectOf(subject, readings);
    return { lead: subject.text, verbs: subject.text, objects: object === "" ? [] : [object] };
  }
  const [verb] = lead.verbs;
  // "Ask about or apply for a card" does not read: beside questions such a verb is left out.
  const through = lead.preposition !== "";
  const done = leadWords(
    { ...lead, verbs: through && lead.asks ? [] : lead.verbs, does: lead.does && chosen.length === 1 },
    cluster,
    subject,
  );
  if (!lead.asks && verb && done.verbs !== "" && through)
    return {
      lead: verb,
      verbs: verb,
      objects: [`${objectBefore(subject, subjects, lead.direct)}${lead.preposition} ${nounPhrase(subject)}`],
    };
  return {
    ...done,
    objects: [nounPhrase(subject, qualitiesOf(subject, subjects, chosen, lead.verbs, readings))],
  };
}

/** Subjects with the same lead stand together, each with at most `most` verbs. */
function sentence(chosen: readonly Subject[], cluster: Cluster, most = 2): string {
  const all = chosen.map((subject) => clauseOf(subject, chosen, cluster, most));
  const found: { lead: string; objects: string[] }[] = [];
  chosen.forEach((subject, i) => {
    const clause = all[i]!;
    if (subject.kind === "verb" && i > 0 && !standsAlone(subject, all.slice(0, i), cluster)) return;
    const lead = chosen.length > 1 && clause.verbs !== "" ? clause.verbs : clause.lead;
    const same = found.find((other) => other.lead === lead);
    if (same) same.objects.push(...clause.objects);
    else {
      // "call someone and text someone" is "call or text someone".
      const alike = found.find(
        ({ objects }) => subject.kind === "verb" && enumerate(objects) === enumerate(clause.objects),
      );
      if (alike) alike.lead = `${alike.lead} or ${lead}`;
      else found.push({ lead, objects: [...clause.objects] });
    }
  });
  return enumerate(
    found.map(({ lead, objects }) =>
      [lead, enumerate(objects, lead.endsWith(" is") ? "or" : "and")].filter((part) => part !== "").join(" "),
    ),
  );
}

/** A verb adds to a name what its things do not say already, unless it is but a word of questions. */
function standsAlone(verb: Subject, before: readonly Clause[], { readings }: Cluster): boolean {
  const having = readings.filter((_, i) => (verb.presence[i] ?? 0) > 0.4);
  const said = before.some(({ lead }) => lead.split(/,? /).includes(verb.text));
  return !said && having.filter(({ manner }) => manner === "do").length >= having.length / 2;
}

const fits = (name: string): boolean => name.split(" ").length <= MAX_NAME_WORDS;
const withoutArticles = (name: string): string => name.replace(/\b(?:the|an?) (?!assistant)/g, "");

/** Share of the members that must say a formula for it to be named, and of all formulas together to name the cluster. */
const MIN_ACT = 0.12;
const MIN_SOCIAL = 0.4;

/** Share of the members in other languages from which on the name says so, and of a language among them to be named. */
const MOSTLY = 0.6;
const MIN_LANGUAGE = 0.2;
/** Below this value a subject hardly names the cluster. */
const WEAK = 0.08;

/** Share of the members whose verb it must be to stand before themes. */
const MIN_THEME_VERB = 0.25;

/** The verb that most orders of the members share, if it is common. */
function sharedVerb(readings: readonly Reading[], allowed: Allowed): string | undefined {
  const verbs = readings.flatMap(({ verb }) =>
    verb === "" || WEAK_VERBS.has(verb.split(" ")[0]!) ? [] : [verb],
  );
  const [best] = [...Map.groupBy(verbs, (verb) => verb)].toSorted(
    ([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1),
  );
  return best && best[1].length >= MIN_THEME_VERB * readings.length && allowed(best[0]) ? best[0] : undefined;
}

export interface ToName {
  readonly readings: readonly Reading[];
  /** The subjects that cover the members, and all there are. */
  readonly chosen: readonly Subject[];
  readonly subjects: readonly Subject[];
  /** Words for what the members have in common where the subjects do not cover them. */
  readonly themes: readonly string[];
  readonly allowed: Allowed;
}

/** Names for a cluster, best first. */
export function namesFor({ readings, chosen, subjects, themes, allowed }: ToName): string[] {
  const cluster = clusterOf(readings, subjects, allowed);
  const foreign = Map.groupBy(
    readings.flatMap(({ language }) => (language !== "" && allowed(language) ? [language] : [])),
    (language) => language,
  );
  const inOthers = [...foreign.values()].reduce((total, { length }) => total + length, 0);
  if (inOthers >= MOSTLY * readings.length) {
    const languages = [...foreign]
      .filter(([, { length }]) => length >= MIN_LANGUAGE * inOthers)
      .toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
      .map(([language]) => language.charAt(0).toUpperCase() + language.slice(1));
    const where = languages.length > 3 || languages.length === 0 ? "other languages" : enumerate(languages);
    const named = chosen.filter(({ kind, key }) => kind === "noun" && !foreign.has(key)).slice(0, 2);
    const about =
      named.length === 0
        ? []
        : [`ask in ${where} about ${enumerate(named.map((subject) => nounPhrase(subject)))}`];
    return [...about.filter(fits), `ask questions in ${where}`];
  }
  const empty = readings.filter(({ words }) => words.length === 0).length;
  if (empty > readings.length / 2) return ["Small talk and other short messages", "Other short messages"];
  const acts = (["greetings", "thanks", "goodbyes", "short answers"] as const).filter(
    (act) => readings.filter(({ social }) => social === act).length >= MIN_ACT * readings.length,
  );
  if (
    readings.filter(({ social }) => social !== null).length >= MIN_SOCIAL * readings.length &&
    acts.length > 0
  )
    return [`exchange ${enumerate(acts)}`, `${enumerate(acts)} and other short messages`];
  const capability = readings.filter((reading) => reading.capability).length / readings.length;
  const isWeak = (chosen[0]?.value ?? 0) < WEAK;
  const toAssistant = readings.filter((reading) => reading.toAssistant).length / readings.length;
  const able = [
    ...(capability >= (isWeak ? 0.2 : 0.4) ? ["ask what the assistant can do"] : []),
    ...(isWeak && toAssistant >= 0.4 ? ["ask the assistant about itself"] : []),
  ];
  const lead = sharedVerb(readings, allowed) ?? cluster.how;
  const themed =
    themes.length === 0 ? [] : [`${lead} ${enumerate(themes)}`, ...themes.map((theme) => `${lead} ${theme}`)];
  if (chosen.length === 0) return [...able, ...themed, "Various requests", "Other requests"];
  const spare = subjects.filter((subject) => !overlaps(subject, chosen)).slice(0, 8);
  const main = [sentence(chosen, cluster), sentence(chosen, cluster, 1)];
  const others = [
    chosen.slice(0, 2),
    ...spare.map((subject) => [...chosen.slice(0, 2), subject]),
    ...spare.map((subject) => [...chosen.slice(0, 1), subject]),
    chosen.slice(0, 1),
  ].map((some) => sentence(some, cluster, some.length > 2 ? 1 : 2));
  const names = [...main, sentence(chosen.slice(0, 2), cluster, 1), ...main.map(withoutArticles), ...others];
  return [...able, ...themed, ...names.filter(fits), ...others.map(withoutArticles).filter(fits)];
}
