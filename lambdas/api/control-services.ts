import { loadRun } from "../../shared/engine/run-record.ts";
import { measureRun, removeRun } from "../../shared/engine/remove-run.ts";
import type { RemovalStores } from "../../shared/engine/remove-run.ts";
import { isAbandoned, requestStop } from "../../shared/engine/run-life.ts";
import type { LifeDeps } from "../../shared/engine/run-life.ts";
import { ConflictError } from "../../shared/errors.ts";
import type { ApiServices } from "./services.ts";

/** Stops runs; the answer is the run as it is then. */
export function stopService(
  life: LifeDeps,
  getRun: NonNullable<ApiServices["getRun"]>,
): Pick<ApiServices, "stopRun"> {
  return {
    stopRun: async ({ runId }, caller) => {
      const { outcome, run } = await requestStop(life, await loadRun(life.runs, runId));
      if (outcome === "already_ended")
        throw new ConflictError(`run ${runId} is not running: it is ${run.status.replaceAll("_", " ")}`, {
          code: "not_running",
        });
      return getRun({ runId }, caller);
    },
  };
}

/** Deletes runs that nobody runs, with everything they hold. */
export function removeService(life: LifeDeps, stores: RemovalStores): Pick<ApiServices, "deleteRun"> {
  return {
    deleteRun: async ({ runId, dry_run: dryRun }) => {
      const run = await loadRun(life.runs, runId);
      if (run.status === "running" && !(await isAbandoned(life, run)))
        throw new ConflictError(`run ${runId} is running`, { code: "run_active", hint: "Stop it first." });
      const measured = await measureRun(stores, runId);
      if (!dryRun) await removeRun(stores, runId);
      return { run_id: runId, dry_run: dryRun, ...measured };
    },
  };
}
