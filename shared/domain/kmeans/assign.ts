import { cosines, createKernel, onThread, quantise } from "../kernel/kernel.ts";
import type { Quantised } from "../kernel/kernel.ts";
import { alone, pieceRange, piecesFor, sharedFloats, sharedInts } from "../team.ts";
import type { NamedStep, Team } from "../team.ts";
import type { Matrix } from "../vectors.ts";
import { allRows } from "../vectors.ts";
import { unitRows } from "./unit-rows.ts";

// 128 rows and 128 centroids of 1,024 int16 are 256 KiB each: both stay in a 1-2 MiB second-level cache.
const ROW_BLOCK = 128;
const CENTROID_BLOCK = 128;

/** The best centroid of each row so far, by row index: -1 and -Infinity before any was seen. */
export interface Nearest {
  labels: Int32Array;
  /** Cosine to the row's label. Double precision, so that a stored and a fresh value compare exactly. */
  similarities: Float64Array;
}

export function noneNearest(n: number): Nearest {
  return {
    labels: sharedInts(n).fill(-1),
    similarities: sharedFloats(n).fill(Number.NEGATIVE_INFINITY),
  };
}

/** What one scan saw of a row: the label it came with, and the best similarity among the clusters that lost. */
type Seen = (row: number, label: number, similarity: number, bestLoser: number) => void;

/**
 * Lets each row of `rows` of `points` move to a nearer centroid: `nearest` holds its best so far and is replaced where row j of
 * `centroids`, known as cluster `ids[j]`, is closer. Ties go to the lowest id. Both matrices hold unit rows.
 * @param seen told, for each row, its former label and similarity, and the highest similarity among `ids` without
 *   the former and the new label (-Infinity for none).
 *
 * The only work that grows with rows x centroids.
 */
export function improveAssignment(
  points: Quantised,
  rows: Int32Array,
  centroids: Quantised,
  ids: Int32Array,
  nearest: Nearest,
  seen?: Seen,
): void {
  const { labels, similarities } = nearest;
  const products = new Float64Array(Math.min(ROW_BLOCK, rows.length) * Math.min(CENTROID_BLOCK, ids.length));
  const losers = new Float64Array(ROW_BLOCK);
  const before = new Int32Array(ROW_BLOCK);
  const similarityBefore = new Float64Array(ROW_BLOCK);
  for (let from = 0; from < rows.length; from += ROW_BLOCK) {
    const block = rows.subarray(from, from + ROW_BLOCK);
    for (let i = 0; i < block.length; i++) {
      before[i] = labels[block[i]!]!;
      similarityBefore[i] = similarities[block[i]!]!;
    }
    losers.fill(Number.NEGATIVE_INFINITY);
    for (let first = 0; first < ids.length; first += CENTROID_BLOCK) {
      const count = Math.min(CENTROID_BLOCK, ids.length - first);
      cosines(points, block, centroids, first, count, products);
      for (let i = 0; i < block.length; i++) {
        const index = block[i]!;
        const former = before[i]!;
        let best = similarities[index]!;
        let label = labels[index]!;
        let loser = losers[i]!;
        for (let j = 0; j < count; j++) {
          const id = ids[first + j]!;
          const similarity = products[i * count + j]!;
          if (id === former) continue;
          if (similarity > best || (similarity === best && id < label)) {
            if (label !== former && best > loser) loser = best;
            best = similarity;
            label = id;
          } else if (similarity > loser) loser = similarity;
        }
        similarities[index] = best;
        labels[index] = label;
        losers[i] = loser;
      }
    }
    if (seen === undefined) continue;
    for (let i = 0; i < block.length; i++) seen(block[i]!, before[i]!, similarityBefore[i]!, losers[i]!);
  }
}

/** 1 - cosine, never below 0: rounding can put a cosine a little above 1. */
export function cosineDistance(similarity: number): number {
  return similarity < 1 ? 1 - similarity : 0;
}

interface Assignment {
  readonly points: Quantised;
  readonly rows: Int32Array;
  readonly centroids: Quantised;
  readonly ids: Int32Array;
  readonly nearest: Nearest;
  readonly pieces: number;
}

export const assignStep: NamedStep<Assignment> = {
  name: "kmeans/assign",
  run({ points, rows, centroids, ids, nearest, pieces }, thread) {
    const own = onThread(points, thread.index);
    for (let piece = thread.next(); piece >= 0; piece = thread.next()) {
      const { from, to } = pieceRange(rows.length, pieces, piece);
      improveAssignment(own, rows.subarray(from, to), centroids, ids, nearest);
    }
  },
};

/**
 * The nearest centroid of every row: n labels, and n distances (1 - cosine, in [0, 2]); of a zero row -1 and NaN. Ties go to
 * the lowest centroid.
 * @param matrix n unit or zero rows.
 * @param centroids k >= 1 unit rows.
 */
export function assign(
  matrix: Matrix,
  centroids: Matrix,
  team: Team = alone,
): { labels: Int32Array; distances: Float32Array } {
  const nearest = noneNearest(matrix.rows);
  const rows = unitRows(matrix);
  const kernel = createKernel(matrix.cols, team.threads);
  const points = quantise(kernel, matrix, team);
  const pieces = piecesFor(team, rows.length);
  const ids = sharedInts(centroids.rows);
  ids.set(allRows(centroids.rows));
  const work: Assignment = { points, rows, centroids: quantise(kernel, centroids), ids, nearest, pieces };
  team.run(assignStep, work, pieces);
  const distances = new Float32Array(matrix.rows).fill(Number.NaN);
  for (const index of rows) distances[index] = cosineDistance(nearest.similarities[index]!);
  return { labels: nearest.labels, distances };
}
