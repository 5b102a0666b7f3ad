import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { RunConfig } from "../shared/config.ts";
import type { Dataset, Failure, PhaseName, RunEvent, RunManifest } from "../shared/contracts/run.ts";
import { configRecord, newRun } from "../shared/domain/new-run.ts";
import { HEARTBEAT_MS, LEASE_MS, acquireRun, releaseRun, renewLease } from "../shared/engine/ownership.ts";
import type { OwnershipDeps } from "../shared/engine/ownership.ts";
import { isoNow, loadRun } from "../shared/engine/run-record.ts";
import { openSession } from "../shared/engine/session.ts";
import { summarizeRun } from "../shared/engine/summary.ts";
import type { RunSummary } from "../shared/engine/summary.ts";
import { NO_USAGE } from "../shared/domain/usage.ts";
import { ErrorName, UsageError, errorDetail, isKind } from "../shared/errors.ts";
import { userHashKey } from "../shared/keys.ts";
import { allPhases } from "../shared/phases/all.ts";
import { RETRY_FIRST_WAIT_SECONDS, inTableOrder } from "../shared/pipeline.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { InputSource } from "../shared/ports/input-source.ts";
import type { Log } from "../shared/ports/log.ts";
import type { ObjectStore } from "../shared/ports/object-store.ts";
import { currentOwner, isAlive, newRunId, newUserHashKey } from "./compose.ts";
import type { Provider, Stores } from "./compose.ts";
import { failureOf, runPhases, stopReason } from "./runner.ts";
import type { Progress } from "./runner.ts";
import { VERSION } from "./version.ts";

/** `resourceUsage().maxRSS` counts KiB. */
const KIB_PER_MIB = 1024;

export interface RunRequest {
  readonly input: InputSource;
  readonly config: RunConfig;
  readonly phases: readonly PhaseName[];
  readonly runId: string | null;
  /** Go on with the run of that id instead of creating it. */
  readonly resume: boolean;
}

export interface RunFlowDeps {
  readonly stores: Stores;
  readonly provider: Provider;
  readonly progress: Progress;
  readonly log: Log;
  /** Aborted by Ctrl-C. */
  readonly interrupt: AbortSignal;
  /** Told once the run has an id and an owner. */
  readonly onStart: (run: RunManifest) => void;
}

export interface RunOutcome {
  readonly run: RunManifest;
  readonly summary: RunSummary;
}

/** What identifies the input: its name, size and hash, in one pass over the stored bytes. */
export async function describeInput(input: InputSource): Promise<Dataset> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of input.stream({ start: 0 })) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { name: input.name, bytes, sha256: hash.digest("hex") };
}

/** Which settings differ between a run's record and what is asked for now. */
export function changedSettings(before: RunConfig, now: RunConfig): string[] {
  return (Object.keys(now) as (keyof RunConfig)[]).filter((key) => !isDeepStrictEqual(before[key], now[key]));
}

function refuseOtherInput(run: RunManifest, dataset: Dataset): void {
  const { dataset: before } = run;
  if (before === null || before.sha256 === dataset.sha256) return;
  const changes = [
    before.name === dataset.name ? "" : `the file was ${before.name} and is now ${dataset.name}`,
    before.bytes === dataset.bytes ? "" : `it had ${before.bytes} bytes and now has ${dataset.bytes}`,
    `its SHA-256 began ${before.sha256.slice(0, 12)} and now begins ${dataset.sha256.slice(0, 12)}`,
  ].filter((change) => change !== "");
  throw new UsageError(`run ${run.run_id} was made from another input: ${changes.join("; ")}`, {
    code: "input_changed",
    hint: "Give it the same file, or start a new run: another --run-id, without --resume.",
  });
}

/** The run to work on: created, or found and checked against what it was made from. */
async function prepareRun(
  request: RunRequest,
  dataset: Dataset,
  { stores, provider }: RunFlowDeps,
): Promise<string> {
  const { runs, clock } = stores;
  if (request.resume) {
    const { runId } = request;
    if (runId === null)
      throw new UsageError("--resume needs the run to go on with", {
        code: "no_run_id",
        hint: "Say which with --run-id; clio list-runs shows them.",
      });
    refuseOtherInput(await loadRun(runs, runId), dataset);
    return runId;
  }
  const runId = request.runId ?? newRunId(clock);
  const created = newRun({
    runId,
    at: isoNow(clock),
    config: request.config,
    phases: request.phases,
    dataset,
    model: provider.model.identity,
    embedder: provider.embedder.identity,
    versions: { ant_clio: VERSION, node: process.version },
  });
  try {
    await runs.create(created);
  } catch (error) {
    if (!isKind(error, ErrorName.conflict)) throw error;
    throw new UsageError(`there is already a run ${runId}`, {
      code: "run_exists",
      hint: `Go on with it with --run-id ${runId} --resume, or choose another --run-id.`,
      cause: error,
    });
  }
  return runId;
}

