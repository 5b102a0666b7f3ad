import type { RunConfig } from "../../config.ts";
import { chatPrice, embedderPrice, requirePrice } from "../../domain/prices.ts";
import type { Embedder } from "../../ports/embedder.ts";
import type { Model } from "../../ports/model.ts";
import type { Learned, ProviderWorld } from "../open-provider.ts";
import { createCalls } from "./calls.ts";
import type { Calls } from "./calls.ts";
import { openClient } from "./client.ts";
import { apiEmbedder } from "./embedder.ts";
import {
  embedderEndpoint,
  embedderIdentityOf,
  embedderKind,
  modelEndpoint,
  modelIdentityOf,
} from "./endpoints.ts";
import { createLimiter } from "./limiter.ts";
import { COMPATIBLE_FORMATS, FORMATS } from "./form.ts";
import { chatModel } from "./model.ts";
import { loadTokenizer } from "./tokenizer.ts";
import { openTrace } from "./tracing.ts";

/** Calls in flight at most: what the busiest phase of the run may have. */
function mostInFlight(config: RunConfig): number {
  const { facet_max_concurrency, label_max_concurrency, hierarchy_max_concurrency, privacy_max_concurrency } =
    config;
  return Math.max(
    facet_max_concurrency,
    label_max_concurrency,
    hierarchy_max_concurrency,
    privacy_max_concurrency,
  );
}

function callsTo(who: string, config: RunConfig, concurrency: number, world: ProviderWorld): Calls {
  const { clock, random, share } = world;
  const limiter = createLimiter({
    clock,
    concurrency,
    requestsPerMinute: config.model_requests_per_minute,
    tokensPerMinute: config.model_tokens_per_minute,
    share,
  });
  return createCalls({ limiter, clock, random, who });
}

/** The language model that the settings name. Throws UsageError when a key, model, address or price is missing. */
export async function openApiModel(
  config: RunConfig,
  world: ProviderWorld,
): Promise<{ model: Model; learned: () => Learned }> {
  const identity = modelIdentityOf(config);
  const environment = await world.environment();
  const endpoint = modelEndpoint(config, environment);
  const price = chatPrice(config, identity.model);
  requirePrice(config, price, identity.model, "model");
  const calls = callsTo(`${identity.model} of ${identity.provider}`, config, mostInFlight(config), world);
  const { model, accepted } = chatModel({
    identity,
    client: await openClient(endpoint, environment, config.model_timeout_seconds),
    calls,
    countTokens: await loadTokenizer(),
    contextTokens: config.model_context_tokens,
    reasoningTokens: config.model_reasoning_tokens,
    lengthField:
      endpoint.kind === "openai" || endpoint.kind === "azure" ? "max_completion_tokens" : "max_tokens",
    formats: endpoint.kind === "compatible" ? COMPATIBLE_FORMATS : FORMATS,
    price,
    trace: await openTrace(environment, identity, config.trace_content),
  });
  return {
    model,
    learned: () => {
      const { requestsPerMinute = null, tokensPerMinute = null } = calls.told();
      return { ...accepted(), requestsPerMinute, tokensPerMinute };
    },
  };
}

/** The embedder that the settings name; errors as of the model. */
export async function openApiEmbedder(config: RunConfig, world: ProviderWorld): Promise<Embedder> {
  const kind = embedderKind(config);
  if (kind === "offline") throw new RangeError("the offline embedder has no endpoint");
  const identity = embedderIdentityOf(config);
  const environment = await world.environment();
  const endpoint = embedderEndpoint(config, environment);
  const price = embedderPrice(config, identity.model);
  requirePrice(config, price, identity.model, "embedder");
  return apiEmbedder(
    {
      identity,
      kind,
      client: await openClient(endpoint, environment, config.model_timeout_seconds),
      calls: callsTo(`the embedder ${identity.model}`, config, config.embed_max_concurrency, world),
      countTokens: await loadTokenizer(),
      dimensions: config.embedder_dimensions,
      task: config.embedder_task,
      price,
    },
    world.signal,
  );
}
