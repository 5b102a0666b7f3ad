import type { RunConfig } from "../config.ts";
import type { Failure, PhaseName } from "../contracts/run.ts";

/** A run that a phase of another run wants to have. */
export interface ChildRun {
  readonly runId: string;
  /** What it is for, as people read it; nothing of content. */
  readonly title: string;
  readonly config: RunConfig;
  readonly phases: readonly PhaseName[];
  readonly input: { readonly name: string; readonly content: () => Promise<Uint8Array> };
}

export type ChildState =
  | { readonly state: "running"; readonly lookAgainSeconds: number }
  | { readonly state: "done" }
  | { readonly state: "failed"; readonly failure: Failure };

/** Runs that are started by a phase, on the engine that runs the phase itself. They start none of their own. */
export interface ChildRuns {
  /** Starts the run, or goes on with it, unless it is done or under way; answers at once how it is. */
  ensure(child: ChildRun): Promise<ChildState>;
}
