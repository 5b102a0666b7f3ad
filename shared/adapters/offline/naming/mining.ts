import { GENERIC_WORDS } from "../../../domain/text/stop-words.ts";
import { REQUEST_VERBS } from "../facets/verbs.ts";
import { wantsToBeDone, WEAK_VERBS } from "./reading.ts";
import type { Reading, Word } from "./reading.ts";

/** What a phrase is: a thing, something done ("call"), a property ("true"). */
export type Kind = "noun" | "verb" | "quality";

/** A phrase as one member has it. */
export interface Occurrence {
  readonly key: string;
  readonly text: string;
  readonly weight: number;
  readonly kind: Kind;
  readonly lead: string;
  readonly preposition: string;
  readonly isName: boolean;
}
/** What told circumstances count beside the request, and a phrase that only modifies another noun. */
export const CONTEXT_WEIGHT = 0.35;
export const MODIFIER_WEIGHT = 0.6;
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
export const VAGUE_WEIGHT = 0.35;
export const isVague = (kind: Kind, key: string): boolean =>
  kind === "noun" && key.split(" ").every((part) => VAGUE.has(part) || GENERIC_WORDS.has(part));

export const MODIFIES: ReadonlySet<string> = new Set(["noun", "name", "adjective", "participle"]);

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

/** The phrases of a member that may be subjects. */
export function occurrences({ words, context, verb, manner, language }: Reading): Occurrence[] {
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
