import { executionStatusEvent, runEnvironment } from "../shared/contracts/aws.ts";
import { openEnd } from "./compose.ts";
import { markEndedBadly } from "./end-run.ts";
import { lambda } from "./wrapper.ts";

/** Hears of executions that failed, ran out of time or were stopped. */
export const handler = lambda({
  name: "backstop",
  environment: runEnvironment,
  event: executionStatusEvent,
  open: openEnd,
  run: markEndedBadly,
});
