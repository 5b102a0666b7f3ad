import { publishedPrefix, runPrefix } from "../keys.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { RunStore } from "../ports/run-store.ts";

/** Where everything of a run is. */
export interface RemovalStores {
  readonly objects: ObjectStore;
  /** `published/` alone; the same store on disk. */
  readonly published: ObjectStore;
  readonly runs: RunStore;
  /** Ends uploads that were cut off; there are none on disk. */
  abortUploads(runId: string): Promise<void>;
}

/** Objects removed by one call. */
const DELETE_BATCH = 1000;

/** Removes every object below a prefix. */
export async function removeBelow(store: ObjectStore, prefix: string): Promise<void> {
  let keys: string[] = [];
  for await (const { key } of store.list(prefix)) {
    keys.push(key);
    if (keys.length < DELETE_BATCH) continue;
    await store.delete(keys);
    keys = [];
  }
  await store.delete(keys);
}

const storesOf = ({ published, objects }: RemovalStores): ReadonlySet<ObjectStore> =>
  new Set([published, objects]);

/** What `removeRun` would remove. */
export async function measureRun(
  stores: RemovalStores,
  runId: string,
): Promise<{ readonly objects: number; readonly bytes: number; readonly published: boolean }> {
  let objects = 0;
  let bytes = 0;
  let published = false;
  for (const store of storesOf(stores)) {
    for await (const { key, size } of store.list(runPrefix(runId))) {
      objects += 1;
      bytes += size;
      published ||= key.startsWith(publishedPrefix(runId));
    }
  }
  return { objects, bytes, published };
}

/**
 * Removes everything of a run: published files, objects, uploads that were cut off, and the record last, so that a kill
 * in between leaves a run that is listed and can be removed again.
 */
export async function removeRun(stores: RemovalStores, runId: string): Promise<void> {
  for (const store of storesOf(stores)) await removeBelow(store, runPrefix(runId));
  await stores.abortUploads(runId);
  await stores.runs.delete(runId);
}
