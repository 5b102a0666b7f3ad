import type { RunConfig } from "../config.ts";
import type { InputLocation } from "../contracts/aws.ts";
import type { Dataset, Owner, RunManifest } from "../contracts/run.ts";
import { encodeDocument } from "../domain/jsonl.ts";
import { configRecord } from "../domain/new-run.ts";
import { ConflictError } from "../errors.ts";
import { executionName, inputLocationKey } from "../keys.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { RunStarter } from "../ports/run-starter.ts";
import type { RunStore } from "../ports/run-store.ts";
import { acquireRun } from "./ownership.ts";
import { noteEvent } from "./run-end.ts";
import { keptUserHashKey } from "./run-input.ts";
import { isoNow, loadRun } from "./run-record.ts";

/** "Host" of owners that are executions of the state machine: no process, and whether one lives is asked of AWS. */
export const EXECUTION_HOST = "step-functions";

/** An attempt's execution as the owner of its run. */
export function executionOwner(runId: string, attempt: number, startedAt: string): Owner {
  return {
    id: executionName(runId, attempt),
    host: EXECUTION_HOST,
    pid: 0,
    pid_started: null,
    started_at: startedAt,
  };
}

export interface LaunchDeps {
  readonly runs: RunStore;
  readonly clock: Clock;
  readonly starter: RunStarter;
  readonly log: Log;
}

/**
 * Starts the next attempt of a run as an execution. Repeating it, or losing a race, starts nothing twice: the run's
 * record decides who may, and the execution is named after the attempt.
 * Throws ConflictError ("run_active") while an execution of the run lives.
 * @param change what else the start changes in the record.
 */
export async function launchRun(
  { runs, clock, starter, log }: LaunchDeps,
  runId: string,
  change: (run: RunManifest) => RunManifest = (run) => run,
): Promise<RunManifest> {
  const before = await loadRun(runs, runId);
  // A start that was cut off between the record and the execution is finished here.
  const lives =
    before.status === "running" && (await starter.isRunning(runId, before.attempt)) !== false
      ? before.attempt
      : null;
  if (lives !== null) await starter.start(runId, lives, before.phases);
  const run = await acquireRun(
    {
      runs,
      clock,
      me: executionOwner(runId, before.attempt + 1, isoNow(clock)),
      // Only the execution that was seen to have ended is gone; any other has just been started.
      isAlive: (owner) => owner.id !== before.owner?.id || lives !== null,
    },
    runId,
    (held) => {
      if (held.attempt !== before.attempt)
        throw new ConflictError(`attempt ${held.attempt} of run ${runId} came first`, { code: "run_active" });
      return change(held);
    },
  );
  await noteEvent({ runs, clock, log }, run, {
    event: "run_started",
    phase: null,
    fields: { phases: run.phases.length },
  });
  await starter.start(runId, run.attempt, run.phases);
  return run;
}

export interface StartDeps extends LaunchDeps {
  readonly objects: ObjectStore;
  /** 32 random bytes. */
  readonly newUserHashKey: () => Uint8Array;
}

/** Launches a run that has a record and no input yet: its phases find where the input lies, and the key for user hashes. */
export async function launchWithInput(
  { objects, newUserHashKey, ...deps }: StartDeps,
  runId: string,
  { location, dataset, config }: { location: InputLocation; dataset: Dataset; config: RunConfig },
): Promise<RunManifest> {
  await objects.put(inputLocationKey(runId), encodeDocument(location));
  await keptUserHashKey(objects, runId, newUserHashKey());
  return launchRun(deps, runId, (held) => ({
    ...held,
    dataset,
    users: config.users,
    config: configRecord(config),
  }));
}
