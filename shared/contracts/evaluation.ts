import * as z from "zod";
import { ARTIFACT_SCHEMA_VERSION, count, rating, runId } from "./common.ts";
import { modelIdentity } from "./model-tasks.ts";
import { rateWithInterval } from "./privacy.ts";

const labelText = z.string().min(1).max(500);

/**
 * One line of a labels file: what is true of one conversation. `use_case` is another name of `label`, so that the labels
 * of `clio-generate-mock-data` fit as they are; further fields are ignored.
 */
export const labelRow = z
  .object({
    conversation_id: z.string().min(1),
    label: labelText.optional(),
    use_case: labelText.optional(),
    /** The wider group that the label belongs to: what upper levels of the hierarchy are compared with. */
    domain: labelText.nullish(),
    parent: labelText.nullish(),
    language: z.string().min(2).max(35).nullish(),
    concern: rating.nullish(),
  })
  .refine(({ label, use_case: useCase }) => label !== undefined || useCase !== undefined, {
    path: ["label"],
    message: "is missing",
  })
  .transform((row) => ({
    conversation_id: row.conversation_id,
    label: row.label ?? row.use_case!,
    domain: row.domain ?? row.parent ?? null,
    language: row.language ?? null,
    concern: row.concern ?? null,
  }));
export type LabelRow = z.infer<typeof labelRow>;

/** A number with its 95 % interval. */
export const estimate = z.strictObject({
  n: count,
  value: z.number(),
  low: z.number(),
  high: z.number(),
});
export type Estimate = z.infer<typeof estimate>;

const agreementEstimates = {
  nmi: estimate,
  ari: estimate,
  homogeneity: estimate,
  completeness: estimate,
  purity: estimate,
};

/** How groups came about: by the run, or by one of the baselines. */
export const groupingMethod = z.enum(["clio", "tfidf_kmeans", "random", "majority"]);
export type GroupingMethod = z.infer<typeof groupingMethod>;

export const groupingScores = z.strictObject({
  method: groupingMethod,
  /** Groups that hold at least one labelled conversation. */
  groups: count,
  ...agreementEstimates,
  /** Conversations whose label is the most frequent one among the others of their group. */
  accuracy: rateWithInterval,
});
export type GroupingScores = z.infer<typeof groupingScores>;

export const levelScores = z.strictObject({
  /** 0 is the base clusters. */
  level: count,
  against: z.enum(["label", "domain"]),
  n: count,
  classes: count,
  /** The run first, then the baselines. */
  methods: z.array(groupingScores).min(1),
});
export type LevelScores = z.infer<typeof levelScores>;

export const languageScores = z.strictObject({
  language: z.string(),
  n: count,
  nmi: estimate,
  ari: estimate,
  accuracy: rateWithInterval,
});
export type LanguageScores = z.infer<typeof languageScores>;

export const concernScores = z.strictObject({
  exact: rateWithInterval,
  within_one: rateWithInterval,
  /** Rank correlation (Spearman); null when either side is the same everywhere. */
  spearman: estimate.nullable(),
  /** Of the conversations labelled 3 or more, those that were found to be 3 or more. */
  recall_of_flagged: rateWithInterval,
  /** Of the conversations found to be 3 or more, those labelled 3 or more. */
  precision_of_flagged: rateWithInterval,
});
export type ConcernScores = z.infer<typeof concernScores>;

export const evaluation = z.strictObject({
  /** Labelled conversations of the run. */
  n: count,
  /** Below so many nothing is judged. */
  least: count,
  judged: z.boolean(),
  /** Of them without a cluster: they count as a group of their own, and as not found. */
  unassigned: count,
  /** The base clusters against the labels, then levels against domains, or against labels where there are no domains. */
  levels: z.array(levelScores),
  /** Base clusters against labels, largest language first; empty where no languages are given. */
  languages: z.array(languageScores),
  /** Reliability per label, largest first. */
  topics: z.array(z.strictObject({ label: z.string(), accuracy: rateWithInterval })),
  concern: concernScores.nullable(),
  /** Conversations whose language was told right. */
  language: rateWithInterval.nullable(),
});
export type Evaluation = z.infer<typeof evaluation>;

