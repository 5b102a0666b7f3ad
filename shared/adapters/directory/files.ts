import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { link, lstat, mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { TransientError } from "../../errors.ts";
import type { ByteRange } from "../../ports/object-store.ts";
import { errnoOf, isMissing, storageFault, translated } from "./faults.ts";
import { isTaken } from "./folders.ts";
import { claimName, temporaryName } from "./names.ts";

/** Bytes read at a time: large enough that the calls cost nothing beside parsing. */
const CHUNK_BYTES = 1 << 20;

/** A delete can remove the emptied folder between making and using it; that it does so five times running is no race. */
const MOST_TRIES = 5;

/** Most bytes one read call takes (Linux stops at 2 GiB less a page). */
const MAX_READ_BYTES = 1 << 30;

export interface OpenFile {
  readonly handle: FileHandle;
  /** Bytes, as of opening. */
  readonly size: number;
}

/**
 * Opens a regular file for reading; null when there is none. Never waits: a named pipe is opened without blocking and
 * found to be no file. Throws the operating system's errors.
 * @param followLink false makes a symbolic link an error (ELOOP).
 */
export async function openRegular(path: string, followLink: boolean): Promise<OpenFile | null> {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (followLink ? 0 : constants.O_NOFOLLOW);
  let handle: FileHandle;
  try {
    handle = await open(path, flags);
  } catch (error) {
    // ENXIO is what opening a socket answers.
    if (isMissing(error) || errnoOf(error) === "ENAMETOOLONG" || errnoOf(error) === "ENXIO") return null;
    throw error;
  }
  try {
    const stats = await handle.stat();
    if (stats.isFile()) return { handle, size: stats.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return null;
}

function changedWhileRead(doing: string): TransientError {
  return new TransientError(`Could not ${doing}: the file became shorter meanwhile.`, {
    code: "changed_while_read",
  });
}

/** All bytes of an open file, in memory of their own. Closes the file. */
export async function readWhole({ handle, size }: OpenFile, doing: string): Promise<Uint8Array> {
  try {
    const body = new Uint8Array(size);
    for (let at = 0; at < size;) {
      const length = Math.min(MAX_READ_BYTES, size - at);
      const { bytesRead } = await translated(doing, () => handle.read(body, at, length, at));
      if (bytesRead === 0) throw changedWhileRead(doing);
      at += bytesRead;
    }
    return body;
  } finally {
    await handle.close();
  }
}

/** The bytes of a range of an open file, in chunks of 1 MiB, each in memory of its own. Closes the file at the end. */
export async function* readRange(
  { handle, size }: OpenFile,
  { start, end = size }: ByteRange,
  doing: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const stop = Math.min(end, size);
    for (let at = start; at < stop;) {
      const chunk = new Uint8Array(Math.min(CHUNK_BYTES, stop - at));
      const { bytesRead } = await translated(doing, () => handle.read(chunk, 0, chunk.length, at));
      if (bytesRead === 0) throw changedWhileRead(doing);
      at += bytesRead;
      yield bytesRead === chunk.length ? chunk : chunk.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Opens a regular file for writing at its end, made when there is none, its folder too. */
export async function openToAppend(path: string, doing: string): Promise<FileHandle> {
  const flags =
    constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  for (let attempt = 1; ; attempt++) {
    try {
      await mkdir(dirname(path), { recursive: true });
      return await open(path, flags);
    } catch (error) {
      if (errnoOf(error) !== "ENOENT" || attempt === MOST_TRIES) throw storageFault(error, doing);
    }
  }
}

export type Body = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Writes a body, flushed to the disk, to a temporary file beside `path`, then calls `commit` to give it its name.
 * Whatever happens the temporary name is gone afterwards. The next chunk of a streamed body is asked for when the last
 * one is written; what the body throws is rethrown untouched.
 * @param commit names the file; may be called again after a concurrent delete removed the folder.
 * @returns what `commit` answered, and the body's size in bytes.
 */
export async function writeAndCommit<T>(
  path: string,
  body: Body,
  doing: string,
  commit: (temporary: string) => Promise<T>,
): Promise<{ result: T; size: number }> {
  const tries = body instanceof Uint8Array ? MOST_TRIES : 1;
  for (let attempt = 1; ; attempt++) {
    const temporary = join(dirname(path), temporaryName());
    const progress = { size: 0, bodyFailed: false };
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeBody(temporary, body, progress);
      return { result: await commit(temporary), size: progress.size };
    } catch (error) {
      if (progress.bodyFailed) throw error;
      if (errnoOf(error) !== "ENOENT" || attempt === tries) throw storageFault(error, doing);
    } finally {
      // What cannot be removed stays hidden; the failure that led here says more.
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }
}

async function writeBody(
  temporary: string,
  body: Body,
  progress: { size: number; bodyFailed: boolean },
): Promise<void> {
  if (body instanceof Uint8Array) {
    await writeTemporary(temporary, body, { flushed: true });
    progress.size = body.byteLength;
    return;
  }
  const handle = await open(temporary, "wx");
  try {
    for await (const chunk of failuresNoted(body, progress)) {
      await handle.writeFile(chunk);
      progress.size += chunk.byteLength;
    }
    await flush(handle);
  } finally {
    await handle.close();
  }
}

/** Writes a new file; `flushed` as in `writeAndCommit`. Throws the operating system's errors. */
export async function writeTemporary(
  path: string,
  bytes: Uint8Array,
  { flushed = false }: { flushed?: boolean } = {},
): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(bytes);
    if (flushed) await flush(handle);
  } finally {
    await handle.close();
  }
}

async function* failuresNoted(body: AsyncIterable<Uint8Array>, progress: { bodyFailed: boolean }) {
  try {
    yield* body;
  } catch (error) {
    progress.bodyFailed = true;
    throw error;
  }
}

/**
 * To the disk before the file gets its name: existence means done (design section 2), and after a power cut some file
 * systems show the name without the bytes. Costs about 0.5 ms on an SSD.
 */
async function flush(handle: FileHandle): Promise<void> {
  try {
    await handle.datasync();
  } catch (error) {
    // File systems that cannot flush say so; they promise nothing and are used all the same.
    if (errnoOf(error) !== "EINVAL" && errnoOf(error) !== "ENOTSUP") throw error;
  }
}

const NO_HARD_LINKS: ReadonlySet<string | null> = new Set([
  "EPERM",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EXDEV",
  "EMLINK",
]);

/**
 * Gives a complete temporary file its final name unless that is taken, in one step: of any number of callers, in any
 * number of processes, exactly one gets true. Throws the operating system's errors.
 */
export async function nameIfAbsent(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    const errno = errnoOf(error);
    // A network file system may answer EEXIST to the repetition of a link that went through: then the file has two names.
    if (errno === "EEXIST") return (await lstat(temporary)).nlink > 1;
    if (NO_HARD_LINKS.has(errno)) return nameByClaim(temporary, path);
    throw error;
  }
}

/**
 * Gives a file that was moved away its old name again unless that is taken by now. Without hard links the check and the
 * move are two steps: the later file can then be lost to the older one.
 */
export async function moveBack(aside: string, path: string): Promise<void> {
  try {
    await link(aside, path);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === "EEXIST") return;
    if (!NO_HARD_LINKS.has(errno)) throw error;
    if (!(await isTaken(path))) await rename(aside, path);
  }
}

/**
 * The same as `nameIfAbsent` where the file system has no hard links (FAT, some network and user-space ones). A folder cannot be renamed
 * over one that is not empty, so the contenders race to rename a folder with the whole body in it to one claim folder
 * per name. The body then moves from the claim to its final name; losers do that move too, so that a winner killed in
 * between blocks nobody. The claim stays as the mark that the name was taken, until the object is deleted
 * (`dropClaim`). A put or a delete of the same name at the same moment is not ordered with this.
 */
async function nameByClaim(temporary: string, path: string): Promise<boolean> {
  const claim = claimPath(path);
  const staging = join(dirname(path), temporaryName());
  try {
    await mkdir(staging);
    await rename(temporary, join(staging, "body"));
    await writeFile(join(staging, "taken"), "");
    if (await isTaken(path)) return false;
    const won = await renameUnlessTaken(staging, claim);
    await rename(join(claim, "body"), path).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
    if (await isTaken(path)) return won;
    // The object was deleted but its claim was left: by hand, or by a process that did not use claims.
    await dropClaim(path);
    throw Object.assign(new Error("a claim without its object"), { code: "ENOENT" });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function renameUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (await isTaken(to)) return false;
    throw error;
  }
}

function claimPath(path: string): string {
  return join(dirname(path), claimName(basename(path)));
}

/** Forgets who created `path` on a file system without hard links; called before the file itself goes. */
export async function dropClaim(path: string): Promise<void> {
  await rm(claimPath(path), { recursive: true, force: true }).catch((error: unknown) => {
    if (!isMissing(error) && errnoOf(error) !== "ENAMETOOLONG") throw error;
  });
}
