import { randomUUID } from "node:crypto";
import { handle } from "hono/aws-lambda";
import type { LambdaEvent } from "hono/aws-lambda";
import * as z from "zod";
import { dynamoBatchProgress } from "../../shared/adapters/aws/batch-progress.ts";
import { s3ObjectStore } from "../../shared/adapters/aws/object-store.ts";
import { API_SCHEMA_VERSION } from "../../shared/contracts/api.ts";
import type { Capabilities } from "../../shared/contracts/api.ts";
import { TRUSTED_GROUP } from "../../shared/contracts/aws.ts";
import type { ApiEnvironment } from "../../shared/contracts/aws.ts";
import { providerSettings } from "../../shared/config.ts";
import { executionOwner } from "../../shared/engine/execution.ts";
import type { LifeDeps } from "../../shared/engine/run-life.ts";
import { VERSION } from "../../shared/version.ts";
import { apiApp } from "../api/app.ts";
import type { ApiOptions } from "../api/app.ts";
import type { Authenticate } from "../api/authentication.ts";
import { readServices } from "../api/read-services.ts";
import { jwtAuthentication } from "../api/verify-jwt.ts";
import { openClients, openRunStores, table } from "../compose.ts";
import { openStarter } from "../open-starter.ts";
import { lambda } from "../wrapper.ts";
import type { Tools } from "../wrapper.ts";

/** API Gateway throttles the stage as a whole; this is for each person, in each container. */
const RATE = { perSecond: 20, burst: 100 };

function authentication(environment: ApiEnvironment, { clock }: Tools): Authenticate {
  const { CLIO_TOKEN_ISSUER: issuer, CLIO_TOKEN_CLIENT: clientId } = environment;
  return issuer === undefined || clientId === undefined
    ? // Only its own machine reaches an emulator: who is there may see all that the stage shows.
      async () => ({ subject: "anybody", groups: [TRUSTED_GROUP] })
    : jwtAuthentication({ issuer, clientId, clock });
}

/** Seconds between looks of a page: a person does not see more, and the table is not asked more. */
const LIVE_SECONDS = 3;

function capabilitiesOf(environment: ApiEnvironment): Capabilities {
  return {
    schema_version: API_SCHEMA_VERSION,
    version: VERSION,
    where: "aws",
    stage: environment.CLIO_STAGE,
    tier: environment.CLIO_RAW_MESSAGES === undefined ? "aggregate" : "trusted",
    launch: true,
    stop: true,
    resume: true,
    remove: true,
    sample_input: false,
    log: "events",
    artifacts: "published",
    fixed_settings: Object.keys(providerSettings.shape),
    live_seconds: LIVE_SECONDS,
  };
}

/** What every function of the API has: the runs, and how to tell whether one lives. */
export function openShared(environment: ApiEnvironment, tools: Tools) {
  const clients = openClients(environment);
  const { objects, runs } = openRunStores(environment, clients, tools);
  const published = s3ObjectStore({ client: clients.s3, bucket: environment.CLIO_PUBLISHED_BUCKET });
  const life: LifeDeps & ReturnType<typeof openStarter> = {
    runs,
    clock: tools.clock,
    ...openStarter(environment),
    // Owners are executions here; no process of this function is one.
    me: executionOwner("api", 1, new Date(tools.clock.now()).toISOString()),
    isAlive: () => true,
  };
  const options: Omit<ApiOptions, "services" | "rights"> = {
    stage: environment.CLIO_STAGE,
    version: VERSION,
    authenticate: authentication(environment, tools),
    hosts: null,
    revealGroup: TRUSTED_GROUP,
    rate: RATE,
    clock: tools.clock,
    newRequestId: randomUUID,
    log: tools.log,
  };
  const read = readServices({
    life,
    published,
    records: objects,
    progress: dynamoBatchProgress({ client: clients.dynamo, ...table(environment) }),
    capabilities: capabilitiesOf(environment),
  });
  return { options, life, objects, clients, published, read };
}

/** What API Gateway sends is checked by the router; here only that it is such an event. */
const proxyEvent = z.looseObject({ requestContext: z.looseObject({}) });

/** A function that serves those routes of the API that it has the right to. */
export function apiFunction<Env extends z.ZodType>(
  name: string,
  environment: Env,
  open: (environment: z.infer<Env>, tools: Tools) => ApiOptions,
) {
  return lambda({
    name,
    environment,
    event: proxyEvent,
    open: (given, tools) => handle(apiApp(open(given, tools))),
    run: (event, serve) => serve(event as unknown as LambdaEvent),
  });
}
