import { publishedFiles, publishedLatest } from "../contracts/published.ts";
import type { PublishedFile, PublishedGeneration } from "../contracts/published.ts";
import { decodeJson } from "../domain/jsonl.ts";
import { publishedKey, publishedLatestKey } from "../keys.ts";
import type { ObjectStore } from "../ports/object-store.ts";

/** A stored file of a generation: its bytes, or null when it is not there. */
type StoredGeneration = ReadonlyMap<PublishedFile, Uint8Array | null>;

/** The generation that `latest.json` names, file by file as it is stored; null when the run published nothing. */
export async function storedGeneration(
  store: ObjectStore,
  runId: string,
): Promise<{ readonly generation: string; readonly files: StoredGeneration } | null> {
  const pointer = await store.get(publishedLatestKey(runId));
  if (pointer === null) return null;
  const { generation } = publishedLatest.parse(decodeJson(pointer));
  const files = new Map<PublishedFile, Uint8Array | null>();
  for (const file of Object.keys(publishedFiles) as PublishedFile[])
    files.set(file, await store.get(publishedKey(runId, generation, file)));
  return { generation, files };
}

function jsonOrNull(bytes: Uint8Array): unknown {
  try {
    return decodeJson(bytes);
  } catch {
    return null;
  }
}

/** The same, read; null too when a file is missing or does not fit its schema, as those of another version may. */
export async function readGeneration(
  store: ObjectStore,
  runId: string,
): Promise<{ readonly generation: string; readonly files: PublishedGeneration } | null> {
  const stored = await storedGeneration(store, runId);
  if (stored === null) return null;
  const files: [string, unknown][] = [];
  for (const [file, bytes] of stored.files) {
    if (bytes === null) return null;
    const parsed = publishedFiles[file].safeParse(jsonOrNull(bytes));
    if (!parsed.success) return null;
    files.push([file, parsed.data]);
  }
  return { generation: stored.generation, files: Object.fromEntries(files) as PublishedGeneration };
}
