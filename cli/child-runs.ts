import { isChildDone } from "../shared/engine/child-executions.ts";
import { failureOf } from "../shared/engine/run-end.ts";
import type { RunOutcome } from "../shared/engine/run-end.ts";
import { ErrorName, isKind } from "../shared/errors.ts";
import type { ChildRun, ChildRuns, ChildState } from "../shared/ports/child-runs.ts";
import type { RunStore } from "../shared/ports/run-store.ts";

export interface EmbeddedChildRuns extends ChildRuns {
  /** Resolves when no run is under way any more: they end with the process that runs them. */
  settled(): Promise<void>;
}

/** A look costs nothing here. */
const LOOK_AGAIN_SECONDS = 1;
const RUNNING: ChildState = { state: "running", lookAgainSeconds: LOOK_AGAIN_SECONDS };

/**
 * Runs that a phase starts, in the same process and the same folder.
 * @param run brings a run to its end; `resume` when it is there already.
 */
export function embeddedChildRuns(
  runs: Pick<RunStore, "get">,
  run: (child: ChildRun, resume: boolean) => Promise<RunOutcome>,
): EmbeddedChildRuns {
  const underWay = new Map<string, Promise<void>>();
  /** Those that failed in this attempt; a later attempt tries them again. */
  const failed = new Map<string, ChildState>();

  const bringToEnd = async (child: ChildRun, resume: boolean): Promise<void> => {
    try {
      const { failure } = (await run(child, resume)).run;
      if (failure !== null) failed.set(child.runId, { state: "failed", failure });
    } catch (error) {
      // Another process has it: the next look finds out how it went.
      if (isKind(error, ErrorName.conflict)) return;
      failed.set(child.runId, { state: "failed", failure: failureOf(null, error) });
    } finally {
      underWay.delete(child.runId);
    }
  };

  return {
    async ensure(child) {
      const failure = failed.get(child.runId);
      if (failure !== undefined) return failure;
      if (underWay.has(child.runId)) return RUNNING;
      const held = await runs.get(child.runId);
      if (held !== null && isChildDone(held, child)) return { state: "done" };
      underWay.set(child.runId, bringToEnd(child, held !== null));
      return RUNNING;
    },
    async settled() {
      await Promise.all(underWay.values());
    },
  };
}
