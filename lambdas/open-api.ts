import { randomUUID } from "node:crypto";
import { dynamoBatchProgress } from "../shared/adapters/aws/batch-progress.ts";
import { s3ObjectStore } from "../shared/adapters/aws/object-store.ts";
import type { ApiEnvironment } from "../shared/contracts/aws.ts";
import type { Capabilities } from "../shared/contracts/api.ts";
import { API_SCHEMA_VERSION } from "../shared/contracts/api.ts";
import { executionOwner } from "../shared/engine/execution.ts";
import type { LifeDeps } from "../shared/engine/run-life.ts";
import { providerSettings } from "../shared/config.ts";
import { VERSION } from "../shared/version.ts";
import type { ApiOptions } from "./api/app.ts";
import { openToAll } from "./api/authentication.ts";
import type { Authenticate } from "./api/authentication.ts";
import { readServices } from "./api/read-services.ts";
import { jwtAuthentication } from "./api/verify-jwt.ts";
import { openClients, openRunStores, table } from "./compose.ts";
import { openStarter } from "./open-starter.ts";
import type { Tools } from "./wrapper.ts";

/** Whose members may see raw conversations, where a stage shows them at all. */
export const TRUSTED_GROUP = "clio-trusted";

/** API Gateway throttles the stage as a whole; this is for each person, in each container. */
const RATE = { perSecond: 20, burst: 100 };

function authentication(environment: ApiEnvironment, { clock }: Tools): Authenticate {
  const { CLIO_TOKEN_ISSUER: issuer, CLIO_TOKEN_CLIENT: clientId } = environment;
  return issuer === undefined || clientId === undefined
    ? openToAll
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
function openShared(environment: ApiEnvironment, tools: Tools) {
  const clients = openClients(environment);
  const { objects, runs } = openRunStores(environment, clients, tools);
  const life: LifeDeps = {
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
  return {
    options,
    life,
    objects,
    clients,
    published: s3ObjectStore({ client: clients.s3, bucket: environment.CLIO_PUBLISHED_BUCKET }),
    progress: dynamoBatchProgress({ client: clients.dynamo, ...table(environment) }),
    capabilities: capabilitiesOf(environment),
  };
}

/** The function that reads records and what is published. */
export function openRead(environment: ApiEnvironment, tools: Tools): ApiOptions {
  const { options, life, objects, published, progress, capabilities } = openShared(environment, tools);
  return {
    ...options,
    rights: ["open", "read"],
    services: readServices({ life, published, records: objects, progress, capabilities }),
  };
}
