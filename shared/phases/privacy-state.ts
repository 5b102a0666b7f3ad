import * as z from "zod";
import { cluster } from "../contracts/clusters.ts";
import type { Cluster } from "../contracts/clusters.ts";
import { auditLayer } from "../contracts/model-tasks.ts";
import { rating } from "../contracts/common.ts";
import type { PhaseContext } from "./phase.ts";

/**
 * inspect: audit samples of the raw and the facet layer and every name, and screen the names against the corpus.
 * relabel: name anew, without them, the clusters whose label prompt held a facet that failed.
 * recheck: audit and screen the new names.
 */
export const INSPECT_ROUND = 0;
export const RELABEL_ROUND = 1;
export const RECHECK_ROUND = 2;

/** How the batches of an inspect or recheck round are cut: audits first, then ranges of rows to screen. */
export const inspectDetail = z.strictObject({
  /** Conversations sampled for the raw and the facet layer, by row. */
  rows: z.array(z.int()),
  /** Texts of the calibration set that are audited as well: all or none. */
  calibration: z.int(),
  /** Positions of the clusters whose names are audited. */
  clusters: z.array(z.int()),
  audit_size: z.int(),
  conversations: z.int(),
  screen_size: z.int(),
});
export type InspectDetail = z.infer<typeof inspectDetail>;

/** Where an audited text comes from: a layer of the run, or the bundled calibration set. */
const auditSource = z.enum([...auditLayer.options, "calibration"]);

/** One text to audit: a conversation or its facets by row, a cluster's name or a text of the calibration set by position. */
export interface AuditItem {
  readonly source: z.infer<typeof auditSource>;
  readonly at: number;
}

/** The calibration set goes first: it is the same in every run. */
export function auditItems({ rows, clusters, calibration }: InspectDetail): AuditItem[] {
  return [
    ...Array.from({ length: calibration }, (_, at) => ({ source: "calibration", at }) as const),
    ...rows.map((at) => ({ source: "raw", at }) as const),
    ...rows.map((at) => ({ source: "facet", at }) as const),
    ...clusters.map((at) => ({ source: "cluster", at }) as const),
  ];
}

export const auditRow = z.strictObject({
  kind: z.literal("audit"),
  source: auditSource,
  at: z.int(),
  rating: rating.nullable(),
});
export const screenRow = z.strictObject({
  kind: z.literal("screen"),
  /** By position of a name: its words that need users, with those (start of the keyed hash) among its members that say them. */
  support: z.array(
    z.strictObject({ at: z.int(), words: z.array(z.tuple([z.string(), z.array(z.string())])) }),
  ),
  /** Positions of names that repeat a run of words of a conversation. */
  verbatim: z.array(z.int()),
});
export const inspectRow = z.union([auditRow, screenRow]);

export const relabelRow = z.strictObject({ at: z.int(), name: z.string(), description: z.string() });

/** What inspect hands on: the clusters to relabel with the rows to leave out. */
export const relabelState = z.strictObject({
  relabel: z.array(z.strictObject({ at: z.int(), without: z.array(z.int()) })),
});
/** What relabel hands on: the clusters with their new names. */
export const recheckState = z.strictObject({ clusters: z.array(cluster), relabeled: z.array(z.int()) });

/** Every node that has a name: the hierarchy where there is one, else the base clusters. */
export async function namedClusters({ artifacts, phases }: PhaseContext): Promise<Cluster[]> {
  const { clusters } = phases.has("hierarchy")
    ? await artifacts.json("hierarchy")
    : await artifacts.json("labeled_clusters");
  return clusters;
}

/** The nodes as they stand in a round: with new names once clusters were relabelled. */
export async function clustersIn(context: PhaseContext, round: number): Promise<Cluster[]> {
  if (round < RECHECK_ROUND) return namedClusters(context);
  return (await context.parts.carry(RELABEL_ROUND, recheckState)).clusters;
}

/** The text of a node that readers would see. */
export function shownText({ name, description }: Pick<Cluster, "name" | "description">): string {
  return `${name ?? ""}. ${description ?? ""}`;
}
