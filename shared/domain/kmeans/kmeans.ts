import { seededRandom } from "../random.ts";
import type { Matrix } from "../vectors.ts";
import { allRows, gatherRows, normalizeRows } from "../vectors.ts";
import type { Nearest } from "./assign.ts";
import { cosineDistance, noneNearest } from "./assign.ts";
import { createGroupBounds, noteMoves, reassign } from "./group-bounds.ts";
import { refillEmpty } from "./refill-empty.ts";
import { relocate } from "./relocate.ts";
import { startCentroids } from "./start.ts";
import { unitRows } from "./unit-rows.ts";
import { movedCentroids } from "./update.ts";

export interface KMeansOptions {
  /** The run's seed: same rows, options and seed give the same bits. */
  seed: number;
  /** Runs from different starts, of which the one with the lowest inertia is kept (the first on a tie). Default 2. */
  restarts?: number;
  /** Passes over the rows in one run. Default 100. */
  maxIterations?: number;
  /** A run stops when a pass lowers the inertia by at most this share of it. Default 1e-4, as in scikit-learn. */
  tolerance?: number;
  /** Starting centroids, k non-zero rows of any length: one run of Lloyd's passes from there, without relocations or chance. */
  initial?: Matrix;
}

export interface KMeansResult {
  /** n cluster numbers 0 .. centroids.rows - 1, all of them in use; -1 for a zero row. */
  labels: Int32Array;
  /** Unit rows, at most k: fewer when the rows hold fewer than k distinct directions. */
  centroids: Matrix;
  /** n values of 1 - cosine to the row's own centroid, which is its nearest; NaN for a zero row. */
  distances: Float32Array;
  /** The sum of the distances. */
  inertia: number;
  iterations: number;
  /** False only when `maxIterations` ended the run. */
  converged: boolean;
}

/**
 * Spherical k-means (Dhillon and Modha 2001): Lloyd's algorithm with cosine similarity, for unit rows. Zero rows,
 * texts that could not be embedded, are left unassigned. Where the passes end, centroids are relocated and the passes
 * go on, while that lowers the inertia (relocate.ts). Exact: rows are compared only with centroids that can have
 * become nearer, so the labels are those of the plain algorithm. Ties go to the lowest number.
 * @param matrix n unit or zero rows.
 * @param k clusters wanted, at least 1.
 * @throws RangeError for k below 1, or a row that is neither unit nor zero.
 */
export function kmeans(matrix: Matrix, k: number, options: KMeansOptions): KMeansResult {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`k must be a whole number from 1, got ${k}`);
  const { initial, maxIterations = 100, tolerance = 1e-4 } = options;
  const restarts = initial ? 1 : (options.restarts ?? 2);
  if (restarts < 1 || maxIterations < 1)
    throw new RangeError("restarts and maxIterations must be at least 1");
  if (initial && (initial.rows !== k || initial.cols !== matrix.cols)) {
    throw new RangeError(`initial centroids must be ${k} x ${matrix.cols}`);
  }
  const rows = unitRows(matrix);
  if (initial) return lloyd(matrix, rows, unitStart(initial), maxIterations, tolerance);
  const attempt = (restart: number): KMeansResult => {
    const random = seededRandom(options.seed, `kmeans/restart/${restart}`);
    return relocating(matrix, rows, startCentroids(matrix, rows, k, random), maxIterations, tolerance);
  };
  let best = attempt(0);
  for (let restart = 1; restart < restarts; restart++) {
    const result = attempt(restart);
    if (result.inertia < best.inertia) best = result;
  }
  return best;
}

function unitStart(initial: Matrix): Matrix {
  const copy = normalizeRows(gatherRows(initial, allRows(initial.rows)));
  if (unitRows(copy).length < copy.rows) throw new RangeError("an initial centroid is zero");
  return copy;
}

/** One run from `start`: Lloyd's passes, and from where they end again after relocations, while these lower the inertia. */
function relocating(
  matrix: Matrix,
  rows: Int32Array,
  start: Matrix,
  maxIterations: number,
  tolerance: number,
): KMeansResult {
  let best = lloyd(matrix, rows, start, maxIterations, tolerance);
  let { iterations } = best;
  while (best.converged && iterations < maxIterations) {
    const centroids = relocate(matrix, rows, best.labels, best.centroids, tolerance * best.inertia);
    if (!centroids) break;
    const next = lloyd(matrix, rows, centroids, maxIterations - iterations, tolerance);
    iterations += next.iterations;
    if (!(next.inertia < best.inertia)) break;
    best = next;
  }
  return { ...best, iterations };
}

/** Lloyd's passes from `start`. */
function lloyd(
  matrix: Matrix,
  rows: Int32Array,
  start: Matrix,
  maxIterations: number,
  tolerance: number,
): KMeansResult {
  const k = start.rows;
  const nearest = noneNearest(matrix.rows);
  const bounds = createGroupBounds(matrix.rows, start);
  let centroids = start;
  // Clusters whose membership, and so whose centroid, differs from the pass before.
  let changed = new Uint8Array(k);
  let inertia = Number.POSITIVE_INFINITY;
  let converged = false;
  let iterations = 0;
  while (iterations < maxIterations && !converged) {
    iterations++;
    if (iterations > 1) {
      const before = centroids;
      centroids = movedCentroids(matrix, rows, nearest.labels, before, changed);
      noteMoves(bounds, before, centroids);
    }
    const labelsBefore = nearest.labels.slice();
    reassign(matrix, rows, centroids, changed, nearest, bounds);
    changed = new Uint8Array(k);
    let moved = false;
    for (const index of rows) {
      const label = nearest.labels[index]!;
      const former = labelsBefore[index]!;
      if (label === former) continue;
      moved = true;
      changed[label] = 1;
      if (former >= 0) changed[former] = 1;
    }
    const previous = inertia;
    inertia = sumOfDistances(rows, nearest.similarities);
    // The first pass has no inertia before it to compare with.
    converged = !moved || (iterations > 1 && previous - inertia <= tolerance * previous);
    if (iterations < maxIterations && refillEmpty(rows, nearest, changed, bounds)) converged = false;
  }
  return finish(rows, centroids, nearest, { inertia, iterations, converged });
}

function sumOfDistances(rows: Int32Array, similarities: Float64Array): number {
  let sum = 0;
  for (const index of rows) sum += cosineDistance(similarities[index]!);
  return sum;
}

/** Drops clusters that stayed empty and numbers the rest densely, in order. */
function finish(
  rows: Int32Array,
  centroids: Matrix,
  { labels, similarities }: Nearest,
  outcome: Pick<KMeansResult, "inertia" | "iterations" | "converged">,
): KMeansResult {
  const used = new Uint8Array(centroids.rows);
  for (const index of rows) used[labels[index]!] = 1;
  const kept = allRows(centroids.rows).filter((id) => used[id] === 1);
  const dense = new Int32Array(centroids.rows).fill(-1);
  kept.forEach((id, position) => {
    dense[id] = position;
  });
  const distances = new Float32Array(labels.length).fill(Number.NaN);
  for (const index of rows) {
    labels[index] = dense[labels[index]!]!;
    distances[index] = cosineDistance(similarities[index]!);
  }
  return { labels, centroids: gatherRows(centroids, kept), distances, ...outcome };
}
