import type { RunConfig } from "../config.ts";
import type { ProviderEnvironment } from "../contracts/provider-environment.ts";
import type { Clock } from "../ports/clock.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { Model } from "../ports/model.ts";
import { embedderKind } from "./openai/endpoints.ts";

export interface Provider {
  readonly model: Model;
  readonly embedder: Embedder;
  /** What the model's endpoint has shown of itself so far; of providers that have one. */
  readonly learned?: () => Learned;
}

/** How an endpoint takes what it is asked, and what it says of its limits. */
export interface Learned {
  readonly format: "json_schema" | "json_object_with_schema" | "json_object" | "text";
  /** Parts of a request that it refused and is not sent any more. */
  readonly leftOut: readonly string[];
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
}

/** What a provider is opened with beside the settings. */
export interface ProviderWorld {
  /** Keys and addresses; asked for only by providers that need some. */
  readonly environment: () => Promise<ProviderEnvironment>;
  readonly clock: Clock;
  /** 0 to 1. Spreads tries in time, never changes an answer. */
  readonly random: () => number;
  /** Ends the call that learns how many numbers an unknown embedder's vectors have. */
  readonly signal: AbortSignal;
  /** Part of the endpoints' limits that is this process's, 0 to 1. */
  readonly share: number;
}

/**
 * The provider that the settings name. Its code is loaded here: most commands and functions need none of it.
 * @param open an embedder of the same settings, used instead of another one: an encoder takes up to a gigabyte.
 */
export async function openProvider(
  config: RunConfig,
  world: ProviderWorld,
  open?: Embedder,
): Promise<Provider> {
  const embedder = open ?? (await openEmbedder(config, world));
  if (config.provider === "offline") {
    const { offlineModel } = await import("./offline/model.ts");
    const { offlineEmbedder } = await import("./offline/embedder.ts");
    // The rules of the offline model compare texts by the packaged encoder, whoever embeds.
    const isShared = embedderKind(config) === "offline";
    const encoder = isShared ? embedder : offlineEmbedder();
    const model = offlineModel({ embedder: encoder, seed: config.seed });
    return { model, embedder: isShared ? embedder : closing(embedder, encoder) };
  }
  try {
    const { openApiModel } = await import("./openai/open.ts");
    return { ...(await openApiModel(config, world)), embedder };
  } catch (error) {
    await embedder.close();
    throw error;
  }
}

/** `embedder`, with which `other` closes. */
function closing(embedder: Embedder, other: Embedder): Embedder {
  return {
    ...embedder,
    async close() {
      await Promise.all([embedder.close(), other.close()]);
    },
  };
}

async function openEmbedder(config: RunConfig, world: ProviderWorld): Promise<Embedder> {
  if (embedderKind(config) === "offline") {
    const { offlineEmbedder } = await import("./offline/embedder.ts");
    return offlineEmbedder();
  }
  const { openApiEmbedder } = await import("./openai/open.ts");
  return openApiEmbedder(config, world);
}
