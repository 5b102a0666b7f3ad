import { seededRandom } from "../random.ts";
import { alone, piecesFor, sharedBytes } from "../team.ts";
import type { Team } from "../team.ts";
import type { Matrix } from "../vectors.ts";
import { createMatrix, row } from "../vectors.ts";
import type { Quantised } from "../kernel/kernel.ts";
import { createKernel, gatherInto, quantise, quantisedRow, setRow } from "../kernel/kernel.ts";
import type { Nearest } from "./assign.ts";
import { cosineDistance, noneNearest } from "./assign.ts";
import type { Centroids } from "./centroids.ts";
import { clearMembers, countIn, createCentroids, moveCentroid } from "./centroids.ts";
import { createGroupBounds, forgetRow, noteMoves, reassign } from "./group-bounds.ts";
import type { Pass } from "./group-bounds.ts";
import { refillEmpty } from "./refill-empty.ts";
import { createRelocationRoom, relocate } from "./relocate.ts";
import { startRows } from "./start.ts";
import { unitRows } from "./unit-rows.ts";

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
 * @param team threads that share the work; labels, centroids and distances are the same bits for any number of them.
 * @throws RangeError for k below 1, or a row that is neither unit nor zero.
 */
export function kmeans(matrix: Matrix, k: number, options: KMeansOptions, team: Team = alone): KMeansResult {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`k must be a whole number from 1, got ${k}`);
  const { initial, maxIterations = 100, tolerance = 1e-4 } = options;
  const restarts = initial ? 1 : (options.restarts ?? 2);
  if (restarts < 1 || maxIterations < 1)
    throw new RangeError("restarts and maxIterations must be at least 1");
  if (initial && (initial.rows !== k || initial.cols !== matrix.cols)) {
    throw new RangeError(`initial centroids must be ${k} x ${matrix.cols}`);
  }
  const rows = unitRows(matrix);
  const kernel = createKernel(matrix.cols, team.threads);
  const points = quantise(kernel, matrix, team);
  if (initial) {
    const centroids = createCentroids(kernel, k);
    for (let id = 0; id < k; id++) {
      const vector = row(initial, id);
      setRow(centroids.rows, id, vector, Math.hypot(...vector));
      if (centroids.rows.inverse[id] === 0) throw new RangeError("an initial centroid is zero");
    }
    const problem = { points, rows, centroids, team };
    return lloyd(problem, startState(problem), maxIterations, tolerance);
  }
  const attempt = (restart: number): KMeansResult => {
    const random = seededRandom(options.seed, `kmeans/restart/${restart}`);
    const start = startRows(points, rows, k, random, team);
    const centroids = createCentroids(kernel, start.length);
    gatherInto(points, start, centroids.rows);
    return relocating({ points, rows, centroids, team }, maxIterations, tolerance);
  };
  let best = attempt(0);
  for (let restart = 1; restart < restarts; restart++) {
    const result = attempt(restart);
    if (result.inertia < best.inertia) best = result;
  }
  return best;
}

/** What a run works on: the unit rows among the points, and centroids, which it moves. */
interface Problem {
  readonly points: Quantised;
  readonly rows: Int32Array;
  readonly centroids: Centroids;
  readonly team: Team;
}

/** How far a run has come. */
interface State {
  /** Its `changed` are the clusters whose membership, and so whose centroid, differs from the last pass. */
  readonly pass: Pass;
  /** The cluster that each row is counted in. */
  readonly counted: Int32Array;
}

function startState({ points, rows, centroids, team }: Problem): State {
  clearMembers(centroids);
  return {
    pass: {
      points,
      rows,
      centroids,
      changed: sharedBytes(centroids.k),
      nearest: noneNearest(points.rows),
      bounds: createGroupBounds(points.rows, centroids),
      pieces: piecesFor(team, rows.length),
    },
    counted: new Int32Array(points.rows).fill(-1),
  };
}

