import type { PhaseName } from "../contracts/run.ts";

/** Starts attempts on the engine that runs them, and ends them; on AWS an attempt is an execution. */
export interface RunStarter {
  /** Starts an attempt; "exists" when that attempt was started before, whatever became of it. */
  start(runId: string, attempt: number, phases: readonly PhaseName[]): Promise<"started" | "exists">;
  /** Whether an attempt is being run now; null when it was never started. */
  isRunning(runId: string, attempt: number): Promise<boolean | null>;
  /** Ends a running attempt at once; fine when it is not running. */
  stop(runId: string, attempt: number): Promise<void>;
}
