import type { RunEvent, RunLock, RunManifest } from "../contracts/run.ts";

export interface RunPage {
  /** Newest first, by the instant of `created_at` and then run id, both descending. */
  readonly runs: readonly RunManifest[];
  /** Where the next page begins, or null after the last. */
  readonly cursor: string | null;
}

/**
 * The records of runs. One primitive guards them: compare-and-swap on the manifest's `revision`. Ownership of a run
 * is part of the manifest, so acquiring it is such a swap; the lock beside it only carries the lease.
 */
export interface RunStore {
  /** Stores a new run (revision 1); throws ConflictError when the id is taken. Of concurrent creators one wins. */
  create(manifest: RunManifest): Promise<void>;
  get(runId: string): Promise<RunManifest | null>;
  /**
   * Stores `next` if the stored revision is `next.revision - 1`; throws ConflictError otherwise, and when the run does
   * not exist. Of concurrent writers of one revision exactly one succeeds.
   */
  swap(next: RunManifest): Promise<void>;
  list(options: { limit: number; cursor?: string | null }): Promise<RunPage>;
  /** Removes the run's record, events and lock (not its objects). Unknown ids are fine. */
  delete(runId: string): Promise<void>;

  readLock(runId: string): Promise<RunLock | null>;
  /** Writes or replaces the lock; only the owner that won the swap calls it. */
  writeLock(runId: string, lock: RunLock): Promise<void>;
  /** Removes the lock if `ownerId` still holds it. */
  clearLock(runId: string, ownerId: string): Promise<void>;

  appendEvents(runId: string, events: readonly RunEvent[]): Promise<void>;
  /** Events after the first `after` ones, oldest first, at most `limit`. A torn last line is not an event yet. */
  readEvents(runId: string, options: { after: number; limit: number }): Promise<readonly RunEvent[]>;
}
