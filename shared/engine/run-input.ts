import { createHash } from "node:crypto";
import type { Dataset } from "../contracts/run.ts";
import type { ValidationReport } from "../contracts/validation.ts";
import { validateChunks } from "../domain/input/validate.ts";
import type { ValidateOptions } from "../domain/input/validate.ts";
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
 * A report on a whole input, in one pass over its plain content. What identifies it is the hash of the stored bytes: of a
 * compressed input they are hashed in a pass of their own.
 * @param signal rejects with its reason, between two chunks.
 */
export async function validateInput(
  input: InputSource,
  options: Pick<ValidateOptions, "users" | "onProgress" | "read"> & { readonly signal?: AbortSignal },
): Promise<ValidationReport> {
  const { signal, ...rest } = options;
  async function* content(): AsyncGenerator<Uint8Array> {
    for await (const chunk of input.content()) {
      signal?.throwIfAborted();
      yield chunk;
    }
  }
  const name = input.name;
  if (input.compressed) {
    const report = await validateChunks(content(), { ...rest, name });
    return { ...report, input: { ...report.input, sha256: (await describeInput(input)).sha256 } };
  }
  const hash = createHash("sha256");
  const digest = { update: (chunk: Uint8Array) => hash.update(chunk), hex: () => hash.digest("hex") };
  return validateChunks(content(), { ...rest, name, digest });
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
