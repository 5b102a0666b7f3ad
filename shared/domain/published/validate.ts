import type * as z from "zod";
import type { Minimums } from "../../contracts/clusters.ts";
import { OTHER_VALUES, publishedFiles } from "../../contracts/published.ts";
import type {
  BreakdownCell,
  Breakdowns,
  Crosstab,
  PublishedCluster,
  PublishedFile,
  PublishedGeneration,
} from "../../contracts/published.ts";
import { sumCells, sumCrossCells } from "./cells.ts";
import { userBandOf } from "./user-band.ts";

/** What is wrong with a published generation. The message holds ids, names of fields and numbers, and no text of the files. */
export interface Finding {
  readonly file: PublishedFile;
  readonly code:
    | "missing_file"
    | "schema"
    | "contradiction"
    | "below_minimum"
    | "unknown_cluster"
    | "tree"
    | "sum"
    | "ring"
    | "text";
  readonly message: string;
}

/** Longest value of a breakdown: a category of a custom facet (`contracts/facets.ts`). */
const MAX_VALUE = 80;
/** Longest name and description that the pipeline makes, in characters, with room to spare. */
const MAX_NAME = 200;
const MAX_DESCRIPTION = 2000;
/** Shares are divisions of whole numbers: nothing but rounding may differ. */
const SHARE_TOLERANCE = 1e-9;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u;

const total = (cells: readonly { readonly conversations: number }[]): number =>
  cells.reduce((sum, { conversations }) => sum + conversations, 0);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Bands by size: no cluster has more users than conversations, nor fewer than the minimum. */
const BANDS = [1, 10, 25, 50, 100, 250, 1000].map(userBandOf);

class Checks {
  readonly findings: Finding[] = [];

  add(file: PublishedFile, code: Finding["code"], message: string): void {
    this.findings.push({ file, code, message });
  }

  atLeast(
    file: PublishedFile,
    where: string,
    numbers: readonly number[],
    { min_conversations: least }: Minimums,
  ): void {
    for (const number of numbers)
      if (number < least)
        this.add(file, "below_minimum", `${where}: ${number} is below the minimum of ${least}`);
  }
}

/** Parsed files of a generation; a file that is not there is left out. Unknown content: nothing is taken for granted. */
export type ParsedFiles = ReadonlyMap<string, unknown>;

function readSchemas(files: ParsedFiles, checks: Checks): PublishedGeneration | null {
  const read: [string, unknown][] = [];
  for (const [file, schema] of Object.entries(publishedFiles) as [PublishedFile, z.ZodType][]) {
    if (!files.has(file)) {
      checks.add(file, "missing_file", "it is not there");
      continue;
    }
    const parsed = schema.safeParse(files.get(file));
    if (parsed.success) read.push([file, parsed.data]);
    else
      for (const { path, code } of parsed.error.issues)
        checks.add(file, "schema", `${path.map(String).join(".") || "the whole"}: ${code}`);
  }
  return checks.findings.length > 0 ? null : (Object.fromEntries(read) as PublishedGeneration);
}

function checkIndex(generation: PublishedGeneration, runId: string | null, checks: Checks): void {
  const file = "index.json";
  const { totals, minimums, files, period, run_id: id } = generation[file];
  const { clusters } = generation["clusters.json"];
  const leaves = clusters.filter(({ level }) => level === 0);
  const privacy = generation["privacy.json"];
  const equal = (what: string, a: unknown, b: unknown): void => {
    if (!same(a, b)) checks.add(file, "contradiction", `${what}: other files say otherwise`);
  };
  if (runId !== null) equal("run_id", id, runId);
  equal("totals.clusters", totals.clusters, clusters.length);
  equal("totals.published", totals.published, total(leaves));
  equal("totals.withheld", totals.withheld, privacy.withheld_conversations);
  equal(
    "totals.withheld_names",
    totals.withheld_names,
    clusters.filter(({ name_withheld: reasons }) => reasons.length > 0).length,
  );
  equal("minimums", minimums, privacy.minimums);
  equal(
    "files",
    files.toSorted(),
    Object.keys(generation)
      .filter((name) => name !== file)
      .sort(),
  );
  if (totals.published + totals.withheld + totals.failed > totals.read)
    checks.add(file, "sum", "totals: more published, withheld and failed than read");
  if (period !== null && period.first_day > period.last_day)
    checks.add(file, "contradiction", "period: it ends before it begins");
}

function checkText(file: PublishedFile, where: string, text: string, longest: number, checks: Checks): void {
  if (UNPRINTABLE.test(text)) checks.add(file, "text", `${where}: a character that cannot be printed`);
  if (text.length > longest)
    checks.add(file, "text", `${where}: ${text.length} characters, more than ${longest}`);
}

