import { availableParallelism } from "node:os";
import { threadedCompute } from "../shared/adapters/threads/compute.ts";
import type { StepServices } from "./step.ts";

/** Numeric work on as many threads as the function's memory gives it processors. */
export const onAllThreads: NonNullable<StepServices["compute"]> = (signal) =>
  threadedCompute({ threads: availableParallelism(), signal });
