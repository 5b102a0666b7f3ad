import type { RunConfig } from "../../config.ts";
import type { PhaseName } from "../../contracts/run.ts";
import { estimateOffline } from "../../domain/estimate/offline.ts";
import type { Estimate, StartedRun } from "../../domain/estimate/offline.ts";
import { attackCount } from "../../domain/evaluation/attack-plan.ts";
import { evaluationRuns } from "../../phases/evaluation-runs.ts";

/** The runs that the evaluation phase will start. */
export function startedRuns(phases: readonly PhaseName[], config: RunConfig): StartedRun[] {
  if (!phases.includes("evaluate")) return [];
  const { eval_count: made } = config;
  return evaluationRuns(config).map((child) => ({
    phases: child.phases,
    config: child.config,
    rows: child.config.limit ?? made + attackCount(made),
  }));
}

/** What a run of the offline provider will ask for. */
export function estimateRun(phases: readonly PhaseName[], config: RunConfig, n: number): Estimate {
  return estimateOffline(phases, config, n, startedRuns(phases, config));
}
