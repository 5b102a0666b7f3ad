import { RUN_TABLE } from "../../contracts/run-table.ts";
import type { PartAddress } from "../../keys.ts";
import { runPrefix } from "../../keys.ts";
import type { RunPosition } from "../run-records.ts";

/** Keys of the run table's items. Throws RangeError for what is not a run id. */

/** Every run is in the one partition of the list index: starts of runs are rare beside the 1,000 writes a second that it takes. */
export const LIST = "runs";

/** Digits of an event's number: ten sort as text up to 10^10 events. */
const EVENT_DIGITS = 10;

export type ItemKey = Readonly<Record<"pk" | "sk", string>>;

function itemKey(runId: string, sk: string): ItemKey {
  return { [RUN_TABLE.partitionKey]: partitionOf(runId), [RUN_TABLE.sortKey]: sk };
}

export function partitionOf(runId: string): string {
  runPrefix(runId);
  return `run#${runId}`;
}

export const manifestItem = (runId: string): ItemKey => itemKey(runId, "manifest");
/** What the run and those it started have spent. */
export const budgetItem = (runId: string): ItemKey => itemKey(runId, "budget");
export const lockItem = (runId: string): ItemKey => itemKey(runId, "lock");
/** @param number from 1. */
export const eventItem = (runId: string, number: number): ItemKey => itemKey(runId, eventSortKey(number));

export function eventSortKey(number: number): string {
  return `event#${String(number).padStart(EVENT_DIGITS, "0")}`;
}

/** After every event. */
export const LAST_EVENT = "event#:";

/** What the records of a round's finished batches start with. */
export function roundSortKey({ phase, fingerprint, round }: PartAddress): string {
  return `batch#${phase}#${fingerprint}#${round}#`;
}

export const batchItem = (address: PartAddress, batch: number): ItemKey =>
  itemKey(address.runId, `${roundSortKey(address)}${batch}`);

/** Sorts by instant and then run id, as `run-records.ts` does: ISO times of the years 0 to 9999 sort as text. */
export function startKey({ createdAt, runId }: RunPosition): string {
  return `${new Date(createdAt).toISOString()}#${runId}`;
}

/** The run id of a partition key. */
export function runIdOf(pk: unknown): string {
  return String(pk).slice("run#".length);
}

/** The attribute by which an item is deleted after `retentionSeconds` from now, or none. */
export function expiry(nowMs: number, retentionSeconds: number | undefined): Record<string, number> {
  if (retentionSeconds === undefined) return {};
  return { [RUN_TABLE.ttl]: Math.floor(nowMs / 1000) + retentionSeconds };
}
