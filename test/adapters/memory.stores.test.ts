import { expect, test } from "vitest";
import { memoryBudget } from "../../shared/adapters/memory/budget.ts";
import { memoryObjectStore } from "../../shared/adapters/memory/object-store.ts";
import { memoryRunStore } from "../../shared/adapters/memory/run-store.ts";
import { ErrorName } from "../../shared/errors.ts";
import { describeBudget } from "../contracts/budget.suite.ts";
import { describeObjectStore } from "../contracts/object-store.suite.ts";
import { describeRunStore } from "../contracts/run-store.suite.ts";
import { sampleEvent, sampleLock } from "../contracts/sample-run.ts";

const nothing = async (): Promise<void> => {};

describeObjectStore("the memory store", async () => ({ store: memoryObjectStore(), close: nothing }));
describeRunStore("the memory store", async () => ({ store: memoryRunStore(), close: nothing }));
describeBudget("the memory store", async () => {
  const budget = memoryBudget();
  return { budget, other: budget, run: nothing, close: nothing };
});

test("a run that is gone takes no lock and no events", async () => {
  const store = memoryRunStore();
  await expect(store.writeLock("abc", sampleLock("me"))).rejects.toMatchObject({ name: ErrorName.conflict });
  await expect(store.appendEvents("abc", [sampleEvent(1)])).rejects.toMatchObject({
    name: ErrorName.conflict,
  });
});
