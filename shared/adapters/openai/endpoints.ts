import type { RunConfig } from "../../config.ts";
import type { ModelIdentity } from "../../contracts/model-tasks.ts";
import type { ProviderEnvironment } from "../../contracts/provider-environment.ts";
import { shortHash } from "../../domain/hash.ts";
import { canonicalJson } from "../../domain/jsonl.ts";
import { UsageError } from "../../errors.ts";

/** Grows when this adapter asks in another way, prompts apart: those have versions of their own. */
const ADAPTER_VERSION = "1";

/** Where a model or an embedder is, and what opens it. */
export type Endpoint =
  | { readonly kind: "openai"; readonly model: string; readonly baseUrl: string; readonly apiKey: string }
  | {
      readonly kind: "azure";
      readonly model: string;
      readonly endpoint: string;
      readonly deployment: string;
      readonly apiVersion: string;
      readonly apiKey: string;
    }
  | {
      readonly kind: "bedrock";
      readonly model: string;
      readonly baseUrl: string | null;
      readonly region: string;
    }
  | { readonly kind: "jina"; readonly model: string; readonly baseUrl: string; readonly apiKey: string }
  | {
      readonly kind: "compatible";
      readonly model: string;
      readonly baseUrl: string;
      readonly apiKey: string | null;
    };

export type ModelSettings = Pick<RunConfig, "provider" | "model" | "model_base_url" | "model_context_tokens">;
export type EmbedderSettings = Pick<
  RunConfig,
  "provider" | "embedder" | "embedder_model" | "embedder_base_url" | "embedder_dimensions" | "embedder_task"
>;

export const OPENAI_URL = "https://api.openai.com/v1";
const JINA_URL = "https://api.jina.ai/v1";
/** The newest version of Azure's API that is no preview and knows JSON schemas. */
const AZURE_API_VERSION = "2024-10-21";

/** Model of each provider behind this API; null where one has to be named. */
const DEFAULT_MODELS = {
  openai: "gpt-4.1-mini",
  azure: "gpt-4.1-mini",
  bedrock: "openai.gpt-oss-20b-1:0",
  compatible: null,
} as const;
type ApiProvider = keyof typeof DEFAULT_MODELS;

/** The provider, if this adapter opens it. */
function apiProvider({ provider }: Pick<RunConfig, "provider">): ApiProvider {
  if (Object.hasOwn(DEFAULT_MODELS, provider)) return provider as ApiProvider;
  throw new RangeError(`the provider ${provider} has no endpoint`);
}

const DEFAULT_EMBEDDERS: Readonly<Record<Exclude<RunConfig["embedder"], "auto" | "offline">, string | null>> =
  {
    openai: "text-embedding-3-small",
    jina: "jina-embeddings-v3",
    compatible: null,
  };

/** Who embeds, with "auto" decided. */
export function embedderKind({ provider, embedder }: Pick<RunConfig, "provider" | "embedder">) {
  if (embedder !== "auto") return embedder;
  return provider === "offline" ? "offline" : "jina";
}

const missing = (message: string, hint: string, code = "no_key"): UsageError =>
  new UsageError(message, { code, hint });

function keyOf(
  name: keyof ProviderEnvironment,
  environment: ProviderEnvironment,
  who: string,
  or = "",
): string {
  const key = environment[name];
  if (key !== undefined) return key;
  throw missing(
    `${who} needs a key, and ${name} is not set.`,
    `Set ${name} in the environment or in .env${or}.`,
  );
}

function modelOf(given: string | null, preset: string | null, who: string, flag: string): string {
  const model = given ?? preset;
  if (model !== null) return model;
  throw missing(`${who} needs to know which model to ask.`, `Name it with ${flag}.`, "no_model");
}

function addressOf(given: string | null, who: string, flag: string): string {
  if (given !== null) return given;
  throw missing(
    `${who} needs an address.`,
    `Give it with ${flag}, for example ${flag} http://127.0.0.1:8000/v1.`,
    "no_base_url",
  );
}

/** The model's name as the settings have it, before any address or key is looked at. */
function namedModel(settings: Pick<RunConfig, "provider" | "model">): string {
  const provider = apiProvider(settings);
  return modelOf(settings.model, DEFAULT_MODELS[provider], `The provider ${provider}`, "--model");
}

