import { useMemo } from "react";
import { useCells, usePublished } from "../api/use-data.ts";
import type { Generation } from "../api/use-data.ts";
import type { Node } from "../../shared/domain/published/cluster-tree.ts";
import { useTheme } from "../shell/theme.ts";
import { familyColour, rampColour, unknownColour } from "./colour.ts";
import { measured } from "./measure.ts";
import type { Measure, Measured } from "./measure.ts";
import { percent } from "./numbers.ts";

export interface Colours {
  of(node: Node): string;
  /** A node's value of the measure; null where nothing is known, or where colours tell families. */
  valueOf(node: Node): Measured | null;
  /** Ends of the ramp; null where colours tell families. */
  readonly scale: { readonly low: number; readonly high: number } | null;
  readonly loading: boolean;
}

/** Colours of groups by the view's measure, the same on the map, in the tree and in the treemap. */
export function useColours(generation: Generation, measure: Measure): Colours {
  const theme = useTheme();
  const wanted = measure.kind !== "group" && measure.kind !== "size";
  const breakdowns = usePublished("breakdowns", generation, wanted);
  const cells = useCells(breakdowns.data);
  return useMemo(() => {
    const { tree } = generation;
    if (measure.kind === "group")
      return { of: (node) => familyColour(node, theme), valueOf: () => null, scale: null, loading: false };
    const values = new Map(
      tree.all.map(({ cluster: { id, conversations } }) => [
        id,
        measured(measure, cells.get(id), conversations, tree.conversations),
      ]),
    );
    const known = tree.leaves
      .flatMap(({ cluster }) => values.get(cluster.id) ?? [])
      .map(({ value }) => value);
    const low = Math.min(...known, measure.kind === "growth" ? 1 : 0);
    const high = Math.max(...known, low + 1e-9);
    return {
      valueOf: ({ cluster }) => values.get(cluster.id) ?? null,
      of: ({ cluster }) => {
        const value = values.get(cluster.id);
        return value === undefined || value === null
          ? unknownColour(theme)
          : rampColour((value.value - low) / (high - low), theme);
      },
      scale: { low, high },
      loading: wanted && breakdowns.isPending,
    };
  }, [generation, measure, cells, theme, wanted, breakdowns.isPending]);
}

/** A measure's value in words; "at least" where small values are hidden. */
export function measuredWords(measure: Measure, value: Measured | null): string {
  if (value === null) return "not known";
  if (measure.kind === "growth") return `${value.value.toFixed(2)} ×`;
  return `${value.most > value.value ? "at least " : ""}${percent(value.value)}`;
}
