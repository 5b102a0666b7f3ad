import type { PhaseState, RunManifest } from "../../shared/contracts/run.ts";

/** A run's status in a word or two. */
export function statusWords({ status }: Pick<RunManifest, "status">, abandoned: boolean): string {
  if (abandoned) return "abandoned";
  return status === "done_with_warnings" ? "done, warnings" : status;
}

export function phasesDone({ phases, phase_states: states }: RunManifest): number {
  return phases.filter((phase) => states[phase]?.status === "done" || states[phase]?.status === "reused")
    .length;
}

/** Seconds a phase took, or has taken so far; null before it starts. */
export function phaseSeconds(state: PhaseState | undefined, now: number): number | null {
  if (state === undefined || state.started_at === null) return null;
  if (state.status === "running") return Math.max(0, (now - Date.parse(state.started_at)) / 1000);
  if (state.finished_at === null) return null;
  return Math.max(0, (Date.parse(state.finished_at) - Date.parse(state.started_at)) / 1000);
}

/** Seconds of all phases together: pauses between attempts are not work. Null when none has run. */
export function doneSeconds(run: RunManifest, now: number): number | null {
  const running = run.status === "running";
  const seconds = run.phases.flatMap((phase) => {
    const state = run.phase_states[phase];
    // What was under way when a run ended has no end of its own.
    if (state?.status === "running" && !running) return [];
    return phaseSeconds(state, now) ?? [];
  });
  return seconds.length === 0 ? null : seconds.reduce((sum, part) => sum + part, 0);
}
