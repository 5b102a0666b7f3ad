import { embedPhase } from "../../shared/phases/embed.ts";
import { keptProvider } from "../kept-provider.ts";
import { phaseFunction } from "../phase-function.ts";

export const handler = phaseFunction(embedPhase, { provider: keptProvider });
