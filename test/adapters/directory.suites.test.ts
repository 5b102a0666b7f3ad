import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { directoryUploads } from "../../cli/viz/uploads.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { describeUploads } from "../contracts/uploads.suite.ts";
import { streamOf } from "../helpers/collect.ts";
import { directoryBudget } from "../../shared/adapters/directory/budget.ts";
import { directoryObjectStore } from "../../shared/adapters/directory/object-store.ts";
import { directoryRunStore } from "../../shared/adapters/directory/run-store.ts";
import { describeBudget } from "../contracts/budget.suite.ts";
import { describeObjectStore } from "../contracts/object-store.suite.ts";
import { describeRunStore } from "../contracts/run-store.suite.ts";
import { sampleManifest } from "../contracts/sample-run.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

describeObjectStore("the directory", async () => {
  const folder = await temporaryFolder();
  // A folder that does not exist yet: the first write makes it.
  return {
    store: directoryObjectStore({ dir: join(folder.path, "store"), prefix: "runs/" }),
    close: folder.remove,
  };
});

describeUploads("the directory", async () => {
  const folder = await temporaryFolder();
  const uploads = directoryUploads(join(folder.path, "runs"), systemClock);
  return {
    uploads,
    send: async (_target, { id, part }, bytes) => {
      try {
        await uploads.writePart(id, part, streamOf(bytes));
        return true;
      } catch {
        return false;
      }
    },
    read: async (id) => readFile(await uploads.pathOf(id)),
    close: folder.remove,
  };
});

describeRunStore("the directory", async () => {
  const folder = await temporaryFolder();
  return { store: directoryRunStore({ dir: join(folder.path, "store") }), close: folder.remove };
});

describeBudget("the directory", async () => {
  const folder = await temporaryFolder();
  const dir = join(folder.path, "store");
  const runs = directoryRunStore({ dir });
  return {
    budget: directoryBudget({ dir }),
    other: directoryBudget({ dir }),
    run: (budgetId) => runs.create(sampleManifest(budgetId)),
    close: folder.remove,
  };
});
