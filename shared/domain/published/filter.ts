import { OTHER_VALUES } from "../../contracts/published.ts";
import type {
  BreakdownCell,
  BreakdownDimension,
  Crosstab,
  PublishedBreakdowns,
  PublishedCrosstabs,
} from "../../contracts/published.ts";
import { crosstabPairs } from "./cells.ts";

/** Values of one dimension that conversations should have. */
export interface Condition {
  readonly dimension: BreakdownDimension;
  readonly values: readonly string[];
}

/**
 * What the counts are narrowed to: conditions on what was found in conversations, and a group to stay inside of. Only what
 * is published can be counted: one condition, or two whose cross-tab is published.
 */
export interface Filter {
  readonly conditions: readonly Condition[];
  /** Only this cluster and what is below it. */
  readonly within: string | null;
}

export const NO_FILTER: Filter = { conditions: [], within: null };

/** Whether two dimensions are published against each other. */
export function isPublishedPair(a: BreakdownDimension, b: BreakdownDimension): boolean {
  return crosstabPairs([a, b]).some(
    ({ rows, columns }) => (rows === a && columns === b) || (rows === b && columns === a),
  );
}

/** Whether conditions can be counted together. */
export function isCountable(conditions: readonly Condition[]): boolean {
  const [first, second, ...more] = conditions;
  if (first === undefined || second === undefined) return true;
  return more.length === 0 && isPublishedPair(first.dimension, second.dimension);
}

/** How many of a cluster's conversations fit: at least `least`, and at most `most`, since small values are not named. */
export interface Count {
  readonly least: number;
  readonly most: number;
}

export function countCells(cells: readonly BreakdownCell[], values: ReadonlySet<string>): Count {
  let least = 0;
  let unnamed = 0;
  for (const { value, conversations } of cells) {
    if (values.has(value)) least += conversations;
    else if (value === OTHER_VALUES) unnamed += conversations;
  }
  return { least, most: least + unnamed };
}

export function countTable({ rows, cells }: Crosstab, first: Condition, second: Condition): Count {
  const [row, column] = rows === first.dimension ? [first, second] : [second, first];
  const wanted = { row: new Set(row.values), column: new Set(column.values) };
  let least = 0;
  let most = 0;
  for (const cell of cells) {
    const rowFits = wanted.row.has(cell.row);
    const columnFits = wanted.column.has(cell.column);
    if (rowFits && columnFits) least += cell.conversations;
    else if ((rowFits || cell.row === OTHER_VALUES) && (columnFits || cell.column === OTHER_VALUES))
      most += cell.conversations;
  }
  return { least, most: least + most };
}

/** Counts under a filter, by cluster id; null while nothing is narrowed by conditions. */
export function filteredCounts(
  conditions: readonly Condition[],
  breakdowns: PublishedBreakdowns,
  crosstabs: PublishedCrosstabs | null,
): ReadonlyMap<string, Count> | null {
  const [first, second] = conditions;
  if (first === undefined) return null;
  const counts = new Map<string, Count>();
  if (second === undefined) {
    const values = new Set(first.values);
    for (const { cluster_id: id, cells } of breakdowns.clusters)
      counts.set(id, countCells(cells[first.dimension] ?? [], values));
    return counts;
  }
  for (const { cluster_id: id, tables } of crosstabs?.clusters ?? []) {
    const table = tables.find(
      ({ rows, columns }) =>
        (rows === first.dimension && columns === second.dimension) ||
        (rows === second.dimension && columns === first.dimension),
    );
    if (table !== undefined) counts.set(id, countTable(table, first, second));
  }
  return counts;
}
