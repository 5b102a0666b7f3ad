import { ingestPhase } from "../../shared/phases/ingest.ts";
import { phaseFunction } from "../phase-function.ts";

export const handler = phaseFunction(ingestPhase, { readsInput: true });
