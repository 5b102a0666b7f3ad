import { afterEach, expect, onTestFinished, test } from "vitest";
import { CREDENTIALS, REGION } from "../../localstack/environment.ts";
import { dynamoClient } from "../../shared/adapters/aws/clients.ts";
import { dynamoRunStore } from "../../shared/adapters/aws/run-store.ts";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { ErrorName } from "../../shared/errors.ts";
import type { RunStore } from "../../shared/ports/run-store.ts";
import { sampleEvent, sampleLock, sampleManifest } from "../contracts/sample-run.ts";
import type { Answered, ScriptedHttp } from "../recipes/scripted-http.ts";
import { scriptedHttp } from "../recipes/scripted-http.ts";

/** Answers of a busy table, which MiniStack does not give. */

let server: ScriptedHttp | null = null;
afterEach(() => server?.close());

type Body = Record<string, unknown>;

async function storeOf(
  answer: (body: Body, index: number) => Answered,
): Promise<{ store: RunStore; asked: () => Body[]; waited: () => number }> {
  const scripted = await scriptedHttp(({ body }, index) => answer(body as Body, index));
  server = scripted;
  const client = dynamoClient({ endpoint: scripted.url, region: REGION, credentials: CREDENTIALS });
  onTestFinished(() => client.destroy());
  const clock = manualClock(0);
  return {
    store: dynamoRunStore({ client, table: "runs", clock }),
    asked: () => scripted.asked.map(({ body }) => body as Body),
    waited: clock.elapsed,
  };
}

const ok = (body: Body = {}): Answered => ({ status: 200, body });
const refusal = (name: string, more: Body = {}): Answered => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: "", ...more },
});
const cancelled = (...codes: string[]): Answered =>
  refusal("TransactionCanceledException", { CancellationReasons: codes.map((Code) => ({ Code })) });
const isTransaction = (body: Body): boolean => "TransactItems" in body;
/** An item that says how many events there are. */
const counting = (events: number): Answered => ok({ Item: { events: { N: String(events) } } });

test("a swap waits for a transaction on the same item", async () => {
  const { store, asked, waited } = await storeOf((_, index) =>
    index < 3 ? refusal("TransactionConflictException") : ok(),
  );
  await store.swap(sampleManifest("abc", { revision: 2 }));
  expect(asked()).toHaveLength(4);
  expect(waited()).toBeGreaterThan(0);
});

test("a lock waits likewise, and then finds its run gone", async () => {
  const { store, asked } = await storeOf((_, index) =>
    index < 2 ? cancelled("TransactionConflict", "None") : cancelled("ConditionalCheckFailed", "None"),
  );
  await expect(store.writeLock("abc", sampleLock("me"))).rejects.toMatchObject({
    name: ErrorName.conflict,
    code: "no_run",
  });
  expect(asked()).toHaveLength(3);
});

test("events that lost the race for their numbers take the next", async () => {
  const seen = [5, 7, 7];
  const { store, asked } = await storeOf((body, index) => {
    if (!isTransaction(body)) return counting(seen.shift() ?? 0);
    return index < 4 ? cancelled("ConditionalCheckFailed", "None") : ok();
  });
  await store.appendEvents("abc", [sampleEvent(1)]);
  const last = asked().filter(isTransaction).at(-1)?.["TransactItems"] as Body[];
  expect(last).toMatchObject([
    { Update: { ExpressionAttributeValues: { ":before": { N: "7" }, ":after": { N: "8" } } } },
    { Put: { Item: { sk: { S: "event#0000000008" } } } },
  ]);
});

test("what never gets through is left to the engine, after a bounded time", async () => {
  const { store, asked, waited } = await storeOf((body) =>
    isTransaction(body) ? cancelled("TransactionConflict", "None") : counting(0),
  );
  await expect(store.appendEvents("abc", [sampleEvent(1)])).rejects.toMatchObject({
    name: ErrorName.transient,
    code: "contended",
  });
  expect(asked().filter(isTransaction)).toHaveLength(60);
  expect(waited()).toBeLessThanOrEqual(60 * 250);
});

test("a transaction that is wrong is not tried again", async () => {
  const { store, asked } = await storeOf((body) =>
    isTransaction(body) ? cancelled("ValidationError", "None") : counting(0),
  );
  await expect(store.appendEvents("abc", [sampleEvent(1)])).rejects.toMatchObject({
    name: ErrorName.permanent,
    code: "invalid_request",
  });
  expect(asked().filter(isTransaction)).toHaveLength(1);
});

test("items that a busy table left are deleted in the end", async () => {
  const keys = Array.from({ length: 30 }, (_, index) => ({
    pk: { S: "run#abc" },
    sk: { S: `batch#facets#f#0#${index}` },
  }));
  let left = [...keys];
  const sizes: number[] = [];
  const { store } = await storeOf((body) => {
    if ("KeyConditionExpression" in body) return ok({ Items: left, Count: left.length });
    if (!("RequestItems" in body)) return ok();
    const wanted = (body["RequestItems"] as { runs: { DeleteRequest: { Key: (typeof keys)[0] } }[] }).runs;
    sizes.push(wanted.length);
    // Ten at a time get through.
    const done = new Set(wanted.slice(0, 10).map((each) => each.DeleteRequest.Key.sk.S));
    left = left.filter(({ sk }) => !done.has(sk.S));
    const over = wanted.slice(10);
    return ok({ UnprocessedItems: over.length === 0 ? {} : { runs: over } });
  });
  await store.delete("abc");
  expect(left).toEqual([]);
  expect(sizes).toEqual([25, 15, 5, 5]);
});

test("a page of runs is complete when the table gives their records in pieces", async () => {
  const manifest = (runId: string): Body => {
    const text = JSON.stringify(sampleManifest(runId));
    const started = `2026-11-01T10:00:00.000Z#${runId}`;
    return {
      pk: { S: `run#${runId}` },
      sk: { S: "manifest" },
      started: { S: started },
      manifest: { S: text },
      revision: { N: "1" },
    };
  };
  const ids = ["run-c", "run-b", "run-a"];
  const keyOf = ({ pk, sk }: Body): Body => ({ pk, sk });
  const { store } = await storeOf((body) => {
    if ("KeyConditionExpression" in body) {
      const items = ids.map((id) => {
        const { pk, sk, started } = manifest(id);
        return { pk, sk, started, list: { S: "runs" } };
      });
      return ok({ Items: items, Count: items.length });
    }
    const wanted = (body["RequestItems"] as { runs: { Keys: { pk: { S: string } }[] } }).runs.Keys;
    const [first, ...rest] = wanted.map(({ pk }) => manifest(pk.S.slice(4)));
    return ok({
      Responses: { runs: [first] },
      UnprocessedKeys: rest.length === 0 ? {} : { runs: { Keys: rest.map(keyOf), ConsistentRead: true } },
    });
  });
  expect((await store.list({ limit: 5 })).runs.map((run) => run.run_id)).toEqual(ids);
});
