import type { EncoderPool } from "../../shared/adapters/offline/encoder-pool.ts";
import { joinVectors } from "../../shared/adapters/offline/join-vectors.ts";
import { tokens } from "../../shared/domain/text/words.ts";
import type { Matrix } from "../../shared/domain/vectors.ts";
import { matrixFromRows, meanOfRows, normalizeRows, row } from "../../shared/domain/vectors.ts";
import type { WordTable } from "../../shared/domain/word-table.ts";
import { zipf } from "../../scripts/word-vectors.ts";
import type { Weight, WordVectors } from "../../scripts/word-vectors.ts";

/** Words in at least two of the texts, (1 + ln tf) x ln(n / df): what needs no model at all. */
export function tfIdf(texts: readonly string[]): Matrix {
  const bags = texts.map((text) => Map.groupBy(tokens(text), (word) => word));
  const frequency = new Map<string, number>();
  for (const bag of bags) {
    for (const word of bag.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const kept = [...frequency].filter(([, count]) => count > 1);
  const column = new Map(kept.map(([word], i) => [word, i]));
  const rows = bags.map((bag) => {
    const vector = new Float32Array(kept.length);
    for (const [word, uses] of bag) {
      const j = column.get(word);
      if (j !== undefined) {
        vector[j] = (1 + Math.log(uses.length)) * Math.log(texts.length / (frequency.get(word) ?? 1));
      }
    }
    return vector;
  });
  return normalizeRows(matrixFromRows(rows));
}

const JOB = 64;

/** The sentence encoder alone, in one thread. */
export async function sentences(texts: readonly string[], pool: EncoderPool): Promise<Matrix> {
  const order = texts.map((text, i) => ({ text, i })).sort((a, b) => a.text.length - b.text.length);
  const rows: Float32Array[] = texts.map(() => new Float32Array(0));
  for (let from = 0; from < order.length; from += JOB) {
    const job = order.slice(from, from + JOB);
    const data = await pool.encode(
      job.map(({ text }) => text),
      new AbortController().signal,
    );
    const cols = data.length / job.length;
    job.forEach(({ i }, at) => {
      rows[i] = data.slice(at * cols, (at + 1) * cols);
    });
  }
  return normalizeRows(matrixFromRows(rows));
}

export function words(texts: readonly string[], table: WordTable): Matrix {
  return matrixFromRows(texts.map((text) => table.encode(text)));
}

export function joined(left: Matrix, right: Matrix, weight: number): Matrix {
  return matrixFromRows(
    Array.from({ length: left.rows }, (_, i) => joinVectors(row(left, i), row(right, i), weight)),
  );
}

/** SIF without the list of stop words. */
export const plainSif: Weight = (_word, rank, count) => 1e-3 / (1e-3 + zipf(rank, count));

/**
 * What a batch-independent table gives up: idf of these very texts in the weights, and the first component of these
 * very vectors removed. Full precision, all words.
 */
export function corpusIdf(
  texts: readonly string[],
  { words: vocabulary, data, dimensions }: WordVectors,
): Matrix {
  const rank = new Map(vocabulary.map((word, i) => [word, i]));
  const bags = texts.map((text) => tokens(text));
  const frequency = new Map<string, number>();
  for (const bag of bags) {
    for (const word of new Set(bag)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const matrix = matrixFromRows(
    bags.map((bag) => {
      const vector = new Float32Array(dimensions);
      for (const word of bag) {
        const at = rank.get(word);
        if (at === undefined) continue;
        const idf = Math.log((1 + texts.length) / (1 + (frequency.get(word) ?? 0)));
        const weight = idf * plainSif(word, at, vocabulary.length);
        for (let j = 0; j < dimensions; j++) vector[j] = vector[j]! + weight * data[at * dimensions + j]!;
      }
      return vector;
    }),
  );
  normalizeRows(matrix);
  removeFirstComponent(matrix);
  return normalizeRows(matrix);
}

const POWER_STEPS = 100;

/** Removes the direction of the greatest (uncentred) second moment, in place. */
function removeFirstComponent(matrix: Matrix): void {
  let direction = meanOfRows(matrix);
  const along = (vector: Float32Array): number => {
    let sum = 0;
    for (let j = 0; j < vector.length; j++) sum += vector[j]! * direction[j]!;
    return sum;
  };
  for (let step = 0; step < POWER_STEPS; step++) {
    const next = new Float64Array(matrix.cols);
    for (let i = 0; i < matrix.rows; i++) {
      const vector = row(matrix, i);
      const share = along(vector);
      for (let j = 0; j < vector.length; j++) next[j] = next[j]! + share * vector[j]!;
    }
    const length = Math.hypot(...next);
    direction = Float32Array.from(next, (value) => value / length);
  }
  for (let i = 0; i < matrix.rows; i++) {
    const vector = row(matrix, i);
    const share = along(vector);
    for (let j = 0; j < vector.length; j++) vector[j] = vector[j]! - share * direction[j]!;
  }
}