/** The run's key for hashes of user ids, made when first needed and kept: a resumed run must hash alike. */
async function keptUserHashKey(objects: ObjectStore, runId: string): Promise<Uint8Array> {
  const key = userHashKey(runId);
  await objects.putIfAbsent(key, newUserHashKey());
  const kept = await objects.get(key);
  if (kept === null)
    throw new UsageError(`run ${runId} was deleted while it started`, { code: "unknown_run" });
  return kept;
}

/** Tries of a write that no phase makes, with waits of 1, 2 and 4 s in between; those of phases have their own. */
const WRITE_TRIES = 4;
/** Such writes are tried to their end, also when the run is to stop. */
const NEVER = new AbortController().signal;

async function persistently<T>(
  clock: Clock,
  write: () => Promise<T>,
  isWorth = (error: unknown): boolean => isKind(error, ErrorName.transient),
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await write();
    } catch (error) {
      if (!isWorth(error) || tried === WRITE_TRIES) throw error;
      await clock.sleep(RETRY_FIRST_WAIT_SECONDS * 1000 * 2 ** (tried - 1), NEVER);
    }
  }
}

/**
 * Makes this process the run's owner. If that cannot be written, nothing is left that nobody runs: a run made just now
 * goes, another one ends as failed. Both only if the store lets them.
 */
async function takeRun(
  ownership: OwnershipDeps,
  runId: string,
  created: boolean,
  change: (run: RunManifest) => RunManifest,
): Promise<RunManifest> {
  const { runs, me } = ownership;
  try {
    return await acquireRun(ownership, runId, change);
  } catch (error) {
    if (isKind(error, ErrorName.conflict)) throw error;
    try {
      if (created) await runs.delete(runId);
      else if ((await runs.get(runId))?.owner?.id === me.id)
        await releaseRun(ownership, runId, {
          status: "failed",
          failure: failureOf(null, error),
          warnings: 0,
        });
    } catch {
      // What kept the run from being taken says more.
    }
    throw error;
  }
}

/** Renews the lease and looks for stop requests until told to end. */
function startHeartbeat(deps: OwnershipDeps, run: RunManifest, stop: AbortController): () => Promise<void> {
  const ended = new AbortController();
  /** Whether there is a next beat. */
  const beatOnce = async (): Promise<boolean> => {
    const current = await deps.runs.get(run.run_id);
    if (current === null || current.attempt !== run.attempt) {
      stop.abort(stopReason("superseded", `another process has taken over run ${run.run_id}`));
      return false;
    }
    if (current.stop_requested_at !== null) {
      stop.abort(stopReason("stop_requested", `run ${run.run_id} was asked to stop`));
      return false;
    }
    await renewLease(deps, run);
    return true;
  };
  const beat = async (): Promise<void> => {
    let renewedMs = deps.clock.elapsed();
    for (;;) {
      await deps.clock.sleep(HEARTBEAT_MS, ended.signal);
      try {
        if (!(await beatOnce())) return;
        renewedMs = deps.clock.elapsed();
      } catch (error) {
        // A beat that fails is made up for by the next, as long as the lease holds.
        if (deps.clock.elapsed() - renewedMs > LEASE_MS) throw error;
      }
    }
  };
  const beating = beat().catch((error: unknown) => {
    if (!ended.signal.aborted) stop.abort(error);
  });
  return async () => {
    ended.abort();
    await beating;
  };
}

/**
 * Runs the phases asked for to an end that is recorded, whatever happens: done, done_with_warnings, failed or stopped.
 * Throws only before the run is owned: UsageError for what the caller can mend, ConflictError ("run_active").
 */
