import { directoryRunStore } from "../../../shared/adapters/directory/run-store.ts";
import { ErrorName } from "../../../shared/errors.ts";
import { sampleEvent } from "../../contracts/sample-run.ts";
import { ready, say } from "./child.ts";

/** Adds one to the run's warnings as often as told, and an event each time. Arguments: folder, id, run, times. */
const [dir = "", id = "", runId = "", times = ""] = process.argv.slice(2);
const store = directoryRunStore({ dir });
await ready();
for (let done = 0; done < Number(times);) {
  const run = await store.get(runId);
  if (run === null) throw new Error("the run is gone");
  try {
    await store.swap({ ...run, revision: run.revision + 1, warnings: run.warnings + 1 });
    await store.appendEvents(runId, [sampleEvent(Number(id) * 1000 + done, "x".repeat(5000))]);
    done++;
  } catch (error) {
    if (!(error instanceof Error && error.name === ErrorName.conflict)) throw error;
  }
}
await say("done");
