import { createHash } from "node:crypto";
import type { Dataset } from "../contracts/run.ts";
import { UsageError } from "../errors.ts";
import { userHashKey } from "../keys.ts";
import type { InputSource } from "../ports/input-source.ts";
import type { ObjectStore } from "../ports/object-store.ts";

/** What identifies the input: its name, size and hash, in one pass over the stored bytes. */
export async function describeInput(input: InputSource): Promise<Dataset> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of input.stream({ start: 0 })) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { name: input.name, bytes, sha256: hash.digest("hex") };
}

/**
 * The run's key for hashes of user ids, kept from its first attempt on: a resumed run must hash alike.
 * @param newKey 32 random bytes, used if the run has none yet.
 */
export async function keptUserHashKey(
  objects: ObjectStore,
  runId: string,
  newKey: Uint8Array,
): Promise<Uint8Array> {
  const key = userHashKey(runId);
  await objects.putIfAbsent(key, newKey);
  const kept = await objects.get(key);
  if (kept === null)
    throw new UsageError(`run ${runId} was deleted while it started`, { code: "unknown_run" });
  return kept;
}
