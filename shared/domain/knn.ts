import { cosines, createKernel, onThread, quantise } from "./kernel/kernel.ts";
import type { Quantised } from "./kernel/kernel.ts";
import { alone, sharedFloats, sharedInts } from "./team.ts";
import type { NamedStep, Team } from "./team.ts";
import type { Matrix } from "./vectors.ts";

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
  options: { exclude?: (query: number, base: number) => boolean; team?: Team } = {},
): Neighbours {
  const { exclude, team = alone } = options;
  const kernel = createKernel(queries.cols, team.threads);
  const [left, right] = [quantise(kernel, queries, team), quantise(kernel, base, team)];
  if (exclude === undefined) return nearestOf(left, right, m, team);
  // What tells two rows apart is known to this thread alone.
  const lists = createLists(left.rows, m);
  offerRange(lists, left, { from: 0, to: left.rows }, right, { from: 0, to: right.rows }, exclude);
  return finishLists(lists);
}

/** The m rows of `right` nearest to each of `left`, of one kernel. */
export function nearestOf(left: Quantised, right: Quantised, m: number, team: Team): Neighbours {
  const lists = createLists(left.rows, m);
  team.run(queriesStep, { lists, left, right }, Math.ceil(left.rows / BLOCK));
  return finishLists(lists);
}

interface Queries {
  readonly lists: Lists;
  readonly left: Quantised;
  readonly right: Quantised;
}

export const queriesStep: NamedStep<Queries> = {
  name: "knn/queries",
  run({ lists, left, right }, thread) {
    const own = onThread(left, thread.index);
    for (let piece = thread.next(); piece >= 0; piece = thread.next()) {
      const from = piece * BLOCK;
      const range = { from, to: Math.min(left.rows, from + BLOCK) };
      offerRange(lists, own, range, right, { from: 0, to: right.rows });
    }
  },
};

/** What is looked for among the rows of one matrix. */
interface AllPairs {
  readonly points: Quantised;
  /** For each thread lists of its own: a product serves both its rows, and which thread has it is chance. */
  readonly lists: readonly Lists[];
}

export const allPairsStep: NamedStep<AllPairs> = {
  name: "knn/all-pairs",
  run({ points, lists }, thread) {
    const own = onThread(points, thread.index);
    const mine = lists[thread.index]!;
    const products = new Float64Array(BLOCK * BLOCK);
    for (let piece = thread.next(); piece >= 0; piece = thread.next()) {
      const from = piece * BLOCK;
      const block = rowNumbers(from, Math.min(points.rows, from + BLOCK));
      for (let first = from; first < points.rows; first += BLOCK) {
        const count = Math.min(BLOCK, points.rows - first);
        cosines(own, block, points, first, count, products);
        // A row is offered its neighbours in ascending order, from both sides, so that ties fall as in nearestRows.
        for (let i = 0; i < block.length; i++) {
          for (let j = first === from ? i + 1 : 0; j < count; j++) {
            const similarity = products[i * count + j]!;
            // Nearly all fail here: looked at before anything is called.
            if (similarity > mine.least[from + i]!) offer(mine, from + i, first + j, similarity);
            if (similarity > mine.least[first + j]!) offer(mine, first + j, from + i, similarity);
          }
        }
      }
    }
  },
};

/**
 * The m other rows nearest to each row of one matrix: nearestRows(matrix, matrix, m) without the row itself
 * in half the time, as each product serves both its rows.
 * @param team threads that share the work; neighbours are the same for any number of them.
 */
export function nearestNeighbours(matrix: Matrix, m: number, team: Team = alone): Neighbours {
  const points = quantise(createKernel(matrix.cols, team.threads), matrix, team);
  const lists = Array.from({ length: team.threads }, () => createLists(matrix.rows, m));
  team.run(allPairsStep, { points, lists }, Math.ceil(matrix.rows / BLOCK));
  return finishLists(lists.reduce(mergeLists));
}

/** The best of two lists for each query, ties to the lowest row number; into the first. */
function mergeLists(a: Lists, b: Lists): Lists {
  const { m } = a;
  const indices = new Int32Array(m);
  const similarities = new Float64Array(m);
  for (let start = 0; start < a.indices.length; start += m) {
    let i = start;
    let j = start;
    for (let at = 0; at < m; at++) {
      const more = a.similarities[i]! - b.similarities[j]!;
      // Where both have run out the difference is no number.
      const first = more > 0 || (!(more < 0) && a.indices[i]! <= b.indices[j]!);
      const from = first ? a : b;
      const source = first ? i++ : j++;
      indices[at] = from.indices[source]!;
      similarities[at] = from.similarities[source]!;
    }
    a.indices.set(indices, start);
    a.similarities.set(similarities, start);
  }
  return a;
}

const rowNumbers = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from }, (_, i) => from + i);

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
    indices: sharedInts(queries * m).fill(-1),
    similarities: sharedFloats(queries * m).fill(Number.NEGATIVE_INFINITY),
    least: sharedFloats(queries).fill(m === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY),
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
    const block = rowNumbers(from, Math.min(queryRange.to, from + BLOCK));
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
