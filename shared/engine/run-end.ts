import type { Failure, PhaseName, RunEvent, RunManifest } from "../contracts/run.ts";
import { NO_USAGE } from "../domain/usage.ts";
import { ErrorName, errorDetail, isKind, tellError } from "../errors.ts";
import type { Log } from "../ports/log.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { releaseRun } from "./ownership.ts";
import type { OwnershipDeps } from "./ownership.ts";
import { persistently } from "./persistently.ts";
import { isoNow, loadRun } from "./run-record.ts";
import { summarizeRun } from "./summary.ts";
import type { CostEstimate, RunSummary } from "./summary.ts";
import { BUDGET_SPENT } from "./wallet.ts";

export interface RunEndDeps extends Pick<OwnershipDeps, "runs" | "clock" | "me"> {
  readonly objects: ObjectStore;
  readonly log: Log;
}

/** What an attempt took. */
export interface Wall {
  /** Seconds in all. */
  readonly total: number;
  /** Seconds per phase. */
  readonly phases: ReadonlyMap<PhaseName, number>;
  /** Largest resident set, MiB; 0 when unknown. */
  readonly peakRssMib: number;
  /** What the run was expected to cost; null or left out when nobody said. */
  readonly estimate?: CostEstimate | null;
}

export interface RunOutcome {
  readonly run: RunManifest;
  readonly summary: RunSummary;
}

/** Codes of a failure that is a stop: somebody wanted it, and the run can go on. */
const STOP_CODES = new Set(["interrupted", "stop_requested", "aborted", "superseded", BUDGET_SPENT]);
const NO_SUMMARY: RunSummary = { warnings: [], phases: [], total: NO_USAGE };

/** An error as the reason why a run ended. */
export function failureOf(phase: PhaseName | null, error: unknown): Failure {
  return { phase, ...tellError(error, phase ?? "the run") };
}

/** Adds an event of the run as a whole. Events are for people to read: a run does not fail for want of one. */
export async function noteEvent(
  { runs, clock, log }: Pick<RunEndDeps, "runs" | "clock" | "log">,
  run: RunManifest,
  event: Pick<RunEvent, "event" | "phase" | "fields">,
): Promise<void> {
  try {
    await runs.appendEvents(run.run_id, [{ at: isoNow(clock), attempt: run.attempt, round: null, ...event }]);
  } catch (error) {
    log.warn("event_not_written", { event: event.event, code: errorDetail(error).code ?? "unknown" });
  }
}

/**
 * Records how an attempt ended: done, done_with_warnings, failed or stopped, after its metrics and warnings. A summary
 * that cannot be written makes the run fail; it does not leave it running.
 * @param run as acquired by this attempt. @param reached why it ended, or null when every phase is done.
 */
export async function endRun(
  deps: RunEndDeps,
  run: RunManifest,
  reached: Failure | null,
  wall: Wall,
): Promise<RunOutcome> {
  const { objects, runs, clock, me } = deps;
  const current = await loadRun(runs, run.run_id);
  let failure = reached;
  let summary = NO_SUMMARY;
  try {
    summary = await persistently(clock, () => summarizeRun(objects, current, wall));
  } catch (error) {
    failure ??= failureOf(null, error);
  }
  if (failure?.code === "superseded") return { run: current, summary };
  const good = summary.warnings.length > 0 ? "done_with_warnings" : "done";
  const stopped = failure !== null && STOP_CODES.has(failure.code);
  const end = {
    status: failure === null ? good : stopped ? "stopped" : "failed",
    failure,
    warnings: summary.warnings.length,
  } as const;
  // The end of a run is worth every try: without it the record says "running".
  const released = await persistently(
    clock,
    () => releaseRun({ runs, clock, me }, run.run_id, end),
    (error) => !isKind(error, ErrorName.conflict),
  ).catch(async (error: unknown) => {
    // A lock that cannot be removed means nothing beside a record that has no owner.
    const held = await loadRun(runs, run.run_id);
    if (held.owner !== null) throw error;
    return held;
  });
  const fields = { status: released.status, code: failure?.code ?? null };
  await noteEvent(deps, run, { event: "run_finished", phase: failure?.phase ?? null, fields });
  return { run: released, summary };
}
