import * as z from "zod";
import { cluster, clusterId, minimums } from "./clusters.ts";
import { ARTIFACT_SCHEMA_VERSION, count, rating } from "./common.ts";
import { auditLayer } from "./model-tasks.ts";

/** A rate with its exact (Clopper-Pearson) 95 % interval; null where nothing was looked at. */
export const rateWithInterval = z.strictObject({
  count,
  n: count,
  rate: z.number().min(0).max(1).nullable(),
  low: z.number().min(0).max(1).nullable(),
  high: z.number().min(0).max(1).nullable(),
});
export type RateWithInterval = z.infer<typeof rateWithInterval>;

export const layerAudit = z.strictObject({
  layer: auditLayer,
  /** Texts in this layer, and how many of them were looked at. */
  population: count,
  sampled: count,
  /** Texts rated below the pass mark: the leak rate of the layer. */
  leaks: rateWithInterval,
  /** How many texts got each rating, 1 to 5. */
  ratings: z.tuple([count, count, count, count, count]),
});
export type LayerAudit = z.infer<typeof layerAudit>;

/**
 * What a calibration text is: it names or numbers a person, or its details together point to one; or it only sounds as if,
 * or not even that.
 */
export const calibrationGroup = z.enum(["identifying", "combination", "scary", "harmless"]);

/** A text with the verdict of a person (`domain/calibration/audit-set.json`). */
export const calibrationText = z.strictObject({
  layer: auditLayer,
  group: calibrationGroup,
  rating,
  /** Whether an auditor should let it pass, whatever the pass mark. */
  pass: z.boolean(),
  text: z.string().min(1),
});
export type CalibrationText = z.infer<typeof calibrationText>;

const auditErrors = {
  /** Of the texts that should fail, those that passed. */
  false_pass: rateWithInterval,
  /** Of the texts that should pass, those that failed. */
  false_alarm: rateWithInterval,
};

/** How far the run's auditor can be trusted: its verdicts on texts whose verdict is known. */
export const auditCalibration = z.strictObject({
  texts: count,
  /** Texts with a valid answer: what the rates are of. */
  rated: count,
  accuracy: rateWithInterval,
  ...auditErrors,
  layers: z.array(z.strictObject({ layer: auditLayer, ...auditErrors })),
  groups: z.array(z.strictObject({ group: calibrationGroup, wrong: rateWithInterval })),
});
export type AuditCalibration = z.infer<typeof auditCalibration>;

/** Why a name and its description are not shown. */
export const withheldReason = z.enum([
  /** The auditor rated it below the pass mark. */
  "audit_rating",
  /** It holds a pattern of personal data. */
  "personal_data",
  /** It holds a word that needs users behind it among its members and has too few (domain/support.ts). */
  "rare_word",
  /** It repeats eight or more words in a row of one conversation. */
  "verbatim_text",
  /** The auditor gave no valid answer. */
  "not_audited",
]);
export type WithheldReason = z.infer<typeof withheldReason>;

/** `privacy/privacy_audit.json`. */
export const privacyAudit = z.strictObject({
  schema_version: z.literal(ARTIFACT_SCHEMA_VERSION),
  minimums,
  pass_rating: rating,
  masking: z.boolean(),
  layers: z.array(layerAudit),
  /** Null when `privacy_calibration` is off. */
  calibration: auditCalibration.nullable(),
  withheld: z.strictObject({
    /** Clusters below the minimums and the conversations in them. */
    clusters: count,
    conversations: count,
    names: z.array(z.strictObject({ cluster_id: clusterId, reasons: z.array(withheldReason).min(1) })),
  }),
  /** Clusters named anew because their label prompt held a facet that failed its audit. */
  relabeled: z.array(clusterId),
});
export type PrivacyAudit = z.infer<typeof privacyAudit>;

/** `clusters/labeled_clusters_privacy_filtered.json`: every node that may be shown; a withheld name is null. */
export const filteredClusters = z.strictObject({
  schema_version: z.literal(ARTIFACT_SCHEMA_VERSION),
  clusters: z.array(cluster),
});
export type FilteredClusters = z.infer<typeof filteredClusters>;
