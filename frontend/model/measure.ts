import type { BreakdownCell, PublishedBreakdowns } from "../../shared/contracts/published.ts";
import { NO_VALUE, OTHER_VALUES } from "../../shared/contracts/published.ts";
import { countCells } from "../../shared/domain/published/filter.ts";

/** What clusters are coloured by. "group": by the root they belong to. */
export type Measure =
  | { readonly kind: "group" }
  | { readonly kind: "size" }
  | { readonly kind: "growth" }
  | { readonly kind: "concern" }
  | { readonly kind: "frustration" }
  | { readonly kind: "language"; readonly tag: string };

export const PLAIN_MEASURES = ["group", "size", "growth", "concern", "frustration"] as const;

export function measureKey(measure: Measure): string {
  return measure.kind === "language" ? `language:${measure.tag}` : measure.kind;
}

export function parseMeasure(text: string): Measure | null {
  const [, tag] = /^language:([A-Za-z0-9-]{2,35})$/.exec(text) ?? [];
  if (tag !== undefined) return { kind: "language", tag };
  const kind = PLAIN_MEASURES.find((each) => each === text);
  return kind === undefined ? null : { kind };
}

/** Ratings that are worth a look: 3 of 5 and above, as an audit's pass mark (design section 7). */
const RAISED = new Set(["3", "4", "5"]);

/** A measure's value for a cluster, with what it may be at most where small values are hidden. Null: nothing is known. */
export interface Measured {
  readonly value: number;
  readonly most: number;
}

type Cells = PublishedBreakdowns["clusters"][number]["cells"];

function shareOf(
  cells: readonly BreakdownCell[] | undefined,
  values: ReadonlySet<string>,
  n: number,
): Measured | null {
  if (cells === undefined || cells.length === 0) return null;
  const { least, most } = countCells(cells, values);
  const other = cells.find(({ value }) => value === OTHER_VALUES)?.conversations ?? 0;
  // All of it hidden: a zero would be a claim.
  return other === n ? null : { value: least / n, most: most / n };
}

/** Weeks that are named, in order. */
export function weeksOf(cells: {
  readonly week?: readonly BreakdownCell[] | undefined;
}): readonly { readonly week: string; readonly conversations: number }[] {
  return (cells.week ?? [])
    .filter(({ value }) => value !== OTHER_VALUES && value !== NO_VALUE)
    .map(({ value: week, conversations }) => ({ week, conversations }))
    .sort((a, b) => (a.week < b.week ? -1 : 1));
}

/**
 * The last named week against the mean of the earlier ones: 2 is twice as many. Null where fewer than two weeks are named.
 */
export function growthOf(cells: Cells): Measured | null {
  const weeks = weeksOf(cells);
  const last = weeks.at(-1);
  if (last === undefined || weeks.length < 2) return null;
  const before = weeks.slice(0, -1);
  const mean = before.reduce((sum, { conversations }) => sum + conversations, 0) / before.length;
  const value = last.conversations / mean;
  return { value, most: value };
}

/** A cluster's value of a measure. @param n its conversations. */
export function measured(
  measure: Measure,
  cells: Cells | undefined,
  n: number,
  total: number,
): Measured | null {
  switch (measure.kind) {
    case "group":
      return null;
    case "size":
      return { value: n / total, most: n / total };
    case "growth":
      return cells === undefined ? null : growthOf(cells);
    case "concern":
      return shareOf(cells?.concern, RAISED, n);
    case "frustration":
      return shareOf(cells?.frustration, RAISED, n);
    case "language":
      return shareOf(cells?.language, new Set([measure.tag]), n);
  }
}
