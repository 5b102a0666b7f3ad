import type { Quantised } from "../kernel/kernel.ts";
import { gatherInto, onThread, rowsFrom } from "../kernel/kernel.ts";
import { pieceRange, sharedFloats, sharedInts, sharedSingles } from "../team.ts";
import type { NamedStep, Team } from "../team.ts";
import { allRows } from "../vectors.ts";
import type { Centroids } from "./centroids.ts";
import { ownCosines } from "./centroids.ts";
import type { Nearest } from "./assign.ts";
import { improveAssignment, noneNearest } from "./assign.ts";
import { rowsByCluster } from "./rows-by-cluster.ts";

/**
 * Exact pruning by groups of centroids (Ding et al. 2015, "Yinyang k-means"), in similarities: when a centroid moves
 * by a vector of length d, the similarity of a unit row to it changes by at most d. So a row needs to be compared
 * with a group again only when the best similarity it saw there, plus the way the group has moved since, reaches the
 * similarity to its own centroid.
 */
export interface GroupBounds {
  readonly groups: number;
  /** Cluster numbers group by group, ascending in each; those of group g from `starts[g]` to `starts[g + 1]`. */
  readonly order: Int32Array;
  readonly starts: Int32Array;
  readonly groupOf: Int32Array;
  /** n x groups: the best similarity to the group's clusters but the row's own, less `moved` at that time. */
  readonly best: Float32Array;
  /** The way each group has moved so far: the sum over passes of its centroids' longest step. */
  readonly moved: Float64Array;
}

// Centroids a group: the paper's choice. Smaller groups prune more and fill the kernel's tiles less.
const GROUP_SIZE = 10;
// Float32 rounding of a bound, at most 1e-5 for a group that moved by 200 (a hundred passes, each across the sphere).
const SLACK = 2e-5;

/** Bounds that exclude nothing yet, for n rows. Centroids are grouped by the nearest of the first few of them. */
export function createGroupBounds(n: number, { k, rows }: Pick<Centroids, "k" | "rows">): GroupBounds {
  const groups = Math.ceil(k / GROUP_SIZE);
  const nearest = noneNearest(k);
  improveAssignment(rows, allRows(k), rows, allRows(groups), nearest);
  const lists = rowsByCluster(nearest.labels, groups);
  const order = sharedInts(k);
  const starts = sharedInts(groups + 1);
  lists.forEach((list, group) => {
    order.set(list, starts[group]);
    starts[group + 1] = starts[group]! + list.length;
  });
  return {
    groups,
    order,
    starts,
    groupOf: nearest.labels,
    best: sharedSingles(n * groups).fill(Number.POSITIVE_INFINITY),
    moved: sharedFloats(groups),
  };
}

/** Records how far each centroid moved. */
export function noteMoves({ groups, order, starts, moved }: GroupBounds, steps: Float64Array): void {
  for (let group = 0; group < groups; group++) {
    let longest = 0;
    for (let at = starts[group]!; at < starts[group + 1]!; at++)
      longest = Math.max(longest, steps[order[at]!]!);
    moved[group]! += longest;
  }
}

/** Forgets what is known of a row: it is compared with every centroid in the next pass. */
export function forgetRow({ groups, best }: GroupBounds, index: number): void {
  best.fill(Number.POSITIVE_INFINITY, index * groups, (index + 1) * groups);
}

/** What a pass works on; `reassign` says of what. */
export interface Pass {
  readonly points: Quantised;
  readonly rows: Int32Array;
  readonly centroids: Centroids;
  /** The clusters whose centroid differs from the pass before (1). */
  readonly changed: Uint8Array;
  readonly nearest: Nearest;
  readonly bounds: GroupBounds;
  readonly pieces: number;
}

/** Brings every row to its nearest centroid: the labels are those of a comparison with all of them. */
export function reassign(pass: Pass, team: Team): void {
  const { rows, scratch } = pass.centroids;
  gatherInto(rows, pass.bounds.order, scratch);
  team.run(reassignStep, pass, pass.pieces);
}

export const reassignStep: NamedStep<Pass> = {
  name: "kmeans/reassign",
  run(pass, thread) {
    const points = onThread(pass.points, thread.index);
    for (let piece = thread.next(); piece >= 0; piece = thread.next()) {
      const { from, to } = pieceRange(pass.rows.length, pass.pieces, piece);
      reassignRows(pass, points, pass.rows.subarray(from, to));
    }
  },
};

function reassignRows(
  { centroids, changed, nearest, bounds }: Pass,
  points: Quantised,
  rows: Int32Array,
): void {
  const { labels, similarities } = nearest;
  const { groups, order, starts, groupOf, best, moved } = bounds;
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
  for (let group = 0; group < groups; group++) {
    let n = 0;
    const way = moved[group]! + SLACK;
    for (let i = 0; i < rows.length; i++) {
      const index = rows[i]!;
      if (best[index * groups + group]! + way >= similarities[index]!) found[n++] = index;
    }
    if (n === 0) continue;
    const [start, end] = [starts[group]!, starts[group + 1]!];
    improveAssignment(
      points,
      found.subarray(0, n),
      rowsFrom(centroids.scratch, start),
      order.subarray(start, end),
      nearest,
      (index, former, similarity, loser) => {
        const at = index * groups;
        best[at + group] = loser - moved[group]!;
        if (former < 0 || labels[index] === former) return;
        // The cluster just left is now one of the others of its group.
        const left = groupOf[former]!;
        best[at + left] = Math.max(best[at + left]!, similarity - moved[left]!);
      },
    );
  }
}
