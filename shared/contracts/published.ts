import * as z from "zod";
import { clusterId, minimums } from "./clusters.ts";
import { count, day, fingerprint, isoTime, runId } from "./common.ts";
import { modelIdentity } from "./model-tasks.ts";
import { auditCalibration, layerAudit, withheldReason } from "./privacy.ts";

/**
 * What a reader of the dashboard may see, and nothing else: `published/<generation>/`. No file has a row about one
 * conversation; every count about a group is at least both minimums (design sections 4 and 7).
 */
export const PUBLISHED_SCHEMA_VERSION = "1.0.0";
const schemaVersion = z.literal(PUBLISHED_SCHEMA_VERSION);

/** Unique users are shown as bands only. The lowest band starts at the run's `min_users`. */
export const userBand = z.enum(["min-9", "10-24", "25-49", "50-99", "100-249", "250-999", "1000+"]);
export type UserBand = z.infer<typeof userBand>;

/** `published/latest.json`. */
export const publishedLatest = z.strictObject({
  schema_version: schemaVersion,
  run_id: runId,
  generation: fingerprint,
  published_at: isoTime,
});
export type PublishedLatest = z.infer<typeof publishedLatest>;

/** `index.json`: what this run was and what the other files hold. */
export const publishedIndex = z.strictObject({
  schema_version: schemaVersion,
  run_id: runId,
  generation: fingerprint,
  model: modelIdentity,
  embedder: modelIdentity,
  /** No language model took part: facets, names and audits are rule-based. */
  offline: z.boolean(),
  /** "per-conversation": users are not known, each conversation counts as one. */
  users: z.enum(["required", "per-conversation"]),
  minimums,
  /** Totals of the run; these alone are not subject to the minimums. */
  totals: z.strictObject({
    read: count,
    failed: count,
    published: count,
    withheld: count,
    clusters: count,
    withheld_names: count,
  }),
  period: z.strictObject({ first_day: day, last_day: day }).nullable(),
  files: z.array(z.string()),
});
export type PublishedIndex = z.infer<typeof publishedIndex>;

export const publishedCluster = z.strictObject({
  id: clusterId,
  parent_id: clusterId.nullable(),
  level: count,
  name: z.string().nullable(),
  description: z.string().nullable(),
  name_withheld: z.array(withheldReason),
  /** Sum of its base clusters' conversations. */
  conversations: z.int().min(1),
  /** Of all published conversations. */
  share: z.number().min(0).max(1),
  users: userBand,
});
export type PublishedCluster = z.infer<typeof publishedCluster>;

/** `clusters.json`: parents before children, largest first. */
export const publishedClusters = z.strictObject({
  schema_version: schemaVersion,
  clusters: z.array(publishedCluster),
});
export type PublishedClusters = z.infer<typeof publishedClusters>;

/** A custom facet that is no text: "facet:<id>". */
export const facetDimension = z.templateLiteral(["facet:", z.string().regex(/^[a-z][a-z0-9_]*$/)]);
const builtInDimension = z.enum(["language", "concern", "frustration", "week"]);
export const breakdownDimension = z.union([builtInDimension, facetDimension]);
export type BreakdownDimension = z.infer<typeof breakdownDimension>;

/** Where values too small to show went. It never says which they were. */
export const OTHER_VALUES = "other";
/** Conversations that say nothing about the dimension: no day, no answer. */
export const NO_VALUE = "none";

export const breakdownCell = z.strictObject({
  /** A language tag, a rating, the Monday a week starts on, an answer to a custom facet, NO_VALUE or OTHER_VALUES. */
  value: z.string(),
  conversations: z.int().min(1),
});
export type BreakdownCell = z.infer<typeof breakdownCell>;

/** The built-in dimensions always, custom facets as the run has them. */
export const breakdowns = z
  .record(breakdownDimension, z.array(breakdownCell))
  .refine((cells) => builtInDimension.options.every((name) => Object.hasOwn(cells, name)), {
    message: "a built-in dimension is missing",
  });
export type Breakdowns = z.infer<typeof breakdowns>;

/**
 * `breakdowns.json`: for each cluster and dimension, cells that add up to its conversations. Cells of a base cluster each
 * reach both minimums; cells of a parent are the sums of its base clusters' cells, so that nothing can be had by subtraction.
 */
export const publishedBreakdowns = z.strictObject({
  schema_version: schemaVersion,
  clusters: z.array(
    z.strictObject({
      cluster_id: clusterId,
      cells: breakdowns,
    }),
  ),
});
export type PublishedBreakdowns = z.infer<typeof publishedBreakdowns>;

/** One cell of a cross-tab; row and column are values as in breakdowns. */
export const crosstabCell = z.strictObject({
  row: z.string(),
  column: z.string(),
  conversations: z.int().min(1),
});
export type CrosstabCell = z.infer<typeof crosstabCell>;

/** Two dimensions against each other. Cells that are not there are empty. */
export const crosstab = z.strictObject({
  rows: breakdownDimension,
  columns: breakdownDimension,
  cells: z.array(crosstabCell),
});
export type Crosstab = z.infer<typeof crosstab>;

/**
 * `crosstabs.json`: for each cluster the same pairs of dimensions, cells of each adding up to its conversations. A row (or
 * column) of a base cluster that is named adds up to the breakdown's cell of that value; "other" is the rest. Cells of a base
 * cluster each reach both minimums; a parent's are the sums of its base clusters' cells (`domain/published/cells.ts`).
 */
export const publishedCrosstabs = z.strictObject({
  schema_version: schemaVersion,
  clusters: z.array(z.strictObject({ cluster_id: clusterId, tables: z.array(crosstab) })),
});
export type PublishedCrosstabs = z.infer<typeof publishedCrosstabs>;

export const mapCell = z.strictObject({
  column: count,
  row: count,
  cluster_id: clusterId,
  conversations: z.int().min(1),
});
export type MapCell = z.infer<typeof mapCell>;

/** `map.json`: counts per cell of a square grid over [-1, 1] x [-1, 1] and base cluster; each count reaches both minimums. */
export const publishedMap = z.strictObject({
  schema_version: schemaVersion,
  /** Cells per side. */
  grid: z.int().min(1),
  cells: z.array(mapCell),
});
export type PublishedMap = z.infer<typeof publishedMap>;

/** `privacy.json`: the audit in numbers. */
export const publishedPrivacy = z.strictObject({
  schema_version: schemaVersion,
  minimums,
  masking: z.boolean(),
  layers: z.array(layerAudit),
  /** How far the audit can be trusted; null when that was not measured. */
  calibration: auditCalibration.nullable(),
  withheld_clusters: count,
  withheld_conversations: count,
  withheld_names: z.partialRecord(withheldReason, count),
  relabeled: count,
});
export type PublishedPrivacy = z.infer<typeof publishedPrivacy>;

/** Every file of a generation with its schema. */
export const publishedFiles = {
  "index.json": publishedIndex,
  "clusters.json": publishedClusters,
  "breakdowns.json": publishedBreakdowns,
  "crosstabs.json": publishedCrosstabs,
  "map.json": publishedMap,
  "privacy.json": publishedPrivacy,
} as const;
export type PublishedFile = keyof typeof publishedFiles;

/** A whole generation, file by file. */
export type PublishedGeneration = { [F in PublishedFile]: z.infer<(typeof publishedFiles)[F]> };
