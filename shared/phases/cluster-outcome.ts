import * as z from "zod";
import type { RunConfig } from "../config.ts";
import { asFloats, asInts, bytesOf } from "../domain/floats.ts";
import { mergeSmallClusters, usersOfClusters } from "../domain/merge-small.ts";
import type { Matrix } from "../domain/vectors.ts";
import { createMatrix, dot, row } from "../domain/vectors.ts";
import type { Json } from "../contracts/common.ts";
import type { PartReader } from "./phase.ts";

/** What k-means asked for and found, before merging; the first row of a part that holds an outcome. */
const outcomeRow = z.strictObject({
  k_requested: z.int(),
  k_found: z.int(),
  merged: z.int(),
  rows: z.int(),
  cols: z.int(),
});
/** A cluster after merging. */
const clusterRow = z.strictObject({
  size: z.int(),
  unique_users: z.int(),
  withheld: z.boolean(),
});

/** Clusters after merging, and which row is in which. */
export interface ClusterOutcome {
  readonly requested: number;
  readonly found: number;
  readonly merged: number;
  readonly clusters: readonly z.infer<typeof clusterRow>[];
  /** A unit row per cluster. */
  readonly centroids: Matrix;
  /** Cluster of each row; -1 for one that was not embedded. */
  readonly labels: Int32Array;
}

/** Merges what is below a minimum, as the rows and the sidecar of a part: labels before merging, labels after, centroids. */
export function mergedOutcome(
  found: { readonly labels: Int32Array; readonly centroids: Matrix },
  requested: number,
  users: Int32Array,
  { min_users: minUsers, min_conversations: minConversations }: RunConfig,
): { outcome: ClusterOutcome; rows: Json[]; sidecar: Uint8Array } {
  const k = found.centroids.rows;
  const sizes = new Int32Array(k);
  for (const label of found.labels) if (label >= 0) sizes[label]!++;
  const merge = mergeSmallClusters({
    centroids: found.centroids,
    sizes,
    users: usersOfClusters(found.labels, users, k),
    minUsers,
    minConversations,
  });
  const withheld = new Set(merge.withheld);
  const labels = found.labels.map((label) => (label < 0 ? -1 : merge.mapping[label]!));
  const clusters = merge.sizes.map((size, c) => ({
    size,
    unique_users: merge.users[c]!.length,
    withheld: withheld.has(c),
  }));
  const head: z.infer<typeof outcomeRow> = {
    k_requested: requested,
    k_found: k,
    merged: merge.merges.length,
    rows: labels.length,
    cols: found.centroids.cols,
  };
  return {
    outcome: {
      requested,
      found: k,
      merged: merge.merges.length,
      clusters,
      centroids: merge.centroids,
      labels,
    },
    rows: [head, ...clusters],
    sidecar: Buffer.concat([bytesOf(found.labels), bytesOf(labels), bytesOf(merge.centroids.data)]),
  };
}

/** The outcome that a part holds. */
export async function readOutcome(parts: PartReader, round: number): Promise<ClusterOutcome> {
  const [first, ...bodies] = await Array.fromAsync(parts.rows(round, 0, z.union([outcomeRow, clusterRow])));
  const { k_requested: requested, k_found: found, merged, rows, cols } = outcomeRow.parse(first);
  const clusters = bodies.map((body) => clusterRow.parse(body));
  const labelsEnd = 2 * 4 * rows;
  return {
    requested,
    found,
    merged,
    clusters,
    labels: asInts(await parts.sidecar(round, 0, { start: 4 * rows, end: labelsEnd })),
    centroids: createMatrix(
      clusters.length,
      cols,
      asFloats(
        await parts.sidecar(round, 0, { start: labelsEnd, end: labelsEnd + 4 * clusters.length * cols }),
      ),
    ),
  };
}

/** 1 - cosine of each row to its centroid, in [0, 2]; 0 for a row without one. @param labels of these rows. */
export function distancesTo(vectors: Matrix, labels: Int32Array, centroids: Matrix): Float32Array {
  return Float32Array.from(labels, (label, i) =>
    label < 0 ? 0 : Math.min(2, Math.max(0, 1 - dot(row(vectors, i), row(centroids, label)))),
  );
}
