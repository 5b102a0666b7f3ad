import { PermanentError } from "../../errors.ts";
import { isSafeKey } from "../../keys.ts";
import type { ByteRange, ObjectStore } from "../../ports/object-store.ts";

/** Bytes yielded at a time, as by the directory store. */
const CHUNK_BYTES = 1 << 20;

/** Objects in a map, for tests; bodies are copied on the way in and out. Unsafe keys are RangeErrors. */
export function memoryObjectStore(): ObjectStore {
  const objects = new Map<string, Uint8Array>();

  function checked(key: string): string {
    if (!isSafeKey(key)) throw new RangeError("not a key of this store");
    return key;
  }

  return {
    async get(key) {
      return objects.get(checked(key))?.slice() ?? null;
    },

    async *stream(key, range: ByteRange = { start: 0 }) {
      const { start, end = Infinity } = range;
      if (!(start >= 0 && end >= 0))
        throw new RangeError("a range of bytes starts and ends at whole numbers of at least 0");
      const body = objects.get(checked(key));
      if (body === undefined) throw new PermanentError(`There is no object ${key}.`, { code: "not_found" });
      const stop = Math.min(end, body.byteLength);
      for (let at = start; at < stop; at += CHUNK_BYTES)
        yield body.slice(at, Math.min(at + CHUNK_BYTES, stop));
    },

    async head(key) {
      const body = objects.get(checked(key));
      return body === undefined ? null : { key, size: body.byteLength };
    },

    async putIfAbsent(key, body) {
      if (objects.has(checked(key))) return "exists";
      objects.set(key, new Uint8Array(body));
      return "created";
    },

    async put(key, body) {
      checked(key);
      const whole = body instanceof Uint8Array ? new Uint8Array(body) : await collected(body);
      objects.set(key, whole);
      return whole.byteLength;
    },

    async *list(prefix) {
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
      for (const key of keys) {
        const body = objects.get(key);
        // Deleted while the caller looked at the ones before.
        if (body !== undefined) yield { key, size: body.byteLength };
      }
    },

    async delete(keys) {
      for (const key of keys.map(checked)) objects.delete(key);
    },
  };
}

async function collected(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  // Copied at once: the producer may reuse its buffer.
  for await (const chunk of body) chunks.push(new Uint8Array(chunk));
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
