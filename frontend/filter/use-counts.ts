import { useMemo } from "react";
import { useCells, usePublished } from "../api/use-data.ts";
import type { Generation } from "../api/use-data.ts";
import { filteredCounts } from "../../shared/domain/published/filter.ts";
import type { Count } from "../../shared/domain/published/filter.ts";
import { leavesBelow } from "../../shared/domain/published/cluster-tree.ts";
import type { Node } from "../../shared/domain/published/cluster-tree.ts";
import type { View } from "../url/view.ts";

export interface Counts {
  /** How many of a node's conversations fit what is filtered for; all of them without a filter. */
  of(node: Node): Count;
  /** Whether conversations are narrowed, so that counts are "at least". */
  readonly narrowed: boolean;
  /** Whether a node is inside of what the filter stays within. */
  isWithin(node: Node): boolean;
  /** Of everything that is within. */
  readonly total: Count;
  readonly loading: boolean;
}

/** Counts under the view's filter. */
export function useCounts(generation: Generation, { filter }: Pick<View, "filter">): Counts {
  const { conditions, within } = filter;
  const wanted = conditions.length > 0;
  const breakdowns = usePublished("breakdowns", generation, wanted);
  const crosstabs = usePublished("crosstabs", generation, conditions.length > 1);
  const ready = breakdowns.data !== undefined && (conditions.length < 2 || crosstabs.data !== undefined);
  return useMemo(() => {
    const { tree } = generation;
    const counts =
      ready && breakdowns.data !== undefined
        ? filteredCounts(conditions, breakdowns.data, crosstabs.data ?? null)
        : null;
    const root = within === null ? undefined : tree.byId.get(within);
    const inside =
      root === undefined
        ? null
        : new Set([root, ...tree.all.filter((node) => isBelow(node, root)), ...leavesBelow(root)]);
    const of = ({ cluster: { id, conversations } }: Node): Count =>
      counts?.get(id) ??
      (wanted ? { least: 0, most: conversations } : { least: conversations, most: conversations });
    const tops = root === undefined ? tree.roots : [root];
    const total = tops
      .map(of)
      .reduce((sum, { least, most }) => ({ least: sum.least + least, most: sum.most + most }), {
        least: 0,
        most: 0,
      });
    return {
      of,
      narrowed: wanted,
      isWithin: (node) => inside === null || inside.has(node),
      total,
      loading: wanted && !ready,
    };
  }, [generation, conditions, within, wanted, ready, breakdowns.data, crosstabs.data]);
}

function isBelow(node: Node, root: Node): boolean {
  for (let at = node.parent; at !== null; at = at.parent) if (at === root) return true;
  return false;
}

/** Dimensions of the run with what each value has over everything: sums of the roots' published cells. */
export function useDimensions(generation: Generation, wanted = true) {
  const breakdowns = usePublished("breakdowns", generation, wanted);
  const cells = useCells(breakdowns.data);
  return useMemo(() => {
    const sums = new Map<string, Map<string, number>>();
    for (const { cluster } of generation.tree.roots)
      for (const [dimension, values] of Object.entries(cells.get(cluster.id) ?? {})) {
        const held = sums.get(dimension) ?? new Map<string, number>();
        for (const { value, conversations } of values)
          held.set(value, (held.get(value) ?? 0) + conversations);
        sums.set(dimension, held);
      }
    return { sums, query: breakdowns };
  }, [generation, cells, breakdowns]);
}
