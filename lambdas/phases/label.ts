import { labelPhase } from "../../shared/phases/label.ts";
import { keptProvider } from "../kept-provider.ts";
import { phaseFunction } from "../phase-function.ts";

export const handler = phaseFunction(labelPhase, { provider: keptProvider });
