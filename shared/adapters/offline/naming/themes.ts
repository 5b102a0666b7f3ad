import { commonEnglish } from "../../../domain/text/lexicon.ts";
import { stem } from "../../../domain/text/stem.ts";
import { GENERIC_WORDS, isStopWord } from "../../../domain/text/stop-words.ts";
import { dot } from "../../../domain/vectors.ts";
import type { WordTable } from "../../../domain/word-table.ts";
import type { Reading } from "./reading.ts";
import type { NamingTools } from "./tools.ts";

/** What the outsiders' vector takes off a theme's score. */
const CONTRAST = 0.5;
/** A word that members use is preferred to one that only means the like. */
const OWN_BONUS = 1.25;
/** Below this score nothing is common to the members; two themes nearer than `ALIKE` say the same. */
const MIN_SCORE = 0.22;
const ALIKE = 0.75;
const LOOKED_AT = 30;

interface Vocabulary {
  readonly words: readonly string[];
  readonly vectors: readonly Float32Array[];
}

const vocabularies = new WeakMap<WordTable, Vocabulary>();

/** Every word of the public lexicon that has a vector and says something: 25,000, 10 MB. */
function vocabularyOf(table: WordTable): Vocabulary {
  const known = vocabularies.get(table);
  if (known) return known;
  const pairs = commonEnglish()
    .filter(
      (word) => word.length > 2 && !word.endsWith("ed") && !isStopWord(word) && !GENERIC_WORDS.has(word),
    )
    .map((word) => [word, table.encode(word)] as const)
    .filter(([, vector]) => vector.some((value) => value !== 0));
  const built = { words: pairs.map(([word]) => word), vectors: pairs.map(([, vector]) => vector) };
  vocabularies.set(table, built);
  return built;
}

/** Mean of the vectors of what is asked. */
function meanVector(readings: readonly Reading[], table: WordTable): Float32Array {
  const mean = new Float32Array(table.dimensions);
  for (const { words, context } of readings) {
    const vector = table.encode(
      words
        .slice(0, context)
        .map(({ low }) => low)
        .join(" "),
    );
    for (let j = 0; j < mean.length; j++) mean[j]! += vector[j]! / readings.length;
  }
  return mean;
}

/**
 * Up to `limit` nouns of the public lexicon that mean what the members have in common and the outsiders have not, for
 * clusters whose members share a field but no word: "symptoms" and "treatments". Best first.
 */
export function themesOf(
  members: readonly Reading[],
  outsiders: readonly Reading[],
  { table, tagger }: NamingTools,
  limit: number,
): string[] {
  const own = new Set(members.flatMap(({ words }) => words.map(({ low }) => low)));
  const direction = meanVector(members, table);
  meanVector(outsiders, table).forEach((value, j) => (direction[j]! -= CONTRAST * value));
  const { words, vectors } = vocabularyOf(table);
  const scored = words
    .map((word, i) => ({
      word,
      vector: vectors[i]!,
      score: dot(vectors[i]!, direction) * (own.has(word) ? OWN_BONUS : 1),
    }))
    .filter(({ score }) => score >= MIN_SCORE)
    .toSorted((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1))
    .slice(0, LOOKED_AT);
  const chosen: typeof scored = [];
  for (const theme of scored) {
    if (chosen.length >= limit) break;
    if (tagger(`the ${theme.word} is`)[1]?.pos !== "NOUN") continue;
    const repeats = chosen.some(
      ({ word, vector }) => stem(word) === stem(theme.word) || dot(vector, theme.vector) >= ALIKE,
    );
    if (!repeats) chosen.push(theme);
  }
  const known = new Set(words);
  return chosen.map(({ word }) => (known.has(`${word}s`) ? `${word}s` : word));
}
