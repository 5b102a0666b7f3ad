import * as z from "zod";
import type { Cluster } from "../contracts/clusters.ts";
import type { FacetRow } from "../contracts/facets.ts";
import { NO_VALUE, breakdowns as breakdownsOf, crosstab, mapCell } from "../contracts/published.ts";
import type { BreakdownDimension, Breakdowns, PublishedIndex } from "../contracts/published.ts";
import type { RunConfig } from "../config.ts";
import type { WithheldReason } from "../contracts/privacy.ts";
import { addDays, mondayOf } from "../domain/calendar.ts";
import { gridCell } from "../domain/map/grid.ts";
import {
  breakdownCells,
  count,
  crossCells,
  crosstabPairs,
  gridCells,
  sumCells,
  sumCrossCells,
  tally,
} from "../domain/published/cells.ts";
import type { CrossTally, DimensionPair, GridTally, Tally } from "../domain/published/cells.ts";
import { earlierTables, settledTables } from "../domain/published/settle.ts";
import type { LeafTables } from "../domain/published/settle.ts";
import { bySize } from "../domain/tree.ts";
import { userBandOf } from "../domain/published/user-band.ts";
import { sideBySide, userNumbers } from "./columns.ts";
import type { BatchOutput, Phase, PhaseContext, ReduceAnswer } from "./phase.ts";

/** Users held in tables at once, once per conversation and table: about 320 MB of sets, at 160 bytes each. */
const ENTRIES_PER_BATCH = 2_000_000;
const DAYS_PER_WEEK = 7;

const batchDetail = z.strictObject({ groups: z.array(z.array(z.string())) });

/** The published tables of one base cluster. */
const tablesRow = z.strictObject({
  cluster_id: z.string(),
  breakdowns: breakdownsOf,
  crosstabs: z.array(crosstab),
  map: z.array(mapCell.omit({ cluster_id: true })),
});
type TablesRow = z.infer<typeof tablesRow>;

interface Dimension {
  readonly name: BreakdownDimension;
  /** Where a conversation falls. */
  readonly valueOf: (facets: FacetRow, day: string | null) => string;
}

/** The built-in dimensions, and the custom facets but texts, which may say anything. */
function dimensionsOf({ custom_facets: custom }: RunConfig): Dimension[] {
  return [
    { name: "language", valueOf: ({ language }) => language },
    { name: "concern", valueOf: ({ concern }) => String(concern.score) },
    { name: "frustration", valueOf: ({ frustration }) => String(frustration) },
    { name: "week", valueOf: (_facets, day) => (day === null ? NO_VALUE : mondayOf(day)) },
    ...custom
      .filter(({ type }) => type !== "text")
      .map(({ id }): Dimension => ({
        name: `facet:${id}`,
        valueOf: (facets) => String(facets.custom[id] ?? NO_VALUE),
      })),
  ];
}

/** What `cellsOf` says of each dimension. */
function eachDimension(
  dimensions: readonly Dimension[],
  cellsOf: (name: BreakdownDimension) => Breakdowns[BreakdownDimension],
): Breakdowns {
  return Object.fromEntries(dimensions.map(({ name }) => [name, cellsOf(name)])) as Breakdowns;
}

interface PairTallies extends DimensionPair {
  readonly cells: Map<string, CrossTally>;
}

interface Tallies {
  readonly values: ReadonlyMap<BreakdownDimension, Map<string, Tally>>;
  readonly pairs: readonly PairTallies[];
  readonly grid: Map<string, GridTally>;
}

function pairsOf(dimensions: readonly Dimension[]): DimensionPair[] {
  return crosstabPairs(dimensions.map(({ name }) => name));
}

function emptyTallies(dimensions: readonly Dimension[]): Tallies {
  return {
    values: new Map(dimensions.map(({ name }) => [name, new Map()])),
    pairs: pairsOf(dimensions).map((pair) => ({ ...pair, cells: new Map() })),
    grid: new Map(),
  };
}

/** What is held under a key; `empty` is put there first when nothing is. */
function heldIn<K, V>(held: Map<K, V>, key: K, empty: () => V): V {
  const found = held.get(key) ?? empty();
  held.set(key, found);
  return found;
}

