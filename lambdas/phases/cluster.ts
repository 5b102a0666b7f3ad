import { clusterPhase } from "../../shared/phases/cluster.ts";
import { phaseFunction } from "../phase-function.ts";
import { onAllThreads } from "../threads.ts";

export const handler = phaseFunction(clusterPhase, { compute: onAllThreads });
