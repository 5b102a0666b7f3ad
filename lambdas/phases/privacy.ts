import { privacyPhase } from "../../shared/phases/privacy.ts";
import { keptProvider } from "../kept-provider.ts";
import { phaseFunction } from "../phase-function.ts";

export const handler = phaseFunction(privacyPhase, { provider: keptProvider });
