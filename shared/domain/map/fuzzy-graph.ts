import { cosineDistance } from "../kmeans/assign.ts";
import type { Neighbours } from "../knn.ts";

/** Weighted edges, each in both directions, by the row they start from. */
export interface Graph {
  readonly nodes: number;
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** In (0, 1]. */
  readonly weights: Float32Array;
}

const SEARCH_STEPS = 64;
const SEARCH_TOLERANCE = 1e-5;
/** The least width of a neighbourhood, in parts of the mean distance, so that equal distances divide nothing (umap-learn's). */
const LEAST_WIDTH = 1e-3;

/**
 * UMAP's graph (McInnes et al. 2018, section 3.1): a row's nearest neighbour has weight 1, further ones less, by a width at which the
 * weights of all sum to log2 of their number; an edge counts as much as at least one of its two directions does.
 * @param neighbours m nearest others of each row.
 */
export function fuzzyGraph(neighbours: Neighbours, n: number): Graph {
  const { m, indices } = neighbours;
  const directed = directedWeights(neighbours, n);
  const { starts, order } = byTarget(indices, n);
  const heads = new Int32Array(2 * n * m);
  const tails = new Int32Array(2 * n * m);
  const weights = new Float32Array(2 * n * m);
  // Where a row's edge to another stands, if it has one.
  const place = new Int32Array(n).fill(-1);
  let edges = 0;
  for (let i = 0; i < n; i++) {
    const first = edges;
    for (let e = i * m; e < (i + 1) * m; e++) {
      const other = indices[e]!;
      if (other < 0 || directed[e] === 0) continue;
      place[other] = edges;
      heads[edges] = i;
      tails[edges] = other;
      weights[edges++] = directed[e]!;
    }
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const e = order[at]!;
      const weight = directed[e]!;
      if (weight === 0) continue;
      const other = Math.floor(e / m);
      const own = place[other]!;
      if (own >= first) weights[own] = weights[own]! + weight - weights[own]! * weight;
      else {
        heads[edges] = i;
        tails[edges] = other;
        weights[edges++] = weight;
      }
    }
    for (let e = i * m; e < (i + 1) * m; e++) if (indices[e]! >= 0) place[indices[e]!] = -1;
  }
  return {
    nodes: n,
    heads: heads.slice(0, edges),
    tails: tails.slice(0, edges),
    weights: weights.slice(0, edges),
  };
}

/** Entries of the lists by the row they name: a row's are `order[starts[row]]` to `order[starts[row + 1] - 1]`. */
function byTarget(indices: Int32Array, n: number): { starts: Int32Array; order: Int32Array } {
  const starts = new Int32Array(n + 1);
  for (const index of indices) if (index >= 0) starts[index + 1]!++;
  for (let i = 0; i < n; i++) starts[i + 1] = starts[i + 1]! + starts[i]!;
  const next = starts.slice();
  const order = new Int32Array(starts[n]!);
  for (let e = 0; e < indices.length; e++) {
    const index = indices[e]!;
    if (index >= 0) order[next[index]!++] = e;
  }
  return { starts, order };
}

/** Weight of each entry of the lists; 0 where there is none. */
function directedWeights({ m, indices, similarities }: Neighbours, n: number): Float32Array {
  const weights = new Float32Array(n * m);
  const distances = Float64Array.from(similarities, (value) =>
    Number.isNaN(value) ? Number.NaN : cosineDistance(value),
  );
  let total = 0;
  let counted = 0;
  for (const distance of distances)
    if (!Number.isNaN(distance)) {
      total += distance;
      counted++;
    }
  const mean = counted === 0 ? 0 : total / counted;
  // The row itself counts as a neighbour at distance 0, as in umap-learn.
  const wanted = Math.log2(m + 1);
  for (let i = 0; i < n; i++) {
    const from = i * m;
    let nearest = 0;
    let sum = 0;
    let there = 0;
    for (let e = from; e < from + m; e++) {
      const distance = distances[e]!;
      if (Number.isNaN(distance)) continue;
      sum += distance;
      there++;
      if (nearest === 0 && distance > 0) nearest = distance;
    }
    const width = Math.max(
      widthOf(distances, from, from + m, nearest, wanted),
      LEAST_WIDTH * (nearest > 0 && there > 0 ? sum / there : mean),
    );
    for (let e = from; e < from + m; e++) {
      const beyond = distances[e]! - nearest;
      if (indices[e]! < 0) continue;
      weights[e] = beyond <= 0 || width === 0 ? 1 : Math.exp(-beyond / width);
    }
  }
  return weights;
}

/** The width at which the weights of a list sum to `wanted`, by bisection. */
function widthOf(distances: Float64Array, from: number, to: number, nearest: number, wanted: number): number {
  let [low, high, width] = [0, Number.POSITIVE_INFINITY, 1];
  for (let step = 0; step < SEARCH_STEPS; step++) {
    let sum = 0;
    for (let e = from; e < to; e++) {
      const beyond = distances[e]! - nearest;
      if (Number.isNaN(beyond)) continue;
      sum += beyond > 0 ? Math.exp(-beyond / width) : 1;
    }
    if (Math.abs(sum - wanted) < SEARCH_TOLERANCE) break;
    if (sum > wanted) {
      high = width;
      width = (low + high) / 2;
    } else {
      low = width;
      width = high === Number.POSITIVE_INFINITY ? width * 2 : (low + high) / 2;
    }
  }
  return width;
}
