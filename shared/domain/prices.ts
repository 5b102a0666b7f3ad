import type { RunConfig } from "../config.ts";
import { UsageError } from "../errors.ts";

/** What a model costs: US dollars per million tokens. */
export interface Price {
  readonly input: number;
  /** Of input that the provider has cached; where no source says, the same as `input`. */
  readonly cachedInput: number;
  /** 0 of an embedder, which answers no tokens. */
  readonly output: number;
}

/** Tokens of a call as a provider counts them. */
export interface Tokens {
  /** All input tokens, the cached ones among them. */
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
}

interface PriceRow extends Price {
  /** Id without its date, its version and the region of its endpoint. */
  readonly model: string;
  /** Amazon Bedrock's markup of regional endpoints over the global one. */
  readonly regional?: number;
  readonly source: string;
  /** Day that the source was read, or that it says it was read from the provider. */
  readonly seen: string;
}

/**
 * OpenAI's own list no longer shows its older models, which it sells all the same; this list keeps what it showed. The
 * prices of gpt-4.1 are also what Vercel's gateway passes on (vercel.com/ai-gateway/models/gpt-4.1-mini).
 */
const LLM_PRICES = {
  source: "https://raw.githubusercontent.com/simonw/llm-prices/main/data/openai.json",
  seen: "2026-08-05",
} as const;
const NOVA_PRICES = {
  source: "https://raw.githubusercontent.com/simonw/llm-prices/main/data/amazon.json",
  seen: "2026-08-05",
} as const;
const openaiModel = (id: string) =>
  ({ source: `https://developers.openai.com/api/docs/models/${id}`, seen: "2026-11-26" }) as const;
/** Amazon's own page fills its prices in by script; this is what LiteLLM bills for Bedrock's endpoint. */
const GPT_OSS = {
  source: "https://litellm.vercel.app/docs/providers/bedrock_mantle",
  seen: "2026-11-26",
} as const;
const CLAUDE = {
  source: "https://platform.claude.com/docs/en/about-claude/pricing",
  seen: "2026-11-26",
} as const;
/**
 * From Claude Sonnet 4.5 on (platform.claude.com/docs/en/build-with-claude/claude-on-amazon-bedrock, "Global vs regional
 * endpoints"); seen in what Bedrock charges for Claude 5.5 at apify.com/apify/aws-bedrock-proxy.
 */
const REGIONAL = 1.1;

const TABLE: readonly PriceRow[] = [
  { model: "gpt-4.1", input: 2, cachedInput: 0.5, output: 8, ...LLM_PRICES },
  { model: "gpt-4.1-mini", input: 0.4, cachedInput: 0.1, output: 1.6, ...LLM_PRICES },
  { model: "gpt-4.1-nano", input: 0.1, cachedInput: 0.025, output: 0.4, ...LLM_PRICES },
  { model: "gpt-4o", input: 2.5, cachedInput: 1.25, output: 10, ...LLM_PRICES },
  { model: "gpt-4o-mini", input: 0.15, cachedInput: 0.075, output: 0.6, ...LLM_PRICES },
  { model: "gpt-5", input: 1.25, cachedInput: 0.125, output: 10, ...LLM_PRICES },
  { model: "gpt-5-mini", input: 0.25, cachedInput: 0.025, output: 2, ...openaiModel("gpt-5-mini") },
  { model: "gpt-5-nano", input: 0.05, cachedInput: 0.005, output: 0.4, ...openaiModel("gpt-5-nano") },
  { model: "gpt-5.1", input: 1.25, cachedInput: 0.125, output: 10, ...LLM_PRICES },
  { model: "gpt-5.2", input: 1.75, cachedInput: 0.175, output: 14, ...LLM_PRICES },
  { model: "gpt-5.4", input: 2.5, cachedInput: 0.25, output: 15, ...LLM_PRICES },
  { model: "gpt-5.4-mini", input: 0.75, cachedInput: 0.075, output: 4.5, ...LLM_PRICES },
  { model: "gpt-5.4-nano", input: 0.2, cachedInput: 0.02, output: 1.25, ...LLM_PRICES },
  { model: "gpt-5.5", input: 5, cachedInput: 0.5, output: 30, ...LLM_PRICES },
  { model: "gpt-5.6-terra", input: 2, cachedInput: 0.2, output: 12, ...LLM_PRICES },
  { model: "gpt-5.6-luna", input: 0.2, cachedInput: 0.02, output: 1.2, ...LLM_PRICES },

  { model: "gpt-oss-20b", input: 0.075, cachedInput: 0.075, output: 0.3, ...GPT_OSS },
  { model: "gpt-oss-120b", input: 0.15, cachedInput: 0.15, output: 0.6, ...GPT_OSS },

  {
    model: "text-embedding-3-small",
    input: 0.02,
    cachedInput: 0.02,
    output: 0,
    ...openaiModel("text-embedding-3-large"),
  },
  {
    model: "text-embedding-3-large",
    input: 0.13,
    cachedInput: 0.13,
    output: 0,
    ...openaiModel("text-embedding-3-large"),
  },

  { model: "claude-3-haiku", input: 0.25, cachedInput: 0.03, output: 1.25, ...CLAUDE },
  { model: "claude-3-5-haiku", input: 0.8, cachedInput: 0.08, output: 4, ...CLAUDE },
  { model: "claude-3-7-sonnet", input: 3, cachedInput: 0.3, output: 15, ...CLAUDE },
  { model: "claude-haiku-4-5", input: 1, cachedInput: 0.1, output: 5, regional: REGIONAL, ...CLAUDE },
  { model: "claude-sonnet-4", input: 3, cachedInput: 0.3, output: 15, ...CLAUDE },
  { model: "claude-sonnet-4-5", input: 3, cachedInput: 0.3, output: 15, regional: REGIONAL, ...CLAUDE },
  { model: "claude-sonnet-4-6", input: 3, cachedInput: 0.3, output: 15, regional: REGIONAL, ...CLAUDE },
  { model: "claude-opus-4-1", input: 15, cachedInput: 1.5, output: 75, ...CLAUDE },
  { model: "claude-opus-4-5", input: 5, cachedInput: 0.5, output: 25, regional: REGIONAL, ...CLAUDE },
  { model: "claude-opus-4-6", input: 5, cachedInput: 0.5, output: 25, regional: REGIONAL, ...CLAUDE },
  { model: "claude-opus-4-7", input: 5, cachedInput: 0.5, output: 25, regional: REGIONAL, ...CLAUDE },
  { model: "claude-opus-4-8", input: 5, cachedInput: 0.5, output: 25, regional: REGIONAL, ...CLAUDE },

  { model: "nova-micro", input: 0.035, cachedInput: 0.035, output: 0.14, ...NOVA_PRICES },
  { model: "nova-lite", input: 0.06, cachedInput: 0.06, output: 0.24, ...NOVA_PRICES },
  { model: "nova-pro", input: 0.8, cachedInput: 0.8, output: 3.2, ...NOVA_PRICES },
  { model: "nova-premier", input: 2.5, cachedInput: 2.5, output: 12.5, ...NOVA_PRICES },
];

