import { dotBlock } from "../dot-block.ts";
import type { Matrix } from "../vectors.ts";
import { dot, gatherRows, row } from "../vectors.ts";
import { cosineDistance } from "./assign.ts";
import { SAME_DIRECTION } from "./start.ts";
import { movedCentroids } from "./update.ts";

/*
 * Lloyd's passes move a centroid only a little, so two centroids in one topic stay there while another topic has to
 * do with none. Here such a centroid is moved: two clusters that lose least become one, and the number this frees goes to
 * a cluster that gains most by being split (in the manner of Fritzke 2021, "breathing k-means", and Fränti 2018,
 * "random swap", but by exact gains and without chance). The sum of similarities within a cluster is the length of
 * the sum of its rows, so what a merge loses and what a split gains are known exactly, and add up where they share no
 * cluster: no relocation raises the inertia.
 */

// Passes of the two-means of a split: on CLINC150 six end at 955.6, three at 956.8, twenty no lower.
const SPLIT_PASSES = 6;

interface Merge {
  readonly kept: number;
  readonly freed: number;
  readonly loss: number;
}

interface Split {
  /** Members that leave. */
  readonly leaving: Int32Array;
  readonly gain: number;
}

/**
 * The centroids after all relocations that each lower the inertia by more than `least`; undefined when there is none.
 * @param rows the unit rows of `matrix`.
 * @param labels of each row its cluster; every cluster has at least one.
 */
export function relocate(
  matrix: Matrix,
  rows: Int32Array,
  labels: Int32Array,
  centroids: Matrix,
  least: number,
): Matrix | undefined {
  const k = centroids.rows;
  // One cluster to split and two others to merge.
  if (k < 3) return undefined;
  const means = movedCentroids(matrix, rows, labels, centroids, new Uint8Array(k).fill(1));
  const members = membersOf(rows, labels, k);
  const lengths = members.map((list, id) =>
    list.reduce((sum, index) => sum + dot(row(matrix, index), row(means, id)), 0),
  );
  const merges = cheapestMerges(means, lengths).sort((a, b) => a.loss - b.loss || a.kept - b.kept);
  const sides = new Int32Array(matrix.rows);
  const splits = members
    .map((list, id) => ({ cluster: id, ...bestSplit(matrix, list, row(means, id), lengths[id]!, sides) }))
    .sort((a, b) => b.gain - a.gain || a.cluster - b.cluster);

  const after = labels.slice();
  const changed = new Uint8Array(k);
  for (const { cluster, leaving, gain } of splits) {
    if (changed[cluster] === 1) continue;
    const merge = merges.find(
      ({ kept, freed }) =>
        changed[kept] === 0 && changed[freed] === 0 && kept !== cluster && freed !== cluster,
    );
    if (merge === undefined || gain - merge.loss <= least) break;
    for (const index of members[merge.freed]!) after[index] = merge.kept;
    for (const index of leaving) after[index] = merge.freed;
    for (const id of [cluster, merge.kept, merge.freed]) changed[id] = 1;
  }
  return changed.includes(1) ? movedCentroids(matrix, rows, after, means, changed) : undefined;
}

function membersOf(rows: Int32Array, labels: Int32Array, k: number): Int32Array[] {
  const sizes = new Int32Array(k);
  for (const index of rows) sizes[labels[index]!]!++;
  const members = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  for (const index of rows) {
    const label = labels[index]!;
    members[label]![sizes[label]!++] = index;
  }
  return members;
}

/**
 * For each cluster the later one it loses least by joining: one per cluster, so that memory stays at k.
 * @param lengths of the sum of each cluster's rows.
 */
function cheapestMerges(means: Matrix, lengths: readonly number[]): Merge[] {
  const k = means.rows;
  const products = new Float64Array(k);
  const merges: Merge[] = [];
  for (let kept = 0; kept < k - 1; kept++) {
    const others = k - kept - 1;
    dotBlock(means, Int32Array.of(kept), means, kept + 1, others, products);
    let freed = -1;
    let loss = Number.POSITIVE_INFINITY;
    for (let j = 0; j < others; j++) {
      const a = lengths[kept]!;
      const b = lengths[kept + 1 + j]!;
      const lost = a + b - Math.sqrt(Math.max(0, a * a + b * b + 2 * a * b * products[j]!));
      if (lost < loss) {
        loss = lost;
        freed = kept + 1 + j;
      }
    }
    merges.push({ kept, freed, loss });
  }
  return merges;
}

/**
 * The members of a cluster in two: two-means from the member farthest from the mean, and the one farthest from that.
 * @param length of the sum of the members.
 * @param sides working space, one number for every row of `matrix`.
 */
function bestSplit(
  matrix: Matrix,
  members: Int32Array,
  mean: Float32Array,
  length: number,
  sides: Int32Array,
): Split {
  const none = { leaving: new Int32Array(0), gain: 0 };
  const first = farthest(matrix, members, mean);
  if (first < 0) return none;
  const second = farthest(matrix, members, row(matrix, first));
  if (second < 0) return none;
  let pair = gatherRows(matrix, [first, second]);
  const similarities = new Float64Array(2 * members.length);
  for (let pass = 0; pass < SPLIT_PASSES; pass++) {
    dotBlock(matrix, members, pair, 0, 2, similarities);
    members.forEach((index, i) => {
      sides[index] = similarities[2 * i + 1]! > similarities[2 * i]! ? 1 : 0;
    });
    pair = movedCentroids(matrix, members, sides, pair, Uint8Array.of(1, 1));
  }
  const leaving = members.filter((index) => sides[index] === 1);
  if (leaving.length === 0 || leaving.length === members.length) return none;
  const together = members.reduce((sum, index) => sum + dot(row(matrix, index), row(pair, sides[index]!)), 0);
  return { leaving, gain: together - length };
}

/** The member with the lowest similarity to `to`, the first on a tie; -1 when all of them lie on it. */
function farthest(matrix: Matrix, members: Int32Array, to: Float32Array): number {
  let found = -1;
  let most = SAME_DIRECTION;
  for (const index of members) {
    const distance = cosineDistance(dot(row(matrix, index), to));
    if (distance > most) {
      most = distance;
      found = index;
    }
  }
  return found;
}
