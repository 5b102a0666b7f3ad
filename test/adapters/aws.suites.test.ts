import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { objectInput } from "../../shared/adapters/aws/input-source.ts";
import { s3Uploads } from "../../shared/adapters/aws/uploads.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { describeUploads } from "../contracts/uploads.suite.ts";
import { collectBytes } from "../helpers/collect.ts";
import { dynamoBatchProgress } from "../../shared/adapters/aws/batch-progress.ts";
import { dynamoBudget } from "../../shared/adapters/aws/budget.ts";
import { dynamoClient, s3Client, signingS3Client } from "../../shared/adapters/aws/clients.ts";
import { s3ObjectStore } from "../../shared/adapters/aws/object-store.ts";
import { dynamoRunStore } from "../../shared/adapters/aws/run-store.ts";
import { describeBatchProgress } from "../contracts/batch-progress.suite.ts";
import { describeBudget } from "../contracts/budget.suite.ts";
import { describeObjectStore } from "../contracts/object-store.suite.ts";
import { describeRunStore } from "../contracts/run-store.suite.ts";
import type { Ministack } from "../helpers/ministack.ts";
import { createBucket, createRunTable, hasMinistack, startMinistack } from "../helpers/ministack.ts";

describe.skipIf(!hasMinistack())("on MiniStack", () => {
  let ministack: Ministack;
  let made = 0;
  beforeAll(async () => {
    ministack = await startMinistack();
  });
  afterAll(() => ministack?.stop());

  describeObjectStore("S3", async () => {
    const client = s3Client(ministack.options);
    const bucket = await createBucket(ministack, `bucket-${++made}`);
    return { store: s3ObjectStore({ client, bucket }), close: async () => client.destroy() };
  });

  describeUploads("S3", async () => {
    const client = s3Client(ministack.options);
    const signing = signingS3Client(ministack.options);
    const bucket = await createBucket(ministack, `uploads-${++made}`);
    const objects = s3ObjectStore({ client, bucket });
    const uploads = s3Uploads({
      client: signing,
      bucket,
      objects,
      clock: systemClock,
      newId: () => randomBytes(16).toString("hex"),
    });
    return {
      uploads,
      send: async ({ url, authorise }, _at, bytes) => {
        expect(authorise).toBe(false);
        return (await fetch(url, { method: "PUT", body: new Uint8Array(bytes) })).ok;
      },
      read: async (id) => {
        const location = await uploads.locate(id);
        return collectBytes((await objectInput({ client, ...location })).stream({ start: 0 }));
      },
      close: async () => {
        client.destroy();
        signing.destroy();
      },
    };
  });

  test("where a part may go is forgotten after a quarter of an hour", async () => {
    const client = s3Client(ministack.options);
    const bucket = await createBucket(ministack, `uploads-${++made}`);
    const begun = (agoMs: number) =>
      s3Uploads({
        client: signingS3Client(ministack.options),
        bucket,
        objects: s3ObjectStore({ client, bucket }),
        clock: { now: () => Date.now() - agoMs },
        newId: () => randomBytes(16).toString("hex"),
      });
    const bytes = new Uint8Array([1, 2, 3]);
    const { upload_id: id } = await begun(0).create("a.jsonl", bytes.length);
    const statusOf = async (agoMs: number): Promise<number> => {
      const { url } = await begun(agoMs).partTarget(id, 1);
      return (await fetch(url, { method: "PUT", body: bytes })).status;
    };
    expect(await statusOf(16 * 60_000)).toBe(403);
    expect(await statusOf(14 * 60_000)).toBe(200);
  });

  describeRunStore("DynamoDB", async () => {
    const client = dynamoClient(ministack.options);
    const table = await createRunTable(ministack, `runs-${++made}`);
    return { store: dynamoRunStore({ client, table }), close: async () => client.destroy() };
  });

  describeBudget(
    "DynamoDB",
    async () => {
      const client = dynamoClient(ministack.options);
      const table = await createRunTable(ministack, `budgets-${++made}`);
      return {
        budget: dynamoBudget({ client, table }),
        other: dynamoBudget({ client, table, retentionSeconds: 3600 }),
        run: async () => {},
        close: async () => client.destroy(),
      };
    },
    { cases: 5 },
  );

  describeBatchProgress("DynamoDB", async () => {
    const client = dynamoClient(ministack.options);
    const table = await createRunTable(ministack, `progress-${++made}`);
    const progress = dynamoBatchProgress({ client, table });
    return { progress, finish: (address, batch) => progress.finished(address, batch) };
  });
});