/** Base clusters that may be shown, in groups that one batch can hold. */
async function leafGroups({ artifacts, config }: PhaseContext): Promise<string[][]> {
  const { clusters } = await artifacts.json("filtered_clusters");
  const dimensions = dimensionsOf(config);
  const mapTables = 1;
  const tables = dimensions.length + pairsOf(dimensions).length + mapTables;
  const groups: string[][] = [];
  let held = Number.POSITIVE_INFINITY;
  for (const { id, size, level } of clusters) {
    if (level !== 0) continue;
    if (held + size * tables > ENTRIES_PER_BATCH) {
      groups.push([]);
      held = 0;
    }
    groups.at(-1)!.push(id);
    held += size * tables;
  }
  return groups;
}

async function tablesOf(
  { artifacts, config }: PhaseContext,
  leaves: readonly string[],
): Promise<TablesRow[]> {
  const dimensions = dimensionsOf(config);
  const tallies = new Map(leaves.map((id) => [id, emptyTallies(dimensions)]));
  const users = await userNumbers(artifacts);
  const columns = sideBySide(artifacts.rows("map_points"), artifacts.rows("facets"), artifacts.rows("days"));
  let at = 0;
  for await (const [{ cluster_id: leaf, x, y }, facets, { day }] of columns) {
    const user = users[at++]!;
    const held = leaf === null ? undefined : tallies.get(leaf);
    if (held === undefined || x === null || y === null) continue;
    const values = new Map(dimensions.map(({ name, valueOf }) => [name, valueOf(facets, day)]));
    for (const [name, value] of values) count(heldIn(held.values.get(name)!, value, tally), user);
    for (const pair of held.pairs) {
      const [row, column] = [values.get(pair.rows)!, values.get(pair.columns)!];
      const key = JSON.stringify([row, column]);
      count(heldIn(pair.cells, key, () => ({ row, column, held: tally() })).held, user);
    }
    const { col: column, row } = gridCell(x, y, config.map_grid);
    count(heldIn(held.grid, `${column},${row}`, () => ({ column, row, held: tally() })).held, user);
  }
  return [...tallies].map(([cluster_id, { values, pairs, grid }]) => {
    const breakdowns = eachDimension(dimensions, (name) => breakdownCells(values.get(name)!, config));
    return {
      cluster_id,
      breakdowns,
      crosstabs: pairs.map(({ rows, columns: across, cells }) => ({
        rows,
        columns: across,
        cells: crossCells(
          [...cells.values()],
          { rows: breakdowns[rows]!, columns: breakdowns[across]! },
          config,
        ),
      })),
      map: gridCells([...grid.values()], config).map(({ column, row, held }) => ({
        column,
        row,
        conversations: held.conversations,
      })),
    };
  });
}

type NodeTables = Omit<LeafTables, "map">;

/** Every node that may be shown with its tables: a base cluster's own, or the sums of those below. */
function withTables(
  clusters: readonly Cluster[],
  leafTables: ReadonlyMap<string, NodeTables>,
  dimensions: readonly Dimension[],
): Map<string, NodeTables> {
  const pairs = pairsOf(dimensions);
  const byLevel = clusters.toSorted((a, b) => a.level - b.level);
  const children = Map.groupBy(clusters, (cluster) => cluster.parent_id);
  const found = new Map<string, NodeTables>();
  for (const { id, level } of byLevel) {
    const own = level === 0 ? leafTables.get(id) : undefined;
    const parts = (children.get(id) ?? []).map((child) => found.get(child.id)!);
    found.set(
      id,
      own ?? {
        breakdowns: eachDimension(dimensions, (name) =>
          sumCells(parts.map((part) => part.breakdowns[name] ?? [])),
        ),
        crosstabs: pairs.map((pair, i) => ({
          ...pair,
          cells: sumCrossCells(parts.map((part) => part.crosstabs[i]?.cells ?? [])),
        })),
      },
    );
  }
  return found;
}

