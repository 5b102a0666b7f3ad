import { availableParallelism } from "node:os";
import { isDeepStrictEqual } from "node:util";
import type { RunConfig } from "../shared/config.ts";
import type { Dataset, Failure, PhaseName, RunManifest } from "../shared/contracts/run.ts";
import { configRecord, newRun } from "../shared/domain/new-run.ts";
import { HEARTBEAT_MS, LEASE_MS, acquireRun, releaseRun, renewLease } from "../shared/engine/ownership.ts";
import type { OwnershipDeps } from "../shared/engine/ownership.ts";
import { persistently } from "../shared/engine/persistently.ts";
import { endRun, failureOf, noteEvent } from "../shared/engine/run-end.ts";
import type { RunOutcome } from "../shared/engine/run-end.ts";
import type { CostEstimate } from "../shared/engine/summary.ts";
import { describeInput, keptUserHashKey } from "../shared/engine/run-input.ts";
import { isoNow, loadRun } from "../shared/engine/run-record.ts";
import { openSession } from "../shared/engine/session.ts";
import { ErrorName, UsageError, isKind } from "../shared/errors.ts";
import { allPhases } from "../shared/phases/all.ts";
import { inTableOrder } from "../shared/pipeline.ts";
import type { Embedder } from "../shared/ports/embedder.ts";
import type { InputSource } from "../shared/ports/input-source.ts";
import type { Log } from "../shared/ports/log.ts";
import { VERSION } from "../shared/version.ts";
import { embeddedChildRuns } from "./child-runs.ts";
import { currentOwner, isAlive, newRunId, newUserHashKey } from "./compose.ts";
import { threadedCompute } from "../shared/adapters/threads/compute.ts";
import { bytesInput } from "../shared/adapters/memory/bytes-input.ts";
import type { Provider } from "../shared/adapters/open-provider.ts";
import type { Stores } from "./compose.ts";
import { runPhases, stopReason } from "./runner.ts";
import type { NestedProgress, Progress } from "./runner.ts";

/** `resourceUsage().maxRSS` counts KiB. */
const KIB_PER_MIB = 1024;

export interface RunRequest {
  readonly input: InputSource;
  readonly config: RunConfig;
  readonly phases: readonly PhaseName[];
  readonly runId: string | null;
  /** Go on with the run of that id instead of creating it. */
  readonly resume: boolean;
  /** The run on whose budget this one draws; left out: its own. */
  readonly budgetRunId?: string;
  /** What it was foretold to cost, for its metrics. */
  readonly estimate?: CostEstimate | null;
}

export interface RunFlowDeps {
  readonly stores: Pick<Stores, "objects" | "runs" | "budget" | "clock">;
  readonly provider: Provider;
  /** For the runs that this one starts: each has settings of its own, a seed among them. */
  readonly openProvider: (config: RunConfig, open: Embedder) => Promise<Provider>;
  readonly progress: NestedProgress;
  readonly log: Log;
  /** Aborted by Ctrl-C. */
  readonly interrupt: AbortSignal;
  /** Told once the run has an id and an owner. */
  readonly onStart: (run: RunManifest) => void;
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
    budgetRunId: request.budgetRunId ?? null,
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
  const children = embeddedChildRuns(runs, async (child, resume) => {
    const seen = deps.progress.child(child.title);
    return runToEnd(
      {
        input: bytesInput(await child.input.content(), child.input.name),
        config: child.config,
        phases: child.phases,
        runId: child.runId,
        resume,
        budgetRunId: run.budget_run_id ?? runId,
      },
      {
        ...deps,
        // The embedder has no settings; it stays this run's to close.
        provider: await deps.openProvider(child.config, provider.embedder),
        // Such a run starts none of its own.
        progress: { ...seen, child: () => seen, used: (usage) => deps.progress.used?.(usage) },
        interrupt: stop.signal,
        onStart: () => {},
      },
    );
  });
  const compute = threadedCompute({ threads: availableParallelism(), signal: stop.signal });
  const startedMs = clock.elapsed();
  const seconds = new Map<PhaseName, number>();
  const progress: Progress = {
    ...deps.progress,
    phaseFinished: (phase, spent, reused) => {
      seconds.set(phase, spent);
      deps.progress.phaseFinished(phase, spent, reused);
    },
  };

  let failure: Failure | null;
  try {
    const started = { event: "run_started", phase: null, fields: { phases: run.phases.length } } as const;
    await noteEvent({ runs, clock, log }, run, started);
    const hashKey = await persistently(clock, () => keptUserHashKey(objects, runId, newUserHashKey()));
    const session = openSession(run, {
      phases: allPhases,
      objects,
      published: objects,
      runs,
      budget: stores.budget,
      model: provider.model,
      embedder: provider.embedder,
      children,
      compute,
      input: request.input,
      userHashKey: hashKey,
      clock,
      log,
      signal: stop.signal,
      onUsage: (usage) => progress.used?.(usage),
    });
    const end = await runPhases(run.phases, {
      session,
      clock,
      signal: stop.signal,
      progress,
      cores: availableParallelism(),
    });
    failure = end.ok ? null : end.failure;
  } catch (error) {
    failure = failureOf(null, stop.signal.aborted ? stop.signal.reason : error);
    log.debug("run_ended_early", {
      code: failure.code,
      name: error instanceof Error ? error.name : "unknown",
    });
  } finally {
    interrupt.removeEventListener("abort", onInterrupt);
    await children.settled();
    await compute.close();
    await endHeartbeat();
  }
  return endRun({ ...ownership, objects, log }, run, failure, {
    total: (clock.elapsed() - startedMs) / 1000,
    phases: seconds,
    peakRssMib: process.resourceUsage().maxRSS / KIB_PER_MIB,
    estimate: request.estimate ?? null,
  });
}
