import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { decodeRecord } from "../../domain/jsonl.ts";
import { RUN_TABLE } from "../../contracts/run-table.ts";
import { runEvent } from "../../contracts/run.ts";
import type { RunEvent } from "../../contracts/run.ts";
import type { RunStore } from "../../ports/run-store.ts";
import { corruptRecord, encodeRecord } from "../run-records.ts";
import type { TableAccess } from "./dynamo.ts";
import { contended, getItem, lostCondition, noRun, queryItems, untilWon } from "./dynamo.ts";
import { eventItem, eventSortKey, LAST_EVENT, manifestItem, partitionOf } from "./run-items.ts";

/** Most events that one transaction takes beside the counter: DynamoDB's limit is 100 items. */
const EVENTS_AT_ONCE = 99;

/**
 * Events as items, numbered from 1 without a gap: a transaction moves the count, which the manifest's item holds, on and
 * stores them, or does neither.
 * @param expires the attribute by which the items end.
 */
export function runEvents(
  access: TableAccess,
  expires: () => Readonly<Record<string, number>>,
): { append: RunStore["appendEvents"]; read: RunStore["readEvents"] } {
  const { client, table, clock } = access;

  return {
    async append(runId, events) {
      const texts = events.map((event) => encodeRecord(runEvent, event, `an event of run ${runId}`));
      for (let from = 0; from < texts.length; from += EVENTS_AT_ONCE) {
        await appendSome(runId, texts.slice(from, from + EVENTS_AT_ONCE));
      }
    },

    async read(runId, { after, limit }) {
      const events: RunEvent[] = [];
      const query = {
        KeyConditionExpression: "#pk = :pk AND #sk BETWEEN :first AND :last",
        ExpressionAttributeNames: { "#pk": RUN_TABLE.partitionKey, "#sk": RUN_TABLE.sortKey },
        ExpressionAttributeValues: {
          ":pk": partitionOf(runId),
          ":first": eventSortKey(after + 1),
          ":last": LAST_EVENT,
        },
        Limit: Math.max(1, limit),
      };
      if (limit < 1) return events;
      for await (const item of queryItems(access, query, `read the events of run ${runId}`)) {
        const event = decodeRecord(runEvent, String(item["event"]));
        // Skipping it would number those behind it otherwise.
        if (event === null) throw corruptRecord(runId);
        events.push(event);
        if (events.length === limit) break;
      }
      return events;
    },
  };

  /** Stores all or none of the events. */
  async function appendSome(runId: string, texts: readonly string[]): Promise<void> {
    const doing = `append events of run ${runId}`;
    const key = manifestItem(runId);
    await untilWon(clock, doing, async () => {
      const manifest = await getItem(access, key, doing);
      if (manifest === null) throw noRun(runId);
      const before = Number(manifest["events"]);
      const counted = {
        Update: {
          TableName: table,
          Key: key,
          UpdateExpression: "SET #events = :after",
          ConditionExpression: "#events = :before",
          ExpressionAttributeNames: { "#events": "events" },
          ExpressionAttributeValues: { ":before": before, ":after": before + texts.length },
        },
      };
      // Without a condition: the count is the condition, and what a delete that was cut short left is replaced.
      const stored = texts.map((event, index) => ({
        Put: { TableName: table, Item: { ...eventItem(runId, before + index + 1), event, ...expires() } },
      }));
      try {
        await contended(clock, doing, () =>
          client.send(new TransactWriteCommand({ TransactItems: [counted, ...stored] })),
        );
        return "done";
      } catch (error) {
        if (lostCondition(error)) return "again";
        throw error;
      }
    });
  }
}
