import type { BatchGetCommandInput, DynamoDBDocumentClient, QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { BatchGetCommand, BatchWriteCommand, GetCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { ConflictError, ErrorName, errorDetail, isKind, TransientError } from "../../errors.ts";
import type { Clock } from "../../ports/clock.ts";
import { backoffMs } from "./backoff.ts";
import { awsFault, cancelledBy, translatedAws } from "./faults.ts";
import type { ItemKey } from "./run-items.ts";

/** What the stores over the run table share. */

export type Item = Record<string, unknown>;

/** Waits for a table that is busy: up to a quarter of a second each, so the tries last some seconds at the most. */
const BASE_MS = 10;
const CAP_MS = 250;
/** With full jitter twenty writers of one run all get through (the run stores' suite); the engines have two at most. */
const MAX_TRIES = 60;
/** Limits of one BatchWriteItem and one BatchGetItem. */
const WRITE_CHUNK = 25;
const GET_CHUNK = 100;

const never = new AbortController().signal;

/** Whether a write lost to its own condition. */
export function lostCondition(error: unknown): boolean {
  if (error instanceof Error && error.name === "ConditionalCheckFailedException") return true;
  return cancelledBy(error).includes("ConditionalCheckFailed");
}

/** Does a write again for as long as another one of the same item is under way; DynamoDB refuses one of the two then. */
export async function contended<T>(clock: Clock, doing: string, action: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (lostCondition(error)) throw error;
      const fault = awsFault(error, doing);
      const busy = isKind(fault, ErrorName.transient) && errorDetail(fault).code === "contended";
      if (!busy || attempt === MAX_TRIES) throw fault;
      await clock.sleep(backoffMs(attempt, BASE_MS, CAP_MS), never);
    }
  }
}

/**
 * Repeats `action` until it answers something other than "again", which stands for a lost race that a fresh look can win.
 * Throws TransientError "contended" when it never does.
 */
export async function untilWon<T>(
  clock: Clock,
  doing: string,
  action: () => Promise<T | "again">,
): Promise<T> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const result = await action();
    if (result !== "again") return result;
    await clock.sleep(backoffMs(attempt, BASE_MS, CAP_MS), never);
  }
  throw new TransientError(`Could not ${doing}: it was being changed meanwhile.`, { code: "contended" });
}

export interface TableAccess {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  readonly clock: Clock;
}

export function noRun(runId: string): ConflictError {
  return new ConflictError(`There is no run ${runId}.`, { code: "no_run" });
}

/** An item, read consistently. */
export async function getItem(
  { client, table }: TableAccess,
  key: ItemKey,
  doing: string,
): Promise<Item | null> {
  const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
  return (await translatedAws(doing, () => client.send(command))).Item ?? null;
}

/** The items of a query of the table itself, read consistently. */
export async function* queryItems(
  { client, table }: TableAccess,
  input: Omit<QueryCommandInput, "TableName" | "ConsistentRead">,
  doing: string,
): AsyncGenerator<Item, void, undefined> {
  const pages = paginateQuery({ client }, { TableName: table, ConsistentRead: true, ...input });
  const next = (): Promise<Awaited<ReturnType<typeof pages.next>>> =>
    translatedAws(doing, () => pages.next());
  for (let page = await next(); page.done !== true; page = await next()) yield* page.value.Items ?? [];
}

/** Deletes items; what a busy table left over is sent again. */
export async function deleteItems(
  { client, table, clock }: TableAccess,
  doing: string,
  keys: readonly ItemKey[],
): Promise<void> {
  for (let from = 0; from < keys.length; from += WRITE_CHUNK) {
    let left = keys.slice(from, from + WRITE_CHUNK).map((Key) => ({ DeleteRequest: { Key } }));
    await untilWon(clock, doing, async () => {
      const answer = await translatedAws(doing, () =>
        client.send(new BatchWriteCommand({ RequestItems: { [table]: left } })),
      );
      const over = answer.UnprocessedItems?.[table] ?? [];
      if (over.length === 0) return "done";
      left = over as typeof left;
      return "again";
    });
  }
}

/** Reads items, consistently; those that are not there are left out. In no order. */
export async function getItems(
  { client, table, clock }: TableAccess,
  doing: string,
  keys: readonly ItemKey[],
): Promise<Item[]> {
  const items: Item[] = [];
  for (let from = 0; from < keys.length; from += GET_CHUNK) {
    let wanted: BatchGetCommandInput["RequestItems"] = {
      [table]: { Keys: keys.slice(from, from + GET_CHUNK).map((key) => ({ ...key })), ConsistentRead: true },
    };
    await untilWon(clock, doing, async () => {
      const answer = await translatedAws(doing, () =>
        client.send(new BatchGetCommand({ RequestItems: wanted })),
      );
      items.push(...(answer.Responses?.[table] ?? []));
      // More than 16 MB at once, or a busy table.
      const over = answer.UnprocessedKeys ?? {};
      if (Object.keys(over).length === 0) return "done";
      wanted = over;
      return "again";
    });
  }
  return items;
}
