import { handle } from "hono/aws-lambda";
import type { LambdaEvent } from "hono/aws-lambda";
import * as z from "zod";
import { apiEnvironment } from "../shared/contracts/aws.ts";
import { apiApp } from "./api/app.ts";
import { openRead } from "./open-api.ts";
import { lambda } from "./wrapper.ts";

/** What API Gateway sends is checked by the router; here only that it is such an event. */
const proxyEvent = z.looseObject({ requestContext: z.looseObject({}) });

/** The API's function that reads: run records and what is published. */
export const handler = lambda({
  name: "read",
  environment: apiEnvironment,
  event: proxyEvent,
  open: (environment, tools) => handle(apiApp(openRead(environment, tools))),
  run: (event, serve) => serve(event as unknown as LambdaEvent),
});
