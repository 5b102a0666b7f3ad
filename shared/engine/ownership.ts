import type { Owner, RunLock, RunManifest } from "../contracts/run.ts";
import { ConflictError } from "../errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { RunStore } from "../ports/run-store.ts";
import { changeRun, isoNow } from "./run-record.ts";

/** How long a silent owner on another host keeps a run. Ten heartbeats: one lost or slow beat means nothing. */
export const LEASE_MS = 30_000;
export const HEARTBEAT_MS = 3_000;

export interface OwnershipDeps {
  readonly runs: RunStore;
  readonly clock: Clock;
  readonly me: Owner;
  /** Whether an owner on this host still lives; a reused pid is not it. */
  readonly isAlive: (owner: Owner) => boolean;
}

/**
 * Whether a running run's owner is gone. On this host its process decides, since a long computation may hold up its
 * heartbeats; on another host its lease does, or, before the first lock, the age of its start.
 */
export function isStale(
  run: RunManifest,
  lock: RunLock | null,
  deps: Pick<OwnershipDeps, "clock" | "me" | "isAlive">,
): boolean {
  const { owner } = run;
  if (owner === null) return true;
  if (owner.host === deps.me.host) return !deps.isAlive(owner);
  const mine = lock !== null && lock.owner.id === owner.id;
  const expires = mine ? Date.parse(lock.lease_expires_at) : Date.parse(run.updated_at) + LEASE_MS;
  return deps.clock.now() > expires;
}

/**
 * Makes this process the run's owner in a new attempt; `change` sets whatever else the start changes. Of any number of
 * contenders one wins. Throws ConflictError ("run_active"), naming the owner, while a live one holds it.
 */
export async function acquireRun(
  deps: OwnershipDeps,
  runId: string,
  change: (run: RunManifest) => RunManifest = (run) => run,
): Promise<RunManifest> {
  const { runs, clock, me } = deps;
  const lock = await runs.readLock(runId);
  const owned = await changeRun(runs, clock, runId, (run) => {
    if (run.status === "running" && !isStale(run, lock, deps)) {
      const { host, pid, started_at: since } = run.owner ?? me;
      throw new ConflictError(`run ${runId} is being run by process ${pid} on ${host} since ${since}`, {
        code: "run_active",
        hint: `Wait for it, or end it with: clio stop --run-id ${runId}`,
      });
    }
    return {
      ...change(run),
      status: "running",
      owner: me,
      attempt: run.attempt + 1,
      finished_at: null,
      failure: null,
      stop_requested_at: null,
    };
  });
  await renewLease(deps, owned);
  return owned;
}

export async function renewLease({ runs, clock, me }: OwnershipDeps, run: RunManifest): Promise<void> {
  await runs.writeLock(run.run_id, {
    owner: me,
    attempt: run.attempt,
    lease_expires_at: new Date(clock.now() + LEASE_MS).toISOString(),
  });
}

/**
 * Ends the attempt with a final status and gives the run up. Throws ConflictError ("superseded") when somebody else
 * owns the run by now; may be repeated.
 */
export async function releaseRun(
  { runs, clock, me }: Pick<OwnershipDeps, "runs" | "clock" | "me">,
  runId: string,
  end: Pick<RunManifest, "status" | "failure" | "warnings">,
): Promise<RunManifest> {
  const released = await changeRun(runs, clock, runId, (run) => {
    if (run.owner !== null && run.owner.id !== me.id)
      throw new ConflictError(`another process has taken over run ${runId}`, { code: "superseded" });
    return { ...run, ...end, owner: null, finished_at: isoNow(clock) };
  });
  await runs.clearLock(runId, me.id);
  return released;
}
