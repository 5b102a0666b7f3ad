import type { Quantised } from "../kernel/kernel.ts";
import { gatherInto } from "../kernel/kernel.ts";
import { allRows } from "../vectors.ts";
import type { Centroids } from "./centroids.ts";
import { ownCosines } from "./centroids.ts";
import type { Nearest } from "./assign.ts";
import { improveAssignment, noneNearest } from "./assign.ts";

/**
 * Exact pruning by groups of centroids (Ding et al. 2015, "Yinyang k-means"), in similarities: when a centroid moves
 * by a vector of length d, the similarity of a unit row to it changes by at most d. So a row needs to be compared
 * with a group again only when the best similarity it saw there, plus the way the group has moved since, reaches the
 * similarity to its own centroid.
 */
export interface GroupBounds {
  /** Cluster numbers of each group, ascending. */
  groups: readonly Int32Array[];
  groupOf: Int32Array;
  /** n x groups: the best similarity to the group's clusters but the row's own, less `moved` at that time. */
  best: Float32Array;
  /** The way each group has moved so far: the sum over passes of its centroids' longest step. */
  moved: Float64Array;
}

// Centroids a group: the paper's choice. Smaller groups prune more and fill the kernel's tiles less.
const GROUP_SIZE = 10;
// Float32 rounding of a bound, at most 1e-5 for a group that moved by 200 (a hundred passes, each across the sphere).
const SLACK = 2e-5;

/** Bounds that exclude nothing yet, for n rows. Centroids are grouped by the nearest of the first few of them. */
export function createGroupBounds(n: number, { k, rows }: Pick<Centroids, "k" | "rows">): GroupBounds {
  const count = Math.ceil(k / GROUP_SIZE);
  const nearest = noneNearest(k);
  improveAssignment(rows, allRows(k), rows, allRows(count), nearest);
  return {
    groups: Array.from({ length: count }, (_, group) =>
      allRows(k).filter((id) => nearest.labels[id] === group),
    ),
    groupOf: nearest.labels,
    best: new Float32Array(n * count).fill(Number.POSITIVE_INFINITY),
    moved: new Float64Array(count),
  };
}

/** Records how far each centroid moved. */
export function noteMoves(bounds: GroupBounds, steps: Float64Array): void {
  bounds.groups.forEach((ids, group) => {
    let longest = 0;
    for (const id of ids) longest = Math.max(longest, steps[id]!);
    bounds.moved[group]! += longest;
  });
}

/** Forgets what is known of a row: it is compared with every centroid in the next pass. */
export function forgetRow(bounds: GroupBounds, index: number): void {
  const count = bounds.groups.length;
  bounds.best.fill(Number.POSITIVE_INFINITY, index * count, (index + 1) * count);
}

/**
 * Brings every row of `rows` to its nearest centroid: the labels are those of a comparison with all of them.
 * @param changed the clusters whose centroid differs from the pass before (1).
 */
export function reassign(
  points: Quantised,
  rows: Int32Array,
  centroids: Centroids,
  changed: Uint8Array,
  nearest: Nearest,
  bounds: GroupBounds,
): void {
  const { labels, similarities } = nearest;
  const { groups, groupOf, best, moved } = bounds;
  const count = groups.length;
  const stale = rows.filter((index) => labels[index]! >= 0 && changed[labels[index]!] === 1);
  const own = ownCosines(
    points,
    stale,
    centroids,
    stale.map((index) => labels[index]!),
  );
  stale.forEach((index, i) => {
    similarities[index] = own[i]!;
  });
  const found = new Int32Array(rows.length);
  groups.forEach((ids, group) => {
    let n = 0;
    const way = moved[group]! + SLACK;
    for (let i = 0; i < rows.length; i++) {
      const index = rows[i]!;
      if (best[index * count + group]! + way >= similarities[index]!) found[n++] = index;
    }
    if (n === 0) return;
    const open = found.subarray(0, n);
    gatherInto(centroids.rows, ids, centroids.scratch);
    improveAssignment(points, open, centroids.scratch, ids, nearest, (index, former, similarity, loser) => {
      const at = index * count;
      best[at + group] = loser - moved[group]!;
      if (former < 0 || labels[index] === former) return;
      // The cluster just left is now one of the others of its group.
      const left = groupOf[former]!;
      best[at + left] = Math.max(best[at + left]!, similarity - moved[left]!);
    });
  });
}