function checkClusters(generation: PublishedGeneration, checks: Checks): void {
  const file = "clusters.json";
  const { clusters } = generation[file];
  const { minimums, totals } = generation["index.json"];
  const seen = new Map<string, PublishedCluster>();
  for (const cluster of clusters) {
    const { id, parent_id: parentId, level, name, description, conversations } = cluster;
    if (seen.has(id)) checks.add(file, "tree", `${id}: it is there twice`);
    const parent = parentId === null ? null : seen.get(parentId);
    if (parent === undefined) checks.add(file, "tree", `${id}: its parent does not stand before it`);
    else if (parent !== null && parent.level !== level + 1)
      checks.add(file, "tree", `${id}: its parent is not one level above it`);
    seen.set(id, cluster);
    const children = clusters.filter((each) => each.parent_id === id);
    if (level > 0 && total(children) !== conversations)
      checks.add(
        file,
        "sum",
        `${id}: ${conversations} conversations, ${total(children)} in what is below it`,
      );
    if (level === 0 && children.length > 0)
      checks.add(file, "tree", `${id}: a base cluster with clusters below it`);
    if (Math.abs(cluster.share - conversations / totals.published) > SHARE_TOLERANCE)
      checks.add(file, "sum", `${id}: its share is not that of its conversations`);
    checks.atLeast(file, id, [conversations], minimums);
    // Of n conversations there are at most n users, and at least the minimum.
    const [low, high] = [userBandOf(minimums.min_users), userBandOf(conversations)].map((band) =>
      BANDS.indexOf(band),
    );
    if (BANDS.indexOf(cluster.users) < low! || BANDS.indexOf(cluster.users) > high!)
      checks.add(
        file,
        "contradiction",
        `${id}: the band of users does not fit ${conversations} conversations`,
      );
    if ((name === null) !== cluster.name_withheld.length > 0 || (name === null) !== (description === null))
      checks.add(file, "contradiction", `${id}: a name that is withheld and shown, or neither`);
    if (name !== null) checkText(file, `${id}: name`, name, MAX_NAME, checks);
    if (description !== null) checkText(file, `${id}: description`, description, MAX_DESCRIPTION, checks);
  }
}

/** Rows of a file by cluster; each published cluster has one, and no other. */
function byCluster<T extends { readonly cluster_id: string }>(
  file: PublishedFile,
  rows: readonly T[],
  generation: PublishedGeneration,
  checks: Checks,
): Map<string, T> {
  const ids = new Set(generation["clusters.json"].clusters.map(({ id }) => id));
  const found = new Map<string, T>();
  for (const row of rows) {
    if (!ids.has(row.cluster_id)) checks.add(file, "unknown_cluster", `${row.cluster_id}: no such cluster`);
    if (found.has(row.cluster_id)) checks.add(file, "contradiction", `${row.cluster_id}: it is there twice`);
    found.set(row.cluster_id, row);
  }
  for (const id of ids) if (!found.has(id)) checks.add(file, "unknown_cluster", `${id}: nothing about it`);
  return found;
}

type Labelled = readonly (readonly [label: string, conversations: number])[];

function checkLabels(file: PublishedFile, where: string, labels: readonly string[], checks: Checks): void {
  if (new Set(labels).size !== labels.length)
    checks.add(file, "contradiction", `${where}: a cell that is there twice`);
}

function checkBreakdowns(generation: PublishedGeneration, checks: Checks): void {
  const file = "breakdowns.json";
  const { minimums } = generation["index.json"];
  const { clusters } = generation["clusters.json"];
  const rows = byCluster(file, generation[file].clusters, generation, checks);
  const names = Object.keys(rows.values().next().value?.cells ?? {}).sort();
  for (const { id, level, conversations } of clusters) {
    const cells = rows.get(id)?.cells;
    if (cells === undefined) continue;
    if (!same(Object.keys(cells).sort(), names))
      checks.add(file, "contradiction", `${id}: other dimensions than elsewhere`);
    const children = clusters
      .filter((each) => each.parent_id === id)
      .map((child) => rows.get(child.id)?.cells);
    for (const [name, values] of Object.entries(cells) as [keyof Breakdowns, BreakdownCell[]][]) {
      const where = `${id}, ${name}`;
      checkLabels(
        file,
        where,
        values.map(({ value }) => value),
        checks,
      );
      for (const { value } of values) checkText(file, where, value, MAX_VALUE, checks);
      checks.atLeast(
        file,
        where,
        values.map((cell) => cell.conversations),
        minimums,
      );
      if (total(values) !== conversations)
        checks.add(file, "sum", `${where}: ${total(values)} in all, of ${conversations} conversations`);
      if (level > 0 && !same(sumCells([values]), sumCells(children.map((child) => child?.[name] ?? []))))
        checks.add(file, "sum", `${where}: not the sum of what is below it`);
    }
  }
}

