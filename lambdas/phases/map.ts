import { mapPhase } from "../../shared/phases/map.ts";
import { phaseFunction } from "../phase-function.ts";
import { onAllThreads } from "../threads.ts";

export const handler = phaseFunction(mapPhase, { compute: onAllThreads });
