import { objectCreatedEvent, startEnvironment } from "../shared/contracts/aws.ts";
import { openStart } from "./compose.ts";
import { startRun } from "./start-run.ts";
import { lambda } from "./wrapper.ts";

/** Hears of objects dropped under `incoming/`. */
export const handler = lambda({
  name: "start",
  environment: startEnvironment,
  event: objectCreatedEvent,
  open: openStart,
  run: startRun,
});
