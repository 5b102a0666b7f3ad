import type { Kernel, Quantised } from "../kernel/kernel.ts";
import {
  UNIT_LENGTH,
  addToSum,
  allocateRows,
  clearRows,
  clearSums,
  createRowSums,
  pairCosines,
  quantisedRow,
  setRow,
  sumOf,
} from "../kernel/kernel.ts";
import type { RowSums } from "../kernel/kernel.ts";

/**
 * Centroids with what they are made of. A centroid is the direction of the sum of its cluster's rows; sums are exact, so it depends
 * on its members alone, whatever way they came.
 */
export interface Centroids {
  readonly k: number;
  /** Unit rows. */
  readonly rows: Quantised;
  /** Of the rows counted in so far (`countIn`). */
  readonly sums: RowSums;
  /** Room for k rows. */
  readonly scratch: Quantised;
}

// Rows that cancel leave no more than what rounding has put in: a unit or so a component, of 32,000.
const CANCELLED = 1;

export function createCentroids(kernel: Kernel, k: number): Centroids {
  return {
    k,
    rows: allocateRows(kernel, k),
    sums: createRowSums(kernel, k),
    scratch: allocateRows(kernel, k),
  };
}

/** Forgets all rows that were counted in; centroids stay where they are. */
export function clearMembers({ sums }: Centroids): void {
  clearSums(sums);
}

/** Forgets the centroids too, as if they were new. */
export function resetCentroids(centroids: Centroids): void {
  clearRows(centroids.rows);
  clearMembers(centroids);
}

/** Counts a row out of its former cluster and into another; -1 is none. */
export function countIn(
  { sums }: Centroids,
  points: Quantised,
  index: number,
  from: number,
  to: number,
): void {
  if (from >= 0) addToSum(sums, from, points, index, -1);
  if (to >= 0) addToSum(sums, to, points, index, 1);
}

/** The length of the sum of a cluster's rows, in rows: the sum of their cosines to its mean. */
export function lengthOf({ sums }: Centroids, cluster: number): number {
  return Math.sqrt(squaredLength(sumOf(sums, cluster))) / UNIT_LENGTH;
}

function squaredLength(sum: Float64Array): number {
  let squared = 0;
  for (let h = 0; h < sum.length; h++) squared += sum[h]! ** 2;
  return squared;
}

/**
 * Moves a centroid to the direction of its rows; one whose rows cancel out, or that has none, stays. Answers how far it moved, on the
 * unit sphere.
 */
export function moveCentroid({ rows, sums }: Centroids, cluster: number): number {
  const sum = sumOf(sums, cluster);
  const squared = squaredLength(sum);
  if (squared <= CANCELLED * sum.length) return 0;
  const before = quantisedRow(rows, cluster).slice();
  const inverse = rows.inverse[cluster]!;
  setRow(rows, cluster, sum, Math.sqrt(squared));
  const after = quantisedRow(rows, cluster);
  let product = 0;
  for (let h = 0; h < before.length; h++) product += before[h]! * after[h]!;
  return Math.sqrt(Math.max(0, 2 - 2 * product * inverse * rows.inverse[cluster]!));
}

/** Cosines of rows to the centroids of their clusters. */
export function ownCosines(
  points: Quantised,
  indices: ArrayLike<number>,
  { rows }: Centroids,
  clusters: ArrayLike<number>,
): Float64Array {
  const out = new Float64Array(indices.length);
  pairCosines(points, indices, rows, clusters, out);
  return out;
}
