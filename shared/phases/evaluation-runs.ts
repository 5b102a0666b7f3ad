import type { RunConfig } from "../config.ts";
import type { PhaseName } from "../contracts/run.ts";
import { CHILD_RUN_MARK } from "../keys.ts";
import { inTableOrder, phasesOf } from "../pipeline.ts";

export interface EvaluationRun {
  readonly role: "quality" | "stability" | "leaks";
  readonly suffix: string;
  readonly phases: readonly PhaseName[];
  readonly config: RunConfig;
}

/** Phases that lead to a hierarchy and to nothing that only people look at. */
const TO_HIERARCHY = inTableOrder(["ingest", "facets", "embed", "cluster", "label", "hierarchy"]);

/**
 * The runs that an evaluation is made of. Quality is that of the clusters, so no cluster merges for want of members
 * (minimums of 1), and the attack's conversations, which come last, are left out; leaks are those of a run as it is set.
 */
export function evaluationRuns(config: RunConfig): readonly EvaluationRun[] {
  const input = { users: "required", skip_invalid: false } as const;
  const quality: RunConfig = {
    ...config,
    ...input,
    limit: config.eval_count,
    min_users: 1,
    min_conversations: 1,
  };
  return [
    { role: "quality", suffix: "", phases: TO_HIERARCHY, config: quality },
    {
      role: "stability",
      suffix: "-seed",
      phases: TO_HIERARCHY,
      config: { ...quality, seed: secondSeed(config.seed) },
    },
    {
      role: "leaks",
      suffix: "-leaks",
      phases: phasesOf(["hierarchy", "privacy"]).filter((phase) => phase !== "annotate"),
      config: { ...config, ...input, limit: null },
    },
  ];
}

/** Another 32-bit seed. */
export function secondSeed(seed: number): number {
  return (seed + 1) >>> 0;
}

/** Run ids have at most 64 characters. */
const MOST_ID = 64;

/** Its settings are in its name, so that a changed setting never meets the results of another. */
export function evaluationRunId(runId: string, fingerprint: string, suffix: string): string {
  const end = `${CHILD_RUN_MARK}${fingerprint.slice(0, 6)}${suffix}`;
  return `${runId.slice(0, MOST_ID - end.length)}${end}`;
}
