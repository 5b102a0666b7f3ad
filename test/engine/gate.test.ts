import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import { billedModel } from "../helpers/billed-model.ts";

const INPUT = jsonlOf(chatsAbout(["bake bread", "fix python test", "track parcel"], 90, 30));

test("calls in flight are as many as the plan says, though more batches are at work", async () => {
  const plain = billedModel();
  const inFlight = new Map<string, number>();
  const most = new Map<string, number>();
  const model = {
    ...plain,
    ask: async (...args: Parameters<typeof plain.ask>) => {
      const [task] = args;
      const now = (inFlight.get(task) ?? 0) + 1;
      inFlight.set(task, now);
      most.set(task, Math.max(most.get(task) ?? 0, now));
      await setImmediate();
      inFlight.set(task, inFlight.get(task)! - 1);
      return plain.ask(...args);
    },
  } as typeof plain;
  const { failure } = await memoryRun(INPUT, {
    config: { facet_batch_size: 2, facet_max_concurrency: 5, privacy_max_concurrency: 3 },
    model,
  });
  expect(failure).toBeNull();
  expect(most.get("facets")).toBe(5);
  expect(most.get("audit")).toBe(3);
});
