/**
 * What makes published tables safe (design section 7.4). The rule, for one base cluster:
 *
 * 1. One dimension. A value whose conversations reach both minimums is a cell. When any value does not, all such values and
 *    the smallest one that does (all as small as that) go into "other". The hidden values are then alike to a reader: each may
 *    be the one that reaches the minimums, so none is known to be small. (Were "other" made of small values alone, who knows
 *    the scale could tell that two hidden ratings with 28 conversations at a minimum of 15 have 14 each.)
 * 2. Two dimensions. A cross-tab is a whole product of rows and columns, both coarsened from the cells of step 1: values join
 *    "other", smallest first, until every cell of the product is empty or reaches both minimums. Its margins are sums of
 *    cells of step 1. The order is that of published sizes, so that what was merged does not tell which cell was small.
 * 3. Which pairs. The pairs form a forest: no way leads from a dimension over others back to itself (`crosstabPairs`).
 * 4. Everything else is a sum: a parent's tables are those of its base clusters added up, cell by cell.
 *
 * Why nothing below the minimums can be had by combining tables: by 4, parents say nothing that base clusters do not. Within
 * a base cluster the tables of 1 and 2 are the marginals of a decomposable model, because by 2 they agree where they overlap
 * and by 3 they close no ring. For those the largest count that a combination of values can have is the smallest of the
 * published cells it lies in (Dobra and Fienberg, PNAS 97, 2000, theorem 1), and by 1 and 2 that is zero or reaches the minimum.
 * So whatever a reader works out about a set of conversations, it is nobody, or may be a set as large as the minimum.
 * A ring does not have this property: `test/published/solver.test.ts` closes one and finds a count of fewer than the minimum.
 *
 * Nor does knowing the rule help: `test/domain/published/cells.test.ts` goes through all small tables that are published alike.
 *
 * Not hidden is that a combination does not occur: a cell that is not there is empty, or within "other".
 */
import { OTHER_VALUES } from "../../contracts/published.ts";
import type { BreakdownCell, BreakdownDimension, CrosstabCell } from "../../contracts/published.ts";
import type { Minimums } from "../../contracts/clusters.ts";

/** Conversations behind one value, and whose they are. */
export interface Tally {
  conversations: number;
  readonly users: Set<number>;
}

export function tally(): Tally {
  return { conversations: 0, users: new Set() };
}

export function count(held: Tally, user: number): void {
  held.conversations++;
  held.users.add(user);
}

/** Whether a number about a group may be shown: at least both minimums stand behind it. */
export function reaches({ conversations, users }: Tally, minimums: Minimums): boolean {
  return conversations >= minimums.min_conversations && users.size >= minimums.min_users;
}

function merged(a: Tally, b: Tally): Tally {
  return { conversations: a.conversations + b.conversations, users: a.users.union(b.users) };
}

/** Code unit order, "other" last. */
function byName(a: string, b: string): number {
  return Number(a === OTHER_VALUES) - Number(b === OTHER_VALUES) || (a === b ? 0 : a < b ? -1 : 1);
}

/**
 * One dimension of one base cluster as cells that each reach both minimums and add up to the cluster (rule 1). Largest
 * first, "other" last. Empty when the whole cluster does not reach the minimums.
 */
export function breakdownCells(values: ReadonlyMap<string, Tally>, minimums: Minimums): BreakdownCell[] {
  const bySize = (a: [string, Tally], b: [string, Tally]): number =>
    b[1].conversations - a[1].conversations || byName(a[0], b[0]);
  const passes = ([value, held]: [string, Tally]): boolean =>
    value !== OTHER_VALUES && reaches(held, minimums);
  const shown = [...values].filter(passes).sort(bySize);
  const hidden = [...values].filter((entry) => !passes(entry));
  const smallest = shown.at(-1)?.[1].conversations;
  // Of two values as small, the name would decide, and the one that is shown tell about the other.
  if (hidden.length > 0)
    hidden.push(...shown.splice(shown.findIndex(([, held]) => held.conversations === smallest)));
  const other = hidden.reduce((sum, [, held]) => merged(sum, held), tally());
  if (hidden.length > 0 && !reaches(other, minimums)) return [];
  const cells = shown.map(([value, held]) => ({ value, conversations: held.conversations }));
  return hidden.length > 0 ? [...cells, { value: OTHER_VALUES, conversations: other.conversations }] : cells;
}

/** Cells of several clusters added up by value; "other" stays last. What a parent shows is this and nothing else. */
export function sumCells(parts: Iterable<readonly BreakdownCell[]>): BreakdownCell[] {
  const sums = new Map<string, number>();
  for (const cells of parts) {
    for (const { value, conversations } of cells) sums.set(value, (sums.get(value) ?? 0) + conversations);
  }
  return [...sums]
    .map(([value, conversations]) => ({ value, conversations }))
    .sort(
      (a, b) =>
        Number(a.value === OTHER_VALUES) - Number(b.value === OTHER_VALUES) ||
        b.conversations - a.conversations ||
        byName(a.value, b.value),
    );
}

export interface DimensionPair {
  readonly rows: BreakdownDimension;
  readonly columns: BreakdownDimension;
}

