import { PermanentError, TransientError } from "../../errors.ts";

interface Fault {
  readonly code: string;
  readonly words: string;
  readonly hint: string;
}

const SPACE_HINT = "Free some space where the runs are kept, then start the run again with --resume.";
const PERMISSION_HINT = "Check who may read and write the folder of runs, or choose another with --runs-dir.";
const CONFLICT_HINT = "Move what is in the way out of the folder of runs.";

/** Errors of the operating system that a second try does not cure. */
const PERMANENT: Readonly<Record<string, Fault>> = {
  ENOSPC: { code: "no_space", words: "no space left", hint: SPACE_HINT },
  EDQUOT: { code: "no_space", words: "the disk quota is used up", hint: SPACE_HINT },
  EROFS: {
    code: "read_only",
    words: "the file system is read-only",
    hint: "Choose a folder that can be written with --runs-dir.",
  },
  EACCES: { code: "no_permission", words: "permission denied", hint: PERMISSION_HINT },
  EPERM: { code: "no_permission", words: "operation not permitted", hint: PERMISSION_HINT },
  EFBIG: {
    code: "file_too_large",
    words: "the file is larger than the file system or a limit allows",
    hint: "Raise the limit (ulimit -f) or keep the runs on another file system with --runs-dir.",
  },
  ENAMETOOLONG: {
    code: "name_too_long",
    words: "the file name is too long",
    hint: "Keep the runs in a folder with a shorter path with --runs-dir.",
  },
  ENOTDIR: { code: "key_conflict", words: "a file stands where a folder should", hint: CONFLICT_HINT },
  EISDIR: { code: "key_conflict", words: "a folder stands where a file should", hint: CONFLICT_HINT },
  EEXIST: { code: "key_conflict", words: "a file stands where a folder should", hint: CONFLICT_HINT },
  ENOTEMPTY: { code: "key_conflict", words: "a folder stands where a file should", hint: CONFLICT_HINT },
  ELOOP: {
    code: "symbolic_link",
    words: "a symbolic link stands in the way",
    hint: "Replace the link inside the folder of runs by what it points to.",
  },
};

/** Errors that may pass; any errno in neither table is treated like these, and the attempts of the engine bound it. */
const TRANSIENT: Readonly<Record<string, Omit<Fault, "hint">>> = {
  EMFILE: { code: "too_many_open_files", words: "too many open files" },
  ENFILE: { code: "too_many_open_files", words: "too many open files on this machine" },
  EIO: { code: "io_error", words: "input/output error" },
  EBUSY: { code: "busy", words: "the file is busy" },
  ENOENT: { code: "folder_deleted", words: "its folder was deleted meanwhile" },
};

/** The errno name of an error of the operating system ("ENOENT"), or null for any other value. */
export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  // Node's own codes hold an underscore (ERR_...), those of this project are lower case.
  return typeof error.code === "string" && /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}

/** Whether the error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno === "ENOENT" || errno === "ENOTDIR";
}

/**
 * The error of the ports' vocabulary for an error of the operating system; other errors come back as they are. The
 * original is left out, also as cause: its message holds the absolute path.
 * @param doing what was tried, with the key: "write runs/abc/x.json".
 */
export function storageFault(error: unknown, doing: string): unknown {
  const errno = errnoOf(error);
  if (errno === null) return error;
  const permanent = PERMANENT[errno];
  if (permanent !== undefined) {
    const { code, words, hint } = permanent;
    return new PermanentError(`Could not ${doing}: ${words} (${errno}).`, { code, hint });
  }
  const { code, words } = TRANSIENT[errno] ?? { code: "storage_fault", words: "unexpected fault" };
  return new TransientError(`Could not ${doing}: ${words} (${errno}).`, { code });
}

/** Runs `action`, its faults translated. */
export async function translated<T>(doing: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw storageFault(error, doing);
  }
}
