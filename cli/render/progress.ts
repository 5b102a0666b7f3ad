import type { Usage } from "../../shared/contracts/model-tasks.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { phaseRow, pipeline } from "../../shared/pipeline.ts";
import type { BatchOutcome } from "../../shared/engine/session.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Output, Paint, Sink } from "../io.ts";
import type { NestedProgress, Progress } from "../runner.ts";
import { openBar } from "./bar.ts";
import { dollars } from "./money.ts";
import { count, cutTo, duration, padEnd, plural, widthOf } from "./text.ts";

/** A line of progress this often where lines cannot be redrawn. */
const PLAIN_INTERVAL_MS = 5000;
const SPINS_PER_SECOND = 10;
const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const TITLE_CELLS = Math.max(...pipeline.map(({ title }) => title.length));
/** A bar between these widths, whatever the terminal has. */
const LEAST_BAR = 8;
const MOST_BAR = 32;
/** Cells kept for what stands behind the bar. */
const NUMBERS_CELLS = 36;
/** A rate is told from this many batches on: the first ones also load models. */
const RATE_FROM = 2;

/** Batches of the phase that runs. */
interface Counts {
  readonly phase: PhaseName;
  readonly startedMs: number;
  planned: number;
  finished: number;
  /** Finished in this attempt rather than found finished. */
  computed: number;
}

export interface RunProgress extends NestedProgress {
  /** Says something in between, without tearing what is drawn. */
  say(text: string): void;
  /** Takes away what is drawn, for the end; if a phase was under way it is said to have failed or stopped. */
  end(how?: "failed" | "stopped"): void;
}

/** Batches of a run that the phase has started; `title` says what the run is for. */
interface ChildCounts extends Counts {
  readonly title: string;
}

/** What this attempt has paid for so far. */
interface Spending {
  calls: number;
  usd: number;
}

function spend(spending: Spending, { calls, cost_usd: usd }: Usage): void {
  spending.calls += calls;
  spending.usd += usd;
}

/** "$0.42 for 1,234 calls"; nothing where nothing is billed. */
function spentWords({ calls, usd }: Spending): string[] {
  return usd === 0 ? [] : [`${dollars(usd)} for ${plural(calls, "call")}`];
}

/** "3.1/s  4 s left", as far as it can be told. */
function pace({ planned, finished, computed, startedMs }: Counts, nowMs: number): string[] {
  const seconds = (nowMs - startedMs) / 1000;
  if (computed < RATE_FROM || seconds <= 0) return [];
  const rate = computed / seconds;
  const left = (planned - finished) / rate;
  return [
    `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`,
    ...(left >= 1 ? [`${duration(left)} left`] : []),
  ];
}

/** "quality (1 of 3): Extract facets 16/250". */
function childWords({ title, phase, planned, finished }: ChildCounts): string {
  const batches = planned < 2 ? "" : ` ${count(finished)}/${count(planned)}`;
  return `${title}: ${phaseRow(phase).title}${batches}`;
}

/** The line of a running phase: what it does, how far it is, how fast, how long yet; what a run that it started does. */
export function barLine(
  counts: Counts,
  nowMs: number,
  width: number,
  paint: Paint,
  child: ChildCounts | null = null,
  spending: Spending = { calls: 0, usd: 0 },
): string {
  const { phase, planned, finished, startedMs } = counts;
  const seconds = (nowMs - startedMs) / 1000;
  const spinner = SPINNER[Math.floor(seconds * SPINS_PER_SECOND) % SPINNER.length] ?? "";
  const title = padEnd(phaseRow(phase).title, TITLE_CELLS);
  const head = `${paint("cyan", spinner)} ${title}  `;
  if (child !== null) {
    const spent = [duration(seconds), ...spentWords(spending)].join("  ");
    const room = Math.max(0, width - TITLE_CELLS - widthOf(spent) - 7);
    return `${head}${paint("dim", spent)}  ${cutTo(childWords(child), room)}`;
  }
  // A single batch has no progress to draw: only time passes.
  if (planned < 2) return head + paint("dim", [duration(seconds), ...spentWords(spending)].join("  "));
  const cells = Math.min(MOST_BAR, Math.max(LEAST_BAR, width - TITLE_CELLS - NUMBERS_CELLS - 4));
  const filled = Math.round((cells * finished) / planned);
  const bar = paint("cyan", "━".repeat(filled)) + paint("dim", "─".repeat(cells - filled));
  const told = [`${count(finished)}/${count(planned)}`, ...pace(counts, nowMs), ...spentWords(spending)];
  const numbers = told.join("  ");
  const room = Math.max(0, width - TITLE_CELLS - cells - 7);
  return `${head}${bar}  ${cutTo(numbers, room)}`;
}

/** The line of a phase that is done. */
export function doneLine(phase: PhaseName, seconds: number, kept: boolean, paint: Paint): string {
  const what = kept ? "kept from before" : duration(seconds);
  return `${paint("green", "✔")} ${padEnd(phaseRow(phase).title, TITLE_CELLS)}  ${paint("dim", what)}`;
}

