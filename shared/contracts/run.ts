import * as z from "zod";
import { count, fingerprint, isoTime, json, runId, sha256 } from "./common.ts";
import { modelIdentity, modelUsage, usage } from "./model-tasks.ts";

/** The phases in the order of the table (`shared/pipeline.ts`). */
export const phaseName = z.enum([
  "ingest",
  "facets",
  "embed",
  "cluster",
  "map",
  "annotate",
  "label",
  "hierarchy",
  "privacy",
  "publish",
  "evaluate",
]);
export type PhaseName = z.infer<typeof phaseName>;

/** pending: created, nothing has run. running: an owner holds it. The other four are ends; "stopped" and "failed" can be resumed. */
export const runStatus = z.enum(["pending", "running", "done", "done_with_warnings", "failed", "stopped"]);
export type RunStatus = z.infer<typeof runStatus>;

/** Why a run failed or stopped, in words for a person; holds no content. */
export const failure = z.strictObject({
  phase: phaseName.nullable(),
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
});
export type Failure = z.infer<typeof failure>;

export const warning = z.strictObject({
  phase: phaseName,
  code: z.string(),
  /** How many items it concerns. */
  count,
  message: z.string(),
});
export type Warning = z.infer<typeof warning>;

/** Who runs the run now. On its own host the process itself tells whether it lives; elsewhere the lease decides. */
export const owner = z.strictObject({
  /** Unique per process start. */
  id: z.string(),
  host: z.string(),
  pid: count,
  /** When the operating system says that process started, so that a reused pid is told apart; null where it does not say. */
  pid_started: z.string().nullable(),
  started_at: isoTime,
});
export type Owner = z.infer<typeof owner>;

/** `.run.lock`: present while a run is active, rewritten by its owner at every heartbeat. */
export const runLock = z.strictObject({
  owner,
  attempt: z.int().min(1),
  lease_expires_at: isoTime,
});
export type RunLock = z.infer<typeof runLock>;

export const dataset = z.strictObject({
  /** Base name of the input. */
  name: z.string(),
  /** Bytes as stored. */
  bytes: count,
  sha256,
});
export type Dataset = z.infer<typeof dataset>;

/** Numbers of the whole run; each is null until its phase has run. These totals are not subject to the minimums (design section 4). */
export const runCounts = z.strictObject({
  /** Valid conversations taken in: read = assigned + failed. */
  read: count.nullable(),
  /** Left out as invalid, under --skip-invalid. */
  invalid: count.nullable(),
  users: count.nullable(),
  fallback_facets: count.nullable(),
  assigned: count.nullable(),
  failed: count.nullable(),
  base_clusters: count.nullable(),
  hierarchy_levels: count.nullable(),
  roots: count.nullable(),
  published_clusters: count.nullable(),
  /** Conversations in clusters that did not reach the minimums. */
  withheld_conversations: count.nullable(),
  withheld_names: count.nullable(),
});
export type RunCounts = z.infer<typeof runCounts>;

export const phaseState = z.strictObject({
  status: z.enum(["pending", "running", "done", "reused", "failed"]),
  fingerprint: fingerprint.nullable(),
  started_at: isoTime.nullable(),
  finished_at: isoTime.nullable(),
});
export type PhaseState = z.infer<typeof phaseState>;

export const runManifest = z
  .strictObject({
    schema_version: z.literal("1.0.0"),
    run_id: runId,
    status: runStatus,
    /** Grows by one with every change of this record: the compare-and-swap counter of the run store. */
    revision: z.int().min(1),
    /** How often the run was started; the fence of every replaced artifact. */
    attempt: count,
    created_at: isoTime,
    updated_at: isoTime,
    finished_at: isoTime.nullable(),
    owner: owner.nullable(),
    /** Somebody asked the run to stop; the owner obeys at its next heartbeat. */
    stop_requested_at: isoTime.nullable(),
    /** Null until the input was read once. */
    dataset: dataset.nullable(),
    /** How users are known: from `user_id`, or each conversation standing for one user. */
    users: z.enum(["required", "per-conversation"]),
    phases: z.array(phaseName).min(1),
    phase_states: z.partialRecord(phaseName, phaseState),
    /** The run's settings as resolved when it was last started; `config.ts` has the schema. */
    config: z.record(z.string(), json),
    model: modelIdentity,
    embedder: modelIdentity,
    /** True when no language model took part: facets, labels and audits are rule-based. */
    offline: z.boolean(),
    /** The run on whose budget this one draws, if that is not its own: the run that an evaluation is part of. */
    budget_run_id: runId.nullable().default(null),
    counts: runCounts,
    warnings: count,
    failure: failure.nullable(),
    versions: z.strictObject({ ant_clio: z.string(), node: z.string() }),
  })
  .superRefine((run, context) => {
    const ended = run.status !== "pending" && run.status !== "running";
    if (ended !== (run.finished_at !== null)) {
      context.addIssue({
        code: "custom",
        path: ["finished_at"],
        message: "set exactly when the run has ended",
      });
    }
    if ((run.status === "running") !== (run.owner !== null)) {
      context.addIssue({ code: "custom", path: ["owner"], message: "set exactly while the run is running" });
    }
    if ((run.status === "failed" || run.status === "stopped") !== (run.failure !== null)) {
      context.addIssue({
        code: "custom",
        path: ["failure"],
        message: "set exactly when the run failed or stopped",
      });
    }
  });
export type RunManifest = z.infer<typeof runManifest>;

/** One line of `run_events.jsonl`. Written by plan and reduce only: its length does not grow with the batches. */
export const runEvent = z.strictObject({
  at: isoTime,
  attempt: count,
  event: z.enum([
    "run_started",
    "run_finished",
    "phase_started",
    "phase_reused",
    "phase_finished",
    "round_planned",
    "round_reduced",
    "warning",
  ]),
  phase: phaseName.nullable(),
  round: count.nullable(),
  /** Counts and codes of this event. */
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type RunEvent = z.infer<typeof runEvent>;

export const phaseMetrics = z.strictObject({
  phase: phaseName,
  rounds: count,
  batches: count,
  /** Batches this attempt found finished. */
  reused_batches: count,
  /** Wall seconds of this attempt. */
  wall_seconds: z.number().min(0),
  /** Sum of the batches' own seconds, over all attempts. */
  batch_seconds: z.number().min(0),
  ledger_entries: count,
  usage,
  /** The same by model. */
  models: z.array(modelUsage).default([]),
});
export type PhaseMetrics = z.infer<typeof phaseMetrics>;

/** `run_metrics.json`. */
export const runMetrics = z.strictObject({
  schema_version: z.literal("1.0.0"),
  run_id: runId,
  wall_seconds: z.number().min(0),
  /** Largest resident set of the process tree's root, MiB; 0 when unknown. */
  peak_rss_mib: z.number().min(0),
  phases: z.array(phaseMetrics),
  total: usage,
  /** The same by model. */
  models: z.array(modelUsage).default([]),
  /** What was foretold of this run's cost before it began, and how that went; null where nothing was billed or foretold. */
  estimate: z
    .strictObject({
      low_usd: z.number().min(0),
      likely_usd: z.number().min(0),
      high_usd: z.number().min(0),
      actual_usd: z.number().min(0),
      /** Actual cost over what was most likely. */
      ratio: z.number().min(0),
    })
    .nullable()
    .default(null),
});
export type RunMetrics = z.infer<typeof runMetrics>;

/** `run_warnings.json`. */
export const runWarnings = z.strictObject({
  schema_version: z.literal("1.0.0"),
  run_id: runId,
  warnings: z.array(warning),
});
