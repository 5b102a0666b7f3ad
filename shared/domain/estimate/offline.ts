import type { RunConfig } from "../../config.ts";
import type { PhaseName } from "../../contracts/run.ts";
import { baseClusterCount } from "../cluster-count.ts";
import { planOf } from "./plan.ts";

/** A run that this one starts: what it does, over how many conversations. */
export interface StartedRun {
  readonly phases: readonly PhaseName[];
  readonly config: RunConfig;
  readonly rows: number;
}

/** What a run will ask for, before anything is asked. */
export interface Estimate {
  /** Calls of the model by what they are for, in the singular, in the order of the phases. */
  readonly calls: readonly { readonly what: string; readonly n: number }[];
  readonly totalCalls: number;
  /** Texts given to the embedder. */
  readonly texts: number;
  readonly tokens: number;
  readonly costUsd: number;
  /** On a machine with two cores; good to a factor of two. */
  readonly seconds: number;
}

/**
 * Milliseconds of the offline provider and of the numeric phases, measured with two cores on 200 and 2,400 short
 * conversations (5 s and 41 s in all) and, names and k-means, on the six runs of two evaluations of 2,000 (26 November
 * 2026, seeds 42 and 7: 127 and 136 s, 200 s of processor time); long conversations take longer to read.
 */
const START_MS = 1500;
const FACET_MS = 2;
const EMBEDDING_MS = 11;
const MAP_MS = 3;
const LABEL_MS = 30;
/** k-means: for each pair of conversation and cluster. */
const CLUSTER_MS = 0.018;
const HIERARCHY_CALL_MS = 55;
const AUDIT_MS = 3;
/** Making a synthetic conversation and scoring it with its resamples, beside k-means of the baseline: 8 s for 2,000 in all. */
const SCORE_MS = 2.5;

/**
 * Calls that the phases will make over `n` conversations. Facets are exact; of labels, parents and audits it is the
 * plan: names asked for twice, merged clusters and levels that do not shrink change it by a little.
 */
export function estimateOffline(
  phases: readonly PhaseName[],
  config: RunConfig,
  n: number,
  started: readonly StartedRun[],
): Estimate {
  const own = estimateOwn(phases, config, n);
  if (!phases.includes("evaluate")) return own;
  const { eval_count: made } = config;
  const runs = started.map((run) => estimateOwn(run.phases, run.config, run.rows));
  const sum = runs.reduce(sumOf, own);
  const baseline = made * baseClusterCount(made, config.k, 1) * CLUSTER_MS;
  return { ...sum, seconds: sum.seconds + (made * SCORE_MS + baseline) / 1000 };
}

/** Seconds of the phases that ask nobody: k-means, and the map. */
export function numericSeconds(phases: readonly PhaseName[], config: RunConfig, n: number): number {
  const { clusters } = planOf(phases, config, n);
  return (n * clusters * CLUSTER_MS + (phases.includes("map") ? n * MAP_MS : 0)) / 1000;
}

function sumOf(a: Estimate, b: Estimate): Estimate {
  const calls = new Map(a.calls.map(({ what, n }) => [what, n]));
  for (const { what, n } of b.calls) calls.set(what, (calls.get(what) ?? 0) + n);
  return {
    calls: [...calls].map(([what, n]) => ({ what, n })),
    totalCalls: a.totalCalls + b.totalCalls,
    texts: a.texts + b.texts,
    tokens: a.tokens + b.tokens,
    costUsd: a.costUsd + b.costUsd,
    seconds: a.seconds + b.seconds,
  };
}

function estimateOwn(phases: readonly PhaseName[], config: RunConfig, n: number): Estimate {
  const has = (phase: PhaseName): boolean => phases.includes(phase);
  const { clusters, levels, parents, audited, calibration } = planOf(phases, config, n);
  const hierarchy = levels.reduce(
    (sum, { below, wanted, neighbourhoods, blocks }) => sum + neighbourhoods + blocks + below + wanted,
    0,
  );
  const audits = calibration + 2 * audited + clusters + parents;
  const calls = [
    { what: "facet", n: has("facets") ? n : 0 },
    { what: "label", n: has("label") ? clusters : 0 },
    { what: "hierarchy step", n: hierarchy },
    { what: "audit", n: has("privacy") ? audits : 0 },
  ].filter((call) => call.n > 0);
  const facets = has("facets") ? n * FACET_MS : 0;
  const texts = has("embed") ? n + clusters + 2 * parents : 0;
  const later =
    n * clusters * CLUSTER_MS +
    (has("map") ? n * MAP_MS : 0) +
    (has("label") ? clusters * LABEL_MS : 0) +
    hierarchy * HIERARCHY_CALL_MS;
  const ms =
    facets + n * (has("embed") ? EMBEDDING_MS : 0) + later + (has("privacy") ? audits * AUDIT_MS : 0);
  return {
    calls,
    totalCalls: calls.reduce((sum, call) => sum + call.n, 0),
    texts,
    // The offline provider answers by rule: there is nothing to count or to pay.
    tokens: 0,
    costUsd: 0,
    seconds: ms === 0 ? 0 : (START_MS + ms) / 1000,
  };
}
