import { evaluatePhase } from "../../shared/phases/evaluate.ts";
import { openChildren } from "../open-starter.ts";
import { phaseFunction } from "../phase-function.ts";

export const handler = phaseFunction(evaluatePhase, { children: openChildren });
