import { runPrefix } from "../shared/keys.ts";
import type { ObjectStore } from "../shared/ports/object-store.ts";
import type { Stores } from "./compose.ts";

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

/**
 * Removes everything of a run: published files, objects, uploads that were cut off, and the record last, so that a kill
 * in between leaves a run that is listed and can be removed again.
 */
export async function removeRun(stores: Stores, runId: string): Promise<void> {
  for (const store of new Set([stores.published, stores.objects])) await removeBelow(store, runPrefix(runId));
  await stores.abortUploads(runId);
  await stores.runs.delete(runId);
}
