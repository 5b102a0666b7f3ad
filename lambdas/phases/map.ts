import { mapPhase } from "../../shared/phases/map.ts";
import { phaseFunction } from "../phase-function.ts";

export const handler = phaseFunction(mapPhase);
