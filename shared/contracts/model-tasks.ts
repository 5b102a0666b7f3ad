import * as z from "zod";
import { rating } from "./common.ts";
import { message, role } from "./conversation.ts";
import { customFacet, facetAnswer } from "./facets.ts";

/** Longest cluster name in words and in characters (Clio, appendix G: at most ten words). */
export const MAX_NAME_WORDS = 10;
export const MAX_NAME_LENGTH = 120;
export const MAX_DESCRIPTION_LENGTH = 600;

export const clusterName = z
  .string()
  .min(1)
  .max(MAX_NAME_LENGTH)
  .refine((name) => name.trim().split(/\s+/u).length <= MAX_NAME_WORDS, `at most ${MAX_NAME_WORDS} words`);
export const clusterDescription = z.string().min(1).max(MAX_DESCRIPTION_LENGTH);

/** Longest message of a synthetic conversation, in characters. */
export const MAX_SYNTHETIC_MESSAGE = 6000;

/** A name with its description: the answer of every task that labels something. */
export const label = z.strictObject({ description: clusterDescription, name: clusterName });
export type Label = z.infer<typeof label>;

/** One member of a cluster as the label task sees it: facet text only, never raw messages. */
export const labelMember = z.strictObject({
  summary: z.string(),
  request: z.string().nullable(),
  task: z.string().nullable(),
  topic: z.string().nullable(),
});
export type LabelMember = z.infer<typeof labelMember>;

export const auditLayer = z.enum(["raw", "facet", "cluster"]);
export type AuditLayer = z.infer<typeof auditLayer>;

/**
 * Everything a model is ever asked, by task: what goes in and what must come back. A provider with a language model
 * turns the input into a prompt (domain/prompts) and the answer schema into a strict JSON schema; the offline
 * provider answers by rule. Phases know tasks, not prompts.
 */
export const modelTasks = {
  /** Facets of one conversation, its text already masked; custom ones by id, each as `customAnswerOf` has it. */
  facets: {
    input: z.strictObject({ messages: z.array(message), custom: z.array(customFacet) }),
    answer: facetAnswer,
  },
  /** Name a base cluster from members against the nearest non-members. */
  label: {
    input: z.strictObject({
      members: z.array(labelMember).min(1),
      outsiders: z.array(labelMember),
      /**
       * Words that need users behind them and that enough members say, in alphabetical order. They are gaps in all texts,
       * so that nothing says which member says which.
       */
      words: z.array(z.string()),
      /** Names that siblings already carry; the answer must differ from all. */
      taken: z.array(z.string()),
    }),
    answer: label,
  },
  /** Propose about `wanted` parents for a neighbourhood of clusters, shown with its nearest outsiders. */
  propose_parents: {
    input: z.strictObject({
      clusters: z.array(label).min(1),
      outsiders: z.array(label),
      wanted: z.int().min(1),
    }),
    answer: z.strictObject({ parents: z.array(label).min(1) }),
  },
  /** Reduce proposed parents to about `wanted` distinct ones. */
  deduplicate_parents: {
    input: z.strictObject({ candidates: z.array(label).min(1), wanted: z.int().min(1) }),
    answer: z.strictObject({ parents: z.array(label).min(1) }),
  },
  /** Choose the parent of one cluster; the answer is matched to the list. */
  assign_parent: {
    input: z.strictObject({ cluster: label, parents: z.array(label).min(1) }),
    answer: z.strictObject({ parent: z.string() }),
  },
  /** Name a parent anew from the children it got. */
  rename_parent: {
    input: z.strictObject({
      children: z.array(z.strictObject({ ...label.shape, size: z.int().min(1) })).min(1),
      taken: z.array(z.string()),
    }),
    answer: label,
  },
  /** Rate how far a text could identify a person: 1 identifies somebody, 5 holds nothing identifying; 3 and above passes. */
  audit: {
    input: z.strictObject({ layer: auditLayer, text: z.string() }),
    answer: z.strictObject({ rating, reason: z.string().max(200) }),
  },
  /** Write one made-up conversation; asked by `clio-generate-mock-data --use-llm` alone, never by a phase. */
  synthesise_conversation: {
    input: z.strictObject({
      use_case: z.string(),
      domain: z.string(),
      /** BCP 47. */
      language: z.string(),
      tone: z.enum(["plain", "casual"]),
      /** What the user says, turn by turn, in substance. */
      turns: z.array(z.string()).min(1),
      /** Sentences that the user's messages must hold word for word: what labels say is in the conversation. */
      verbatim: z.array(z.string()),
    }),
    answer: z.strictObject({
      messages: z
        .array(
          z.strictObject({
            role: role.extract(["user", "assistant"]),
            content: z.string().min(1).max(MAX_SYNTHETIC_MESSAGE),
          }),
        )
        .min(2),
    }),
  },
} as const;

export type ModelTask = keyof typeof modelTasks;
export type TaskInput<T extends ModelTask> = z.infer<(typeof modelTasks)[T]["input"]>;
export type TaskAnswer<T extends ModelTask> = z.infer<(typeof modelTasks)[T]["answer"]>;

/** Which provider, model and version answered: part of fingerprints and of everything published. */
export const modelIdentity = z.strictObject({
  provider: z.string(),
  model: z.string(),
  version: z.string(),
});
export type ModelIdentity = z.infer<typeof modelIdentity>;

/** What calls cost. Tokens and US dollars are 0 for providers that bill nothing. */
export const usage = z.strictObject({
  calls: z.int().min(0),
  input_tokens: z.int().min(0),
  output_tokens: z.int().min(0),
  cost_usd: z.number().min(0),
});
export type Usage = z.infer<typeof usage>;

/** What one model has used. A phase such as the hierarchy asks a chat model and an embedder; their prices differ. */
export const modelUsage = z.strictObject({
  kind: z.enum(["chat", "embedding"]),
  model: z.string(),
  ...usage.shape,
  /** Questions that ended in an error: unusable answers, and calls that were cut off or refused for good. */
  failed: z.int().min(0),
});
export type ModelUsage = z.infer<typeof modelUsage>;
