import { loadTokenizer } from "../shared/adapters/openai/tokenizer.ts";
import { providerIdentity } from "../shared/adapters/provider-identity.ts";
import type { RunConfig } from "../shared/config.ts";
import type { ModelIdentity } from "../shared/contracts/model-tasks.ts";
import type { PhaseName } from "../shared/contracts/run.ts";
import { forecast } from "../shared/domain/estimate/billed.ts";
import type { CostForecast } from "../shared/domain/estimate/billed.ts";
import { synthesise } from "../shared/domain/evaluation/synthetic.ts";
import { chatPrice, embedderPrice } from "../shared/domain/prices.ts";
import type { Price } from "../shared/domain/prices.ts";
import { startedRuns } from "./estimate.ts";
import { sampleOf } from "./survey.ts";
import type { Survey } from "./survey.ts";

const FREE: Price = { input: 0, cachedInput: 0, output: 0 };
/** Synthetic conversations that stand for those of an evaluation, which are all of a kind. */
const SYNTHETIC = 60;

/** What the models of a run cost; null where nobody knows. */
export function pricesOf(config: RunConfig): {
  model: ModelIdentity;
  embedder: ModelIdentity;
  chat: Price | null;
  embedding: Price | null;
} {
  const { model, embedder } = providerIdentity(config);
  return {
    model,
    embedder,
    chat: model.provider === "offline" ? FREE : chatPrice(config, model.model),
    embedding: embedder.provider === "offline" ? FREE : embedderPrice(config, embedder.model),
  };
}

/** Whether anybody but this machine is asked, who may want money for it. */
export function isBilled(config: RunConfig): boolean {
  const { model, embedder } = providerIdentity(config);
  return model.provider !== "offline" || embedder.provider !== "offline";
}

/** What a run of a billed provider will ask, use and cost. @param most conversations looked at. */
export async function forecastRun(
  phases: readonly PhaseName[],
  config: RunConfig,
  survey: Survey,
  most: number,
): Promise<CostForecast> {
  const { chat, embedding } = pricesOf(config);
  const made = [...synthesise(SYNTHETIC, config.seed)].slice(0, SYNTHETIC);
  return forecast(phases, config, await sampleOf(survey, most, config.model_context_tokens), {
    countTokens: await loadTokenizer(),
    model: providerIdentity(config).model.model,
    chat,
    embedder: embedding,
    started: startedRuns(phases, config),
    synthetic: {
      sample: made.map((_, at) => ({ at, weight: 1 })),
      messages: made.map(({ conversation }) => conversation.messages),
    },
  });
}
