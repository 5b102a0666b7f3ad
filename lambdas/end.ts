import { endEvent, runEnvironment } from "../shared/contracts/aws.ts";
import { openEnd } from "./compose.ts";
import { endExecution } from "./end-run.ts";
import { lambda } from "./wrapper.ts";

/** The last state of every path of the state machine. */
export const handler = lambda({
  name: "end",
  environment: runEnvironment,
  event: endEvent,
  open: openEnd,
  run: endExecution,
});
