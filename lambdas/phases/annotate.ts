import { annotatePhase } from "../../shared/phases/annotate.ts";
import { phaseFunction } from "../phase-function.ts";

export const handler = phaseFunction(annotatePhase);
