import type { InputLocation } from "../contracts/aws.ts";
import type { Dataset, PhaseName, RunManifest } from "../contracts/run.ts";
import { childAttempt } from "../contracts/wire.ts";
import { sha256Hex } from "../domain/hash.ts";
import { decodeJson, encodeDocument } from "../domain/jsonl.ts";
import { newRun } from "../domain/new-run.ts";
import { ErrorName, isKind } from "../errors.ts";
import { childAttemptKey, ownInputKey } from "../keys.ts";
import type { ChildRun, ChildRuns, ChildState } from "../ports/child-runs.ts";
import { launchWithInput } from "./execution.ts";
import type { StartDeps } from "./execution.ts";
import { createRecord, isoNow } from "./run-record.ts";

export interface ChildExecutionsDeps extends StartDeps {
  /** Where an object of the store lies, as it is now. */
  readonly locate: (key: string) => Promise<InputLocation>;
}

/**
 * Each look is a few events of an execution, which may have 25,000, and a run may take days: so a run is looked at again
 * after a tenth of the time that it has taken.
 */
const LEAST_WAIT_SECONDS = 5;
const LOOKS_PER_AGE = 10;

export function isChildDone({ status, phases, phase_states: states }: RunManifest, child: ChildRun): boolean {
  const ended = status === "done" || status === "done_with_warnings";
  return ended && child.phases.every((phase) => phases.includes(phase) && states[phase] !== undefined);
}

/** Runs that a phase starts where runs are executions: they outlive the function that asks for them. */
export function childExecutions(deps: ChildExecutionsDeps, parent: RunManifest, phase: PhaseName): ChildRuns {
  const { runs, objects, starter, clock } = deps;

  const running = (run: RunManifest | null): ChildState => {
    const since = run?.owner?.started_at;
    const seconds = since === undefined ? 0 : (clock.now() - Date.parse(since)) / 1000;
    return {
      state: "running",
      lookAgainSeconds: Math.max(LEAST_WAIT_SECONDS, Math.ceil(seconds / LOOKS_PER_AGE)),
    };
  };

  const isGone = async ({ run_id: runId, attempt }: RunManifest): Promise<boolean> =>
    (await starter.isRunning(runId, attempt)) === false;

  /**
   * The attempt of the child that counts for this attempt of its parent, decided at the first look: one that is under
   * way, or the next. So what failed before is tried again, once, and by no more than one of several looks.
   */
  const countedAttempt = async (runId: string, held: RunManifest | null): Promise<number> => {
    const key = childAttemptKey(parent.run_id, phase, parent.attempt, runId);
    const before = await objects.get(key);
    if (before !== null) return childAttempt.parse(decodeJson(before)).attempt;
    const lives = held?.status === "running" && !(await isGone(held));
    const attempt = lives ? held.attempt : (held?.attempt ?? 0) + 1;
    await objects.putIfAbsent(key, encodeDocument({ attempt }));
    const kept = await objects.get(key);
    return kept === null ? attempt : childAttempt.parse(decodeJson(kept)).attempt;
  };

  const create = async ({ runId, config, phases }: ChildRun): Promise<void> => {
    await createRecord(
      runs,
      newRun({
        runId,
        at: isoNow(clock),
        config,
        phases,
        dataset: null,
        // Whom the parent names: its report speaks of them.
        model: parent.model,
        embedder: parent.embedder,
        budgetRunId: parent.budget_run_id ?? parent.run_id,
        versions: parent.versions,
      }),
    );
  };

  const launch = async ({ runId, config, input }: ChildRun): Promise<ChildState> => {
    const content = await input.content();
    const dataset: Dataset = { name: input.name, bytes: content.length, sha256: sha256Hex(content) };
    const key = ownInputKey(runId);
    await objects.putIfAbsent(key, content);
    try {
      const location = await deps.locate(key);
      return running(await launchWithInput(deps, runId, { location, dataset, config }));
    } catch (error) {
      // Another look at the same moment has launched it.
      if (isKind(error, ErrorName.conflict)) return running(null);
      throw error;
    }
  };

  return {
    async ensure(child) {
      const held = await runs.get(child.runId);
      if (held !== null && isChildDone(held, child)) return { state: "done" };
      const counted = await countedAttempt(child.runId, held);
      if (held === null) await create(child);
      if (held === null || held.attempt < counted) return launch(child);
      if (held.status === "running") {
        const alive = await starter.isRunning(child.runId, held.attempt);
        // Cut off between the record and the execution.
        if (alive === null) return launch(child);
        if (alive) return running(held);
        // An execution marks its run before it ends: one that has not by now never will.
        const now = await runs.get(child.runId);
        if (now?.status !== "running" || now.attempt !== held.attempt) return running(null);
      }
      const { failure } = held;
      if (failure !== null) return { state: "failed", failure };
      return {
        state: "failed",
        failure: {
          phase: null,
          code: "execution_lost",
          message: "its execution ended and did not say how",
          hint: "Resume the run: finished batches are kept.",
        },
      };
    },
  };
}
