import type { S3Client } from "@aws-sdk/client-s3";
import { dynamoBatchProgress } from "../shared/adapters/aws/batch-progress.ts";
import { dynamoBudget } from "../shared/adapters/aws/budget.ts";
import { dynamoClient, s3Client } from "../shared/adapters/aws/clients.ts";
import { secretsClient } from "../shared/adapters/aws/function-clients.ts";
import type { AwsClientOptions } from "../shared/adapters/aws/clients.ts";
import { objectInput } from "../shared/adapters/aws/input-source.ts";
import { s3ObjectStore } from "../shared/adapters/aws/object-store.ts";
import { dynamoRunStore } from "../shared/adapters/aws/run-store.ts";
import { secretReader } from "../shared/adapters/aws/secret.ts";
import type { ProviderWorld } from "../shared/adapters/open-provider.ts";
import { providerIdentity } from "../shared/adapters/provider-identity.ts";
import { runConfig } from "../shared/config.ts";
import type { ConfigKey, RunConfig } from "../shared/config.ts";
import { inputLocation } from "../shared/contracts/aws.ts";
import type {
  InputLocation,
  CheckProviderEnvironment,
  PhaseEnvironment,
  ProviderAccess,
  RunEnvironment,
  StartEnvironment,
} from "../shared/contracts/aws.ts";
import { providerEnvironment } from "../shared/contracts/provider-environment.ts";
import type { PhaseName } from "../shared/contracts/run.ts";
import { decodeJson } from "../shared/domain/jsonl.ts";
import { PermanentError } from "../shared/errors.ts";
import { inputLocationKey, userHashKey } from "../shared/keys.ts";
import type { ObjectStore } from "../shared/ports/object-store.ts";
import type { RunStore } from "../shared/ports/run-store.ts";
import type { EndServices } from "./end-run.ts";
import type { CheckServices } from "./provider-check.ts";
import { readStageProvider } from "./stage-provider.ts";
import type { StartServices } from "./start-run.ts";
import { openStarter } from "./open-starter.ts";
import type { StepServices } from "./step.ts";
import type { keptProvider } from "./kept-provider.ts";
import type { Tools } from "./wrapper.ts";

/** The composition roots of the functions: what each opens, once per container. */

const at = ({ AWS_ENDPOINT_URL: endpoint }: { AWS_ENDPOINT_URL?: string | undefined }): AwsClientOptions => ({
  endpoint,
});

const SECONDS_PER_DAY = 86_400;

export function table({ CLIO_RUN_TABLE, CLIO_RETENTION_DAYS: days }: RunEnvironment) {
  return {
    table: CLIO_RUN_TABLE,
    ...(days === undefined ? {} : { retentionSeconds: Number(days) * SECONDS_PER_DAY }),
  };
}

interface RunStores {
  readonly objects: ObjectStore;
  readonly runs: RunStore;
}

/** A container's clients, each with the one pool of connections that all stores of its kind share. */
export function openClients(environment: RunEnvironment) {
  return { s3: s3Client(at(environment)), dynamo: dynamoClient(at(environment)) };
}

export function openRunStores(
  environment: RunEnvironment,
  { s3, dynamo }: ReturnType<typeof openClients>,
  { log }: Tools,
): RunStores {
  return {
    objects: s3ObjectStore({ client: s3, bucket: environment.CLIO_PRIVATE_BUCKET }),
    runs: dynamoRunStore({ client: dynamo, ...table(environment), log }),
  };
}

export function openEnd(environment: RunEnvironment, tools: Tools): EndServices {
  return openRunStores(environment, openClients(environment), tools);
}

export function openStart(environment: StartEnvironment, tools: Tools): StartServices {
  const clients = openClients(environment);
  return {
    ...openRunStores(environment, clients, tools),
    ...openStarter(environment),
    openInput: (location) => objectInput({ client: clients.s3, ...location }),
    stage: readStageProvider(environment.CLIO_PROVIDER_SETTINGS),
    identify: providerIdentity,
  };
}

