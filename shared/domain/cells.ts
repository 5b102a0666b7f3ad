import { OTHER_VALUES } from "../contracts/published.ts";
import type { BreakdownCell } from "../contracts/published.ts";
import type { Minimums } from "../contracts/clusters.ts";

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

/** Whether a number about a group may be shown: at least both minimums stand behind it (design section 7.4). */
export function reaches({ conversations, users }: Tally, minimums: Minimums): boolean {
  return conversations >= minimums.min_conversations && users.size >= minimums.min_users;
}

function merged(a: Tally, b: Tally): Tally {
  return { conversations: a.conversations + b.conversations, users: a.users.union(b.users) };
}

/**
 * One dimension of one base cluster as cells that each reach both minimums and add up to the cluster. Values too small go
 * into "other"; while "other" is itself too small, the smallest value left joins it, so that its size cannot be told by
 * subtraction. Largest first, "other" last. Empty when the whole cluster does not reach the minimums.
 */
export function breakdownCells(values: ReadonlyMap<string, Tally>, minimums: Minimums): BreakdownCell[] {
  const byValue = (a: [string, Tally], b: [string, Tally]): number =>
    b[1].conversations - a[1].conversations || (a[0] < b[0] ? -1 : 1);
  const shown = [...values]
    .filter(([value, held]) => value !== OTHER_VALUES && reaches(held, minimums))
    .sort(byValue);
  const kept = new Set(shown.map(([value]) => value));
  let other = [...values]
    .filter(([value]) => !kept.has(value))
    .reduce((sum, [, held]) => merged(sum, held), tally());
  while (other.conversations > 0 && !reaches(other, minimums)) {
    const smallest = shown.pop();
    if (smallest === undefined) return [];
    other = merged(other, smallest[1]);
  }
  const cells = shown.map(([value, held]) => ({ value, conversations: held.conversations }));
  return other.conversations > 0
    ? [...cells, { value: OTHER_VALUES, conversations: other.conversations }]
    : cells;
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
        (a.value < b.value ? -1 : 1),
    );
}

/** A cell of the map's grid with what lies in it. */
export interface GridTally {
  readonly column: number;
  readonly row: number;
  readonly held: Tally;
}

/**
 * Grid cells of one base cluster, the too small merged into their nearest neighbour (the larger of the two keeps its
 * place) until each reaches both minimums. Empty when the whole cluster does not.
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
