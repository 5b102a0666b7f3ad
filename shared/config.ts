import * as z from "zod";
import { customFacets } from "./contracts/facets.ts";

/**
 * Settings of a run. Resolved from defaults < `clio.config.json` < environment < flags by the caller; the pipeline
 * table says which phase depends on which, so that changing one repeats only what it touches.
 */
export const runConfig = z.strictObject({
  provider: z
    .enum(["offline"])
    .default("offline")
    .describe("Who answers: offline (rules and a packaged encoder, no account, no key)"),
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

/** The settings with their defaults. */
export function defaultConfig(): RunConfig {
  return runConfig.parse({});
}
