import * as z from "zod";
import { runConfig } from "../shared/config.ts";
import type { StageProvider } from "../shared/config.ts";

const { shape } = runConfig;

/** `-c name=value`: a number comes as text. */
const fromText = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === "string" && value.trim() !== "" ? Number(value) : value), schema);
const switchFromText = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  shape.trace_content,
);

/** Whom a stage's runs ask, as CDK's context has it: the settings of a run, named as the context's others are. */
export const providerContext = z.object({
  provider: shape.provider,
  model: shape.model,
  modelBaseUrl: shape.model_base_url,
  embedder: shape.embedder,
  embedderModel: shape.embedder_model,
  embedderBaseUrl: shape.embedder_base_url,
  embedderDimensions: fromText(shape.embedder_dimensions),
  embedderTask: shape.embedder_task,
  traceContent: switchFromText,
  priceInput: fromText(shape.price_input),
  priceOutput: fromText(shape.price_output),
  priceEmbedder: fromText(shape.price_embedder),
  maxCostUsd: fromText(shape.max_cost_usd),
});
type ProviderContext = z.infer<typeof providerContext>;

/** What would fail every run of the stage, said before it is deployed. */
function problems(stage: StageProvider): string[] {
  const found: string[] = [];
  if (stage.provider === "compatible" && (stage.model === null || stage.model_base_url === null))
    found.push("provider=compatible needs -c model=… and -c modelBaseUrl=…");
  if (stage.embedder === "compatible" && (stage.embedder_model === null || stage.embedder_base_url === null))
    found.push("embedder=compatible needs -c embedderModel=… and -c embedderBaseUrl=…");
  if (stage.provider === "bedrock" && (stage.model === null || stage.model.startsWith("arn:")))
    found.push(
      "provider=bedrock needs -c model=…, the id of a model or of an inference profile and no ARN: the functions get the right to it and to no other",
    );
  for (const url of [stage.model_base_url, stage.embedder_base_url])
    if (url !== null && new URL(url).username !== "")
      found.push("an address holds a user: keys belong in the stage's secret");
  return found;
}

/** Whom the stage's runs ask. Throws where no run could. */
export function stageProviderOf(given: ProviderContext): StageProvider {
  const stage: StageProvider = {
    provider: given.provider,
    model: given.model,
    model_base_url: given.modelBaseUrl,
    embedder: given.embedder,
    embedder_model: given.embedderModel,
    embedder_base_url: given.embedderBaseUrl,
    embedder_dimensions: given.embedderDimensions,
    embedder_task: given.embedderTask,
    trace_content: given.traceContent,
    price_input: given.priceInput,
    price_output: given.priceOutput,
    price_embedder: given.priceEmbedder,
    max_cost_usd: given.maxCostUsd,
  };
  const found = problems(stage);
  if (found.length > 0) throw new Error(`the stage's provider: ${found.join("; ")}`);
  return stage;
}

/** The stage's model of Bedrock; null where it asks somebody else. */
export function bedrockModelOf({ provider, model }: StageProvider): string | null {
  return provider === "bedrock" ? model : null;
}