const BY_MODEL: ReadonlyMap<string, PriceRow> = new Map(TABLE.map((row) => [row.model, row]));

/** "us.anthropic.claude-haiku-4-5-20251001-v1:0": region of the endpoint, vendor, model, date, version. */
const BEDROCK = /^(?:(?<region>[a-z]{2,6}(?:-gov)?)\.)?(?:anthropic|amazon|openai)\.(?<model>[^/]+)$/;
/** "-2025-04-14" of OpenAI; "-20251001", "-v1:0" and "-1:0" of Bedrock. */
const SNAPSHOT = /(?:-\d{4}-\d{2}-\d{2}|-20\d{6})?(?:-v\d+(?::\d+)?|-\d+:\d+)?$/;

/** What the table says of a model, also by the id of a snapshot or of a Bedrock endpoint; null when it says nothing. */
export function priceOf(modelId: string): Price | null {
  // An ARN ends in the id.
  const id = modelId.slice(modelId.lastIndexOf("/") + 1).toLowerCase();
  const { region, model = id } = BEDROCK.exec(id)?.groups ?? {};
  const row = BY_MODEL.get(model.replace(SNAPSHOT, ""));
  if (row === undefined) return null;
  const { input, cachedInput, output, regional = 1 } = row;
  // An id of Bedrock without a region is called in one region too; only "global" is not.
  const factor = model !== id && region !== "global" ? regional : 1;
  return { input: input * factor, cachedInput: cachedInput * factor, output: output * factor };
}

const PER = 1_000_000;

/** US dollars. */
export function costOf(price: Price, { input, cachedInput, output }: Tokens): number {
  const cached = Math.min(cachedInput, input);
  return ((input - cached) * price.input + cached * price.cachedInput + output * price.output) / PER;
}

type PriceSettings = Pick<RunConfig, "price_input" | "price_output">;

/** What the chat model costs by the settings and the table; null when neither says. */
export function chatPrice(settings: PriceSettings, modelId: string): Price | null {
  const listed = priceOf(modelId);
  const input = settings.price_input ?? listed?.input ?? null;
  const output = settings.price_output ?? listed?.output ?? null;
  if (input === null || output === null) return null;
  return { input, cachedInput: settings.price_input ?? listed?.cachedInput ?? input, output };
}

/** What the embedder costs by the settings and the table; null when neither says. */
export function embedderPrice(settings: Pick<RunConfig, "price_embedder">, modelId: string): Price | null {
  const { price_embedder: input } = settings;
  return input === null ? priceOf(modelId) : { input, cachedInput: input, output: 0 };
}

/** Refuses a run whose spending is to be limited while nobody knows what its calls cost. */
export function requirePrice(
  settings: Pick<RunConfig, "max_cost_usd">,
  price: Price | null,
  modelId: string,
  whose: "model" | "embedder",
): void {
  if (settings.max_cost_usd === null || price !== null) return;
  const flags = whose === "model" ? "--price-input and --price-output" : "--price-embedder";
  throw new UsageError(`the cost cannot be limited: no price of ${modelId} is known`, {
    code: "unknown_price",
    hint: `Say it with ${flags}, in US dollars per million tokens, or leave --max-cost-usd out.`,
  });
}