function namedEmbedder(settings: EmbedderSettings): string {
  const kind = embedderKind(settings);
  if (kind === "offline") throw new RangeError("the offline embedder has no endpoint");
  return modelOf(
    settings.embedder_model,
    DEFAULT_EMBEDDERS[kind],
    `The embedder ${kind}`,
    "--embedder-model",
  );
}

/** Settings that change answers and stand in no name: their hash goes into the version. */
function versionOf(extras: Readonly<Record<string, string | number | null>>): string {
  const set = Object.fromEntries(Object.entries(extras).filter(([, value]) => value !== null));
  return Object.keys(set).length === 0
    ? ADAPTER_VERSION
    : `${ADAPTER_VERSION}+${shortHash(canonicalJson(set)).slice(0, 8)}`;
}

/** Who answers; the address is in the version as a hash, since identities are published. */
export function modelIdentityOf(settings: ModelSettings): ModelIdentity {
  const { provider, model_base_url: url, model_context_tokens: context } = settings;
  return { provider, model: namedModel(settings), version: versionOf({ url, context }) };
}

export function embedderIdentityOf(settings: EmbedderSettings): ModelIdentity {
  const { embedder_base_url: url, embedder_dimensions: dimensions, embedder_task: task } = settings;
  const provider = embedderKind(settings);
  return { provider, model: namedEmbedder(settings), version: versionOf({ url, dimensions, task }) };
}

/**
 * Where the model is. Throws UsageError ("no_key", "no_model", "no_base_url", "no_region") that says what to set. No
 * provider is ever opened with the key of another.
 */
export function modelEndpoint(settings: ModelSettings, environment: ProviderEnvironment): Endpoint {
  const { model_base_url: url } = settings;
  const model = namedModel(settings);
  switch (apiProvider(settings)) {
    case "openai":
      return {
        kind: "openai",
        model,
        baseUrl: url ?? OPENAI_URL,
        apiKey: keyOf("OPENAI_API_KEY", environment, "The provider openai"),
      };
    case "azure": {
      const endpoint = url ?? environment.AZURE_OPENAI_ENDPOINT;
      if (endpoint === undefined)
        throw missing(
          "The provider azure needs the address of your resource.",
          "Set AZURE_OPENAI_ENDPOINT, for example https://<resource>.openai.azure.com, or --model-base-url.",
          "no_base_url",
        );
      return {
        kind: "azure",
        model,
        endpoint,
        deployment: environment.AZURE_OPENAI_DEPLOYMENT ?? model,
        apiVersion: environment.OPENAI_API_VERSION ?? AZURE_API_VERSION,
        apiKey: keyOf("AZURE_OPENAI_API_KEY", environment, "The provider azure"),
      };
    }
    case "bedrock": {
      const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
      if (region === undefined)
        throw missing(
          "The provider bedrock needs a region.",
          "Set AWS_REGION, for example eu-central-1.",
          "no_region",
        );
      return { kind: "bedrock", model, baseUrl: url, region };
    }
    case "compatible":
      return {
        kind: "compatible",
        model,
        baseUrl: addressOf(url, "The provider compatible", "--model-base-url"),
        apiKey: environment.CLIO_MODEL_API_KEY ?? null,
      };
  }
}

/** Where the embedder is; errors as of a model. */
export function embedderEndpoint(settings: EmbedderSettings, environment: ProviderEnvironment): Endpoint {
  const { embedder_base_url: url } = settings;
  const kind = embedderKind(settings);
  const model = namedEmbedder(settings);
  switch (kind) {
    case "offline":
      throw new RangeError("the offline embedder has no endpoint");
    case "openai":
      return {
        kind,
        model,
        baseUrl: url ?? OPENAI_URL,
        apiKey: keyOf("OPENAI_API_KEY", environment, "The embedder openai"),
      };
    case "jina":
      return {
        kind,
        model,
        baseUrl: url ?? JINA_URL,
        apiKey: keyOf(
          "JINA_API_KEY",
          environment,
          "The embedder jina",
          ", or choose another embedder: --embedder openai, --embedder compatible with --embedder-base-url, or --embedder offline (English, on this machine)",
        ),
      };
    case "compatible":
      return {
        kind,
        model,
        baseUrl: addressOf(url, "The embedder compatible", "--embedder-base-url"),
        apiKey: environment.CLIO_EMBEDDER_API_KEY ?? null,
      };
  }
}
