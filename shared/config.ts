import * as z from "zod";
import { customFacets } from "./contracts/facets.ts";

/** A name as providers have them, and nothing that a header or a terminal could trip over. */
const word = z.string().regex(/^[\w.:/@-]{1,200}$/, "a name of letters, digits and . : / @ _ -");
/** Settings are recorded and shown: an address holds no key. */
const endpoint = z
  .url({ protocol: /^https?$/, error: "an address that begins with https:// or http://" })
  .refine(
    (url) => new URL(url).username === "" && new URL(url).password === "",
    "an address without user and password: keys belong in the environment",
  );
const perMinute = z.int().min(1).max(1_000_000_000).nullable().default(null);

/**
 * Settings of a run. Resolved from defaults < `clio.config.json` < environment < flags by the caller; the pipeline
 * table says which phase depends on which, so that changing one repeats only what it touches.
 */
export const runConfig = z.strictObject({
  provider: z
    .enum(["offline", "openai", "azure", "bedrock", "compatible"])
    .default("offline")
    .describe(
      "Who answers: offline (rules and a packaged encoder, no account, no key), openai, azure, bedrock, or compatible (any endpoint that speaks OpenAI's API; docs/models.md)",
    ),
  model: word
    .nullable()
    .default(null)
    .describe(
      "Model that answers; none: gpt-4.1-mini of openai and azure, openai.gpt-oss-20b-1:0 of bedrock",
    ),
  model_base_url: endpoint
    .nullable()
    .default(null)
    .describe("Address of the model's API, such as http://127.0.0.1:8000/v1; none: the provider's own"),
  model_context_tokens: z
    .int()
    .min(1000)
    .max(1_000_000)
    .default(16_000)
    .describe("Tokens of one question and its answer; longer conversations are cut from their middle"),
  model_reasoning_tokens: z
    .int()
    .min(0)
    .max(100_000)
    .nullable()
    .default(null)
    .describe(
      "Tokens that a model may think in before each answer; none: what models of its name are known to need",
    ),
  model_timeout_seconds: z.int().min(1).max(600).default(120).describe("Longest wait for one answer"),
  model_requests_per_minute: perMinute.describe(
    "Requests per minute, if you know your limit; what the endpoint says of it is obeyed anyway",
  ),
  model_tokens_per_minute: perMinute.describe("Tokens per minute, likewise"),
  embedder: z
    .enum(["auto", "offline", "openai", "jina", "compatible"])
    .default("auto")
    .describe("Who turns texts into vectors; auto: offline beside offline, jina beside every other provider"),
  embedder_model: word
    .nullable()
    .default(null)
    .describe("Its model; none: text-embedding-3-small of openai, jina-embeddings-v3 of jina"),
  embedder_base_url: endpoint.nullable().default(null).describe("Address of its API; none: its own"),
  embedder_dimensions: z
    .int()
    .min(8)
    .max(8192)
    .nullable()
    .default(null)
    .describe("Numbers per vector, of models that let you choose"),
  embedder_task: word
    .nullable()
    .default(null)
    .describe("What jina makes vectors for; none: separation, which is clustering"),
  trace_content: z
    .boolean()
    .default(false)
    .describe("Where LangSmith traces are switched on, send the texts too, not counts alone"),
  max_cost_usd: z
    .number()
    .min(0)
    .max(1_000_000)
    .nullable()
    .default(null)
    .describe(
      "Most US dollars that the run may spend on its models, an evaluation included; it stops before more",
    ),
  price_input: z
    .number()
    .min(0)
    .max(10_000)
    .nullable()
    .default(null)
    .describe(
      "US dollars per million input tokens of the model, where the table of prices is wrong or has none",
    ),
  price_output: z
    .number()
    .min(0)
    .max(10_000)
    .nullable()
    .default(null)
    .describe("US dollars per million output tokens of the model"),
  price_embedder: z
    .number()
    .min(0)
    .max(10_000)
    .nullable()
    .default(null)
    .describe("US dollars per million tokens of the embedder"),

  seed: z
    .int()
    .min(0)
    .max(0xffffffff)
    .default(7)
    .describe("Seed of everything random; same seed and input, same result"),
  limit: z.int().min(1).nullable().default(null).describe("Read only the first N conversations"),
  users: z
    .enum(["required", "per-conversation"])
    .default("required")
    .describe("required: every line has user_id; per-conversation: each conversation stands for one user"),
  skip_invalid: z
    .boolean()
    .default(false)
    .describe("Leave invalid lines out (counted and listed) instead of refusing the file"),

  mask_pii: z
    .boolean()
    .default(true)
    .describe("Mask known patterns of personal data before any model sees text"),
  custom_facets: customFacets
    .default([])
    .describe("Further facets to ask of each conversation (docs/custom-facets.md)"),
  facet_batch_size: z.int().min(1).max(1000).default(8).describe("Conversations per facet batch"),
  facet_max_concurrency: z.int().min(1).max(1000).default(8).describe("Facet calls in flight"),
  embed_batch_size: z.int().min(1).max(10_000).default(256).describe("Texts per embedding batch"),
  embed_max_concurrency: z.int().min(1).max(100).default(2).describe("Embedding batches in flight"),

  k: z
    .union([z.literal("auto"), z.int().min(1).max(1_000_000)])
    .default("auto")
    .describe(
      "Base clusters before merging; auto: one per max(2 x min_conversations, min(sqrt(n)/2, 100)) conversations",
    ),
  min_users: z.int().min(1).max(10_000).default(5).describe("Fewest unique users behind anything published"),
  min_conversations: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(15)
    .describe("Fewest conversations behind anything published"),
  kmeans_restarts: z
    .int()
    .min(1)
    .max(50)
    .default(2)
    .describe("k-means runs; the one with the lowest inertia is kept"),

  map_neighbours: z
    .int()
    .min(2)
    .max(200)
    .default(15)
    .describe("Neighbours of each point on the map (UMAP n_neighbors)"),
  map_min_dist: z.number().min(0).max(1).default(0.1).describe("Closest packing on the map (UMAP min_dist)"),

  label_members: z.int().min(1).max(200).default(50).describe("Members shown per cluster when it is named"),
  label_outsiders: z.int().min(0).max(200).default(50).describe("Nearest non-members shown against them"),
  label_max_per_user: z.int().min(1).max(200).default(3).describe("Members of one user at most"),
  label_batch_size: z.int().min(1).max(1000).default(8).describe("Clusters per label batch"),
  label_max_concurrency: z.int().min(1).max(1000).default(8).describe("Label calls in flight"),

  name_words: z
    .enum(["public", "shared"])
    .default("public")
    .describe(
      "Words of names: public: common English words that tell nothing sensitive, and what more than min_users users of a group share; shared: only what they share",
    ),

  hierarchy_top: z.int().min(3).max(100).default(10).describe("Roots to end with, at most"),
  hierarchy_neighbourhood: z
    .int()
    .min(5)
    .max(200)
    .default(40)
    .describe("Clusters shown at once when parents are proposed"),
  hierarchy_batch_size: z.int().min(1).max(1000).default(8).describe("Items per hierarchy batch"),
  hierarchy_max_concurrency: z.int().min(1).max(1000).default(8).describe("Hierarchy calls in flight"),

  privacy_sample: z
    .int()
    .min(0)
    .max(100_000)
    .default(400)
    .describe("Conversations and facets audited per layer"),
  privacy_pass_rating: z.int().min(1).max(5).default(3).describe("Lowest audit rating (1 to 5) that passes"),
  privacy_calibration: z
    .boolean()
    .default(true)
    .describe("Have the auditor rate 126 bundled texts as well, to state how far it can be trusted"),
  privacy_batch_size: z.int().min(1).max(1000).default(12).describe("Texts per audit batch"),
  privacy_max_concurrency: z.int().min(1).max(1000).default(8).describe("Audit calls in flight"),

  eval_count: z
    .int()
    .min(20)
    .max(20_000)
    .default(2000)
    .describe("Synthetic conversations of --with-eval; below 200 nothing is judged"),

  map_grid: z.int().min(4).max(512).default(64).describe("Cells per side of the published map"),
});
export type RunConfig = z.infer<typeof runConfig>;
export type ConfigKey = keyof RunConfig;

/**
 * Settings that say whom a run asks, what is sent there beside the questions, and what that costs. On AWS the stage fixes
 * them for all of its runs: whoever may drop a file must not choose where conversations and keys go.
 */
export const providerSettings = runConfig.pick({
  provider: true,
  model: true,
  model_base_url: true,
  embedder: true,
  embedder_model: true,
  embedder_base_url: true,
  embedder_dimensions: true,
  embedder_task: true,
  trace_content: true,
  // A limit of cost is worth what the prices are that it is counted by.
  price_input: true,
  price_output: true,
  price_embedder: true,
});

/** What a stage on AWS fixes: whom its runs ask, and the most that one of them may spend. */
export const stageProvider = providerSettings.extend({ max_cost_usd: runConfig.shape.max_cost_usd });
export type StageProvider = z.infer<typeof stageProvider>;

/** The settings with their defaults. */
export function defaultConfig(): RunConfig {
  return runConfig.parse({});
}
