import { wantsToBeDone, WEAK_VERBS } from "./reading.ts";
import { REQUEST_VERBS } from "../facets/verbs.ts";
import type { Reading } from "./reading.ts";
import type { Subject } from "./scoring.ts";
import { overlaps } from "./covering.ts";

/** How what members ask is put: "ask about", "ask the assistant about", "check" for what is their own. */
export type Asking = "about" | "assistant" | "check";

/** What members do with a subject: verbs, and whether it is asked about. */
export interface Lead {
  readonly verbs: readonly string[];
  /** The preposition between the first verb and the subject, where most have one: "to" of "add to my list". */
  readonly preposition: string;
  /** Whether that preposition follows the verb at once: "transfer from". */
  readonly direct: boolean;
  /** How many of those that have the subject use the first verb, as a share. */
  readonly strength: number;
  readonly asks: boolean;
  /** Whether those that ask only name it: "tell me a joke". */
  readonly names: boolean;
  /** Whether most have something done with it, in whatever words. */
  readonly does: boolean;
  readonly seeks: boolean;
  readonly helps: boolean;
}

/** Shares of the members with a subject from which on the lead says so. */
const MIN_VERB = 0.15;
const MIN_ASKS = 0.35;
const MIN_SEEKS = 0.3;
export const MIN_NAMES = 0.4;
const MIN_DOES = 0.3;
const MIN_HELPS = 0.4;

/** What a member does with a thing: the verb, and the preposition between the two where the thing is not its object. */
interface Deed {
  readonly verb: string;
  readonly preposition: string;
  /** Whether the preposition follows the verb at once: "transfer from". */
  readonly direct: boolean;
}

/** Longest way from a verb to its thing, in words. */
const MAX_REACH = 8;

/** What stands before the verb of a question whether something may or how it can be done: "should I increase ...". */
const MAY_I = /^(?:i|we|to)$/;

/** Of an order its verb; in what is told or wished, the verb before the thing: "I can't find my phone". */
function deedOf({ words, context, manner, verb }: Reading, { key }: Subject): Deed | undefined {
  const parts = key.split(" ").filter((part) => part !== "of");
  const at = words.findIndex((word) => word.stem === parts[0]);
  if (at < 0 || at >= context) return undefined;
  const base = verb.split(" ")[0]!;
  const from = words.findLastIndex(
    ({ low, lemma, content, part }, i) =>
      i < at &&
      (manner === "do"
        ? low === base
        : content &&
          part === "verb" &&
          REQUEST_VERBS.has(lemma) &&
          (manner === "ask" ? MAY_I.test(words[i - 1]?.low ?? "") : wantsToBeDone(words, i))),
  );
  if (from < 0 || at - from > MAX_REACH) return undefined;
  const said = manner === "do" ? verb : words[from]!.lemma;
  const way = words.slice(from + said.split(" ").length, at);
  if (way.filter(({ part, low }) => part === "preposition" && !/^(?:by|of|with)$/.test(low)).length > 1)
    return undefined;
  const preposition = way.findLastIndex(({ part }) => part === "preposition");
  const open = way.slice(preposition + 1).every(({ part, content }) => content || part !== "other");
  return {
    verb: said,
    preposition: preposition >= 0 && open && way[preposition]!.low !== "of" ? way[preposition]!.low : "",
    direct: preposition === 0,
  };
}

function commonest(list: readonly string[]): string {
  const groups = [...Map.groupBy(list, (item) => item)];
  return groups.toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))[0]?.[0] ?? "";
}

const share = <T>(list: readonly T[], test: (item: T) => boolean): number =>
  list.filter(test).length / Math.max(1, list.length);

/** How the questions among the members are put. */
export function askingOf(readings: readonly Reading[]): Asking {
  const asked = readings.filter(({ manner, language }) => manner === "ask" && language === "");
  if (share(asked, ({ toAssistant }) => toAssistant) >= 0.5) return "assistant";
  return share(asked, ({ own }) => own) >= 0.5 && share(readings, ({ own }) => own) >= 0.3
    ? "check"
    : "about";
}

/** What the members that have a subject want of it. */
export function leadOf(
  subject: Subject,
  readings: readonly Reading[],
  allowed: (text: string) => boolean,
): Lead {
  const having = readings.filter((_, i) => (subject.presence[i] ?? 0) > 0.4);
  const deeds = having
    .map((reading) => deedOf(reading, subject))
    .filter((deed) => deed !== undefined)
    .filter(
      ({ verb }) =>
        !WEAK_VERBS.has(verb.split(" ")[0]!) && !overlaps({ key: verb }, [subject]) && allowed(verb),
    );
  const enough = Math.max(2, having.length * MIN_VERB);
  const ranked = [...Map.groupBy(deeds, ({ verb }) => verb)]
    .map(([verb, done]) => ({
      verb,
      done,
      isObject: share(done, ({ preposition }) => preposition === "") >= 0.5,
    }))
    .filter(({ done }) => done.length >= enough)
    .toSorted((a, b) => b.done.length - a.done.length || (a.verb < b.verb ? -1 : 1));
  const [first] = ranked;
  const through = first && !first.isObject ? first.done.filter(({ preposition }) => preposition !== "") : [];
  const verbs =
    through.length > 0 ? ranked.slice(0, 1) : ranked.filter(({ isObject }) => isObject).slice(0, 2);
  const is = (manner: Reading["manner"]): number => share(having, (reading) => reading.manner === manner);
  return {
    verbs: verbs.map(({ verb }) => verb),
    preposition: commonest(through.map(({ preposition }) => preposition)),
    direct: share(through, ({ direct }) => direct) >= 0.4,
    strength: (first?.done.length ?? 0) / Math.max(1, having.length),
    asks: is("ask") >= MIN_ASKS,
    names:
      share(
        having.filter(({ manner }) => manner === "ask"),
        ({ names }) => names,
      ) >= MIN_NAMES,
    does: deeds.filter(({ preposition }) => preposition === "").length >= having.length * MIN_DOES,
    seeks: is("get") >= MIN_SEEKS,
    helps: is("help") >= MIN_HELPS,
  };
}
