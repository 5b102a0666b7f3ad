import { randomUUID } from "node:crypto";
import type { DynamoDBDocumentClient, TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { DeleteCommand, PutCommand, TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { RUN_TABLE } from "../../contracts/run-table.ts";
import { runLock, runManifest } from "../../contracts/run.ts";
import type { RunManifest } from "../../contracts/run.ts";
import { decodeRecord } from "../../domain/jsonl.ts";
import { ConflictError } from "../../errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import type { RunStore } from "../../ports/run-store.ts";
import { decodeManifest, encodeRecord, positionOf } from "../run-records.ts";
import { systemClock } from "../system-clock.ts";
import type { Item } from "./dynamo.ts";
import { contended, deleteItems, getItem, lostCondition, noRun, queryItems } from "./dynamo.ts";
import { runEvents } from "./run-events.ts";
import type { ItemKey } from "./run-items.ts";
import { expiry, LIST, lockItem, manifestItem, partitionOf, startKey } from "./run-items.ts";
import { listRuns } from "./run-list.ts";

export interface DynamoRunStoreOptions {
  readonly client: DynamoDBDocumentClient;
  /** A table as `contracts/run-table.ts` says. */
  readonly table: string;
  /** Hears of runs whose record cannot be read, which `list` leaves out. */
  readonly log?: Log;
  /** Seconds after its last change that DynamoDB deletes an item; left out: never. */
  readonly retentionSeconds?: number;
  /** Left out: the machine's. */
  readonly clock?: Clock;
}

/**
 * Records of runs as items of one table. The manifest is JSON text beside its revision, on which a swap is conditional,
 * and beside the number of the run's events (run-events.ts).
 */
export function dynamoRunStore(options: DynamoRunStoreOptions): RunStore {
  const { client, table, log, retentionSeconds, clock = systemClock } = options;
  const access = { client, table, clock };
  const expires = (): Record<string, number> => expiry(clock.now(), retentionSeconds);
  const events = runEvents(access, expires);

  /** A manifest as attributes, each write of it with a mark of its own. */
  function manifestFields(manifest: RunManifest, write: string): Item {
    return {
      manifest: encodeRecord(runManifest, manifest, `the manifest of run ${manifest.run_id}`),
      revision: manifest.revision,
      write,
      [RUN_TABLE.byStart.partitionKey]: LIST,
      [RUN_TABLE.byStart.sortKey]: startKey(positionOf(manifest)),
      ...expires(),
    };
  }

  /**
   * A conditional write of a manifest. When its condition fails it may have gone through after all: its answer got lost,
   * and the SDK's second try met what the first had written; the mark tells that from another writer's.
   */
  async function writeManifest(
    next: RunManifest,
    doing: string,
    send: (fields: Item) => Promise<unknown>,
    conflict: ConflictError,
  ): Promise<void> {
    const write = randomUUID();
    const fields = manifestFields(next, write);
    try {
      await contended(clock, doing, () => send(fields));
    } catch (error) {
      if (!lostCondition(error)) throw error;
      const stored = await getItem(access, manifestItem(next.run_id), doing);
      if (stored?.["write"] !== write) throw conflict;
    }
  }

  async function keysOf(runId: string, doing: string): Promise<ItemKey[]> {
    const keys: ItemKey[] = [];
    const query = {
      KeyConditionExpression: "#pk = :pk",
      ProjectionExpression: "#pk, #sk",
      ExpressionAttributeNames: { "#pk": RUN_TABLE.partitionKey, "#sk": RUN_TABLE.sortKey },
      ExpressionAttributeValues: { ":pk": partitionOf(runId) },
    };
    for await (const { pk, sk } of queryItems(access, query, doing))
      keys.push({ pk: String(pk), sk: String(sk) });
    return keys;
  }

  return {
    async create(manifest) {
      if (manifest.revision !== 1) throw new RangeError("a new run has revision 1");
      const runId = manifest.run_id;
      const key = manifestItem(runId);
      const taken = new ConflictError(`There is a run ${runId} already.`, { code: "run_exists" });
      const put = (fields: Item): Promise<unknown> =>
        client.send(
          new PutCommand({
            TableName: table,
            Item: { ...key, ...fields, events: 0 },
            ConditionExpression: "attribute_not_exists(#pk)",
            ExpressionAttributeNames: { "#pk": RUN_TABLE.partitionKey },
          }),
        );
      await writeManifest(manifest, `create run ${runId}`, put, taken);
    },

    async get(runId) {
      const item = await getItem(access, manifestItem(runId), `read the record of run ${runId}`);
      return item === null ? null : decodeItem(item, runId);
    },

    async swap(next) {
      const runId = next.run_id;
      const key = manifestItem(runId);
      const lost = new ConflictError(`Run ${runId} was changed meanwhile, or is gone.`, {
        code: "revision_conflict",
      });
      // Not a put: the item's count of events stays.
      const update = (fields: Item): Promise<unknown> => {
        const each = Object.entries(fields);
        return client.send(
          new UpdateCommand({
            TableName: table,
            Key: key,
            UpdateExpression: `SET ${each.map((_, index) => `#f${index} = :f${index}`).join(", ")}`,
            ConditionExpression: "#revision = :before",
            ExpressionAttributeNames: {
              "#revision": "revision",
              ...Object.fromEntries(each.map(([name], index) => [`#f${index}`, name])),
            },
            ExpressionAttributeValues: {
              ":before": next.revision - 1,
              ...Object.fromEntries(each.map(([, value], index) => [`:f${index}`, value])),
            },
          }),
        );
      };
      await writeManifest(next, `change run ${runId}`, update, lost);
    },

    list: (page) => listRuns(access, page, log),

    /**
     * The manifest goes last, so that a delete that is cut short can be repeated and leaves no run without its record;
     * then once more what a writer added between.
     */
    async delete(runId) {
      const doing = `delete the record of run ${runId}`;
      const manifest = manifestItem(runId);
      const rest = async (): Promise<ItemKey[]> =>
        (await keysOf(runId, doing)).filter(({ sk }) => sk !== manifest.sk);
      await deleteItems(access, doing, await rest());
      await contended(clock, doing, () =>
        client.send(new DeleteCommand({ TableName: table, Key: manifest })),
      );
      await deleteItems(access, doing, await rest());
    },

    async readLock(runId) {
      const item = await getItem(access, lockItem(runId), `read the lock of run ${runId}`);
      if (item === null) return null;
      const lock = decodeRecord(runLock, String(item["lock"]));
      if (lock === null) log?.warn("run_lock_unreadable", { run_id: runId });
      return lock;
    },

    async writeLock(runId, lock) {
      const key = lockItem(runId);
      const text = encodeRecord(runLock, lock, `the lock of run ${runId}`);
      const item = { ...key, lock: text, owner: lock.owner.id, ...expires() };
      await transact(`write the lock of run ${runId}`, runId, [
        { ConditionCheck: { TableName: table, Key: manifestItem(runId), ...EXISTS } },
        { Put: { TableName: table, Item: item } },
      ]);
    },

    async clearLock(runId, ownerId) {
      const command = new DeleteCommand({
        TableName: table,
        Key: lockItem(runId),
        ConditionExpression: "#owner = :owner",
        ExpressionAttributeNames: { "#owner": "owner" },
        ExpressionAttributeValues: { ":owner": ownerId },
      });
      try {
        await contended(clock, `clear the lock of run ${runId}`, () => client.send(command));
      } catch (error) {
        if (!lostCondition(error)) throw error;
      }
    },

    appendEvents: events.append,
    readEvents: events.read,
  };

  /** A transaction on a run; its condition is that the run exists. */
  async function transact(
    doing: string,
    runId: string,
    actions: TransactWriteCommandInput["TransactItems"],
  ): Promise<void> {
    try {
      await contended(clock, doing, () => client.send(new TransactWriteCommand({ TransactItems: actions })));
    } catch (error) {
      throw lostCondition(error) ? noRun(runId) : error;
    }
  }
}

const EXISTS = {
  ConditionExpression: "attribute_exists(#pk)",
  ExpressionAttributeNames: { "#pk": RUN_TABLE.partitionKey },
};

function decodeItem(item: Item, runId: string): RunManifest {
  return decodeManifest(String(item["manifest"]), runId, Number(item["revision"]));
}
