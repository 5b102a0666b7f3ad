import { useMemo } from "react";
import { useCells, usePublished } from "../api/use-data.ts";
import type { Generation } from "../api/use-data.ts";
import type { BreakdownCell, BreakdownDimension } from "../../shared/contracts/published.ts";
import { sumCells } from "../../shared/domain/published/cells.ts";
import { filteredCounts } from "../../shared/domain/published/filter.ts";
import type { Count } from "../../shared/domain/published/filter.ts";
import { subtreeOf } from "../../shared/domain/published/cluster-tree.ts";
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
    const inside = root === undefined ? null : new Set(subtreeOf(root));
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

/** Cells of everything, by dimension: sums of the roots' published cells. */
export function useDimensions(generation: Generation) {
  const breakdowns = usePublished("breakdowns", generation);
  const cells = useCells(breakdowns.data);
  const sums = useMemo((): ReadonlyMap<BreakdownDimension, readonly BreakdownCell[]> => {
    const parts = generation.tree.roots.flatMap(({ cluster }) => cells.get(cluster.id) ?? []);
    const dimensions = new Set(parts.flatMap((part) => Object.keys(part) as BreakdownDimension[]));
    return new Map([...dimensions].map((name) => [name, sumCells(parts.map((part) => part[name] ?? []))]));
  }, [generation, cells]);
  return { sums, query: breakdowns };
}
