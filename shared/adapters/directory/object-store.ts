import { lstat, rename, unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { PermanentError } from "../../errors.ts";
import { isSafeKey } from "../../keys.ts";
import type { ByteRange, ObjectStore } from "../../ports/object-store.ts";
import { checkRange } from "../byte-range.ts";
import { errnoOf, isMissing, translated } from "./faults.ts";
import type { Body, OpenFile } from "./files.ts";
import {
  dropClaim,
  nameIfAbsent,
  openRegular,
  openToAppend,
  readRange,
  readWhole,
  writeAndCommit,
} from "./files.ts";
import { isRealFolder, removeEmptyFolders } from "./folders.ts";
import { isReservedName } from "./names.ts";
import { sizeOf, walk } from "./walk.ts";

/** How long a folder that was no link counts as none: the check guards against accidents, not against who swaps folders meanwhile. */
const FOUND_REAL_MS = 1_000;
const MOST_FOUND = 1_000;

export interface DirectoryObjectStoreOptions {
  /** The folder that holds the objects; made when first written to. May be a symbolic link. */
  dir: string;
  /** What every key starts with and `dir` stands for: "" or ending in "/", such as "runs/". */
  prefix: string;
}

/**
 * Objects as files: key "runs/abc/x.json" is `<dir>/abc/x.json`. Objects are written beside their place under a hidden
 * name, flushed, and then given their name by a hard link (put if absent) or a rename (put), so readers, also of other
 * processes, see the old object, the new one or none. Bodies that are read stay those of one object even if it is
 * replaced meanwhile.
 *
 * Keys are RangeErrors when unsafe, not below `prefix`, or with a reserved name (see names.ts). Unlike in S3 a key
 * cannot at once be an object and the folder of others (PermanentError "key_conflict"). Symbolic links below `dir`
 * are no objects and lead nowhere: they are not listed, and reading, writing or deleting through one is a
 * PermanentError "symbolic_link", so no key reaches a file outside `dir`.
 */
export function directoryObjectStore(options: DirectoryObjectStoreOptions): ObjectStore {
  const { prefix } = options;
  const root = resolve(options.dir);
  if (prefix !== "" && !(prefix.endsWith("/") && isSafeKey(prefix.slice(0, -1)))) {
    throw new RangeError('a prefix is "" or a key followed by "/"');
  }

  function pathOf(key: string): string {
    if (!isStorable(key, prefix)) throw new RangeError("not a key of this store");
    return join(root, key.slice(prefix.length));
  }

  /** Folders found real, and when: a batch asks for one a dozen times a second. */
  let found = new Map<string, number>();

  async function refuseLinks(path: string): Promise<void> {
    const folder = dirname(path);
    const now = performance.now();
    if (now - (found.get(folder) ?? -Infinity) < FOUND_REAL_MS) return;
    if (!(await isRealFolder(root, folder))) {
      throw Object.assign(new Error("a link among the folders"), { code: "ELOOP" });
    }
    if (found.size >= MOST_FOUND) found = new Map();
    found.set(folder, now);
  }

  async function openObject(key: string): Promise<OpenFile | null> {
    const path = pathOf(key);
    return translated(`read ${key}`, async () => {
      await refuseLinks(path);
      return openRegular(path, false);
    });
  }

  return {
    async get(key) {
      const file = await openObject(key);
      return file === null ? null : readWhole(file, `read ${key}`);
    },

    async *stream(key, range: ByteRange = { start: 0 }) {
      checkRange(range);
      const file = await openObject(key);
      if (file === null) throw new PermanentError(`There is no object ${key}.`, { code: "not_found" });
      yield* readRange(file, range, `read ${key}`);
    },

    async head(key) {
      const path = pathOf(key);
      return translated(`read ${key}`, async () => {
        await refuseLinks(path);
        const size = await sizeOf(path);
        if (size !== null) return { key, size };
        await refuseOther(path, true);
        return null;
      });
    },

    async putIfAbsent(key, body) {
      const path = pathOf(key);
      const doing = `write ${key}`;
      await translated(doing, () => refuseLinks(path));
      const { result } = await writeAndCommit(path, body, doing, async (temporary) => {
        if (await nameIfAbsent(temporary, path)) return "created" as const;
        await refuseOther(path, false);
        return "exists" as const;
      });
      return result;
    },

    async put(key, body: Body) {
      const path = pathOf(key);
      const doing = `write ${key}`;
      await translated(doing, () => refuseLinks(path));
      const { size } = await writeAndCommit(path, body, doing, (temporary) => rename(temporary, path));
      return size;
    },

    async appendable(key) {
      const path = pathOf(key);
      const doing = `write ${key}`;
      await translated(doing, () => refuseLinks(path));
      const handle = await openToAppend(path, doing);
      return {
        append: async (bytes) => translated(doing, () => handle.appendFile(bytes)),
        close: async () => handle.close(),
      };
    },

    async *list(wanted) {
      const folder = folderOf(wanted, prefix);
      if (folder === null) return;
      const path = join(root, folder.slice(prefix.length));
      const doing = `list ${folder}`;
      if (!(await translated(doing, () => isRealFolder(root, path)))) return;
      yield* walk(path, folder, wanted);
    },

    async delete(keys) {
      const paths = keys.map((key) => ({ key, path: pathOf(key) }));
      for (const { key, path } of paths) {
        await translated(`delete ${key}`, async () => {
          await refuseLinks(path);
          await dropClaim(path);
          await unlinkFile(path);
        });
      }
      const folders = [...new Set(paths.map(({ path }) => dirname(path)))];
      for (const folder of folders) {
        await translated("remove emptied folders", () => removeEmptyFolders(root, folder));
      }
    },
  };
}

function isStorable(key: string, prefix: string): boolean {
  return (
    isSafeKey(key) &&
    key.startsWith(prefix) &&
    !key
      .slice(prefix.length)
      .split("/")
      .some((part) => isReservedName(part))
  );
}

/** The deepest folder, as a key prefix, below which every key with the prefix `wanted` lies; null when there can be none. */
function folderOf(wanted: string, prefix: string): string | null {
  if (prefix.startsWith(wanted)) return prefix;
  if (!wanted.startsWith(prefix)) return null;
  const folder = wanted.slice(0, wanted.lastIndexOf("/") + 1);
  return folder === prefix || isStorable(folder.slice(0, -1), prefix) ? folder : null;
}

/** Throws ELOOP when an object's name is that of a link, and, unless only links matter, EISDIR when of a folder or device. */
async function refuseOther(path: string, linksOnly: boolean): Promise<void> {
  const stats = await lstat(path).catch((error: unknown) => {
    if (isMissing(error) || errnoOf(error) === "ENAMETOOLONG") return null;
    throw error;
  });
  // Deleted since: it existed when it counted.
  if (stats === null || stats.isFile() || (linksOnly && !stats.isSymbolicLink())) return;
  throw Object.assign(new Error("not a regular file"), { code: stats.isSymbolicLink() ? "ELOOP" : "EISDIR" });
}

async function unlinkFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (isMissing(error) || errnoOf(error) === "ENAMETOOLONG") return;
    // Unlinking a folder is EISDIR on Linux and EPERM on macOS; a folder is no object.
    const stats = await lstat(path).catch(() => null);
    if (stats?.isDirectory() !== true) throw error;
  }
}
