import { cosines, createKernel, quantise } from "./kernel/kernel.ts";
import type { Quantised } from "./kernel/kernel.ts";
import type { Matrix } from "./vectors.ts";
import { allRows } from "./vectors.ts";

/** The m nearest of q queries, row-major q x m, nearest first. */
export interface Neighbours {
  m: number;
  /** Row numbers; -1 where fewer than m rows qualify. */
  indices: Int32Array;
  /** Cosines; NaN beside an index of -1. */
  similarities: Float32Array;
}

// 128 x 128 rows of 1,024 int16 are 2 x 256 KiB: one block of each side stays in the second-level cache.
const BLOCK = 128;

/**
 * The m rows of `base` with the highest cosine to each query, by comparing all; ties to the lowest row number. Cosines are
 * of int16 components: two that differ by less than about 1e-5 may change places.
 * @param queries unit rows.
 * @param base unit rows of the same width.
 * @param exclude pairs that do not count, such as a row itself or its own cluster's members. Asked only for rows
 *   that would otherwise be among the nearest.
 */
export function nearestRows(
  queries: Matrix,
  base: Matrix,
  m: number,
  options: { exclude?: (query: number, base: number) => boolean } = {},
): Neighbours {
  const lists = createLists(queries.rows, m);
  const kernel = createKernel(queries.cols);
  const [left, right] = [quantise(kernel, queries), quantise(kernel, base)];
  offerRange(lists, left, { from: 0, to: left.rows }, right, { from: 0, to: right.rows }, options.exclude);
  return finishLists(lists);
}

/**
 * The m other rows nearest to each row of one matrix: nearestRows(matrix, matrix, m) without the row itself
 * in half the time, as each product serves both its rows.
 */
export function nearestNeighbours(matrix: Matrix, m: number): Neighbours {
  const lists = createLists(matrix.rows, m);
  const products = new Float64Array(BLOCK * BLOCK);
  const rows = allRows(matrix.rows);
  const points = quantise(createKernel(matrix.cols), matrix);
  for (let from = 0; from < matrix.rows; from += BLOCK) {
    const block = rows.subarray(from, from + BLOCK);
    for (let first = from; first < matrix.rows; first += BLOCK) {
      const count = Math.min(BLOCK, matrix.rows - first);
      cosines(points, block, points, first, count, products);
      // A row is offered its neighbours in ascending order, from both sides, so that ties fall as in nearestRows.
      for (let i = 0; i < block.length; i++) {
        for (let j = first === from ? i + 1 : 0; j < count; j++) {
          const similarity = products[i * count + j]!;
          // Nearly all fail here: looked at before anything is called.
          if (similarity > lists.least[from + i]!) offer(lists, from + i, first + j, similarity);
          if (similarity > lists.least[first + j]!) offer(lists, first + j, from + i, similarity);
        }
      }
    }
  }
  return finishLists(lists);
}

/** Per query its best rows so far, descending. */
export interface Lists {
  m: number;
  indices: Int32Array;
  similarities: Float64Array;
  /** The last of each: what a row has to be above. */
  least: Float64Array;
}

/** Empty lists of m for so many queries. */
export function createLists(queries: number, m: number): Lists {
  return {
    m,
    indices: new Int32Array(queries * m).fill(-1),
    similarities: new Float64Array(queries * m).fill(Number.NEGATIVE_INFINITY),
    least: new Float64Array(queries).fill(m === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY),
  };
}

/** Rows from one number to below another. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Offers a range of queries a range of the rows of `base`, in ascending order.
 * @param exclude as in nearestRows.
 */
export function offerRange(
  lists: Lists,
  queries: Quantised,
  queryRange: RowRange,
  base: Quantised,
  baseRange: RowRange,
  exclude?: (query: number, base: number) => boolean,
): void {
  const products = new Float64Array(BLOCK * BLOCK);
  for (let from = queryRange.from; from < queryRange.to; from += BLOCK) {
    const block = Int32Array.from({ length: Math.min(BLOCK, queryRange.to - from) }, (_, i) => from + i);
    for (let first = baseRange.from; first < baseRange.to; first += BLOCK) {
      const count = Math.min(BLOCK, baseRange.to - first);
      cosines(queries, block, base, first, count, products);
      for (let i = 0; i < block.length; i++) {
        for (let j = 0; j < count; j++) {
          const similarity = products[i * count + j]!;
          // Nearly all fail here: looked at before anything is called.
          if (similarity > lists.least[from + i]!) offer(lists, from + i, first + j, similarity, exclude);
        }
      }
    }
  }
}

/** Puts a candidate into a query's list: one above `least`, which callers look at first. */
function offer(
  lists: Lists,
  query: number,
  candidate: number,
  similarity: number,
  exclude?: (query: number, base: number) => boolean,
): void {
  const { m, indices, similarities } = lists;
  const start = query * m;
  let at = start + m - 1;
  if (exclude?.(query, candidate)) return;
  while (at > start && similarities[at - 1]! < similarity) {
    similarities[at] = similarities[at - 1]!;
    indices[at] = indices[at - 1]!;
    at--;
  }
  similarities[at] = similarity;
  indices[at] = candidate;
  lists.least[query] = similarities[start + m - 1]!;
}

export function finishLists({ m, indices, similarities }: Lists): Neighbours {
  return {
    m,
    indices,
    similarities: Float32Array.from(similarities, (value, i) => (indices[i] === -1 ? Number.NaN : value)),
  };
}
