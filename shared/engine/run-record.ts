import type { RunManifest } from "../contracts/run.ts";
import { ConflictError, ErrorName, PermanentError, StoppedError, isKind } from "../errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { RunStore } from "../ports/run-store.ts";

/** Swaps lost in a row before giving up; each loss means that somebody else succeeded. */
const MAX_SWAP_TRIES = 20;

export function isoNow(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}

/** The run's record; a PermanentError names an id that has none. */
export async function loadRun(runs: RunStore, runId: string): Promise<RunManifest> {
  const run = await runs.get(runId);
  if (run === null) {
    throw new PermanentError(`there is no run ${runId}`, {
      code: "unknown_run",
      hint: "clio list-runs shows the runs there are.",
    });
  }
  return run;
}

/** Creates a run's record unless there is one of its id. Answers whether this call did. */
export async function createRecord(runs: RunStore, run: RunManifest): Promise<boolean> {
  try {
    await runs.create(run);
    return true;
  } catch (error) {
    if (!isKind(error, ErrorName.conflict)) throw error;
    return false;
  }
}

/** Changes a run's record by compare-and-swap, starting over on the newer record when somebody else was faster. */
export async function changeRun(
  runs: RunStore,
  clock: Clock,
  runId: string,
  change: (run: RunManifest) => Omit<RunManifest, "revision" | "updated_at">,
): Promise<RunManifest> {
  for (let tries = 0; tries < MAX_SWAP_TRIES; tries++) {
    const current = await loadRun(runs, runId);
    const next: RunManifest = {
      ...change(current),
      revision: current.revision + 1,
      updated_at: isoNow(clock),
    };
    try {
      await runs.swap(next);
      return next;
    } catch (error) {
      if (!isKind(error, ErrorName.conflict)) throw error;
    }
  }
  throw new ConflictError(
    `the record of run ${runId} changed ${MAX_SWAP_TRIES} times while it was being written`,
    { code: "busy_record" },
  );
}

/** Throws when a later attempt has taken the run over: this one must write nothing more. */
export function checkFence(run: RunManifest, attempt: number): void {
  if (run.attempt !== attempt) {
    throw new StoppedError(
      `attempt ${run.attempt} of run ${run.run_id} has taken over from attempt ${attempt}`,
      { code: "superseded" },
    );
  }
}
