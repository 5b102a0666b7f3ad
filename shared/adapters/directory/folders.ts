import { lstat, readdir, realpath, rm, rmdir } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { errnoOf, isMissing } from "./faults.ts";
import { STATE_FOLDER, isTemporaryName } from "./names.ts";

/**
 * Whether `folder` lies below `root` by real folders alone; of a folder that does not exist yet, whether its nearest
 * existing parent does. `root` itself may be a symbolic link. This guards against accidents: somebody who can swap
 * folders for links between the check and the use can write into the folder of runs anyway.
 * @param folder an absolute path at or below `root`.
 */
export async function isRealFolder(root: string, folder: string): Promise<boolean> {
  for (let current = folder; ; current = dirname(current)) {
    try {
      const [real, realRoot] = await Promise.all([realpath(current), realpath(root)]);
      return real === join(realRoot, relative(root, current));
    } catch (error) {
      if (!isMissing(error)) throw error;
      if (current === root || current === dirname(current)) return true;
    }
  }
}

/** Whether a file, folder or link has this name. */
export async function isTaken(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/**
 * Removes `folder` and its parents below `root` as long as they hold no file. Temporary files in such folders are what
 * killed writers left behind and may hold raw text, so they go as well; a live writer that loses its temporary file
 * so finds out when it names it, and tries again. Anything that appears meanwhile stays.
 */
export async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  for (let current = folder; current !== root && current !== dirname(current); current = dirname(current)) {
    if ((await holdsFiles(current)) || !(await sweep(current))) return;
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function holdsFiles(folder: string): Promise<boolean> {
  const entries = (await entriesOf(folder)).filter((entry) => !isTemporaryName(entry.name));
  if (entries.some((entry) => !entry.isDirectory())) return true;
  for (const entry of entries) {
    // The run store's folder counts as a file even while empty: a new run may be about to be written there.
    if (entry.name === STATE_FOLDER || (await holdsFiles(join(folder, entry.name)))) return true;
  }
  return false;
}

/** Removes what `holdsFiles` does not count; true when the folder is gone. */
async function sweep(folder: string): Promise<boolean> {
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (isTemporaryName(entry.name)) await rm(path, { recursive: true, force: true });
    else if (!entry.isDirectory() || entry.name === STATE_FOLDER || !(await sweep(path))) return false;
  }
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    if (isMissing(error)) return true;
    if (errnoOf(error) === "ENOTEMPTY" || errnoOf(error) === "EEXIST") return false;
    throw error;
  }
}
