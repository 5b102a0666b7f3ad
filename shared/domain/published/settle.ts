import type { Minimums } from "../../contracts/clusters.ts";
import type {
  BreakdownDimension,
  Breakdowns,
  Crosstab,
  MapCell,
  PublishedGeneration,
} from "../../contracts/published.ts";

/** All that is published about one base cluster. */
export interface LeafTables {
  readonly breakdowns: Breakdowns;
  readonly crosstabs: readonly Crosstab[];
  readonly map: readonly Omit<MapCell, "cluster_id">[];
}

type Counts = ReadonlyMap<string, number>;

/** Whether a number moved, but by less than the minimum. A cell that is not there counts zero. */
function movedALittle(before: Counts, after: Counts, minimum: number): boolean {
  return [...new Set([...before.keys(), ...after.keys()])].some((key) => {
    const moved = Math.abs((before.get(key) ?? 0) - (after.get(key) ?? 0));
    return moved > 0 && moved < minimum;
  });
}

function countsOf<T extends { readonly conversations: number }>(
  cells: readonly T[],
  keyOf: (cell: T) => unknown,
): Map<string, number> {
  return new Map(cells.map((cell) => [JSON.stringify(keyOf(cell)), cell.conversations]));
}

const mapCounts = (cells: LeafTables["map"]): Counts => countsOf(cells, ({ column, row }) => [column, row]);

/** Every number of the tables that both have, by what it counts. */
function sharedCounts(tables: LeafTables, other: LeafTables): Counts {
  const breakdowns = Object.entries(tables.breakdowns)
    .filter(([name]) => Object.hasOwn(other.breakdowns, name))
    .flatMap(([name, cells]) => [...countsOf(cells, ({ value }) => [name, value])]);
  const crosstabs = tables.crosstabs
    .filter((table) => sameTable(other.crosstabs, table) !== undefined)
    .flatMap(({ rows, columns, cells }) => [
      ...countsOf(cells, ({ row, column }) => [rows, columns, row, column]),
    ]);
  return new Map([...breakdowns, ...crosstabs]);
}

function sameTable(tables: readonly Crosstab[], { rows, columns }: Crosstab): Crosstab | undefined {
  return tables.find((table) => table.rows === rows && table.columns === columns);
}

/**
 * The earlier tables as far as the run still has their dimensions. A cross-tab that was not there then would be one of
 * today's numbers beside margins of before, so it stays empty.
 */
function keptTables(fresh: LeafTables, before: LeafTables): LeafTables {
  const names = Object.keys(fresh.breakdowns) as BreakdownDimension[];
  return {
    breakdowns: Object.fromEntries(
      names.map((name) => [name, before.breakdowns[name] ?? fresh.breakdowns[name]]),
    ) as Breakdowns,
    crosstabs: fresh.crosstabs.map((table) => sameTable(before.crosstabs, table) ?? { ...table, cells: [] }),
    map: fresh.map,
  };
}

const total = (cells: readonly { readonly conversations: number }[]): number =>
  cells.reduce((sum, { conversations }) => sum + conversations, 0);

/**
 * What is published of a base cluster that an earlier generation showed too. A reader who kept that one could subtract, so a
 * number that moved by less than `minimum` keeps its old value (design section 7.4); and for sums to fit, so does every
 * table it hangs together with: all breakdowns and cross-tabs of the cluster, or its map.
 */
export function settledTables(
  fresh: LeafTables,
  before: LeafTables | undefined,
  minimum: number,
): LeafTables {
  // Another number of conversations under the same id: not the same members, nothing to compare.
  if (before === undefined || total(before.breakdowns.language) !== total(fresh.breakdowns.language))
    return fresh;
  const tables = movedALittle(sharedCounts(before, fresh), sharedCounts(fresh, before), minimum)
    ? keptTables(fresh, before)
    : fresh;
  const map =
    before.map.length > 0 && movedALittle(mapCounts(before.map), mapCounts(fresh.map), minimum)
      ? before.map
      : fresh.map;
  return { ...tables, map };
}

/**
 * The tables of an earlier generation by cluster. None under minimums that were lower than today's: its numbers may be too
 * small now. No map of another grid: its cells are other places.
 */
export function earlierTables(
  earlier: PublishedGeneration | null,
  minimums: Minimums,
  grid: number,
): Map<string, LeafTables> {
  if (earlier === null) return new Map();
  const held = earlier["index.json"].minimums;
  if (held.min_users < minimums.min_users || held.min_conversations < minimums.min_conversations)
    return new Map();
  const crosstabs = new Map(
    earlier["crosstabs.json"].clusters.map(({ cluster_id, tables }) => [cluster_id, tables]),
  );
  const maps = Map.groupBy(
    earlier["map.json"].grid === grid ? earlier["map.json"].cells : [],
    ({ cluster_id }) => cluster_id,
  );
  return new Map(
    earlier["breakdowns.json"].clusters.map(({ cluster_id, cells }) => [
      cluster_id,
      {
        breakdowns: cells,
        crosstabs: crosstabs.get(cluster_id) ?? [],
        map: (maps.get(cluster_id) ?? []).map(({ column, row, conversations }) => ({
          column,
          row,
          conversations,
        })),
      },
    ]),
  );
}
