import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { dynamoBatchProgress } from "../../shared/adapters/aws/batch-progress.ts";
import { dynamoClient } from "../../shared/adapters/aws/clients.ts";
import { dynamoRunStore } from "../../shared/adapters/aws/run-store.ts";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { RUN_TABLE } from "../../shared/contracts/run-table.ts";
import { ErrorName } from "../../shared/errors.ts";
import type { PartAddress } from "../../shared/keys.ts";
import type { LogFields } from "../../shared/ports/log.ts";
import type { RunStore } from "../../shared/ports/run-store.ts";
import { sampleEvent, sampleLock, sampleManifest } from "../contracts/sample-run.ts";
import { lossyProxy } from "../helpers/lossy-proxy.ts";
import type { LossyProxy } from "../helpers/lossy-proxy.ts";
import type { Ministack } from "../helpers/ministack.ts";
import { createRunTable, hasMinistack, startMinistack } from "../helpers/ministack.ts";

describe.skipIf(!hasMinistack())("the run table on MiniStack", () => {
  let ministack: Ministack;
  let client: DynamoDBDocumentClient;
  let table: string;
  let store: RunStore;
  let made = 0;

  beforeAll(async () => {
    ministack = await startMinistack();
    client = dynamoClient(ministack.options);
  });
  afterAll(async () => {
    client?.destroy();
    await ministack?.stop();
  });
  beforeEach(async () => {
    table = await createRunTable(ministack, `table-${++made}`);
    store = dynamoRunStore({ client, table });
  });

  async function items(): Promise<Record<string, unknown>[]> {
    return (await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }))).Items ?? [];
  }
  const sortKeys = async (): Promise<string[]> => (await items()).map((item) => String(item["sk"])).sort();

  const address: PartAddress = { runId: "abc", phase: "facets", fingerprint: "0123456789abcdef", round: 0 };

  test("holds an item for the manifest, the lock, each event and each finished batch", async () => {
    await store.create(sampleManifest("abc"));
    await store.writeLock("abc", sampleLock("me"));
    await store.appendEvents("abc", [sampleEvent(1), sampleEvent(2)]);
    await dynamoBatchProgress({ client, table }).finished(address, 7);
    expect(await sortKeys()).toEqual([
      "batch#facets#0123456789abcdef#0#7",
      "event#0000000001",
      "event#0000000002",
      "lock",
      "manifest",
    ]);
    expect(new Set((await items()).map((item) => item["pk"]))).toEqual(new Set(["run#abc"]));
    for (const item of await items()) expect(item).not.toHaveProperty(RUN_TABLE.ttl);
  });

  test("deletes a run to its last item, and no other's", async () => {
    const progress = dynamoBatchProgress({ client, table });
    for (const runId of ["abc", "abc-b"]) {
      await store.create(sampleManifest(runId));
      await store.writeLock(runId, sampleLock("me"));
      await store.appendEvents(
        runId,
        Array.from({ length: 120 }, (_, index) => sampleEvent(index)),
      );
      await Promise.all(
        Array.from({ length: 40 }, (_, batch) => progress.finished({ ...address, runId }, batch)),
      );
    }
    expect(await items()).toHaveLength(2 * 162);
    await store.delete("abc");
    const left = await items();
    expect(left).toHaveLength(162);
    expect(new Set(left.map((item) => item["pk"]))).toEqual(new Set(["run#abc-b"]));
    expect(await progress.count(address)).toBe(0);
  });

  test("numbers the events of any number of writers from 1 without a gap", async () => {
    await store.create(sampleManifest("abc"));
    const writers = Array.from({ length: 8 }, (_, writer) => async () => {
      const own = dynamoRunStore({ client, table });
      for (let turn = 0; turn < 4; turn++) {
        await own.appendEvents("abc", [sampleEvent(writer), sampleEvent(writer), sampleEvent(writer)]);
      }
    });
    // Swaps move the item that holds the count.
    const swaps = async (): Promise<void> => {
      for (let revision = 2; revision <= 20; revision++) {
        await store.swap(sampleManifest("abc", { revision, warnings: revision }));
      }
    };
    await Promise.all([...writers.map((write) => write()), swaps()]);
    const numbers = (await sortKeys())
      .filter((sk) => sk.startsWith("event#"))
      .map((sk) => Number(sk.slice(6)));
    expect(numbers).toEqual(Array.from({ length: 8 * 4 * 3 }, (_, index) => index + 1));
    expect(await store.get("abc")).toMatchObject({ revision: 20, warnings: 20 });
  });

  test("takes more events at once than one transaction does", async () => {
    await store.create(sampleManifest("abc"));
    const events = Array.from({ length: 250 }, (_, index) => sampleEvent(index));
    await store.appendEvents("abc", events);
    expect(await store.readEvents("abc", { after: 0, limit: 1_000 })).toEqual(events);
    expect(await store.readEvents("abc", { after: 98, limit: 3 })).toEqual(events.slice(98, 101));
    expect(await store.readEvents("abc", { after: 0, limit: 0 })).toEqual([]);
  });

  test("reads events beyond the megabyte that one answer holds", async () => {
    await store.create(sampleManifest("abc"));
    const events = Array.from({ length: 30 }, (_, index) => sampleEvent(index, "x".repeat(100_000)));
    for (const event of events) await store.appendEvents("abc", [event]);
    expect(await store.readEvents("abc", { after: 0, limit: 30 })).toEqual(events);
  });

  test("takes no lock and no events of a run that is gone", async () => {
    const conflict = { name: ErrorName.conflict, code: "no_run" };
    await expect(store.writeLock("abc", sampleLock("me"))).rejects.toMatchObject(conflict);
    await expect(store.appendEvents("abc", [sampleEvent(1)])).rejects.toMatchObject(conflict);
    expect(await items()).toEqual([]);
  });

  test("gives a new run no event that an interrupted delete of the old one left", async () => {
    await store.create(sampleManifest("abc"));
    await store.appendEvents("abc", [sampleEvent(1)]);
    const [left] = (await items()).filter((item) => item["sk"] === "event#0000000001");
    await store.delete("abc");
    await client.send(new PutCommand({ TableName: table, Item: left }));
    await store.create(sampleManifest("abc"));
    await store.appendEvents("abc", [sampleEvent(9)]);
    expect(await store.readEvents("abc", { after: 0, limit: 10 })).toEqual([sampleEvent(9)]);
  });

  test("marks every item with the end of its time, counted from its last change", async () => {
    const clock = manualClock(1_800_000_000_500);
    const kept = dynamoRunStore({ client, table, retentionSeconds: 3_600, clock });
    await kept.create(sampleManifest("abc"));
    await kept.writeLock("abc", sampleLock("me"));
    await kept.appendEvents("abc", [sampleEvent(1)]);
    await dynamoBatchProgress({ client, table, retentionSeconds: 3_600, clock }).finished(address, 0);
    for (const item of await items()) expect(item[RUN_TABLE.ttl]).toBe(1_800_003_600);
    clock.advance(60_000);
    await kept.swap(sampleManifest("abc", { revision: 2 }));
    const manifest = (await items()).find((item) => item["sk"] === "manifest");
    expect(manifest?.[RUN_TABLE.ttl]).toBe(1_800_003_660);
  });

  test("lists a hundred and more runs, page by page", async () => {
    const ids = Array.from({ length: 130 }, (_, index) => `run-${String(index).padStart(3, "0")}`);
    await Promise.all(
      ids.map((id, index) =>
        store.create(sampleManifest(id, { created_at: new Date(1.7e12 + index * 1_000).toISOString() })),
      ),
    );
    const all = await store.list({ limit: 1_000 });
    expect(all.runs.map((run) => run.run_id)).toEqual([...ids].reverse());
    const first = await store.list({ limit: 100 });
    const second = await store.list({ limit: 100, cursor: first.cursor });
    expect([...first.runs, ...second.runs]).toEqual(all.runs);
    expect([first.cursor === null, second.cursor]).toEqual([false, null]);
  });

  test("leaves a run that cannot be read out of the list, and says so", async () => {
    const warned: LogFields[] = [];
    const log = {
      debug: () => {},
      info: () => {},
      warn: (event: string, fields: LogFields = {}) => warned.push({ event, ...fields }),
    };
    const own = dynamoRunStore({ client, table, log });
    for (const id of ["run-a", "run-b", "run-c"]) await own.create(sampleManifest(id));
    await client.send(
      new UpdateCommand({
        TableName: table,
        Key: { pk: "run#run-b", sk: "manifest" },
        UpdateExpression: "SET manifest = :broken",
        ExpressionAttributeValues: { ":broken": "{" },
      }),
    );
    expect((await own.list({ limit: 2 })).runs.map((run) => run.run_id)).toEqual(["run-c", "run-a"]);
    expect(warned).toEqual([{ event: "run_unreadable", run_id: "run-b", code: "corrupt_record" }]);
    await expect(own.get("run-b")).rejects.toMatchObject({ code: "corrupt_record" });
  });

  test("refuses cursors of instants that no clock shows", async () => {
    const cursor = "9999999999999999.run-a";
    await expect(store.list({ limit: 1, cursor })).rejects.toMatchObject({ code: "bad_cursor" });
  });

  test("says what is missing when there is no table", async () => {
    const none = dynamoRunStore({ client, table: "no-such-table" });
    const missing = { name: ErrorName.permanent, code: "no_resource" };
    await expect(none.get("abc")).rejects.toMatchObject(missing);
    await expect(none.create(sampleManifest("abc"))).rejects.toMatchObject(missing);
    await expect(none.list({ limit: 1 })).rejects.toMatchObject(missing);
    await expect(none.delete("abc")).rejects.toMatchObject(missing);
  });

  describe("when answers get lost", () => {
    let proxy: LossyProxy;
    let lossy: RunStore;
    beforeEach(async () => {
      proxy = await lossyProxy(ministack.endpoint);
      const own = dynamoClient({ ...ministack.options, endpoint: proxy.endpoint });
      onTestFinished(async () => {
        own.destroy();
        await proxy.close();
      });
      lossy = dynamoRunStore({ client: own, table });
    });

    test("a run that was created is no run of somebody else", async () => {
      proxy.loseNext("PutItem");
      await lossy.create(sampleManifest("abc"));
      expect(await store.get("abc")).toEqual(sampleManifest("abc"));
      await expect(lossy.create(sampleManifest("abc"))).rejects.toMatchObject({ code: "run_exists" });
    });

    test("a swap that went through has not lost", async () => {
      await store.create(sampleManifest("abc"));
      const next = sampleManifest("abc", { revision: 2, warnings: 5 });
      proxy.loseNext("UpdateItem");
      await lossy.swap(next);
      expect(await store.get("abc")).toEqual(next);
      // The same words from somebody else are another swap.
      await expect(lossy.swap(next)).rejects.toMatchObject({ code: "revision_conflict" });
    });

    test("events are appended once", async () => {
      await store.create(sampleManifest("abc"));
      proxy.loseNext("TransactWriteItems");
      await lossy.appendEvents("abc", [sampleEvent(1), sampleEvent(2)]);
      expect(await store.readEvents("abc", { after: 0, limit: 10 })).toEqual([
        sampleEvent(1),
        sampleEvent(2),
      ]);
    });
  });
});
