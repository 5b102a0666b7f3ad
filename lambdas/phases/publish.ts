import { publishPhase } from "../../shared/phases/publish.ts";
import { phaseFunction } from "../phase-function.ts";

export const handler = phaseFunction(publishPhase);