export async function runToEnd(request: RunRequest, deps: RunFlowDeps): Promise<RunOutcome> {
  const { stores, provider, interrupt, log } = deps;
  const { runs, objects, clock } = stores;
  const dataset = await describeInput(request.input);
  const runId = await prepareRun(request, dataset, deps);
  const ownership: OwnershipDeps = { runs, clock, me: currentOwner(clock), isAlive };
  const run = await takeRun(ownership, runId, !request.resume, (held) => ({
    ...held,
    dataset,
    users: request.config.users,
    config: configRecord(request.config),
    // A resumed run keeps what it already has and gains what is asked for now.
    phases: inTableOrder([...held.phases, ...request.phases]),
    model: provider.model.identity,
    embedder: provider.embedder.identity,
    offline: provider.model.identity.provider === "offline",
    versions: { ant_clio: VERSION, node: process.version },
  }));
  deps.onStart(run);

  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort(interrupt.reason);
  interrupt.addEventListener("abort", onInterrupt, { once: true });
  if (interrupt.aborted) onInterrupt();
  const endHeartbeat = startHeartbeat(ownership, run, stop);
  const started = clock.elapsed();
  const seconds = new Map<PhaseName, number>();
  const progress: Progress = {
    ...deps.progress,
    phaseFinished: (phase, spent) => {
      seconds.set(phase, spent);
      deps.progress.phaseFinished(phase, spent);
    },
  };

  let failure: Failure | null;
  try {
    await note(deps, run, { event: "run_started", phase: null, fields: { phases: run.phases.length } });
    const hashKey = await persistently(clock, () => keptUserHashKey(objects, runId));
    const session = openSession(run, {
      phases: allPhases,
      objects,
      published: objects,
      runs,
      model: provider.model,
      embedder: provider.embedder,
      input: request.input,
      userHashKey: hashKey,
      clock,
      log,
      signal: stop.signal,
    });
    const end = await runPhases(run.phases, { session, clock, signal: stop.signal, progress });
    failure = end.ok ? null : end.failure;
  } catch (error) {
    failure = failureOf(null, stop.signal.aborted ? stop.signal.reason : error);
    log.debug("run_ended_early", {
      code: failure.code,
      name: error instanceof Error ? error.name : "unknown",
    });
  } finally {
    interrupt.removeEventListener("abort", onInterrupt);
    await endHeartbeat();
  }
  return finishRun(ownership, run, failure, deps, {
    total: (clock.elapsed() - started) / 1000,
    phases: seconds,
  });
}

/** Adds an event of the run as a whole. Events are for people to read: a run does not fail for want of one. */
async function note(
  { stores: { runs, clock }, log }: RunFlowDeps,
  run: RunManifest,
  event: Pick<RunEvent, "event" | "phase" | "fields">,
): Promise<void> {
  try {
    await runs.appendEvents(run.run_id, [{ at: isoNow(clock), attempt: run.attempt, round: null, ...event }]);
  } catch (error) {
    log.warn("event_not_written", { event: event.event, code: errorDetail(error).code ?? "unknown" });
  }
}

const STOP_CODES = new Set(["interrupted", "stop_requested", "superseded"]);
const NO_SUMMARY: RunSummary = { warnings: [], phases: [], total: NO_USAGE };

/** Records how the attempt ended. A summary that cannot be written makes the run fail; it does not leave it running. */
async function finishRun(
  ownership: OwnershipDeps,
  run: RunManifest,
  reached: Failure | null,
  deps: RunFlowDeps,
  wall: { total: number; phases: ReadonlyMap<PhaseName, number> },
): Promise<RunOutcome> {
  const { objects, runs, clock } = deps.stores;
  const current = await loadRun(runs, run.run_id);
  let failure = reached;
  let summary = NO_SUMMARY;
  try {
    const peakRssMib = process.resourceUsage().maxRSS / KIB_PER_MIB;
    summary = await persistently(clock, () => summarizeRun(objects, current, { ...wall, peakRssMib }));
  } catch (error) {
    failure ??= failureOf(null, error);
  }
  if (failure?.code === "superseded") return { run: current, summary };
  const stopped = failure !== null && STOP_CODES.has(failure.code);
  const good = summary.warnings.length > 0 ? "done_with_warnings" : "done";
  const end = {
    status: failure === null ? good : stopped ? "stopped" : "failed",
    failure,
    warnings: summary.warnings.length,
  } as const;
  // The end of a run is worth every try: without it the record says "running".
  const released = await persistently(
    clock,
    () => releaseRun(ownership, run.run_id, end),
    (error) => !isKind(error, ErrorName.conflict),
  ).catch(async (error: unknown) => {
    // A lock that cannot be removed means nothing beside a record that has no owner.
    const held = await loadRun(runs, run.run_id);
    if (held.owner !== null) throw error;
    return held;
  });
  const fields = { status: released.status, code: failure?.code ?? null };
  await note(deps, run, { event: "run_finished", phase: failure?.phase ?? null, fields });
  return { run: released, summary };
}