/**
 * The pairs that are published (rule 3): what each week held, and concern by language. Language by week would close a ring
 * of three with these and is left out.
 */
export function crosstabPairs(dimensions: readonly BreakdownDimension[]): DimensionPair[] {
  return [
    { rows: "language", columns: "concern" },
    { rows: "concern", columns: "week" },
    { rows: "frustration", columns: "week" },
    ...dimensions
      .filter((name) => name.startsWith("facet:"))
      .map((rows): DimensionPair => ({ rows, columns: "week" })),
  ];
}

/** A combination of two values with what lies in it. */
export interface CrossTally {
  readonly row: string;
  readonly column: string;
  readonly held: Tally;
}

/** The product with rows and columns that are not kept in "other". */
function coarsened(
  cells: Iterable<CrossTally>,
  rows: ReadonlyMap<string, number>,
  columns: ReadonlyMap<string, number>,
): CrossTally[] {
  const found = new Map<string, CrossTally>();
  for (const cell of cells) {
    const row = rows.has(cell.row) ? cell.row : OTHER_VALUES;
    const column = columns.has(cell.column) ? cell.column : OTHER_VALUES;
    const key = JSON.stringify([row, column]);
    const held = found.get(key)?.held ?? tally();
    found.set(key, { row, column, held: merged(held, cell.held) });
  }
  return [...found.values()].sort((a, b) => byName(a.row, b.row) || byName(a.column, b.column));
}

/**
 * The values of an axis that a cross-tab may keep, with their sizes. What has the minimum and no conversation more is not
 * kept, nor left as all of "other": split over two columns its parts would both be known to be small.
 */
function keepable(
  cells: readonly BreakdownCell[],
  { min_conversations: minimum }: Minimums,
): Map<string, number> {
  const kept = new Map<string, number>();
  let other = 0;
  for (const { value, conversations } of cells) {
    if (value !== OTHER_VALUES && conversations > minimum) kept.set(value, conversations);
    else other += conversations;
  }
  if (other === minimum) dropSmallest([kept]);
  return kept;
}

/** Takes the smallest value off all axes, and those as small; false when there was none left. */
function dropSmallest(axes: readonly Map<string, number>[]): boolean {
  const smallest = Math.min(...axes.flatMap((axis) => [...axis.values()]));
  for (const axis of axes) for (const [value, size] of axis) if (size === smallest) axis.delete(value);
  return smallest !== Number.POSITIVE_INFINITY;
}

/**
 * Two dimensions of one base cluster (rule 2). `rows` and `columns` are the cells of each dimension alone. While any cell is
 * too small, the smallest value of either joins "other", and those as small as it: an order that the published sizes give
 * and no cell of the table has a part in.
 */
export function crossCells(
  cells: readonly CrossTally[],
  axes: { readonly rows: readonly BreakdownCell[]; readonly columns: readonly BreakdownCell[] },
  minimums: Minimums,
): CrosstabCell[] {
  const rows = keepable(axes.rows, minimums);
  const columns = keepable(axes.columns, minimums);
  for (;;) {
    const product = coarsened(cells, rows, columns);
    if (product.every(({ held }) => reaches(held, minimums)))
      return product.map(({ row, column, held }) => ({ row, column, conversations: held.conversations }));
    if (!dropSmallest([rows, columns])) return [];
  }
}

/** Cross-tabs of several clusters added up cell by cell. */
export function sumCrossCells(parts: Iterable<readonly CrosstabCell[]>): CrosstabCell[] {
  const sums = new Map<string, CrosstabCell>();
  for (const cells of parts) {
    for (const { row, column, conversations } of cells) {
      const key = JSON.stringify([row, column]);
      const held = sums.get(key)?.conversations ?? 0;
      sums.set(key, { row, column, conversations: held + conversations });
    }
  }
  return [...sums.values()].sort((a, b) => byName(a.row, b.row) || byName(a.column, b.column));
}

/** A cell of the map's grid with what lies in it. */
export interface GridTally {
  readonly column: number;
  readonly row: number;
  readonly held: Tally;
}

/**
 * Grid cells of one base cluster, the too small merged into their nearest neighbour (the larger of the two keeps its
 * place) until each reaches both minimums. Empty when the whole cluster does not. The map is a dimension of its own, in
 * no cross-tab.
 */
export function gridCells(cells: readonly GridTally[], minimums: Minimums): GridTally[] {
  const left = cells.toSorted((a, b) => a.row - b.row || a.column - b.column);
  for (;;) {
    const small = left
      .filter(({ held }) => !reaches(held, minimums))
      .sort((a, b) => a.held.conversations - b.held.conversations)[0];
    if (small === undefined) return left;
    left.splice(left.indexOf(small), 1);
    const away = (cell: GridTally): number => (cell.column - small.column) ** 2 + (cell.row - small.row) ** 2;
    const near = left.toSorted((a, b) => away(a) - away(b))[0];
    if (near === undefined) return [];
    const place = small.held.conversations > near.held.conversations ? small : near;
    left[left.indexOf(near)] = { column: place.column, row: place.row, held: merged(near.held, small.held) };
  }
}
