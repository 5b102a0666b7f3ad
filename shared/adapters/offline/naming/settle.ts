import { REQUEST_VERBS } from "../facets/verbs.ts";
import { MODIFIES } from "./mining.ts";
import type { Reading, Word } from "./reading.ts";

const AFTER: ReadonlySet<string> = new Set(["determiner", "possessive", "preposition"]);

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
