import * as z from "zod";
import { checkProviderEnvironment } from "../shared/contracts/aws.ts";
import { openCheck } from "./compose.ts";
import { keptProvider } from "./kept-provider.ts";
import { checkProvider } from "./provider-check.ts";
import { lambda } from "./wrapper.ts";

/** Whether the stage's provider answers from here. Whom it asks no event can say: it holds the keys. */
export const handler = lambda({
  name: "check-provider",
  environment: checkProviderEnvironment,
  event: z.unknown(),
  open: (environment, tools) => openCheck(keptProvider, environment, tools),
  run: (_event, services, { signal }) => checkProvider(services, signal),
});
