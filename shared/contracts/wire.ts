import * as z from "zod";
import { count, json, runId } from "./common.ts";
import { modelUsage, usage } from "./model-tasks.ts";
import { failure, phaseName, warning } from "./run.ts";

/** What crosses an engine: ids and counts, never data (design section 2). */
export const stepInput = z.strictObject({ run_id: runId, phase: phaseName, round: count });
export const batchInput = z.strictObject({ ...stepInput.shape, batch: count });
export const planOutput = z.strictObject({ batches: count, concurrency: z.int().min(1) });
export type PlanOutput = z.infer<typeof planOutput>;

export const reduceOutput = z.discriminatedUnion("next", [
  /** `reused`: an earlier attempt had done all of it. */
  z.strictObject({ next: z.literal("done"), reused: z.boolean() }),
  z.strictObject({ next: z.literal("round") }),
  z.strictObject({ next: z.literal("poll"), after_seconds: z.int().min(1) }),
  z.strictObject({ next: z.literal("failed"), failure }),
]);
export type ReduceOutput = z.infer<typeof reduceOutput>;

/** `rNNNN.plan.json`: the batches of a round, decided once and kept across attempts. */
export const storedPlan = z.strictObject({
  batches: count,
  concurrency: z.int().min(1),
  /** The phase's own notes for its batches: row ranges, ids. */
  detail: json,
});
export type StoredPlan = z.infer<typeof storedPlan>;

/** An item that could not be done as asked; what happened to it instead is the phase's rule. */
export const ledgerEntry = z.strictObject({
  /** Id of the conversation or cluster. */
  item: z.string(),
  code: z.string(),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** First line of a part; the lines after it are the ledger and then the rows. */
export const partHeader = z.strictObject({
  phase: phaseName,
  round: count,
  batch: count,
  attempt: count,
  ledger: count,
  rows: count,
  seconds: z.number().min(0),
  usage,
  /** The same by model; parts of before there was more than one have none. */
  models: z.array(modelUsage).default([]),
});
export type PartHeader = z.infer<typeof partHeader>;

/** `rNNNN.reduce.json`: how a round ended. */
export const storedReduce = z.discriminatedUnion("next", [
  z.strictObject({ next: z.literal("round"), carry: json }),
  z.strictObject({
    next: z.literal("done"),
    /** Changes to the run's counts. */
    counts: z.record(z.string(), count.nullable()),
    warnings: z.array(warning),
  }),
]);
export type StoredReduce = z.infer<typeof storedReduce>;

/** `NNNNN.failed-<attempt>.json`: why a batch left no part in an attempt. */
export const batchFailure = failure.omit({ phase: true });

/** `parts/current.json`: which fingerprint the phase's named artifacts show, and since which attempt. */
export const currentArtifacts = z.strictObject({ fingerprint: z.string(), attempt: count });

/** `parts/started-<attempt>/<run>.json`: the attempt of a run, started by a phase, that counts for this attempt of the phase's own run. */
export const childAttempt = z.strictObject({ attempt: z.int().min(1) });
