import { clusterPhase } from "../../shared/phases/cluster.ts";
import { phaseFunction } from "../phase-function.ts";

export const handler = phaseFunction(clusterPhase);
