import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open, readdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type * as z from "zod";
import { runEvent, runLock, runManifest } from "../../contracts/run.ts";
import type { RunLock, RunManifest } from "../../contracts/run.ts";
import { decodeRecord } from "../../domain/jsonl.ts";
import { ConflictError, ErrorName, errorDetail, isKind } from "../../errors.ts";
import { RUN_FILES, runIdOfKey, runPrefix, RUNS_PREFIX } from "../../keys.ts";
import type { Log } from "../../ports/log.ts";
import type { RunStore } from "../../ports/run-store.ts";
import { corruptRecord, decodeManifest, encodeRecord, pageOfRuns } from "../run-records.ts";
import { appendLines, eventsIn } from "./event-log.ts";
import { isMissing, storageFault, translated } from "./faults.ts";
import { moveBack, nameIfAbsent, openRegular, readWhole, writeAndCommit, writeTemporary } from "./files.ts";
import { isRealFolder, removeEmptyFolders } from "./folders.ts";
import { STATE_FOLDER, temporaryName } from "./names.ts";

export interface DirectoryRunStoreOptions {
  /** The folder that holds a folder per run. */
  dir: string;
  /** Hears of runs whose record cannot be read, which `list` leaves out, and of snapshots not written. */
  log?: Log;
}

/** Digits of a revision in its file name; at one revision a second they last for three years. */
const REVISION_DIGITS = 8;
const REVISION_FILE = /^manifest-(\d{8})\.json$/;

interface Revision {
  readonly number: number;
  readonly text: string;
}

/**
 * Records of runs as files of `<dir>/<run_id>/`.
 *
 * The truth is the highest `.state/manifest-<revision>.json`. Each is created whole, by put-if-absent: of all who want
 * to create revision n + 1 one does, which is the compare-and-swap. Revisions are kept until the run is deleted, since
 * a slow writer could otherwise create an old number again. `run_manifest.json` is a copy for people; it can lag
 * behind after a kill until the next change, and nothing here reads it.
 *
 * All files are written in `.state` first and moved from there. `delete` begins by moving `.state` away in one step,
 * so a writer that was under way finds its file gone (ConflictError "no_run") and cannot bring back a part of the run.
 */