/** Kinds of canaries: made-up personal data that occurs once in all the synthetic conversations. */
export const canaryKind = z.enum(["email", "phone", "account", "name", "company", "address"]);
export type CanaryKind = z.infer<typeof canaryKind>;

/** One line of `private/synthetic_truth.jsonl`: what is true of one synthetic conversation. */
export const syntheticTruth = z.strictObject({
  conversation_id: z.string(),
  label: labelText,
  domain: labelText.nullable(),
  language: z.string(),
  concern: rating.nullable(),
  canary: z.strictObject({ kind: canaryKind, value: z.string() }).nullable(),
  attack: z
    .strictObject({
      target: count,
      accounts: z.int().min(1),
      topic: z.string(),
      secret: z.string(),
      of: z.enum(["target", "attacker"]),
    })
    .nullable(),
});
export type SyntheticTruth = z.infer<typeof syntheticTruth>;

/** Places where a canary is looked for, from the inside to what readers see. */
export const leakLayer = z.enum(["facets", "names", "published"]);
export type LeakLayer = z.infer<typeof leakLayer>;

export const leakScores = z.strictObject({
  minimums: z.strictObject({ min_users: count, min_conversations: count }),
  layers: z.array(
    z.strictObject({
      layer: leakLayer,
      /** Canaries found of those planted. */
      leaked: rateWithInterval,
      kinds: z.array(z.strictObject({ kind: canaryKind, leaked: rateWithInterval })),
    }),
  ),
});
export type LeakScores = z.infer<typeof leakScores>;

/** A planted attack: accounts that work together want one person's secret put into a name. */
export const attackScores = z.strictObject({
  choices: count,
  guessing: z.number().min(0).max(1),
  by_accounts: z.array(
    z.strictObject({
      /** Accounts that the attacker's conversations come from. */
      accounts: z.int().min(1),
      /** Secrets the attacker got right from names and descriptions, guessing where they say nothing. */
      recovered: rateWithInterval,
      /** Targets of which names and descriptions say anything. */
      told: rateWithInterval,
    }),
  ),
});
export type AttackScores = z.infer<typeof attackScores>;

export const stabilityScores = z.strictObject({
  seeds: z.tuple([count, count]),
  /** How two runs that differ in their seed agree, at the base and at the top. */
  levels: z.array(
    z.strictObject({
      level: z.enum(["base", "top"]),
      groups: z.tuple([count, count]),
      nmi: estimate,
      ari: estimate,
    }),
  ),
});
export type StabilityScores = z.infer<typeof stabilityScores>;

export const gateResult = z.strictObject({
  gate: z.string(),
  value: z.number().nullable(),
  least: z.number(),
  passed: z.boolean(),
});
export type GateResult = z.infer<typeof gateResult>;

/** `eval/phase6_metrics.json`. */
export const evaluationMetrics = z.strictObject({
  schema_version: z.literal(ARTIFACT_SCHEMA_VERSION),
  run_id: runId,
  /** Who found facets, clusters and names. */
  model: modelIdentity,
  embedder: modelIdentity,
  /** The user's own labels, or synthetic conversations whose topics are known. */
  source: z.enum(["labels", "synthetic"]),
  labels: z
    .strictObject({
      given: count,
      /** Of them conversations that the run does not hold. */
      not_in_run: count,
      /** Conversations of the run without a label. */
      unlabelled: count,
    })
    .nullable(),
  quality: evaluation,
  stability: stabilityScores.nullable(),
  leaks: leakScores.nullable(),
  attack: attackScores.nullable(),
});
export type EvaluationMetrics = z.infer<typeof evaluationMetrics>;
