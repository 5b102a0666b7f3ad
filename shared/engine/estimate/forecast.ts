import type { RunConfig } from "../../config.ts";
import type { ModelIdentity } from "../../contracts/model-tasks.ts";
import type { PhaseName } from "../../contracts/run.ts";
import { forecast } from "../../domain/estimate/billed.ts";
import type { CostForecast } from "../../domain/estimate/billed.ts";
import { synthesise } from "../../domain/evaluation/synthetic.ts";
import { chatPrice, embedderPrice } from "../../domain/prices.ts";
import type { Price } from "../../domain/prices.ts";
import { startedRuns } from "./started-runs.ts";
import { sampleOf } from "./survey.ts";
import type { Survey } from "./survey.ts";

const FREE: Price = { input: 0, cachedInput: 0, output: 0 };
/** Synthetic conversations that stand for those of an evaluation, which are all of a kind. */
const SYNTHETIC = 60;

export interface EstimateTools {
  /** Whom settings name. Throws UsageError where they name no model. */
  readonly identify: (config: RunConfig) => Asked;
  /** How many tokens of such a model a text is. */
  readonly loadTokenizer: () => Promise<(text: string) => number>;
}

/** Whom a run asks. */
export interface Asked {
  readonly model: ModelIdentity;
  readonly embedder: ModelIdentity;
}

/** What the models of a run cost; null where nobody knows. */
export function pricesOf(
  config: RunConfig,
  { model, embedder }: Asked,
): { readonly chat: Price | null; readonly embedding: Price | null } {
  return {
    chat: model.provider === "offline" ? FREE : chatPrice(config, model.model),
    embedding: embedder.provider === "offline" ? FREE : embedderPrice(config, embedder.model),
  };
}

/** Whether anybody but this machine is asked, who may want money for it. */
export function isBilled({ model, embedder }: Asked): boolean {
  return model.provider !== "offline" || embedder.provider !== "offline";
}

/** What a run of a billed provider will ask, use and cost. @param most conversations looked at. */
export async function forecastRun(
  phases: readonly PhaseName[],
  config: RunConfig,
  survey: Survey,
  most: number,
  { identify, loadTokenizer }: EstimateTools,
): Promise<CostForecast> {
  const asked = identify(config);
  const { chat, embedding } = pricesOf(config, asked);
  const made = [...synthesise(SYNTHETIC, config.seed)].slice(0, SYNTHETIC);
  return forecast(phases, config, await sampleOf(survey, most, config.model_context_tokens), {
    countTokens: await loadTokenizer(),
    model: asked.model.model,
    chat,
    embedder: embedding,
    started: startedRuns(phases, config),
    synthetic: {
      sample: made.map((_, at) => ({ at, weight: 1 })),
      messages: made.map(({ conversation }) => conversation.messages),
    },
  });
}
