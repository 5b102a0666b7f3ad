import * as z from "zod";
import type { Cluster } from "../contracts/clusters.ts";
import type { FacetRow } from "../contracts/facets.ts";
import { NO_VALUE, breakdowns as breakdownsOf } from "../contracts/published.ts";
import type { BreakdownDimension, Breakdowns, PublishedIndex } from "../contracts/published.ts";
import type { RunConfig } from "../config.ts";
import type { WithheldReason } from "../contracts/privacy.ts";
import { addDays, mondayOf } from "../domain/calendar.ts";
import { breakdownCells, count, gridCells, sumCells, tally } from "../domain/cells.ts";
import type { GridTally, Tally } from "../domain/cells.ts";
import { gridCell } from "../domain/map/grid.ts";
import { bySize } from "../domain/tree.ts";
import { userBandOf } from "../domain/user-band.ts";
import { sideBySide, userNumbers } from "./columns.ts";
import type { BatchOutput, Phase, PhaseContext, ReduceAnswer } from "./phase.ts";

/** Conversations whose users are held per value at once: about 200 MB of sets. */
const CONVERSATIONS_PER_BATCH = 250_000;
const DAYS_PER_WEEK = 7;

const batchDetail = z.strictObject({ groups: z.array(z.array(z.string())) });

/** The published tables of one base cluster. */
const tablesRow = z.strictObject({
  cluster_id: z.string(),
  breakdowns: breakdownsOf,
  map: z.array(z.strictObject({ column: z.int(), row: z.int(), conversations: z.int() })),
});
type Tables = z.infer<typeof tablesRow>;

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

interface Tallies {
  readonly values: ReadonlyMap<BreakdownDimension, Map<string, Tally>>;
  readonly grid: Map<string, GridTally>;
}

function emptyTallies(dimensions: readonly Dimension[]): Tallies {
  return { values: new Map(dimensions.map(({ name }) => [name, new Map()])), grid: new Map() };
}

function tallyIn<K>(held: Map<K, Tally>, key: K): Tally {
  const found = held.get(key) ?? tally();
  held.set(key, found);
  return found;
}

/** Base clusters that may be shown, in groups that one batch can hold. */
async function leafGroups({ artifacts }: PhaseContext): Promise<string[][]> {
  const { clusters } = await artifacts.json("filtered_clusters");
  const groups: string[][] = [];
  let held = Number.POSITIVE_INFINITY;
  for (const { id, size, level } of clusters) {
    if (level !== 0) continue;
    if (held + size > CONVERSATIONS_PER_BATCH) {
      groups.push([]);
      held = 0;
    }
    groups.at(-1)!.push(id);
    held += size;
  }
  return groups;
}

async function tablesOf({ artifacts, config }: PhaseContext, leaves: readonly string[]): Promise<Tables[]> {
  const dimensions = dimensionsOf(config);
  const tallies = new Map(leaves.map((id) => [id, emptyTallies(dimensions)]));
  const users = await userNumbers(artifacts);
  const columns = sideBySide(artifacts.rows("map_points"), artifacts.rows("facets"), artifacts.rows("days"));
  let at = 0;
  for await (const [{ cluster_id: leaf, x, y }, facets, { day }] of columns) {
    const user = users[at++]!;
    const held = leaf === null ? undefined : tallies.get(leaf);
    if (held === undefined || x === null || y === null) continue;
    for (const { name, valueOf } of dimensions)
      count(tallyIn(held.values.get(name)!, valueOf(facets, day)), user);
    const { col: column, row } = gridCell(x, y, config.map_grid);
    const key = `${column},${row}`;
    const cell = held.grid.get(key) ?? { column, row, held: tally() };
    count(cell.held, user);
    held.grid.set(key, cell);
  }
  return [...tallies].map(([cluster_id, { values, grid }]) => ({
    cluster_id,
    breakdowns: eachDimension(dimensions, (name) => breakdownCells(values.get(name)!, config)),
    map: gridCells([...grid.values()], config).map(({ column, row, held }) => ({
      column,
      row,
      conversations: held.conversations,
    })),
  }));
}

/** Every node that may be shown, parents first, with its breakdowns: a base cluster's own, or the sums of those below. */
function withBreakdowns(
  clusters: readonly Cluster[],
  tables: ReadonlyMap<string, Tables>,
  dimensions: readonly Dimension[],
): Map<string, Breakdowns> {
  const byLevel = clusters.toSorted((a, b) => a.level - b.level);
  const children = Map.groupBy(clusters, (cluster) => cluster.parent_id);
  const found = new Map<string, Breakdowns>();
  for (const { id, level } of byLevel) {
    const own = tables.get(id)?.breakdowns;
    const parts = (children.get(id) ?? []).map((child) => found.get(child.id)!);
    const summed = eachDimension(dimensions, (name) => sumCells(parts.map((part) => part[name] ?? [])));
    found.set(id, level === 0 && own !== undefined ? own : summed);
  }
  return found;
}

/** From the first to the last week that is itself published. */
function period(breakdowns: Iterable<Breakdowns>): PublishedIndex["period"] {
  const weeks = [...breakdowns]
    .flatMap(({ week }) => week.map(({ value }) => value))
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
    const tables = new Map(
      (await Array.fromAsync(parts.allRows(round, tablesRow))).map((row) => [row.cluster_id, row]),
    );
    const breakdowns = withBreakdowns(clusters, tables, dimensionsOf(config));
    const withheldNames = new Map(
      audit.withheld.names.map(({ cluster_id, reasons }) => [cluster_id, reasons]),
    );
    const leaves = clusters.filter(({ level }) => level === 0);
    const published = leaves.reduce((sum, { size }) => sum + size, 0);
    const shown = clusters.toSorted((a, b) => b.level - a.level || bySize(a, b));
    const byReason: Partial<Record<WithheldReason, number>> = {};
    for (const reason of [...withheldNames.values()].flat()) byReason[reason] = (byReason[reason] ?? 0) + 1;
    const minimums = { min_users: config.min_users, min_conversations: config.min_conversations };
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
          period: period(breakdowns.values()),
          files: ["clusters.json", "breakdowns.json", "map.json", "privacy.json"],
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
          clusters: shown.map(({ id }) => ({ cluster_id: id, cells: breakdowns.get(id)! })),
        },
        "map.json": {
          schema_version: "1.0.0",
          grid: config.map_grid,
          cells: leaves.flatMap(({ id }) =>
            (tables.get(id)?.map ?? []).map((cell) => ({ ...cell, cluster_id: id })),
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
