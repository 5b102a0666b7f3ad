import * as z from "zod";
import { label } from "../contracts/model-tasks.ts";
import type { Label } from "../contracts/model-tasks.ts";
import { levelSizes } from "../domain/level-sizes.ts";
import type { PhaseContext } from "./phase.ts";

/** A cluster at any level as the hierarchy sees it. Children are positions in the level below. */
const node = z.strictObject({ label, size: z.int().min(1), children: z.array(z.int()) });
export type Node = z.infer<typeof node>;

/**
 * The steps of one level, each a round (design section 6):
 * group: embed the level, find neighbourhoods; propose: parents per neighbourhood; deduplicate: one list of parents;
 * assign: each child to a parent; rename: each parent from the children it got.
 */
export const step = z.enum(["group", "propose", "deduplicate", "assign", "rename"]);

/** What one round hands to the next. */
export const hierarchyState = z.strictObject({
  step,
  /** Levels so far, base first; the last is the one that gets parents now. */
  levels: z.array(z.array(node)).min(1),
  /** Round of this level's group step, whose part holds the vectors. */
  group_round: z.int(),
  /** Neighbourhoods that the group step found, or 0 before it. */
  neighbourhoods: z.int(),
  /** Round of the deduplicate step, whose part holds the parents' vectors. */
  parents_round: z.int(),
  /** Positions of children by parent, once assigned. */
  groups: z.array(z.array(z.int())),
  /** Levels whose proposed parents were replaced by a seeded split. */
  fallback_levels: z.array(z.int()),
});
export type HierarchyState = z.infer<typeof hierarchyState>;

export const FIRST_ROUND = 0;

/** The state a round starts from. */
export async function stateOf(context: PhaseContext, round: number): Promise<HierarchyState> {
  if (round > FIRST_ROUND) return context.parts.carry(round - 1, hierarchyState);
  const { clusters } = await context.artifacts.json("labeled_clusters");
  const base = clusters.map((cluster) => ({
    label: { name: cluster.name ?? cluster.id, description: cluster.description ?? "No description." },
    size: cluster.size,
    children: [],
  }));
  return {
    step: "group",
    levels: [base],
    group_round: FIRST_ROUND,
    neighbourhoods: 0,
    parents_round: 0,
    groups: [],
    fallback_levels: [],
  };
}

/** The level that gets parents now. */
export function currentLevel({ levels }: HierarchyState): readonly Node[] {
  return levels[levels.length - 1] ?? [];
}

/** How many parents the current level should get, or null when its nodes are the roots. */
export function wantedParents(state: HierarchyState, top: number): number | null {
  const [base] = state.levels;
  const sizes = levelSizes(base?.length ?? 0, top);
  const wanted = sizes[state.levels.length - 1] ?? top;
  return currentLevel(state).length > top ? Math.min(wanted, currentLevel(state).length - 1) : null;
}

export function labelText({ name, description }: Label): string {
  return `${name}. ${description}`;
}
