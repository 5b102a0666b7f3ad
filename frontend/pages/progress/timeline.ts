import type { RunDetail } from "../../../shared/contracts/api.ts";
import type { PhaseName } from "../../../shared/contracts/run.ts";
import { pipeline } from "../../../shared/pipeline.ts";

export interface PhaseBar {
  readonly phase: PhaseName;
  readonly title: string;
  readonly status: "pending" | "running" | "done" | "reused" | "failed";
  /** Milliseconds since 1970; null while it has not begun or not ended. */
  readonly from: number | null;
  readonly to: number | null;
}

/** The run's phases in their order, with their times. @param now for what is under way. */
export function phaseBars(run: Pick<RunDetail, "phases" | "phase_states">, now: number): readonly PhaseBar[] {
  return pipeline
    .filter(({ name }) => run.phases.includes(name))
    .map(({ name, title }) => {
      const state = run.phase_states[name];
      const from = state?.started_at ?? null;
      const to = state?.finished_at ?? null;
      return {
        phase: name,
        title,
        status: state?.status ?? "pending",
        from: from === null ? null : Date.parse(from),
        to: to === null ? (state?.status === "running" ? now : null) : Date.parse(to),
      };
    });
}

/** From the first start to the last end, at least a second. */
export function spanOf(bars: readonly PhaseBar[]): { readonly from: number; readonly to: number } | null {
  const starts = bars.flatMap(({ from }) => from ?? []);
  const ends = bars.flatMap(({ to }) => to ?? []);
  if (starts.length === 0) return null;
  const from = Math.min(...starts);
  return { from, to: Math.max(from + 1000, ...ends, ...starts) };
}

/**
 * Seconds that the round under way will still take, if it goes on as it went: between half and twice of that, since batches
 * differ. Null before enough of it is done to say.
 */
export function timeLeft(
  progress: RunDetail["progress"],
  startedMs: number | null,
  now: number,
): { readonly low: number; readonly high: number } | null {
  if (progress === null || startedMs === null) return null;
  const { batches, finished } = progress;
  if (finished < 2 || finished >= batches) return null;
  const seconds = (((now - startedMs) / 1000) * (batches - finished)) / finished;
  return { low: seconds / 2, high: seconds * 2 };
}
