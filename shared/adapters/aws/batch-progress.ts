import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { paginateQuery, PutCommand } from "@aws-sdk/lib-dynamodb";
import { RUN_TABLE } from "../../contracts/run-table.ts";
import type { BatchProgress } from "../../ports/batch-progress.ts";
import type { Clock } from "../../ports/clock.ts";
import { systemClock } from "../system-clock.ts";
import { translatedAws } from "./faults.ts";
import { batchItem, expiry, partitionOf, roundSortKey } from "./run-items.ts";

export interface DynamoBatchProgressOptions {
  readonly client: DynamoDBDocumentClient;
  /** The run table. */
  readonly table: string;
  /** As for the run store. */
  readonly retentionSeconds?: number;
  /** Left out: the machine's. */
  readonly clock?: Clock;
}

/** One item per finished batch in its run's partition: put without a condition, as repeating it is fine, and never updated. */
export function dynamoBatchProgress(options: DynamoBatchProgressOptions): BatchProgress {
  const { client, table, retentionSeconds, clock = systemClock } = options;
  return {
    async finished(address, batch) {
      const item = { ...batchItem(address, batch), ...expiry(clock.now(), retentionSeconds) };
      await translatedAws(`note a finished batch of run ${address.runId}`, () =>
        client.send(new PutCommand({ TableName: table, Item: item })),
      );
    },

    async count(address) {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: "#pk = :pk AND begins_with(#sk, :round)",
          ExpressionAttributeNames: { "#pk": RUN_TABLE.partitionKey, "#sk": RUN_TABLE.sortKey },
          ExpressionAttributeValues: { ":pk": partitionOf(address.runId), ":round": roundSortKey(address) },
          Select: "COUNT",
          ConsistentRead: true,
        },
      );
      return translatedAws(`count the finished batches of run ${address.runId}`, async () => {
        let sum = 0;
        for await (const { Count = 0 } of pages) sum += Count;
        return sum;
      });
    },
  };
}
