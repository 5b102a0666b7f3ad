import { beforeEach, describe, expect, test } from "vitest";
import { directoryObjectStore } from "../../shared/adapters/directory/object-store.ts";
import { memoryObjectStore } from "../../shared/adapters/memory/object-store.ts";
import { objectProgress } from "../../shared/adapters/object-progress.ts";
import type { PartAddress } from "../../shared/keys.ts";
import { batchFailureKey, partKey, planKey, reduceKey, sidecarKey } from "../../shared/keys.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import type { BatchProgressUnderTest } from "../contracts/batch-progress.suite.ts";
import { describeBatchProgress } from "../contracts/batch-progress.suite.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import { onTestFinished } from "vitest";

const BODY = new Uint8Array(1);

function over(objects: ObjectStore): BatchProgressUnderTest {
  const progress = objectProgress(objects);
  return {
    progress,
    async finish(address, batch) {
      await objects.putIfAbsent(partKey(address, batch), BODY);
      await progress.finished(address, batch);
    },
  };
}

describeBatchProgress("parts in memory", async () => over(memoryObjectStore()));

describeBatchProgress("parts in a directory", async () => {
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  return over(directoryObjectStore({ dir: folder.path, prefix: "runs/" }));
});

describe("what is no part", () => {
  const address: PartAddress = { runId: "abc", phase: "embed", fingerprint: "0123456789abcdef", round: 0 };
  let objects: ObjectStore;
  beforeEach(() => {
    objects = memoryObjectStore();
  });

  test("is not counted: plans, reduces, sidecars, failures", async () => {
    const keys = [
      planKey(address),
      reduceKey(address),
      sidecarKey(address, 1),
      batchFailureKey(address, 2, 1),
      partKey(address, 3),
    ];
    for (const key of keys) await objects.put(key, BODY);
    expect(await objectProgress(objects).count(address)).toBe(1);
  });
});