/** What a phase's function gets beside the run's stores: as little as its row of the table says. */
export interface PhaseAccess {
  readonly provider?: typeof keptProvider | null;
  readonly readsInput?: boolean;
  /** Threads for numeric work that takes long. */
  readonly compute?: StepServices["compute"];
  readonly children?: (environment: PhaseEnvironment, client: S3Client) => StepServices["children"];
}

export function openPhase(
  phase: StepServices["phase"],
  { provider = null, readsInput = false, compute = null, children = () => null }: PhaseAccess,
  environment: PhaseEnvironment,
  tools: Tools,
): StepServices {
  const clients = openClients(environment);
  const { objects, runs } = openRunStores(environment, clients, tools);
  const bucket = environment.CLIO_PUBLISHED_BUCKET;
  return {
    phase,
    objects,
    published: bucket === undefined ? objects : s3ObjectStore({ client: clients.s3, bucket }),
    runs,
    budget: dynamoBudget({ client: clients.dynamo, ...table(environment) }),
    progress: dynamoBatchProgress({ client: clients.dynamo, ...table(environment) }),
    stage: readStageProvider(environment.CLIO_PROVIDER_SETTINGS),
    provider: provider?.(worldOf(phase.name, environment, tools), tools.clock) ?? null,
    input: readsInput
      ? async (runId) => {
          const { location, key } = await keptInput(objects, runId);
          return { source: await objectInput({ client: clients.s3, ...location }), userHashKey: key };
        }
      : null,
    compute,
    children: children(environment, clients.s3),
  };
}

/** Which setting says how many batches of a phase, each in a function of its own, call an endpoint side by side. */
const CONCURRENCY = {
  facets: "facet_max_concurrency",
  embed: "embed_max_concurrency",
  label: "label_max_concurrency",
  hierarchy: "hierarchy_max_concurrency",
  privacy: "privacy_max_concurrency",
} as const satisfies Partial<Record<PhaseName, ConfigKey>>;

/** Keys from the stage's secret, read anew for each provider that is opened; of an endpoint's limits, a batch's part. */
function worldOf(
  phase: PhaseName | null,
  { AWS_REGION, CLIO_PROVIDER_SECRET: secretId, AWS_ENDPOINT_URL }: ProviderAccess,
  { clock }: Tools,
): (config: RunConfig, signal: AbortSignal) => ProviderWorld {
  const region = AWS_REGION === undefined ? {} : { AWS_REGION };
  const client = secretsClient(at({ AWS_ENDPOINT_URL }));
  const atOnce: Partial<Record<PhaseName, ConfigKey>> = CONCURRENCY;
  return (config, signal) => {
    const key = phase === null ? undefined : atOnce[phase];
    const secret =
      secretId === undefined ? null : secretReader({ client, secretId, schema: providerEnvironment });
    return {
      environment: async () => ({ ...(await secret?.()), ...region }),
      clock,
      random: Math.random,
      signal,
      share: key === undefined ? 1 : 1 / Number(config[key]),
    };
  };
}

/** Where the input lies and the key for user hashes, as the start of the run left them. */
async function keptInput(
  objects: ObjectStore,
  runId: string,
): Promise<{ location: InputLocation; key: Uint8Array }> {
  const [location, key] = await Promise.all([
    objects.get(inputLocationKey(runId)),
    objects.get(userHashKey(runId)),
  ]);
  if (location === null || key === null) {
    throw new PermanentError(`run ${runId} has no input`, {
      code: "missing_input",
      hint: "Drop the file again: a new run is made of it.",
    });
  }
  return { location: inputLocation.parse(decodeJson(location)), key };
}

/** The stage's provider as the phases would open it. */
export function openCheck(
  provider: typeof keptProvider,
  environment: CheckProviderEnvironment,
  tools: Tools,
): CheckServices {
  const config = runConfig.parse(readStageProvider(environment.CLIO_PROVIDER_SETTINGS));
  const opened = provider(worldOf(null, environment, tools), tools.clock);
  return { stage: environment.CLIO_STAGE, open: (signal) => opened(config, signal) };
}
