import { phaseEnvironment, stepEvent } from "../shared/contracts/aws.ts";
import type { Phase } from "../shared/phases/phase.ts";
import { openPhase } from "./compose.ts";
import type { PhaseAccess } from "./compose.ts";
import { runStep } from "./step.ts";
import { lambda } from "./wrapper.ts";

/** The function of one phase: all three verbs. */
export function phaseFunction(phase: Phase, access: PhaseAccess = {}): ReturnType<typeof lambda> {
  return lambda({
    name: phase.name,
    environment: phaseEnvironment,
    event: stepEvent,
    open: (environment, tools) => openPhase(phase, access, environment, tools),
    run: runStep,
  });
}
