import { facetsPhase } from "../../shared/phases/facets.ts";
import { keptProvider } from "../kept-provider.ts";
import { phaseFunction } from "../phase-function.ts";

export const handler = phaseFunction(facetsPhase, { provider: keptProvider });
