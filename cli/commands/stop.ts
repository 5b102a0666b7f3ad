import { UsageError } from "../../shared/errors.ts";
import type { RunManifest } from "../../shared/contracts/run.ts";
import { markStopped, requestStop } from "../../shared/engine/run-life.ts";
import type { StopOutcome } from "../../shared/engine/run-life.ts";
import { loadRun } from "../../shared/engine/run-record.ts";
import type { Stores } from "../compose.ts";
import { isAbandoned, lifeOf, parseRunId, placeFlags, storesOf } from "../context.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../io.ts";
import { statusWords } from "../render/record.ts";
import { duration, shellWord, wrap } from "../render/text.ts";

export interface StopOptions {
  /** As typed; null when not given. */
  readonly runId: string | null;
  readonly wait: boolean;
}

/** A heartbeat is 3 s, and what is under way may take a few more. */
const WAIT_SECONDS = 15;
const POLL_MS = 250;
/** A line of patience this often. */
const SAY_EVERY_SECONDS = 5;

/** How asking a run to stop ended. */
type Outcome = StopOutcome | "stopped" | "still_running";

export async function stopCommand(options: StopOptions, context: Context): Promise<ExitCode> {
  if (options.runId === null) {
    throw new UsageError("Which run is to stop was not said.", {
      code: "no_run_id",
      hint: "Say it with --run-id; clio list-runs shows the runs.",
    });
  }
  const { output } = context;
  const runId = parseRunId(options.runId);
  const stores = await storesOf(context);
  const { outcome, run, seconds } = await stopRun(
    context,
    stores,
    await loadRun(stores.runs, runId),
    options.wait,
  );
  const exitCode = outcome === "still_running" ? ExitCode.failed : ExitCode.done;

  output.answer({
    schema_version: "1.0.0",
    ok: exitCode === ExitCode.done,
    exit_code: exitCode,
    outcome,
    run: {
      run_id: runId,
      status: run.status,
      stop_requested_at: run.stop_requested_at,
      finished_at: run.finished_at,
      failure: run.failure,
      folder: stores.folder(runId),
    },
  });
  output.say(wrap(words(context, outcome, run, seconds), output.width, 2));
  const input =
    run.dataset === null || context.stage !== null ? "" : ` --input ${shellWord(run.dataset.name)}`;
  if (outcome !== "already_ended" && (run.status === "stopped" || run.status === "failed")) {
    output.note(
      `  ${output.paint("cyan", "→")} Go on with it:\n    clio run${input} --run-id ${runId} --resume${placeFlags(context, shellWord)}`,
    );
  }
  return exitCode;
}

function words({ output }: Context, outcome: Outcome, run: RunManifest, seconds: number): string {
  const { run_id: runId } = run;
  const done = output.paint("green", "✔");
  switch (outcome) {
    case "stopped":
      return `${done} Run ${runId} stopped after ${duration(seconds)}. Finished batches are kept.`;
    case "ended":
      return `${done} Run ${runId} had come to its end meanwhile: ${statusWords(run, false)}.`;
    case "already_ended":
      return `Run ${runId} is not running: ${statusWords(run, false)}.`;
    case "never_started":
      return `${done} Run ${runId} had never started; it is marked as stopped.`;
    case "abandoned":
      return `${done} What ran ${runId} is gone. The run is marked as stopped; finished batches are kept.`;
    case "asked":
      return `${done} Run ${runId} was asked to stop; it will within some seconds.`;
    case "still_running":
      return `${output.paint("yellow", "!")} Run ${runId} was asked to stop, but has not ended within ${WAIT_SECONDS} s: it will when what is under way ends. clio inspect-run --run-id ${runId} shows it.`;
  }
}

interface Stopped {
  readonly outcome: Outcome;
  readonly run: RunManifest;
  readonly seconds: number;
}

async function stopRun(context: Context, stores: Stores, run: RunManifest, wait: boolean): Promise<Stopped> {
  const { outcome, run: asked } = await requestStop(lifeOf(context, stores), run);
  return outcome === "asked" && wait
    ? waitForEnd(context, stores, asked, context.io.clock.elapsed())
    : { outcome, run: asked, seconds: 0 };
}

async function waitForEnd(
  context: Context,
  stores: Stores,
  asked: RunManifest,
  startedMs: number,
): Promise<Stopped> {
  const { io, output } = context;
  const { run_id: runId } = asked;
  output.note(`Asked ${runId} to stop; waiting up to ${WAIT_SECONDS} s for it to end…`);
  let saidAt = 0;
  for (;;) {
    const seconds = (io.clock.elapsed() - startedMs) / 1000;
    const run = await loadRun(stores.runs, runId);
    if (run.status !== "running")
      return { outcome: run.status === "stopped" ? "stopped" : "ended", run, seconds };
    const late = seconds >= WAIT_SECONDS;
    if (stores.executions === null && (await isAbandoned(context, stores, run)))
      return { outcome: "abandoned", run: await markStopped(stores, run, "owner_gone"), seconds };
    // A stopped execution's end is recorded by the backstop; where that does not come, it is here.
    if (stores.executions !== null && late && (await isAbandoned(context, stores, run)))
      return { outcome: "stopped", run: await markStopped(stores, run, "execution_stopped"), seconds };
    if (late) return { outcome: "still_running", run, seconds };
    if (seconds - saidAt >= SAY_EVERY_SECONDS) {
      saidAt = seconds;
      output.note(`Still running after ${duration(seconds)}…`);
    }
    await io.clock.sleep(POLL_MS, io.interrupt);
  }
}
