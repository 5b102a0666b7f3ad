import pLimit from "p-limit";
import type { Usage } from "../shared/contracts/model-tasks.ts";
import type { Failure, PhaseName } from "../shared/contracts/run.ts";
import type { BatchOutcome, Session } from "../shared/engine/session.ts";
import { failureOf } from "../shared/engine/run-end.ts";
import { BUDGET_SPENT } from "../shared/engine/wallet.ts";
import { ErrorName, StoppedError, errorDetail, isKind } from "../shared/errors.ts";
import { retryWaitMs } from "../shared/engine/retry-wait.ts";
import { callsProvider, inTableOrder, phaseRow, startsAfter } from "../shared/pipeline.ts";
import type { PhaseRow } from "../shared/pipeline.ts";
import type { Clock } from "../shared/ports/clock.ts";

/** What a watcher hears; counts only. */
export interface Progress {
  phaseStarted(phase: PhaseName): void;
  roundPlanned(phase: PhaseName, round: number, batches: number): void;
  batchFinished(phase: PhaseName, round: number, outcome: BatchOutcome): void;
  /** @param reused whether an earlier attempt had done all of it. */
  phaseFinished(phase: PhaseName, seconds: number, reused: boolean): void;
  /** A call has ended, of this run or of one that it started. */
  used?(usage: Usage): void;
}

/** Progress of a run and of the runs that its phases start. */
export interface NestedProgress extends Progress {
  /** Of a run that the phase under way has started: `title` says what for. */
  child(title: string): Progress;
}

/**
 * One batch more for so many that may have a call in flight, of phases that call a provider: the session bounds their calls
 * (`engine/gate.ts`), and what a batch does between two of them leaves room for another one's.
 */
const SPARE = 4;

/**
 * Batches of a phase under way at most. Where calls bound it these are a few more than calls may be in flight; elsewhere the
 * cores do.
 * @param concurrency that its plan asks for.
 */
export function batchesAtOnce(phase: PhaseName, concurrency: number, cores: number): number {
  if (!callsProvider(phaseRow(phase))) return Math.min(concurrency, cores);
  return concurrency + (concurrency > 1 ? Math.ceil(concurrency / SPARE) : 0);
}

type PhaseEnd =
  | { readonly ok: true; readonly reused: boolean }
  | { readonly ok: false; readonly failure: Failure };
export type RunEnd = { readonly ok: true } | { readonly ok: false; readonly failure: Failure };

export interface RunnerDeps {
  readonly session: Session;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Batches in flight of phases that keep the processor busy: as many as it has cores. */
  readonly cores: number;
}

/**
 * Engine 2: walks the table in one process, with the same verbs, retries and ends as the state machine of `infra/`. A phase
 * starts once those it waits for have ended, so that several may be under way. When one fails or is interrupted the
 * others begin nothing more, and what they had begun has ended when this returns.
 */
export async function runPhases(phases: readonly PhaseName[], deps: RunnerDeps): Promise<RunEnd> {
  const { clock, progress } = deps;
  const halt = new AbortController();
  const halted = AbortSignal.any([deps.signal, halt.signal]);
  const rows = inTableOrder(phases).map(phaseRow);
  const ended = new Map<PhaseName, Promise<void>>();
  /** Of the phase that was the first to fail, unless something else had ended the run before. */
  let failure: Failure | null = null;

  const walk = async (row: PhaseRow): Promise<void> => {
    await Promise.all(startsAfter(row, rows).map(async (name) => ended.get(name)));
    halted.throwIfAborted();
    const started = clock.elapsed();
    progress.phaseStarted(row.name);
    const end = await runPhase(row.name, { ...deps, signal: halted });
    if (!end.ok) {
      if (!halted.aborted) ({ failure } = end);
      throw new Error("a phase failed");
    }
    progress.phaseFinished(row.name, (clock.elapsed() - started) / 1000, end.reused);
  };
  for (const row of rows) {
    const walked = walk(row).catch((error: unknown) => {
      halt.abort(error);
      throw error;
    });
    ended.set(row.name, walked);
  }
  await Promise.allSettled(ended.values());
  if (failure !== null) return { ok: false, failure };
  halt.signal.throwIfAborted();
  return { ok: true };
}

async function runPhase(phase: PhaseName, deps: RunnerDeps): Promise<PhaseEnd> {
  const { session, clock, signal, progress, cores } = deps;
  for (let round = 0; ; round++) {
    const planned = await tried(phase, deps, () => session.plan(phase, round));
    if (!planned.ok) return planned;
    const { batches, concurrency } = planned.value;
    progress.roundPlanned(phase, round, batches);
    const limit = pLimit(batchesAtOnce(phase, concurrency, cores));
    let lost: Failure | null = null;
    let stopped = false;
    const ended = await Promise.allSettled(
      Array.from({ length: batches }, (_, batch) =>
        limit(async () => {
          if (signal.aborted || stopped) return;
          const done = await tried(phase, deps, () => session.batch(phase, round, batch));
          // The batches under way end; those that have not begun would be refused as well.
          stopped ||= !done.ok && done.failure.code === BUDGET_SPENT;
          // A batch that never came through left its reason behind: reduce finds the gap and says so.
          if (!done.ok) lost ??= done.failure;
          progress.batchFinished(phase, round, done.ok ? done.value : "failed");
        }),
      ),
    );
    signal.throwIfAborted();
    const thrown = ended.find((end) => end.status === "rejected");
    if (thrown !== undefined) throw thrown.reason;
    for (;;) {
      const reduced = await tried(phase, deps, () => session.reduce(phase, round));
      if (!reduced.ok) return reduced;
      const answer = reduced.value;
      if (answer.next === "done") return { ok: true, reused: answer.reused };
      if (answer.next === "failed") {
        // Where nothing can be written, as on a full disk, the reason could not be left behind either.
        const unrecorded = answer.failure.code === "batches_missing" ? lost : null;
        return { ok: false, failure: unrecorded ?? answer.failure };
      }
      if (answer.next === "round") break;
      await clock.sleep(answer.after_seconds * 1000, signal);
    }
  }
}

type Tried<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** Runs one step up to the row's attempts, waiting 1, 2, 4 ... seconds in between; what is permanent is not tried again. */
async function tried<T>(
  phase: PhaseName,
  { clock, signal }: RunnerDeps,
  step: () => Promise<T>,
): Promise<Tried<T>> {
  const { attempts } = phaseRow(phase);
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return { ok: true, value: await step() };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const spent = errorDetail(error).code === BUDGET_SPENT;
      if (isKind(error, ErrorName.stopped) && !spent) throw error;
      const permanent = spent || isKind(error, ErrorName.permanent) || isKind(error, ErrorName.usage);
      if (permanent || attempt >= attempts) return { ok: false, failure: failureOf(phase, error) };
      await clock.sleep(retryWaitMs(error, attempt), signal);
    }
  }
}

/** The reason for `AbortController.abort` when a person or a signal ends the run. */
export function stopReason(
  code: "interrupted" | "stop_requested" | "superseded",
  message: string,
): StoppedError {
  return new StoppedError(message, { code, hint: "Resume it with the same command and --resume." });
}
