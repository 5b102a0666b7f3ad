import * as z from "zod";
import { ARTIFACT_SCHEMA_VERSION, count } from "./common.ts";

const schemaVersion = z.literal(ARTIFACT_SCHEMA_VERSION);

/** "c" or "p" (parent) and 12 hexadecimal digits of a hash of the members: the same members, the same id, in any attempt. */
export const clusterId = z.string().regex(/^[cp][0-9a-f]{12}$/);

/** One line of `clusters/base_assignments.jsonl`, in the order of `conversation.jsonl`. Both are null when it could not be embedded. */
export const assignment = z.strictObject({
  conversation_id: z.string(),
  cluster_id: clusterId.nullable(),
  /** 1 - cosine to the cluster's centroid, 0 to 2. */
  distance: z.number().min(0).max(2).nullable(),
});
export type Assignment = z.infer<typeof assignment>;

export const cluster = z.strictObject({
  id: clusterId,
  /** Null before labels, and when the privacy phase withheld it. */
  name: z.string().nullable(),
  description: z.string().nullable(),
  size: z.int().min(1),
  unique_users: z.int().min(1),
  parent_id: clusterId.nullable(),
  /** 0 for base clusters; parents are one above their children. */
  level: count,
});
export type Cluster = z.infer<typeof cluster>;

export const baseCluster = z.strictObject({
  ...cluster.shape,
  level: z.literal(0),
  /** Mean of its members' distances. */
  mean_distance: z.number().min(0).max(2),
  /** Below the minimums even after merging: counted in totals, never published. */
  withheld: z.boolean(),
});
export type BaseCluster = z.infer<typeof baseCluster>;

export const minimums = z.strictObject({ min_users: z.int().min(1), min_conversations: z.int().min(1) });
export type Minimums = z.infer<typeof minimums>;

/** `clusters/base_clusters.json`, largest first. Row i of `clusters/centroids.npy` belongs to cluster i. */
export const baseClusters = z.strictObject({
  schema_version: schemaVersion,
  minimums,
  /** Clusters k-means was asked for, and how many it had before merging. */
  k_requested: z.int().min(0),
  k_found: z.int().min(0),
  /** Clusters that merged into a neighbour because they were below a minimum. */
  merged: count,
  clusters: z.array(baseCluster),
});
export type BaseClusters = z.infer<typeof baseClusters>;

/** `clusters/labeled_clusters.json`: base clusters with names, in the order of `base_clusters.json`. */
export const labeledClusters = z.strictObject({
  schema_version: schemaVersion,
  clusters: z.array(cluster),
});
export type LabeledClusters = z.infer<typeof labeledClusters>;

/** `clusters/hierarchy.json`: every node, base clusters included; roots have no parent. */
export const hierarchy = z.strictObject({
  schema_version: schemaVersion,
  levels: z.int().min(1),
  /** Levels whose proposed parents did not shrink them and that a seeded split replaced. */
  fallback_levels: z.array(count),
  clusters: z.array(cluster),
});
export type Hierarchy = z.infer<typeof hierarchy>;

export interface TreeNode {
  id: string;
  name: string | null;
  description: string | null;
  size: number;
  unique_users: number;
  level: number;
  children: TreeNode[];
}

const treeNode: z.ZodType<TreeNode> = z.strictObject({
  id: clusterId,
  name: z.string().nullable(),
  description: z.string().nullable(),
  size: z.int().min(1),
  unique_users: z.int().min(1),
  level: count,
  get children() {
    return z.array(treeNode);
  },
});

/** `viz/tree_view.json`: the hierarchy nested, largest first. */
export const treeView = z.strictObject({
  schema_version: schemaVersion,
  total: count,
  roots: z.array(treeNode),
});
export type TreeView = z.infer<typeof treeView>;

/** One line of `viz/map_points.jsonl`; coordinates within the unit disc. Null when it could not be embedded. */
export const mapPoint = z.strictObject({
  conversation_id: z.string(),
  x: z.number().min(-1).max(1).nullable(),
  y: z.number().min(-1).max(1).nullable(),
  cluster_id: clusterId.nullable(),
});
export type MapPoint = z.infer<typeof mapPoint>;

/** `viz/map_clusters.json`: where each base cluster's label goes (the mean of its points). Names are joined by id. */
export const mapClusters = z.strictObject({
  schema_version: schemaVersion,
  clusters: z.array(
    z.strictObject({
      id: clusterId,
      x: z.number().min(-1).max(1),
      y: z.number().min(-1).max(1),
      size: z.int().min(1),
    }),
  ),
});
export type MapClusters = z.infer<typeof mapClusters>;