/** The line of a phase that did not come to its end. */
function brokenLine(phase: PhaseName, how: "failed" | "stopped", paint: Paint): string {
  const mark = how === "failed" ? paint("red", "✖") : paint("yellow", "■");
  return `${mark} ${padEnd(phaseRow(phase).title, TITLE_CELLS)}  ${paint("dim", how)}`;
}

/** What a run shows while it runs: bars on a terminal, lines now and then elsewhere, nothing under --quiet. */
export function openProgress(output: Output, sink: Sink, clock: Clock): RunProgress {
  if (output.quiet) return { ...silent, say: () => {} };
  // Log lines between the frames of a bar would tear it.
  return output.terminal && !output.debug ? bars(output, sink, clock) : lines(output, clock);
}

const unseen: Progress = {
  phaseStarted: () => {},
  roundPlanned: () => {},
  batchFinished: () => {},
  phaseFinished: () => {},
};

const silent: Omit<RunProgress, "say"> = { ...unseen, child: () => unseen, end: () => {} };

function started(phase: PhaseName, clock: Clock): Counts {
  return { phase, startedMs: clock.elapsed(), planned: 0, finished: 0, computed: 0 };
}

function countFinished(counts: Counts, outcome: BatchOutcome): void {
  counts.finished++;
  if (outcome === "computed") counts.computed++;
}

function bars(output: Output, sink: Sink, clock: Clock): RunProgress {
  const { paint } = output;
  let counts: Counts | null = null;
  let child: ChildCounts | null = null;
  let bar: ReturnType<typeof openBar> | null = null;
  const spending: Spending = { calls: 0, usd: 0 };

  const draw = (): void => {
    if (counts === null) return;
    const drawn = counts;
    bar = openBar(sink, () => barLine(drawn, clock.elapsed(), output.width, paint, child, spending));
  };
  const erase = (): void => {
    bar?.stop();
    bar = null;
  };
  return {
    phaseStarted(phase) {
      counts = started(phase, clock);
      draw();
    },
    roundPlanned(_phase, _round, batches) {
      if (counts !== null) counts.planned += batches;
    },
    batchFinished(_phase, _round, outcome) {
      if (counts !== null) countFinished(counts, outcome);
    },
    phaseFinished(phase, seconds, reused) {
      erase();
      output.note(doneLine(phase, seconds, reused, paint));
      counts = null;
      child = null;
    },
    used: (usage) => spend(spending, usage),
    child: (title) => ({
      phaseStarted(phase) {
        child = { ...started(phase, clock), title };
      },
      roundPlanned(_phase, _round, batches) {
        if (child !== null) child.planned += batches;
      },
      batchFinished(_phase, _round, outcome) {
        if (child !== null) countFinished(child, outcome);
      },
      phaseFinished() {
        child = null;
      },
    }),
    say(text) {
      erase();
      output.note(text);
      draw();
    },
    end(how) {
      erase();
      if (counts !== null && how !== undefined) output.note(brokenLine(counts.phase, how, paint));
      counts = null;
    },
  };
}

/** Lines of one run, each begun with `before`. */
function runLines(
  output: Output,
  clock: Clock,
  before: string,
  spending: Spending,
): Omit<RunProgress, "child"> {
  let counts: Counts | null = null;
  let lastMs = 0;
  const tell = (phase: PhaseName, what: string): void =>
    output.note(`${before}${phaseRow(phase).title}: ${what}`);
  return {
    phaseStarted(phase) {
      counts = started(phase, clock);
      lastMs = counts.startedMs;
      tell(phase, "started");
    },
    roundPlanned(_phase, _round, batches) {
      if (counts !== null) counts.planned += batches;
    },
    batchFinished(phase, _round, outcome) {
      if (counts === null) return;
      countFinished(counts, outcome);
      const now = clock.elapsed();
      if (now - lastMs < PLAIN_INTERVAL_MS) return;
      lastMs = now;
      const parts = [
        `${count(counts.finished)} of ${count(counts.planned)} batches`,
        ...pace(counts, now),
        ...spentWords(spending),
      ];
      tell(phase, parts.join(", "));
    },
    phaseFinished(phase, seconds, reused) {
      tell(phase, reused ? "kept from before" : `done in ${duration(seconds)}`);
      counts = null;
    },
    say: (text) => output.note(text),
    end(how) {
      if (counts !== null && how !== undefined) tell(counts.phase, how);
      counts = null;
    },
  };
}

function lines(output: Output, clock: Clock): RunProgress {
  const spending: Spending = { calls: 0, usd: 0 };
  return {
    ...runLines(output, clock, "", spending),
    used: (usage) => spend(spending, usage),
    child: (title) => runLines(output, clock, `  ${title} – `, spending),
  };
}
