import type { Usage } from "../../shared/contracts/model-tasks.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { phaseRow, pipeline } from "../../shared/pipeline.ts";
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

/** Batches of a phase under way. */
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
  /**
   * Takes away what is drawn, for the end; phases that were under way are said to have failed or stopped.
   * @param failed the phase that failed, where one did: those beside it were stopped.
   */
  end(how?: "failed" | "stopped", failed?: PhaseName | null): void;
}

/** What a run that the phase has started does; `title` says what the run is for. */
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

/**
 * The line of a running phase: what it does, how far it is, how fast, how long yet; what a run that it started does, and
 * which phases are under way beside it.
 */
export function barLine(
  counts: Counts,
  nowMs: number,
  width: number,
  paint: Paint,
  child: ChildCounts | null = null,
  spending: Spending = { calls: 0, usd: 0 },
  beside: readonly PhaseName[] = [],
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
  const others = beside.map((other) => `+ ${phaseRow(other).title}`);
  // A single batch has no progress to draw: only time passes.
  if (planned < 2) {
    const told = [duration(seconds), ...spentWords(spending), ...others].join("  ");
    return head + paint("dim", cutTo(told, Math.max(0, width - TITLE_CELLS - 5)));
  }
  const cells = Math.min(MOST_BAR, Math.max(LEAST_BAR, width - TITLE_CELLS - NUMBERS_CELLS - 4));
  const filled = Math.round((cells * finished) / planned);
  const bar = paint("cyan", "━".repeat(filled)) + paint("dim", "─".repeat(cells - filled));
  const told = [
    `${count(finished)}/${count(planned)}`,
    ...pace(counts, nowMs),
    ...spentWords(spending),
    ...others,
  ];
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

/** Counts the batches of the phases of one run that are under way. */
interface Tally extends Progress {
  /** In the order in which they started. */
  underWay(): readonly Counts[];
  of(phase: PhaseName): Counts | undefined;
  clear(): void;
}

function openTally(clock: Clock): Tally {
  const held = new Map<PhaseName, Counts>();
  return {
    phaseStarted(phase) {
      held.set(phase, { phase, startedMs: clock.elapsed(), planned: 0, finished: 0, computed: 0 });
    },
    roundPlanned(phase, _round, batches) {
      const counts = held.get(phase);
      if (counts !== undefined) counts.planned += batches;
    },
    batchFinished(phase, _round, outcome) {
      const counts = held.get(phase);
      if (counts === undefined) return;
      counts.finished++;
      if (outcome === "computed") counts.computed++;
    },
    phaseFinished: (phase) => void held.delete(phase),
    underWay: () => [...held.values()],
    of: (phase) => held.get(phase),
    clear: () => held.clear(),
  };
}

/** Of phases under way the one whose progress says most: that of the most batches, the earliest of several. */
function foremost(underWay: readonly Counts[]): Counts | null {
  return underWay.reduce<Counts | null>(
    (best, counts) => (best === null || counts.planned > best.planned ? counts : best),
    null,
  );
}

/** How a phase under way ended with its run. */
function brokenHow(
  phase: PhaseName,
  how: "failed" | "stopped",
  failed: PhaseName | null,
): "failed" | "stopped" {
  return failed === null || failed === phase ? how : "stopped";
}

function bars(output: Output, sink: Sink, clock: Clock): RunProgress {
  const { paint } = output;
  const tally = openTally(clock);
  let child: { readonly title: string; readonly tally: Tally } | null = null;
  let bar: ReturnType<typeof openBar> | null = null;
  const spending: Spending = { calls: 0, usd: 0 };

  const line = (): string => {
    const underWay = tally.underWay();
    const shown = foremost(underWay);
    if (shown === null) return "";
    const inChild = child === null ? null : foremost(child.tally.underWay());
    const ofChild = child === null || inChild === null ? null : { ...inChild, title: child.title };
    const beside = underWay.filter((counts) => counts !== shown).map(({ phase }) => phase);
    return barLine(shown, clock.elapsed(), output.width, paint, ofChild, spending, beside);
  };
  const erase = (): void => {
    bar?.stop();
    bar = null;
  };
  const draw = (): void => {
    erase();
    if (tally.underWay().length > 0) bar = openBar(sink, line);
  };
  return {
    ...tally,
    phaseStarted(phase) {
      tally.phaseStarted(phase);
      draw();
    },
    phaseFinished(phase, seconds, reused) {
      tally.phaseFinished(phase, seconds, reused);
      child = null;
      erase();
      output.note(doneLine(phase, seconds, reused, paint));
      draw();
    },
    used: (usage) => spend(spending, usage),
    child(title) {
      const own = openTally(clock);
      return {
        ...own,
        phaseStarted(phase) {
          child = { title, tally: own };
          own.phaseStarted(phase);
        },
      };
    },
    say(text) {
      erase();
      output.note(text);
      draw();
    },
    end(how, failed = null) {
      erase();
      if (how !== undefined)
        for (const { phase } of tally.underWay())
          output.note(brokenLine(phase, brokenHow(phase, how, failed), paint));
      tally.clear();
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
  const tally = openTally(clock);
  const toldMs = new Map<PhaseName, number>();
  const tell = (phase: PhaseName, what: string): void =>
    output.note(`${before}${phaseRow(phase).title}: ${what}`);
  return {
    ...tally,
    phaseStarted(phase) {
      tally.phaseStarted(phase);
      toldMs.set(phase, clock.elapsed());
      tell(phase, "started");
    },
    batchFinished(phase, round, outcome) {
      tally.batchFinished(phase, round, outcome);
      const counts = tally.of(phase);
      const now = clock.elapsed();
      if (counts === undefined || now - (toldMs.get(phase) ?? 0) < PLAIN_INTERVAL_MS) return;
      toldMs.set(phase, now);
      const parts = [
        `${count(counts.finished)} of ${count(counts.planned)} batches`,
        ...pace(counts, now),
        ...spentWords(spending),
      ];
      tell(phase, parts.join(", "));
    },
    phaseFinished(phase, seconds, reused) {
      tally.phaseFinished(phase, seconds, reused);
      tell(phase, reused ? "kept from before" : `done in ${duration(seconds)}`);
    },
    say: (text) => output.note(text),
    end(how, failed = null) {
      if (how !== undefined)
        for (const { phase } of tally.underWay()) tell(phase, brokenHow(phase, how, failed));
      tally.clear();
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
