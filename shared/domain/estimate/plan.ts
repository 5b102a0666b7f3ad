import type { RunConfig } from "../../config.ts";
import type { PhaseName } from "../../contracts/run.ts";
import { calibrationSet } from "../calibration/score.ts";
import { baseClusterCount } from "../cluster-count.ts";
import { levelSizes } from "../level-sizes.ts";

/** Proposed parents that are deduplicated in one call (phases/hierarchy.ts). */
const DEDUPLICATE_BLOCK = 40;

export interface LevelPlan {
  /** Clusters that get parents. */
  readonly below: number;
  readonly wanted: number;
  readonly neighbourhoods: number;
  /** Blocks of proposals that are deduplicated at once. */
  readonly blocks: number;
}

/** What a run over `n` conversations will make, if no cluster merges and every level shrinks as it should. */
export interface RunPlan {
  readonly clusters: number;
  readonly levels: readonly LevelPlan[];
  readonly parents: number;
  /** Conversations, and facets, that are audited. */
  readonly audited: number;
  readonly calibration: number;
}

/** The levels above so many base clusters. */
export function levelsOver(clusters: number, config: RunConfig): LevelPlan[] {
  const sizes = levelSizes(clusters, config.hierarchy_top);
  return sizes.map((wanted, i) => {
    const below = sizes[i - 1] ?? clusters;
    return {
      below,
      wanted,
      neighbourhoods: Math.ceil(below / config.hierarchy_neighbourhood),
      blocks: Math.ceil(wanted / DEDUPLICATE_BLOCK),
    };
  });
}

export function planOf(phases: readonly PhaseName[], config: RunConfig, n: number): RunPlan {
  const has = (phase: PhaseName): boolean => phases.includes(phase);
  const clusters = has("cluster") ? baseClusterCount(n, config.k, config.min_conversations) : 0;
  const levels = has("hierarchy") ? levelsOver(clusters, config) : [];
  return {
    clusters,
    levels,
    parents: levels.reduce((sum, { wanted }) => sum + wanted, 0),
    audited: Math.min(n, config.privacy_sample),
    calibration: config.privacy_calibration ? calibrationSet().length : 0,
  };
}
