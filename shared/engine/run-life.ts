import { runConfig } from "../config.ts";
import type { Owner, RunManifest } from "../contracts/run.ts";
import { evaluationRunId, evaluationRuns } from "../phases/evaluation-runs.ts";
import type { Clock } from "../ports/clock.ts";
import type { RunStarter } from "../ports/run-starter.ts";
import type { RunStore } from "../ports/run-store.ts";
import { isStale } from "./ownership.ts";
import { changeRun, isoNow } from "./run-record.ts";

export interface LifeDeps {
  readonly runs: RunStore;
  readonly clock: Clock;
  /** What runs the attempts of runs; null where processes do. */
  readonly starter: RunStarter | null;
  /** This process, and whether one that owns a run lives: where processes run them. */
  readonly me: Owner;
  readonly isAlive: (owner: Owner) => boolean;
}

/** Whether a run that calls itself running has nobody who runs it. */
export async function isAbandoned(deps: LifeDeps, run: RunManifest): Promise<boolean> {
  if (run.status !== "running") return false;
  if (deps.starter !== null) return (await deps.starter.isRunning(run.run_id, run.attempt)) !== true;
  return isStale(run, await deps.runs.readLock(run.run_id), deps);
}

export type StopOutcome = "asked" | "ended" | "already_ended" | "never_started" | "abandoned";

/**
 * Asks a run to stop, and ends the record of one that nobody runs. Whoever runs it obeys at the next heartbeat; finished
 * batches are kept.
 */
export async function requestStop(
  deps: LifeDeps,
  run: RunManifest,
): Promise<{ readonly outcome: StopOutcome; readonly run: RunManifest }> {
  const { runs, clock, starter } = deps;
  if (run.status === "pending")
    return { outcome: "never_started", run: await markStopped(deps, run, "never_started") };
  if (run.status !== "running") return { outcome: "already_ended", run };
  if (await isAbandoned(deps, run))
    return { outcome: "abandoned", run: await markStopped(deps, run, "owner_gone") };

  const asked = await changeRun(runs, clock, run.run_id, (held) =>
    held.status === "running"
      ? { ...held, stop_requested_at: held.stop_requested_at ?? isoNow(clock) }
      : held,
  );
  if (asked.status !== "running") return { outcome: "ended", run: asked };
  // Its functions would see the request at their next step; the execution would go on until then.
  await starter?.stop(run.run_id, run.attempt);
  if (starter !== null) await stopChildren(deps, asked);
  return { outcome: "asked", run: asked };
}

/** The runs of its evaluation: on AWS they are executions of their own, which would go on without it. */
async function stopChildren(deps: LifeDeps, run: RunManifest): Promise<void> {
  const fingerprint = run.phase_states.evaluate?.fingerprint;
  if (fingerprint === null || fingerprint === undefined) return;
  // Those of another version's settings are not known; they end with their own limits.
  const config = runConfig.safeParse(run.config);
  if (!config.success) return;
  for (const { suffix } of evaluationRuns(config.data)) {
    const child = await deps.runs.get(evaluationRunId(run.run_id, fingerprint, suffix));
    if (child !== null) await requestStop(deps, child);
  }
}

const REASONS = {
  owner_gone: { code: "owner_gone", message: "what ran it is gone" },
  never_started: { code: "stop_requested", message: "it was asked to stop before it started" },
  execution_stopped: { code: "stop_requested", message: "it was asked to stop" },
} as const;

/** Ends the record of a run that nobody runs. If somebody takes it up at the same moment, that one wins. */
export async function markStopped(
  { runs, clock }: Pick<LifeDeps, "runs" | "clock">,
  seen: RunManifest,
  reason: keyof typeof REASONS,
): Promise<RunManifest> {
  const ended = await changeRun(runs, clock, seen.run_id, (held) => {
    if (held.status !== seen.status || held.attempt !== seen.attempt) return held;
    const phase = held.phases.find((name) => held.phase_states[name]?.status === "running") ?? null;
    return {
      ...held,
      status: "stopped",
      owner: null,
      finished_at: isoNow(clock),
      failure: {
        phase,
        ...REASONS[reason],
        hint: "Resume it with --resume: finished batches are kept.",
      },
    };
  });
  if (seen.owner !== null) await runs.clearLock(seen.run_id, seen.owner.id);
  return ended;
}
