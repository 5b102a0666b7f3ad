import type { Quantised } from "../kernel/kernel.ts";
import { cosines, gatherInto, onThread } from "../kernel/kernel.ts";
import { sharedBytes, sharedFloats, sharedInts } from "../team.ts";
import type { NamedStep, Team } from "../team.ts";
import { cosineDistance } from "./assign.ts";
import type { Centroids } from "./centroids.ts";
import {
  clearMembers,
  countIn,
  createCentroids,
  lengthOf,
  moveCentroid,
  resetCentroids,
} from "./centroids.ts";
import { rowsByCluster } from "./rows-by-cluster.ts";
import { SAME_DIRECTION } from "./start.ts";

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

/** What relocations are weighed in; of shared memory, as threads weigh clusters side by side. */
export interface RelocationRoom {
  readonly points: Quantised;
  readonly means: Centroids;
  /** Two centroids for each thread. */
  readonly pairs: readonly Centroids[];
  /** The rows that have a cluster, cluster by cluster; those of cluster c from `starts[c]` to `starts[c + 1]`. */
  readonly members: Int32Array;
  readonly starts: Int32Array;
  /** Of each cluster: the length of the sum of its rows, and how much longer those of its two halves are together. */
  readonly lengths: Float64Array;
  readonly gains: Float64Array;
  /** 1 for the members that leave with the second half. */
  readonly leaves: Uint8Array;
}

export function createRelocationRoom(points: Quantised, k: number, team: Team): RelocationRoom {
  const { kernel } = points;
  return {
    points,
    means: createCentroids(kernel, k),
    pairs: Array.from({ length: team.threads }, () => createCentroids(kernel, 2)),
    members: sharedInts(points.rows),
    starts: sharedInts(k + 1),
    lengths: sharedFloats(k),
    gains: sharedFloats(k),
    leaves: sharedBytes(points.rows),
  };
}

/**
 * The labels after all relocations that each lower the inertia by more than `least`; undefined when there is none.
 * @param labels of each row its cluster, -1 for a zero row; each of the k has at least one.
 * @param room of k centroids: the kernel's memory only grows, so a run makes it once.
 */
export function relocate(
  labels: Int32Array,
  least: number,
  room: RelocationRoom,
  team: Team,
): Int32Array | undefined {
  const { means, members, starts, lengths, gains, leaves } = room;
  const { k } = means;
  // One cluster to split and two others to merge.
  if (k < 3) return undefined;
  resetCentroids(means);
  rowsByCluster(labels, k).forEach((list, id) => {
    members.set(list, starts[id]);
    starts[id + 1] = starts[id]! + list.length;
  });
  team.run(splitStep, room, k);
  const merges = cheapestMerges(means.rows, lengths).sort((a, b) => a.loss - b.loss || a.kept - b.kept);
  const splits = Array.from(gains, (gain, cluster) => ({ cluster, gain })).sort(
    (a, b) => b.gain - a.gain || a.cluster - b.cluster,
  );

  const after = labels.slice();
  const changed = new Uint8Array(k);
  const membersOf = (id: number): Int32Array => members.subarray(starts[id], starts[id + 1]);
  for (const { cluster, gain } of splits) {
    if (changed[cluster] === 1) continue;
    const merge = merges.find(
      ({ kept, freed }) =>
        changed[kept] === 0 && changed[freed] === 0 && kept !== cluster && freed !== cluster,
    );
    if (merge === undefined || gain - merge.loss <= least) break;
    for (const index of membersOf(merge.freed)) after[index] = merge.kept;
    for (const index of membersOf(cluster)) if (leaves[index] === 1) after[index] = merge.freed;
    for (const id of [cluster, merge.kept, merge.freed]) changed[id] = 1;
  }
  return changed.includes(1) ? after : undefined;
}

/** The mean of each cluster, and its best split. */
export const splitStep: NamedStep<RelocationRoom> = {
  name: "kmeans/split",
  run({ points, means, pairs, members, starts, lengths, gains, leaves }, thread) {
    const own = onThread(points, thread.index);
    for (let id = thread.next(); id >= 0; id = thread.next()) {
      const list = members.subarray(starts[id], starts[id + 1]);
      for (const index of list) countIn(means, own, index, -1, id);
      moveCentroid(means, id);
      const length = lengthOf(means, id);
      lengths[id] = length;
      gains[id] = bestSplit(own, list, means, id, length, pairs[thread.index]!, leaves);
    }
  },
};

/**
 * For each cluster the later one it loses least by joining: one per cluster, so that memory stays at k.
 * @param lengths of the sum of each cluster's rows.
 */
function cheapestMerges(means: Quantised, lengths: Float64Array): Merge[] {
  const k = means.rows;
  const products = new Float64Array(k);
  const merges: Merge[] = [];
  for (let kept = 0; kept < k - 1; kept++) {
    const others = k - kept - 1;
    cosines(means, Int32Array.of(kept), means, kept + 1, others, products);
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
 * The members of a cluster in two: two-means from the member farthest from the mean, and the one farthest from that. Marks those of the
 * second in `leaves`, and answers the gain; 0 and none when they cannot be parted.
 * @param length of the sum of the members.
 * @param pair room for the two.
 */
function bestSplit(
  points: Quantised,
  members: Int32Array,
  means: Centroids,
  cluster: number,
  length: number,
  pair: Centroids,
  leaves: Uint8Array,
): number {
  for (const index of members) leaves[index] = 0;
  const similarities = new Float64Array(2 * members.length);
  const first = farthest(points, members, means.rows, cluster, similarities);
  if (first < 0) return 0;
  const second = farthest(points, members, points, first, similarities);
  if (second < 0) return 0;
  gatherInto(points, [first, second], pair.rows);
  clearMembers(pair);
  const sides = new Int8Array(members.length).fill(-1);
  for (let pass = 0; pass < SPLIT_PASSES; pass++) {
    cosines(points, members, pair.rows, 0, 2, similarities);
    members.forEach((index, i) => {
      const side = similarities[2 * i + 1]! > similarities[2 * i]! ? 1 : 0;
      if (side === sides[i]) return;
      countIn(pair, points, index, sides[i]!, side);
      sides[i] = side;
    });
    for (const side of [0, 1]) moveCentroid(pair, side);
  }
  const leaving = sides.reduce((sum, side) => sum + side, 0);
  if (leaving === 0 || leaving === members.length) return 0;
  members.forEach((index, i) => {
    leaves[index] = sides[i]!;
  });
  return lengthOf(pair, 0) + lengthOf(pair, 1) - length;
}

/** The member with the lowest similarity to a row of `to`, the first on a tie; -1 when all of them lie on it. */
function farthest(
  points: Quantised,
  members: Int32Array,
  to: Quantised,
  at: number,
  similarities: Float64Array,
): number {
  cosines(points, members, to, at, 1, similarities);
  let found = -1;
  let most = SAME_DIRECTION;
  members.forEach((index, i) => {
    const distance = cosineDistance(similarities[i]!);
    if (distance > most) {
      most = distance;
      found = index;
    }
  });
  return found;
}
