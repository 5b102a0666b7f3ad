import type { Json } from "../contracts/common.ts";
import type { ModelIdentity } from "../contracts/model-tasks.ts";
import type { PhaseName, RunCounts, RunManifest } from "../contracts/run.ts";
import type { RunConfig } from "../config.ts";
import { shortHash } from "./hash.ts";

export const NO_COUNTS: RunCounts = {
  read: null,
  invalid: null,
  users: null,
  fallback_facets: null,
  assigned: null,
  failed: null,
  base_clusters: null,
  hierarchy_levels: null,
  roots: null,
  published_clusters: null,
  withheld_conversations: null,
  withheld_names: null,
};

export interface NewRun {
  readonly runId: string;
  readonly at: string;
  readonly config: RunConfig;
  readonly phases: readonly PhaseName[];
  readonly dataset: RunManifest["dataset"];
  readonly model: ModelIdentity;
  readonly embedder: ModelIdentity;
  /** Left out: it has a budget of its own. */
  readonly budgetRunId?: string | null;
  readonly versions: RunManifest["versions"];
}

/** The record of a run that was created and not started. */
export function newRun(run: NewRun): RunManifest {
  return {
    schema_version: "1.0.0",
    run_id: run.runId,
    status: "pending",
    revision: 1,
    attempt: 0,
    created_at: run.at,
    updated_at: run.at,
    finished_at: null,
    owner: null,
    stop_requested_at: null,
    dataset: run.dataset,
    users: run.config.users,
    phases: [...run.phases],
    phase_states: {},
    config: configRecord(run.config),
    model: run.model,
    embedder: run.embedder,
    offline: run.model.provider === "offline",
    budget_run_id: run.budgetRunId ?? null,
    counts: NO_COUNTS,
    warnings: 0,
    failure: null,
    versions: run.versions,
  };
}

/** Settings as the record keeps them. */
export function configRecord(config: RunConfig): Record<string, Json> {
  return { ...config };
}

/** The id of the run that a request starts: the same request, the same run. */
export function runIdOfRequest(requestId: string): string {
  return `run-${shortHash(requestId)}`;
}

/** A run's record when it goes on: with other settings, or more phases, in the order of the table. */
export function resumedRun(
  held: RunManifest,
  { config, phases, ...asked }: Pick<NewRun, "config" | "phases" | "model" | "embedder">,
): RunManifest {
  return { ...held, config: configRecord(config), users: config.users, phases: [...phases], ...asked };
}
