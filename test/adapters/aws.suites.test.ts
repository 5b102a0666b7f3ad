import { afterAll, beforeAll, describe } from "vitest";
import { dynamoBatchProgress } from "../../shared/adapters/aws/batch-progress.ts";
import { dynamoBudget } from "../../shared/adapters/aws/budget.ts";
import { dynamoClient, s3Client } from "../../shared/adapters/aws/clients.ts";
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
