import type { MapCell } from "../../../shared/contracts/published.ts";

/** The dots of a map: where each is and which base cluster it belongs to. Struct of arrays, n long. */
export interface Dots {
  readonly n: number;
  /** x, y, x, y …, each from -1 to 1. */
  readonly positions: Float32Array;
  /** Number of the base cluster, as in `leaves`. */
  readonly leaf: Uint32Array;
  /** Place among its cluster's dots, from 0 to 1: a filter that k of n fit keeps the dots below k / n. */
  readonly rank: Float32Array;
  /** Conversations that a dot stands for; 1 unless there are more than are drawn. */
  readonly each: number;
}

/** More dots than this are drawn no better and slower: each then stands for several conversations. */
export const MOST_DOTS = 200_000;

/** A hash of three whole numbers as a seed (Murmur3's finaliser). */
function seedOf(column: number, row: number, leaf: number): number {
  let h =
    Math.imul(column + 1, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca6b) ^ Math.imul(leaf + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Mulberry32: numbers from 0 to 1, the same for a seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How far beyond its cell a dot may lie, in cells: without it the grid would show. */
const SPREAD = 1.5;

/**
 * Scatters the conversations of each cell over it. Where a single one lies is not published: the places are made up, the
 * same at every visit.
 * @param leaves numbers of the base clusters by id; cells of others are left out.
 */
export function scatterDots(
  cells: readonly MapCell[],
  grid: number,
  leaves: ReadonlyMap<string, number>,
  most = MOST_DOTS,
): Dots {
  const shown = cells.flatMap((cell) => {
    const leaf = leaves.get(cell.cluster_id);
    return leaf === undefined ? [] : [{ ...cell, leaf }];
  });
  const conversations = shown.reduce((sum, cell) => sum + cell.conversations, 0);
  const each = Math.max(1, Math.ceil(conversations / most));
  const counts = shown.map((cell) => Math.max(1, Math.round(cell.conversations / each)));
  const n = counts.reduce((sum, count) => sum + count, 0);
  const positions = new Float32Array(n * 2);
  const leaf = new Uint32Array(n);
  const rank = new Float32Array(n);
  let at = 0;
  shown.forEach((cell, i) => {
    const random = randomOf(seedOf(cell.column, cell.row, cell.leaf));
    for (let dot = 0; dot < counts[i]!; dot++) {
      // The sum of two: denser in the middle of the cell, thin at its edges.
      const dx = (random() + random() - 1) * SPREAD;
      const dy = (random() + random() - 1) * SPREAD;
      positions[at * 2] = ((cell.column + 0.5 + dx) / grid) * 2 - 1;
      positions[at * 2 + 1] = ((cell.row + 0.5 + dy) / grid) * 2 - 1;
      leaf[at] = cell.leaf;
      rank[at] = random();
      at += 1;
    }
  });
  return { n, positions, leaf, rank, each };
}
