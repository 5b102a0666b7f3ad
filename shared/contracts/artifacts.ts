import * as z from "zod";
import {
  assignment,
  baseClusters,
  clusterId,
  hierarchy,
  labeledClusters,
  mapClusters,
  mapPoint,
  treeView,
} from "./clusters.ts";
import { day } from "./common.ts";
import { conversation, message } from "./conversation.ts";
import { labelMember } from "./model-tasks.ts";
import { evaluationMetrics, syntheticTruth } from "./evaluation.ts";
import { facetRow } from "./facets.ts";
import { filteredClusters, privacyAudit } from "./privacy.ts";
import { validationReport } from "./validation.ts";

/** One line of `conversation.jsonl`: messages only, no user, time or metadata. */
export const conversationSnapshot = z.strictObject({
  conversation_id: z.string(),
  messages: z.array(message.pick({ role: true, content: true, name: true })),
});
export type ConversationSnapshot = z.infer<typeof conversationSnapshot>;

/** One line of `private/users.jsonl`: conversation -> keyed hash of its user (128 bits, key per run). */
export const userRow = z.strictObject({
  conversation_id: z.string(),
  user: z.string().regex(/^[0-9a-f]{32}$/),
});
export type UserRow = z.infer<typeof userRow>;

/** One line of `private/days.jsonl`: the UTC day of a conversation, if it says; time of day is not kept. */
export const dayRow = z.strictObject({ conversation_id: z.string(), day: day.nullable() });
export type DayRow = z.infer<typeof dayRow>;

/** One line of `conversation.updated.jsonl`: the snapshot plus what the phases found; parts not run are left out. */
export const annotatedConversation = z.strictObject({
  ...conversationSnapshot.shape,
  facets: facetRow.omit({ conversation_id: true }).optional(),
  cluster: assignment.omit({ conversation_id: true }).optional(),
  map: z.strictObject({ x: z.number().nullable(), y: z.number().nullable() }).optional(),
});
export type AnnotatedConversation = z.infer<typeof annotatedConversation>;

/** One line of `clusters/label_samples.jsonl`: what a cluster was named from, in the order of `base_clusters.json`. */
export const labelSample = z.strictObject({
  cluster_id: clusterId,
  /** Row numbers in `facets.jsonl` with their text. */
  members: z.array(z.strictObject({ row: z.int().min(0), text: labelMember })),
  /** Nearest non-members. */
  outsiders: z.array(labelMember),
  /** What the gaps in these texts may be named by: words that enough members say. */
  words: z.array(z.string()),
});
export type LabelSample = z.infer<typeof labelSample>;

/**
 * The named artifacts of a run (design section 4), relative to `runs/<run_id>/`. JSONL artifacts have an
 * index of line offsets beside them, and one line per conversation in the order of `conversation.jsonl` unless said otherwise.
 */
export const artifacts = {
  validation_report: { path: "validation_report.json", format: "json", schema: validationReport },
  conversations: { path: "conversation.jsonl", format: "jsonl", schema: conversationSnapshot },
  users: { path: "private/users.jsonl", format: "jsonl", schema: userRow },
  days: { path: "private/days.jsonl", format: "jsonl", schema: dayRow },
  facets: { path: "facets/facets.jsonl", format: "jsonl", schema: facetRow },
  embeddings: { path: "embeddings/summary_embeddings.npy", format: "npy" },
  assignments: { path: "clusters/base_assignments.jsonl", format: "jsonl", schema: assignment },
  base_clusters: { path: "clusters/base_clusters.json", format: "json", schema: baseClusters },
  centroids: { path: "clusters/centroids.npy", format: "npy" },
  map_points: { path: "viz/map_points.jsonl", format: "jsonl", schema: mapPoint },
  map_clusters: { path: "viz/map_clusters.json", format: "json", schema: mapClusters },
  annotated: { path: "conversation.updated.jsonl", format: "jsonl", schema: annotatedConversation },
  label_samples: { path: "clusters/label_samples.jsonl", format: "jsonl", schema: labelSample },
  labeled_clusters: { path: "clusters/labeled_clusters.json", format: "json", schema: labeledClusters },
  hierarchy: { path: "clusters/hierarchy.json", format: "json", schema: hierarchy },
  tree_view: { path: "viz/tree_view.json", format: "json", schema: treeView },
  privacy_audit: { path: "privacy/privacy_audit.json", format: "json", schema: privacyAudit },
  privacy_report: { path: "privacy/report.md", format: "text" },
  filtered_clusters: {
    path: "clusters/labeled_clusters_privacy_filtered.json",
    format: "json",
    schema: filteredClusters,
  },
  synthetic_conversations: {
    path: "eval/synthetic_conversations.jsonl",
    format: "jsonl",
    schema: conversation,
  },
  synthetic_truth: { path: "private/synthetic_truth.jsonl", format: "jsonl", schema: syntheticTruth },
  evaluation_metrics: { path: "eval/phase6_metrics.json", format: "json", schema: evaluationMetrics },
  evaluation_report: { path: "eval/report.md", format: "text" },
  /** Figures of the report, which names them by these paths. */
  evaluation_topics: { path: "eval/topics.svg", format: "text" },
  evaluation_languages: { path: "eval/languages.svg", format: "text" },
} as const;

export type ArtifactName = keyof typeof artifacts;
type OfFormat<F extends string> = {
  [N in ArtifactName]: (typeof artifacts)[N]["format"] extends F ? N : never;
}[ArtifactName];
export type JsonArtifact = OfFormat<"json">;
export type RowArtifact = OfFormat<"jsonl">;
export type MatrixArtifact = OfFormat<"npy">;
/** What people read, and no phase. */
export type TextArtifact = OfFormat<"text">;
export type ArtifactValue<N extends JsonArtifact | RowArtifact> = z.infer<(typeof artifacts)[N]["schema"]>;
