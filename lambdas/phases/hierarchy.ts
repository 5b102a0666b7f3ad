import { hierarchyPhase } from "../../shared/phases/hierarchy.ts";
import { keptProvider } from "../kept-provider.ts";
import { phaseFunction } from "../phase-function.ts";

export const handler = phaseFunction(hierarchyPhase, { provider: keptProvider });