export function directoryRunStore(options: DirectoryRunStoreOptions): RunStore {
  const root = resolve(options.dir);
  const { log } = options;

  /** Throws RangeError for what is not a run id. */
  function folderOf(runId: string): string {
    return join(root, runPrefix(runId).slice(RUNS_PREFIX.length));
  }
  const fileOf = (runId: string, file: keyof typeof RUN_FILES): string =>
    join(folderOf(runId), RUN_FILES[file]);
  const stateOf = (runId: string): string => join(folderOf(runId), STATE_FOLDER);

  function revisionPath(runId: string, revision: number): string {
    return join(stateOf(runId), `manifest-${String(revision).padStart(REVISION_DIGITS, "0")}.json`);
  }

  /** The highest revision's number; 0 when there is no run. */
  async function highestNumber(runId: string): Promise<number> {
    let names: string[];
    try {
      names = await readdir(stateOf(runId));
    } catch (error) {
      if (isMissing(error)) return 0;
      throw error;
    }
    return names.reduce((most, name) => Math.max(most, Number(REVISION_FILE.exec(name)?.[1] ?? 0)), 0);
  }

  async function highest(runId: string): Promise<Revision | null> {
    // A revision vanishes only with its run, so a second look finds none, or a new run of this id; ten losses in a row
    // mean that it is no file.
    for (let look = 0; look < 10; look++) {
      const number = await highestNumber(runId);
      if (number === 0) return null;
      const text = await readText(revisionPath(runId, number), `read the record of run ${runId}`);
      if (text !== null) return { number, text };
    }
    throw corruptRecord(runId);
  }

  async function getRun(runId: string): Promise<RunManifest | null> {
    const revision = await translated(`read the record of run ${runId}`, () => highest(runId));
    return revision === null ? null : decodeManifest(revision.text, runId, revision.number);
  }

  /**
   * Brings `run_manifest.json` up to the highest revision. A writer that was overtaken could put its older copy over a
   * newer one, so each looks again after writing and repeats until what it wrote is still the highest: whoever writes
   * last has then seen that nothing newer exists. The swap has been won already, so failing here is only logged.
   */
  async function refreshSnapshot(runId: string): Promise<void> {
    try {
      for (let seen = await highest(runId); ;) {
        if (seen === null) await rm(fileOf(runId, "manifest"), { force: true });
        else await replaceFile(runId, "manifest", seen.text);
        const now = await highest(runId);
        if (now?.number === seen?.number) return;
        seen = now;
      }
    } catch (error) {
      const { code } = errorDetail(storageFault(error, "write"));
      log?.warn("run_snapshot_not_written", { run_id: runId, code: code ?? "unknown" });
    }
  }

  /** Replaces a file of the run in one step. A run that is gone is left gone. */
  async function replaceFile(
    runId: string,
    file: "manifest" | "lock",
    text: string,
  ): Promise<"replaced" | "no_run"> {
    const temporary = join(stateOf(runId), temporaryName());
    try {
      await writeTemporary(temporary, Buffer.from(text));
      await rename(temporary, fileOf(runId, file));
      return "replaced";
    } catch (error) {
      if (isMissing(error)) return "no_run";
      throw error;
    } finally {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  async function readLockFile(path: string, runId: string): Promise<RunLock | null> {
    const text = await readText(path, `read the lock of run ${runId}`);
    if (text === null) return null;
    const lock = decodeRecord(runLock, text);
    // Locks are not flushed to the disk: after a power cut one may be empty. Its owner is gone, as if there were none.
    if (lock === null) log?.warn("run_lock_unreadable", { run_id: runId });
    return lock;
  }

  async function openEvents(runId: string): Promise<FileHandle> {
    const path = fileOf(runId, "events");
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_NONBLOCK | constants.O_NOFOLLOW;
    try {
      return await open(path, flags);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    if ((await highestNumber(runId)) === 0) throw noRun(runId);
    return open(path, flags | constants.O_CREAT, 0o644);
  }

  return {
    async create(manifest) {
      const runId = manifest.run_id;
      if (manifest.revision !== 1) throw new RangeError("a new run has revision 1");
      const path = revisionPath(runId, 1);
      const text = manifestText(manifest);
      const doing = `create run ${runId}`;
      await translated(doing, async () => {
        if (!(await isRealFolder(root, stateOf(runId)))) {
          throw Object.assign(new Error("a link among the folders"), { code: "ELOOP" });
        }
      });
      const { result: created } = await writeAndCommit(path, Buffer.from(text), doing, (temporary) =>
        nameIfAbsent(temporary, path),
      );
      if (!created) throw new ConflictError(`There is a run ${runId} already.`, { code: "run_exists" });
      await refreshSnapshot(runId);
    },

    get: getRun,

    async swap(next) {
      const runId = next.run_id;
      const temporary = join(stateOf(runId), temporaryName());
      const text = manifestText(next);
      try {
        // Before looking at the revisions: if the run is deleted and created anew in between, this file is gone.
        await writeTemporary(temporary, Buffer.from(text), { flushed: true });
        const stored = await highestNumber(runId);
        if (stored === 0) throw noRun(runId);
        if (
          stored !== next.revision - 1 ||
          !(await nameIfAbsent(temporary, revisionPath(runId, next.revision)))
        ) {
          throw new ConflictError(`Run ${runId} was changed meanwhile.`, { code: "revision_conflict" });
        }
      } catch (error) {
        if (isMissing(error)) throw noRun(runId);
        throw storageFault(error, `write the record of run ${runId}`);
      } finally {
        await rm(temporary, { force: true }).catch(() => undefined);
      }
      await refreshSnapshot(runId);
    },

    async list(page) {
      const ids = await translated("list the runs", () => runFolders(root));
      const runs: RunManifest[] = [];
      for (const id of ids) {
        try {
          const run = await getRun(id);
          if (run !== null) runs.push(run);
        } catch (error) {
          // One damaged or protected run must not hide the others.
          if (!isKind(error, ErrorName.permanent)) throw error;
          log?.warn("run_unreadable", { run_id: id, code: errorDetail(error).code ?? "unknown" });
        }
      }
      return pageOfRuns(runs, page);
    },

    async delete(runId) {
      const folder = folderOf(runId);
      const files = (["lock", "events", "manifest"] as const).map((file) => fileOf(runId, file));
      await translated(`delete run ${runId}`, async () => {
        if (!(await isRealFolder(root, folder))) {
          throw Object.assign(new Error("a link among the folders"), { code: "ELOOP" });
        }
        // Once before the record goes, so that a kill in between leaves a run that can be listed and deleted again;
        // once after, for what was written meanwhile.
        for (const file of files) await rm(file, { force: true });
        const trash = join(folder, temporaryName());
        try {
          await rename(stateOf(runId), trash);
        } catch (error) {
          if (!isMissing(error)) throw error;
        }
        await rm(trash, { recursive: true, force: true });
        for (const file of files) await rm(file, { force: true });
        await removeEmptyFolders(root, folder);
      });
    },

    async readLock(runId) {
      return translated(`read the lock of run ${runId}`, () => readLockFile(fileOf(runId, "lock"), runId));
    },

    async writeLock(runId, lock) {
      const text = encodeRecord(runLock, lock, `the lock of run ${runId}`, 2);
      const done = await translated(`write the lock of run ${runId}`, () =>
        replaceFile(runId, "lock", `${text}\n`),
      );
      if (done === "no_run") throw noRun(runId);
    },

    async clearLock(runId, ownerId) {
      const path = fileOf(runId, "lock");
      await translated(`remove the lock of run ${runId}`, async () => {
        if ((await readLockFile(path, runId))?.owner.id !== ownerId) return;
        // Another owner may replace the lock right now, so it is taken aside before it is looked at for good. A reader can
        // find no lock for that moment; who owns the run says the manifest.
        const aside = join(stateOf(runId), temporaryName());
        try {
          await rename(path, aside);
          if ((await readLockFile(aside, runId))?.owner.id !== ownerId) await moveBack(aside, path);
        } catch (error) {
          if (!isMissing(error)) throw error;
        } finally {
          await rm(aside, { force: true });
        }
      });
    },

    async appendEvents(runId, events) {
      const lines = jsonLines(runEvent, events, `an event of run ${runId}`);
      if (lines === "") return;
      await translated(`write the events of run ${runId}`, async () => {
        const handle = await openEvents(runId);
        try {
          await appendLines(handle, lines);
        } finally {
          await handle.close();
        }
      });
    },

    async readEvents(runId, { after, limit }) {
      const text = await translated(`read the events of run ${runId}`, () =>
        readText(fileOf(runId, "events"), `read the events of run ${runId}`),
      );
      return text === null ? [] : eventsIn(text, after, limit);
    },
  };
}

function noRun(runId: string): ConflictError {
  return new ConflictError(`There is no run ${runId}.`, { code: "no_run" });
}

function manifestText(manifest: RunManifest): string {
  return `${encodeRecord(runManifest, manifest, `the manifest of run ${manifest.run_id}`, 2)}\n`;
}

function jsonLines<T>(schema: z.ZodType<T>, records: readonly T[], what: string): string {
  return records.map((record) => `${encodeRecord(schema, record, what)}\n`).join("");
}

/** Ids of the folders that may be runs; links are none. */
async function runFolders(root: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && runIdOfKey(RUNS_PREFIX + entry.name) !== null)
      .map((entry) => entry.name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function readText(path: string, doing: string): Promise<string | null> {
  const file = await openRegular(path, false);
  return file === null ? null : new TextDecoder().decode(await readWhole(file, doing));
}