/** From the first to the last week that is itself published. */
function period(tables: Iterable<NodeTables>): PublishedIndex["period"] {
  const weeks = [...tables]
    .flatMap(({ breakdowns: { week } }) => week.map(({ value }) => value))
    .filter((value) => /^\d{4}-/.test(value))
    .sort();
  const [first, last] = [weeks[0], weeks.at(-1)];
  return first === undefined || last === undefined
    ? null
    : { first_day: first, last_day: addDays(last, DAYS_PER_WEEK - 1) };
}

/** The tables that a dashboard reads: counts of groups that reach both minimums, and nothing about one conversation. */
export const publishPhase: Phase = {
  name: "publish",

  async plan(context) {
    const groups = await leafGroups(context);
    return { batches: groups.length, concurrency: 1, detail: { groups } };
  },

  async batch(context, round, batch): Promise<BatchOutput> {
    const { groups } = batchDetail.parse((await context.parts.plan(round)).detail);
    return { rows: await tablesOf(context, groups[batch]!) };
  },

  async reduce(context, round): Promise<ReduceAnswer> {
    const { artifacts, config, counts, parts, model, embedder } = context;
    const { clusters } = await artifacts.json("filtered_clusters");
    const audit = await artifacts.json("privacy_audit");
    const minimums = { min_users: config.min_users, min_conversations: config.min_conversations };
    const before = earlierTables(await context.shown(), minimums, config.map_grid);
    const settled = new Map(
      (await Array.fromAsync(parts.allRows(round, tablesRow))).map(({ cluster_id: id, ...fresh }) => [
        id,
        settledTables(fresh, before.get(id), minimums.min_conversations),
      ]),
    );
    const tables = withTables(clusters, settled, dimensionsOf(config));
    const withheldNames = new Map(
      audit.withheld.names.map(({ cluster_id, reasons }) => [cluster_id, reasons]),
    );
    const leaves = clusters.filter(({ level }) => level === 0);
    const published = leaves.reduce((sum, { size }) => sum + size, 0);
    const shown = clusters.toSorted((a, b) => b.level - a.level || bySize(a, b));
    const byReason: Partial<Record<WithheldReason, number>> = {};
    for (const reason of [...withheldNames.values()].flat()) byReason[reason] = (byReason[reason] ?? 0) + 1;
    return {
      next: "done",
      artifacts: {},
      counts: () => ({ published_clusters: shown.length }),
      published: {
        "index.json": {
          schema_version: "1.0.0",
          run_id: context.runId,
          generation: context.fingerprint,
          model: model.identity,
          embedder: embedder.identity,
          offline: model.identity.provider === "offline",
          users: config.users,
          minimums,
          totals: {
            read: counts.read ?? 0,
            failed: counts.failed ?? 0,
            published,
            withheld: audit.withheld.conversations,
            clusters: shown.length,
            withheld_names: withheldNames.size,
          },
          period: period(tables.values()),
          files: ["clusters.json", "breakdowns.json", "crosstabs.json", "map.json", "privacy.json"],
        },
        "clusters.json": {
          schema_version: "1.0.0",
          clusters: shown.map(({ id, parent_id, level, name, description, size, unique_users: users }) => ({
            id,
            parent_id,
            level,
            name,
            description,
            name_withheld: withheldNames.get(id) ?? [],
            conversations: size,
            share: size / published,
            users: userBandOf(users),
          })),
        },
        "breakdowns.json": {
          schema_version: "1.0.0",
          clusters: shown.map(({ id }) => ({ cluster_id: id, cells: tables.get(id)!.breakdowns })),
        },
        "crosstabs.json": {
          schema_version: "1.0.0",
          clusters: shown.map(({ id }) => ({ cluster_id: id, tables: [...tables.get(id)!.crosstabs] })),
        },
        "map.json": {
          schema_version: "1.0.0",
          grid: config.map_grid,
          cells: leaves.flatMap(({ id }) =>
            (settled.get(id)?.map ?? []).map((cell) => ({ ...cell, cluster_id: id })),
          ),
        },
        "privacy.json": {
          schema_version: "1.0.0",
          minimums,
          masking: audit.masking,
          layers: audit.layers,
          calibration: audit.calibration,
          withheld_clusters: audit.withheld.clusters,
          withheld_conversations: audit.withheld.conversations,
          withheld_names: byReason,
          relabeled: audit.relabeled.length,
        },
      },
    };
  },
};
