import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isSafeKey } from "../../keys.ts";
import type { ObjectHead } from "../../ports/object-store.ts";
import { errnoOf, isMissing, translated } from "./faults.ts";
import { isReservedName } from "./names.ts";

/** How many files' sizes are looked up at once while listing: enough to keep Node's four I/O threads busy. */
const STATS_AT_ONCE = 64;

/** Bytes of a regular file; null when there is none. */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    const stats = await lstat(path);
    return stats.isFile() ? stats.size : null;
  } catch (error) {
    if (isMissing(error) || errnoOf(error) === "ENAMETOOLONG") return null;
    throw error;
  }
}

/**
 * The objects below `folder` whose key starts with `wanted`, in code-unit order of the key. One folder's names are in
 * memory at a time. What vanishes during the walk is left out.
 * @param keyPrefix the key of `folder`, ending in "/" or empty.
 */
export async function* walk(
  folder: string,
  keyPrefix: string,
  wanted: string,
): AsyncGenerator<ObjectHead, void, undefined> {
  const entries = await translated(`list ${keyPrefix}`, () => children(folder, keyPrefix));
  const matching = entries.filter(
    ({ key, isFolder }) => key.startsWith(wanted) || (isFolder && wanted.startsWith(key)),
  );
  for (let from = 0; from < matching.length; from += STATS_AT_ONCE) {
    const group = matching.slice(from, from + STATS_AT_ONCE);
    const sizes = await translated(`list ${keyPrefix}`, () =>
      Promise.all(group.map(({ path, isFolder }) => (isFolder ? Promise.resolve(null) : sizeOf(path)))),
    );
    for (const [index, { key, path, isFolder }] of group.entries()) {
      const size = sizes[index] ?? null;
      if (isFolder) yield* walk(path, key, wanted);
      else if (size !== null) yield { key, size };
    }
  }
}

interface Child {
  /** Of a folder with a final "/". */
  readonly key: string;
  readonly path: string;
  readonly isFolder: boolean;
}

/** Files and folders of a folder, ordered as the keys below them are: "a-b" < "a/b" < "a0". */
async function children(folder: string, keyPrefix: string): Promise<readonly Child[]> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  return entries
    .filter((entry) => (entry.isFile() || entry.isDirectory()) && !isReservedName(entry.name))
    .filter((entry) => isSafeKey(keyPrefix + entry.name))
    .map((entry) => ({
      key: keyPrefix + entry.name + (entry.isDirectory() ? "/" : ""),
      path: join(folder, entry.name),
      isFolder: entry.isDirectory(),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
