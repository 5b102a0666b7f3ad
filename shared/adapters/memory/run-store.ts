import { runEvent, runLock, runManifest } from "../../contracts/run.ts";
import type { RunEvent, RunLock, RunManifest } from "../../contracts/run.ts";
import { ConflictError } from "../../errors.ts";
import { runPrefix } from "../../keys.ts";
import type { RunStore } from "../../ports/run-store.ts";
import { encodeRecord, pageOfRuns } from "../run-records.ts";

interface Run {
  manifest: RunManifest;
  lock: RunLock | null;
  readonly events: RunEvent[];
}

/** Records of runs in a map, for tests; records are copied on the way in and out, and checked as on disk. */
export function memoryRunStore(): RunStore {
  const runs = new Map<string, Run>();

  function find(runId: string): Run | undefined {
    runPrefix(runId);
    return runs.get(runId);
  }

  function existing(runId: string): Run {
    const run = find(runId);
    if (run === undefined) throw new ConflictError(`There is no run ${runId}.`, { code: "no_run" });
    return run;
  }

  function checked(manifest: RunManifest): RunManifest {
    encodeRecord(runManifest, manifest, `the manifest of run ${manifest.run_id}`);
    return structuredClone(manifest);
  }

  return {
    async create(manifest) {
      if (manifest.revision !== 1) throw new RangeError("a new run has revision 1");
      if (find(manifest.run_id) !== undefined) {
        throw new ConflictError(`There is a run ${manifest.run_id} already.`, { code: "run_exists" });
      }
      runs.set(manifest.run_id, { manifest: checked(manifest), lock: null, events: [] });
    },

    async get(runId) {
      const run = find(runId);
      return run === undefined ? null : structuredClone(run.manifest);
    },

    async swap(next) {
      const run = existing(next.run_id);
      if (run.manifest.revision !== next.revision - 1) {
        throw new ConflictError(`Run ${next.run_id} was changed meanwhile.`, { code: "revision_conflict" });
      }
      run.manifest = checked(next);
    },

    async list(options) {
      return structuredClone(
        pageOfRuns(
          [...runs.values()].map((run) => run.manifest),
          options,
        ),
      );
    },

    async delete(runId) {
      runPrefix(runId);
      runs.delete(runId);
    },

    async readLock(runId) {
      return structuredClone(find(runId)?.lock ?? null);
    },

    async writeLock(runId, lock) {
      encodeRecord(runLock, lock, `the lock of run ${runId}`);
      existing(runId).lock = structuredClone(lock);
    },

    async clearLock(runId, ownerId) {
      const run = find(runId);
      if (run?.lock?.owner.id === ownerId) run.lock = null;
    },

    async appendEvents(runId, events) {
      for (const event of events) encodeRecord(runEvent, event, `an event of run ${runId}`);
      existing(runId).events.push(...structuredClone(events));
    },

    async readEvents(runId, { after, limit }) {
      return structuredClone(find(runId)?.events.slice(after, after + limit) ?? []);
    },
  };
}