/** Pairs of dimensions that lead in a ring say more together than each does (`cells.ts`). */
function checkForest(file: PublishedFile, tables: readonly Crosstab[], checks: Checks): void {
  const above = new Map<string, string>();
  const rootOf = (name: string): string => {
    const next = above.get(name);
    return next === undefined ? name : rootOf(next);
  };
  for (const { rows, columns } of tables) {
    const [a, b] = [rootOf(rows), rootOf(columns)];
    if (a === b) checks.add(file, "ring", `${rows} by ${columns} closes a ring of tables`);
    else above.set(a, b);
  }
}

/** What a table says of one dimension. */
function margin(table: Crosstab, axis: "row" | "column"): Labelled {
  const groups = Map.groupBy(table.cells, (cell) => cell[axis]);
  return [...groups].map(([label, cells]) => [label, total(cells)] as const);
}

function checkCrosstabs(generation: PublishedGeneration, checks: Checks): void {
  const file = "crosstabs.json";
  const { minimums } = generation["index.json"];
  const { clusters } = generation["clusters.json"];
  const rows = byCluster(file, generation[file].clusters, generation, checks);
  const breakdowns = new Map(
    generation["breakdowns.json"].clusters.map((row) => [row.cluster_id, row.cells]),
  );
  const pairsOf = (tables: readonly Crosstab[]): unknown =>
    tables.map((table) => [table.rows, table.columns]);
  const first = rows.values().next().value?.tables ?? [];
  checkForest(file, first, checks);
  for (const { id, level, conversations } of clusters) {
    const tables = rows.get(id)?.tables ?? [];
    if (!same(pairsOf(tables), pairsOf(first))) {
      checks.add(file, "contradiction", `${id}: other pairs than elsewhere`);
      continue;
    }
    const children = clusters
      .filter((each) => each.parent_id === id)
      .map((child) => rows.get(child.id)?.tables);
    tables.forEach((table, i) => {
      const where = `${id}, ${table.rows} by ${table.columns}`;
      checkLabels(
        file,
        where,
        table.cells.map(({ row, column }) => JSON.stringify([row, column])),
        checks,
      );
      for (const { row, column } of table.cells)
        for (const label of [row, column]) checkText(file, where, label, MAX_VALUE, checks);
      checks.atLeast(
        file,
        where,
        table.cells.map((cell) => cell.conversations),
        minimums,
      );
      // A table that a base cluster does not have is empty, and missing in the sum above it.
      if (level === 0 && table.cells.length > 0 && total(table.cells) !== conversations)
        checks.add(file, "sum", `${where}: ${total(table.cells)} in all, of ${conversations} conversations`);
      if (level > 0) {
        const below = sumCrossCells(children.map((child) => child?.[i]?.cells ?? []));
        if (!same(sumCrossCells([table.cells]), below))
          checks.add(file, "sum", `${where}: not the sum of what is below it`);
        return;
      }
      for (const [axis, name] of [
        ["row", table.rows],
        ["column", table.columns],
      ] as const) {
        const cells = breakdowns.get(id)?.[name] ?? [];
        for (const [label, size] of margin(table, axis)) {
          if (label !== OTHER_VALUES && cells.find(({ value }) => value === label)?.conversations !== size)
            checks.add(file, "sum", `${where}: a ${axis} of ${size} that the breakdown does not have`);
        }
      }
    });
  }
}

function checkMap(generation: PublishedGeneration, checks: Checks): void {
  const file = "map.json";
  const { minimums } = generation["index.json"];
  const { grid, cells } = generation[file];
  const leaves = new Map(
    generation["clusters.json"].clusters
      .filter(({ level }) => level === 0)
      .map(({ id, conversations }) => [id, conversations]),
  );
  checkLabels(
    file,
    "cells",
    cells.map(({ cluster_id: id, column, row }) => `${id} ${column} ${row}`),
    checks,
  );
  for (const { column, row, cluster_id: id } of cells) {
    if (column >= grid || row >= grid) checks.add(file, "contradiction", `${id}: a cell beyond the grid`);
    if (!leaves.has(id)) checks.add(file, "unknown_cluster", `${id}: no base cluster`);
  }
  checks.atLeast(
    file,
    "cells",
    cells.map(({ conversations }) => conversations),
    minimums,
  );
  const byLeaf = Map.groupBy(cells, ({ cluster_id: id }) => id);
  for (const [id, conversations] of leaves) {
    const mapped = total(byLeaf.get(id) ?? []);
    if (mapped !== conversations)
      checks.add(file, "sum", `${id}: ${mapped} on the map, of ${conversations} conversations`);
  }
}

/**
 * Everything about a published generation that can be checked from its files alone: schemas, sums, the tree, minimums of
 * conversations, bands, texts. What it cannot see, unique users behind a cell, the tests count from the private side.
 */
export function validatePublished(files: ParsedFiles, runId: string | null = null): Finding[] {
  const checks = new Checks();
  const generation = readSchemas(files, checks);
  if (generation === null) return checks.findings;
  checkIndex(generation, runId, checks);
  checkClusters(generation, checks);
  checkBreakdowns(generation, checks);
  checkCrosstabs(generation, checks);
  checkMap(generation, checks);
  return checks.findings;
}
