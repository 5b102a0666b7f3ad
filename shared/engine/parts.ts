import type * as z from "zod";
import type { Json } from "../contracts/common.ts";
import { ledgerEntry, partHeader, storedPlan, storedReduce } from "../contracts/wire.ts";
import type { LedgerEntry, PartHeader, StoredPlan, StoredReduce } from "../contracts/wire.ts";
import { decodeJson, encodeDocument, encodeLine, storedLines } from "../domain/jsonl.ts";
import { PermanentError } from "../errors.ts";
import { batchOfPartKey, partKey, planKey, reduceKey, roundPrefix, sidecarKey } from "../keys.ts";
import type { PartAddress } from "../keys.ts";
import type { PartReader } from "../phases/phase.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { readAll } from "./read-all.ts";

/** A batch's output as one object: header line, ledger lines, row lines. */
export function encodePart(
  header: PartHeader,
  ledger: readonly LedgerEntry[],
  rows: readonly Json[],
): Uint8Array {
  // Line by line: the text of a whole part would be held twice over.
  return Buffer.concat([header, ...ledger, ...rows].map(encodeLine));
}

/** A part's ledger or its rows as they are read; throws when the object does not hold what its header states. */
async function* partLines(
  store: ObjectStore,
  address: PartAddress,
  batch: number,
  kind: "ledger" | "rows",
): AsyncGenerator {
  const key = partKey(address, batch);
  let header: PartHeader | undefined;
  let seen = 0;
  for await (const line of storedLines(store.stream(key))) {
    const value: unknown = JSON.parse(line);
    if (header === undefined) {
      header = partHeader.parse(value);
      continue;
    }
    seen++;
    if (seen <= header.ledger === (kind === "ledger")) yield value;
  }
  if (header === undefined || seen !== header.ledger + header.rows) {
    throw new PermanentError(`${key} is cut short`, { code: "corrupt_part" });
  }
}

/** Numbers of the batches of a round whose parts exist. */
export async function finishedBatches(store: ObjectStore, address: PartAddress): Promise<Set<number>> {
  const finished = new Set<number>();
  for await (const { key } of store.list(roundPrefix(address))) {
    const batch = batchOfPartKey(key);
    if (batch !== null) finished.add(batch);
  }
  return finished;
}

export async function readPlan(store: ObjectStore, address: PartAddress): Promise<StoredPlan | null> {
  const bytes = await store.get(planKey(address));
  return bytes === null ? null : storedPlan.parse(decodeJson(bytes));
}

/** Stores a plan unless the round has one, and answers the one that counts. */
export async function keepPlan(
  store: ObjectStore,
  address: PartAddress,
  plan: StoredPlan,
): Promise<StoredPlan> {
  const outcome = await store.putIfAbsent(planKey(address), encodeDocument(plan));
  return outcome === "created" ? plan : ((await readPlan(store, address)) ?? plan);
}

export async function readReduce(store: ObjectStore, address: PartAddress): Promise<StoredReduce | null> {
  const bytes = await store.get(reduceKey(address));
  return bytes === null ? null : storedReduce.parse(decodeJson(bytes));
}

/** The plan of a round that was planned. */
export async function loadPlan(store: ObjectStore, address: PartAddress): Promise<StoredPlan> {
  const plan = await readPlan(store, address);
  if (plan === null)
    throw new PermanentError(`round ${address.round} of ${address.phase} has no plan`, {
      code: "missing_plan",
    });
  return plan;
}

/**
 * What a phase sees of its own parts.
 * @param planOf the plan of a round, which never changes once it is there.
 */
export function partReader(
  store: ObjectStore,
  at: (round: number) => PartAddress,
  planOf: (round: number) => Promise<StoredPlan> = async (round) => loadPlan(store, at(round)),
): PartReader {
  async function* rows<S extends z.ZodType>(
    round: number,
    batch: number,
    schema: S,
  ): AsyncGenerator<z.infer<S>> {
    for await (const row of partLines(store, at(round), batch, "rows")) yield schema.parse(row);
  }
  return {
    rows,
    async *allRows(round, schema) {
      const { batches } = await planOf(round);
      for (let batch = 0; batch < batches; batch++) yield* rows(round, batch, schema);
    },
    async *ledger(round) {
      const { batches } = await planOf(round);
      for (let batch = 0; batch < batches; batch++) {
        for await (const entry of partLines(store, at(round), batch, "ledger"))
          yield ledgerEntry.parse(entry);
      }
    },
    async sidecar(round, batch, range) {
      const key = sidecarKey(at(round), batch);
      // Stores refuse a range of no bytes.
      if (range?.start === range?.end && range !== undefined) return new Uint8Array(0);
      const bytes = range === undefined ? await store.get(key) : await readAll(store.stream(key, range));
      if (bytes === null)
        throw new PermanentError(`batch ${batch} of round ${round} has no sidecar`, {
          code: "missing_sidecar",
        });
      return bytes;
    },
    plan: planOf,
    async carry(round, schema) {
      const stored = await readReduce(store, at(round));
      if (stored?.next !== "round")
        throw new PermanentError(`round ${round} of ${at(round).phase} carried nothing`, {
          code: "missing_carry",
        });
      return schema.parse(stored.carry);
    },
  };
}
