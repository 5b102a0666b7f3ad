import type { Matrix } from "../vectors.ts";
import { allRows, dot, gatherRows, row } from "../vectors.ts";
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
export function createGroupBounds(n: number, centroids: Matrix): GroupBounds {
  const k = centroids.rows;
  const count = Math.ceil(k / GROUP_SIZE);
  const pivots = gatherRows(centroids, allRows(count));
  const nearest = noneNearest(k);
  improveAssignment(centroids, allRows(k), pivots, allRows(count), nearest);
  return {
    groups: Array.from({ length: count }, (_, group) =>
      allRows(k).filter((id) => nearest.labels[id] === group),
    ),
    groupOf: nearest.labels,
    best: new Float32Array(n * count).fill(Number.POSITIVE_INFINITY),
    moved: new Float64Array(count),
  };
}

/** Records that the centroids moved from `before` to `after`. */
export function noteMoves(bounds: GroupBounds, before: Matrix, after: Matrix): void {
  bounds.groups.forEach((ids, group) => {
    let longest = 0;
    for (const id of ids) {
      const from = row(before, id);
      const to = row(after, id);
      let squared = 0;
      for (let j = 0; j < from.length; j++) squared += (to[j]! - from[j]!) ** 2;
      longest = Math.max(longest, Math.sqrt(squared));
    }
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
  matrix: Matrix,
  rows: Int32Array,
  centroids: Matrix,
  changed: Uint8Array,
  nearest: Nearest,
  bounds: GroupBounds,
): void {
  const { labels, similarities } = nearest;
  const { groups, groupOf, best, moved } = bounds;
  const count = groups.length;
  for (const index of rows) {
    const label = labels[index]!;
    if (label >= 0 && changed[label] === 1)
      similarities[index] = dot(row(matrix, index), row(centroids, label));
  }
  groups.forEach((ids, group) => {
    const open = rows.filter(
      (index) => best[index * count + group]! + moved[group]! >= similarities[index]! - SLACK,
    );
    improveAssignment(
      matrix,
      open,
      gatherRows(centroids, ids),
      ids,
      nearest,
      (index, former, similarity, loser) => {
        const at = index * count;
        best[at + group] = loser - moved[group]!;
        if (former < 0 || labels[index] === former) return;
        // The cluster just left is now one of the others of its group.
        const left = groupOf[former]!;
        best[at + left] = Math.max(best[at + left]!, similarity - moved[left]!);
      },
    );
  });
}
