import { startEnvironment, startEvent } from "../shared/contracts/aws.ts";
import { openStart } from "./compose.ts";
import { start } from "./start-run.ts";
import { lambda } from "./wrapper.ts";

/** Hears of objects dropped under `incoming/`, and of uploads that the API starts runs for. */
export const handler = lambda({
  name: "start",
  environment: startEnvironment,
  event: startEvent,
  open: openStart,
  run: start,
});
