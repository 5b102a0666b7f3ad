import { kmeans } from "./kmeans/kmeans.ts";
import { rowsByCluster } from "./kmeans/rows-by-cluster.ts";
import { allocateRows, createKernel, gatherInto, onThread, quantise } from "./kernel/kernel.ts";
import type { Quantised } from "./kernel/kernel.ts";
import { createLists, finishLists, nearestOf, nearestRows, offerRange } from "./knn.ts";
import type { Lists, Neighbours, RowRange } from "./knn.ts";
import { sampleIndices, seededRandom } from "./random.ts";
import { alone, sharedInts } from "./team.ts";
import type { NamedStep, Team } from "./team.ts";
import type { Matrix } from "./vectors.ts";
import { allRows, gatherRows } from "./vectors.ts";

export interface ClusteredOptions {
  readonly seed: number;
  /** Of a sample's true neighbours, the share that has to be found. Default 0.95: below it a map comes apart (shared measurements). */
  readonly recall?: number;
}

export interface ClusteredNeighbours extends Neighbours {
  /** What the sample had found of its true neighbours; at least what was asked for. */
  readonly recall: number;
  /** Cells that each row was compared with, of how many. */
  readonly probed: number;
  readonly cells: number;
}

const LEAST_RECALL = 0.95;
/** Cells at first; twice as many each time the sample says that it was too few. */
const FIRST_PROBES = 8;
/** Rows whose true neighbours are looked for: a share of 0.95 of 14 for each is known to half a percent. */
const SAMPLE = 400;
/** Passes that find the cells: they need not be the best. */
const PASSES = 8;

/**
 * The m other rows nearest to each row, looked for in the cells nearest to its own: for more rows than all pairs can be compared of. A
 * sample's true neighbours say how many are found; where too few, more cells are looked into, in the end all.
 * @param matrix unit rows.
 * @throws RangeError for a zero row.
 */
export function clusteredNeighbours(
  matrix: Matrix,
  m: number,
  options: ClusteredOptions,
  team: Team = alone,
): ClusteredNeighbours {
  const { seed, recall: wanted = LEAST_RECALL } = options;
  const n = matrix.rows;
  const random = seededRandom(seed, "neighbours/cells");
  const count = Math.max(1, Math.round(Math.sqrt(n)));
  const initial = gatherRows(matrix, sampleIndices(random, n, count));
  const { labels, centroids } = kmeans(matrix, count, { seed, initial, maxIterations: PASSES }, team);
  const cells = rowsByCluster(labels, centroids.rows);
  // Rows of a cell side by side, so that the kernel takes them as they lie.
  const starts = startsOf(cells);
  if (starts.at(-1)! < n) throw new RangeError("a zero row has no neighbours");
  const order = sharedInts(n);
  cells.forEach((cell, i) => order.set(cell, starts[i]));
  const kernel = createKernel(matrix.cols, team.threads);
  const points = quantise(kernel, matrix, team, order);
  const near = nearestRows(centroids, centroids, centroids.rows);

  const places = placesOf(Int32Array.from(sampleIndices(random, n, Math.min(n, SAMPLE))), order);
  const truth = trueNeighbours(points, places, m, team);
  const lists = createLists(n, m);
  for (let from = 0, to = Math.min(FIRST_PROBES, cells.length); ;) {
    team.run(probeStep, { lists, points, starts, near: near.indices, from, to }, cells.length);
    const found = recallOf(lists, places, truth, m);
    if (found >= wanted || to === cells.length) {
      const { indices, similarities } = finishLists(lists);
      return {
        m,
        ...inOwnOrder(indices, similarities, order, m),
        recall: found,
        probed: to,
        cells: cells.length,
      };
    }
    [from, to] = [to, Math.min(2 * to, cells.length)];
  }
}

const isItself = (query: number, base: number): boolean => query === base;

interface Probes {
  readonly lists: Lists;
  readonly points: Quantised;
  readonly starts: Int32Array;
  /** For each cell all of them, nearest first. */
  readonly near: Int32Array;
  /** Which of these are looked into, [from, to). */
  readonly from: number;
  readonly to: number;
}

/** Offers the rows of a cell those of some of the cells near it. */
export const probeStep: NamedStep<Probes> = {
  name: "knn/probe",
  run({ lists, points, starts, near, from, to }, thread) {
    const own = onThread(points, thread.index);
    const cells = starts.length - 1;
    const rangeOf = (cell: number): RowRange => ({ from: starts[cell]!, to: starts[cell + 1]! });
    for (let cell = thread.next(); cell >= 0; cell = thread.next())
      for (let p = from; p < to; p++)
        offerRange(lists, own, rangeOf(cell), points, rangeOf(near[cell * cells + p]!), isItself);
  },
};

/** Where each cell's rows begin when they lie side by side, and the last of them end. */
function startsOf(cells: readonly Int32Array[]): Int32Array {
  const starts = sharedInts(cells.length + 1);
  cells.forEach(({ length }, cell) => {
    starts[cell + 1] = starts[cell]! + length;
  });
  return starts;
}

/** Where rows lie in an order. */
function placesOf(rows: Int32Array, order: Int32Array): Int32Array {
  const place = new Int32Array(order.length);
  order.forEach((row, i) => {
    place[row] = i;
  });
  return rows.map((row) => place[row]!);
}

/** Neighbours of some rows, by comparing them with all: for each m, by place, -1 where there are no more. */
function trueNeighbours(points: Quantised, places: Int32Array, m: number, team: Team): Int32Array[] {
  const left = allocateRows(points.kernel, places.length);
  gatherInto(points, places, left);
  // A row is its own nearest, unless others are equal to it.
  const { indices } = nearestOf(left, points, m + 1, team);
  return Array.from(places, (place, s) =>
    indices
      .slice(s * (m + 1), (s + 1) * (m + 1))
      .filter((other) => other !== place)
      .slice(0, m),
  );
}

/** The share of a sample's true neighbours that its lists hold; all by place. */
function recallOf(lists: Lists, places: Int32Array, truth: readonly Int32Array[], m: number): number {
  let hits = 0;
  let there = 0;
  places.forEach((place, s) => {
    const wanted = new Set(truth[s]);
    wanted.delete(-1);
    there += wanted.size;
    for (const index of lists.indices.subarray(place * m, (place + 1) * m)) if (wanted.has(index)) hits++;
  });
  return there === 0 ? 1 : hits / there;
}

/** Lists of rows that were put in another order, by their own numbers. */
function inOwnOrder(
  indices: Int32Array,
  similarities: Float32Array,
  order: Int32Array,
  m: number,
): Pick<Neighbours, "indices" | "similarities"> {
  const own = { indices: new Int32Array(indices.length), similarities: new Float32Array(indices.length) };
  for (const i of allRows(order.length)) {
    const to = order[i]! * m;
    for (let j = 0; j < m; j++) {
      const index = indices[i * m + j]!;
      own.indices[to + j] = index < 0 ? -1 : order[index]!;
      own.similarities[to + j] = similarities[i * m + j]!;
    }
  }
  return own;
}