/** One run: Lloyd's passes, and from where they end again after relocations, while these lower the inertia. */
function relocating(problem: Problem, maxIterations: number, tolerance: number): KMeansResult {
  const { points, rows, centroids, team } = problem;
  const state = startState(problem);
  let best = lloyd(problem, state, maxIterations, tolerance);
  let { iterations } = best;
  const room = createRelocationRoom(points, centroids.k, team);
  // Without a row there is nothing to move a centroid to.
  while (best.converged && best.centroids.rows === centroids.k && iterations < maxIterations) {
    const after = relocate(best.labels, tolerance * best.inertia, room, team);
    if (!after) break;
    relabel(rows, after, state);
    const next = lloyd(problem, state, maxIterations - iterations, tolerance);
    iterations += next.iterations;
    if (!(next.inertia < best.inertia)) break;
    best = next;
  }
  return { ...best, iterations };
}

/** Puts rows into other clusters. What is known of the others, and of groups that do not move, still holds. */
function relabel(rows: Int32Array, labels: Int32Array, { pass }: State): void {
  const { nearest, bounds, changed } = pass;
  for (const index of rows) {
    const former = nearest.labels[index]!;
    const label = labels[index]!;
    if (label === former) continue;
    changed[former] = 1;
    changed[label] = 1;
    nearest.labels[index] = label;
    forgetRow(bounds, index);
  }
}

/** Lloyd's passes from where the centroids, or the labels, are. */
function lloyd(problem: Problem, state: State, maxIterations: number, tolerance: number): KMeansResult {
  const { rows, centroids, team } = problem;
  const { nearest, bounds, changed } = state.pass;
  let inertia = Number.POSITIVE_INFINITY;
  let converged = false;
  let iterations = 0;
  while (iterations < maxIterations && !converged) {
    iterations++;
    if (changed.includes(1)) noteMoves(bounds, moveChanged(problem, state));
    const labelsBefore = nearest.labels.slice();
    reassign(state.pass, team);
    changed.fill(0);
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

/** Counts rows in where they are now, and moves the centroids that have others. Answers how far each moved. */
function moveChanged({ points, rows, centroids }: Problem, { pass, counted }: State): Float64Array {
  const { nearest, changed } = pass;
  for (const index of rows) {
    const label = nearest.labels[index]!;
    if (label === counted[index]) continue;
    countIn(centroids, points, index, counted[index]!, label);
    counted[index] = label;
  }
  const steps = new Float64Array(centroids.k);
  for (let id = 0; id < centroids.k; id++) if (changed[id] === 1) steps[id] = moveCentroid(centroids, id);
  return steps;
}

function sumOfDistances(rows: Int32Array, similarities: Float64Array): number {
  let sum = 0;
  for (const index of rows) sum += cosineDistance(similarities[index]!);
  return sum;
}

/** Drops clusters that stayed empty and numbers the rest densely, in order. */
function finish(
  rows: Int32Array,
  { k, rows: units }: Centroids,
  { labels, similarities }: Nearest,
  outcome: Pick<KMeansResult, "inertia" | "iterations" | "converged">,
): KMeansResult {
  const used = new Uint8Array(k);
  for (const index of rows) used[labels[index]!] = 1;
  const kept = Array.from(used.keys()).filter((id) => used[id] === 1);
  const dense = new Int32Array(k).fill(-1);
  const centroids = createMatrix(kept.length, units.kernel.cols);
  kept.forEach((id, position) => {
    dense[id] = position;
    const scale = units.inverse[id]!;
    row(centroids, position).set(Float32Array.from(quantisedRow(units, id), (value) => value * scale));
  });
  const result = labels.slice();
  const distances = new Float32Array(labels.length).fill(Number.NaN);
  for (const index of rows) {
    result[index] = dense[labels[index]!]!;
    distances[index] = cosineDistance(similarities[index]!);
  }
  return { labels: result, centroids, distances, ...outcome };
}
