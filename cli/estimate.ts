import type { RunConfig } from "../shared/config.ts";
import type { PhaseName } from "../shared/contracts/run.ts";
import { baseClusterCount } from "../shared/domain/cluster-count.ts";
import { levelSizes } from "../shared/domain/level-sizes.ts";

/** What a run will ask for, before anything is asked. */
export interface Estimate {
  /** Calls of the model by what they are for, in the order of the phases. */
  readonly calls: readonly { readonly what: string; readonly n: number }[];
  readonly totalCalls: number;
  /** Texts given to the embedder. */
  readonly texts: number;
  readonly tokens: number;
  readonly costUsd: number;
}

/** Proposed parents that are deduplicated in one call (phases/hierarchy.ts). */
const DEDUPLICATE_BLOCK = 40;

/**
 * Calls that the phases will make over `n` conversations. Facets are exact; of labels, parents and audits it is the
 * plan: names asked for twice, merged clusters and levels that do not shrink change it by a little.
 */
export function estimateRun(phases: readonly PhaseName[], config: RunConfig, n: number): Estimate {
  const has = (phase: PhaseName): boolean => phases.includes(phase);
  const clusters = has("cluster") ? baseClusterCount(n, config.k, config.min_conversations) : 0;
  const levels = has("hierarchy") ? levelSizes(clusters, config.hierarchy_top) : [];
  const parents = levels.reduce((sum, size) => sum + size, 0);
  const hierarchy = levels.reduce((sum, wanted, i) => {
    const below = levels[i - 1] ?? clusters;
    const proposals = Math.ceil(below / config.hierarchy_neighbourhood);
    return sum + proposals + Math.ceil(wanted / DEDUPLICATE_BLOCK) + below + wanted;
  }, 0);
  const audits = 2 * Math.min(n, config.privacy_sample) + clusters + parents;
  const calls = [
    { what: "facets", n: has("facets") ? n : 0 },
    { what: "labels", n: has("label") ? clusters : 0 },
    { what: "hierarchy", n: hierarchy },
    { what: "audits", n: has("privacy") ? audits : 0 },
  ].filter((call) => call.n > 0);
  return {
    calls,
    totalCalls: calls.reduce((sum, call) => sum + call.n, 0),
    texts: has("embed") ? n + clusters + 2 * parents : 0,
    // The offline provider answers by rule: there is nothing to count or to pay.
    tokens: 0,
    costUsd: 0,
  };
}
