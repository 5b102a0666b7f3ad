import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type {
  PublishedBreakdowns,
  PublishedCluster,
  PublishedCrosstabs,
  PublishedIndex,
} from "../../shared/contracts/published.ts";
import { clusterTree } from "../../shared/domain/published/cluster-tree.ts";
import { csvCell, groupsCsv } from "../../shared/domain/published/export.ts";
import { countCells, countTable, filteredCounts } from "../../shared/domain/published/filter.ts";
import { rateWithInterval } from "../../shared/domain/interval.ts";
import { wilsonInterval } from "../../shared/domain/wilson.ts";
import { growthOf, measured } from "../../frontend/model/measure.ts";
import { markdownTable } from "../../frontend/export/markdown.ts";
import { openTo, treeRows, typeAhead, withAncestors } from "../../frontend/pages/hierarchy/rows.ts";
import { icicleLayout, nextCell } from "../../frontend/pages/hierarchy/icicle-layout.ts";

const node = (
  id: string,
  parent: string | null,
  conversations: number,
  name: string | null = `Group ${id}`,
): PublishedCluster => ({
  id,
  parent_id: parent,
  level: parent === null ? 1 : 0,
  name,
  description: null,
  name_withheld: name === null ? ["rare_word"] : [],
  conversations,
  share: conversations / 100,
  users: "min-9",
});
const P1 = "p000000000001";
const [C1, C2, C3] = ["c000000000001", "c000000000002", "c000000000003"] as const;
const clusters = [node(P1, null, 70), node(C3, null, 30, null), node(C1, P1, 40), node(C2, P1, 30)];
const tree = clusterTree(clusters);

describe("Wilson's interval", () => {
  test("holds the share, lies in [0, 1] and narrows with n", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, part) => {
          const count = Math.round(n * part);
          const { low, high } = wilsonInterval(count, n)!;
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(count / n + 1e-12);
          expect(high).toBeGreaterThanOrEqual(count / n - 1e-12);
          const more = wilsonInterval(count * 10, n * 10)!;
          expect(more.high - more.low).toBeLessThanOrEqual(high - low);
        },
      ),
    );
    expect(wilsonInterval(0, 0)).toBeNull();
  });
  test("is near the exact one", () => {
    const exact = rateWithInterval(30, 200);
    const wilson = wilsonInterval(30, 200)!;
    expect(Math.abs(wilson.low - exact.low!)).toBeLessThan(0.01);
    expect(Math.abs(wilson.high - exact.high!)).toBeLessThan(0.01);
  });
});

describe("counts under a filter", () => {
  const cells = [
    { value: "en", conversations: 40 },
    { value: "de", conversations: 20 },
    { value: "other", conversations: 10 },
  ];
  test("are at least what is named and at most that and what is hidden", () => {
    expect(countCells(cells, new Set(["en"]))).toEqual({ least: 40, most: 50 });
    expect(countCells(cells, new Set(["en", "de"]))).toEqual({ least: 60, most: 70 });
    expect(countCells(cells, new Set(["fr"]))).toEqual({ least: 0, most: 10 });
  });
  test("of two dimensions come from their table, whichever way it lies", () => {
    const table = {
      rows: "language" as const,
      columns: "concern" as const,
      cells: [
        { row: "en", column: "1", conversations: 30 },
        { row: "en", column: "other", conversations: 15 },
        { row: "other", column: "1", conversations: 20 },
      ],
    };
    const english = { dimension: "language" as const, values: ["en"] };
    const calm = { dimension: "concern" as const, values: ["1"] };
    expect(countTable(table, english, calm)).toEqual({ least: 30, most: 65 });
    expect(countTable(table, calm, english)).toEqual({ least: 30, most: 65 });
  });
  test("never say more than is there", () => {
    const values = fc.array(fc.constantFrom("en", "de", "fr", "other"), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(values, (some) => {
        const { least, most } = countCells(cells, new Set(some));
        expect(least).toBeLessThanOrEqual(most);
        expect(most).toBeLessThanOrEqual(70);
      }),
    );
  });
});

describe("measures", () => {
  const base = {
    concern: [],
    frustration: [],
    language: [],
    week: [],
  } as PublishedBreakdowns["clusters"][number]["cells"];
  test("are not known where all is hidden, rather than nothing", () => {
    const hidden = { ...base, concern: [{ value: "other", conversations: 30 }] };
    expect(measured({ kind: "concern" }, hidden, 30, 100)).toBeNull();
    const known = {
      ...base,
      concern: [
        { value: "1", conversations: 15 },
        { value: "4", conversations: 15 },
      ],
    };
    expect(measured({ kind: "concern" }, known, 30, 100)).toEqual({ value: 0.5, most: 0.5 });
  });
  test("of growth compare the last week with those before", () => {
    const week = [
      { value: "2026-01-05", conversations: 20 },
      { value: "2026-01-12", conversations: 20 },
      { value: "2026-01-19", conversations: 50 },
      { value: "other", conversations: 5 },
    ];
    expect(growthOf({ ...base, week })?.value).toBe(2.5);
    expect(growthOf({ ...base, week: week.slice(0, 1) })).toBeNull();
  });
});

describe("the table that is exported", () => {
  const index: PublishedIndex = {
    schema_version: "1.0.0",
    run_id: "a-run",
    generation: "0123456789abcdef",
    model: { provider: "offline", model: "rules", version: "1" },
    embedder: { provider: "offline", model: "encoder", version: "1" },
    offline: true,
    users: "required",
    minimums: { min_users: 5, min_conversations: 15 },
    totals: { read: 100, failed: 0, published: 100, withheld: 0, clusters: 4, withheld_names: 1 },
    period: null,
    files: [],
  };
  const empty = { concern: [], frustration: [], language: [], week: [] };
  const breakdowns: PublishedBreakdowns = {
    schema_version: "1.0.0",
    clusters: clusters.map(({ id, conversations }) => ({
      cluster_id: id,
      cells: {
        ...empty,
        language: [
          { value: "en", conversations: conversations - 15 },
          { value: "other", conversations: 15 },
        ],
      },
    })),
  };
  const crosstabs: PublishedCrosstabs = { schema_version: "1.0.0", clusters: [] };
  const all = { index, clusters: { schema_version: "1.0.0" as const, clusters }, breakdowns, crosstabs };
  const plain = { conditions: [], within: null };

  /** A reader of RFC 4180, by its grammar. */
  function read(csv: string): string[][] {
    const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
    const rows: string[][] = [[]];
    for (let found = cell.exec(csv); found !== null; found = cell.exec(csv)) {
      const [, text = "", end] = found;
      rows.at(-1)!.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
      if (end === "\r\n") rows.push([]);
    }
    expect(cell.lastIndex === 0 || rows.length > 0).toBe(true);
    return rows.slice(0, -1);
  }

  test("has a row for each group in the order of the tree, with its path and interval", () => {
    const rows = read(groupsCsv({ ...all, filter: plain, only: null })).filter(
      ([first]) => !first!.startsWith("#"),
    );
    expect(rows.map(([id]) => id)).toEqual(["id", P1, C1, C2, C3]);
    const [heads = [], , first = []] = rows;
    const row = Object.fromEntries(heads.map((head, i) => [head, first[i]]));
    expect(row).toMatchObject({
      path: `Group ${P1}`,
      conversations_at_least: "40",
      share: "0.4",
      users: "min-9",
    });
    expect(Number(row["share_low"])).toBeLessThan(0.4);
  });

  test("narrows with the filter and says so", () => {
    const csv = groupsCsv({
      ...all,
      filter: { conditions: [{ dimension: "language", values: ["en"] }], within: P1 },
      only: null,
    });
    expect(csv).toContain("# filter language=en\r\n");
    const rows = read(csv).filter(([first]) => !first!.startsWith("#"));
    expect(rows.slice(1).map((row) => [row[0], row[7], row[8]])).toEqual([
      [P1, "55", "70"],
      [C1, "25", "40"],
      [C2, "15", "30"],
    ]);
  });

  test("is read back as it was, and no cell is run by a spreadsheet", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const [[cell = ""] = []] = read(`${csvCell(text)}\r\n`);
        expect(cell === text || cell === `'${text}`).toBe(true);
        expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
      { numRuns: 2_000 },
    );
    expect(csvCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
  });

  test("as Markdown stays a table, whatever names are", () => {
    const hostile = clusterTree([node(C1, null, 40, "a | b\n# c [x](y) <i>"), node(C2, null, 20, null)]);
    const table = markdownTable(hostile.all, 60).split("\n");
    expect(table).toHaveLength(5);
    expect(table[2]).toContain("a \\| b # c \\[x\\](y) \\<i\\>");
    expect(table[3]).toContain("Name withheld");
  });

  test("counts as the page does", () => {
    const counts = filteredCounts([{ dimension: "language", values: ["en"] }], breakdowns, crosstabs);
    expect(counts?.get(C1)).toEqual({ least: 25, most: 40 });
    expect(filteredCounts([], breakdowns, crosstabs)).toBeNull();
  });
});

describe("lines of the tree", () => {
  const plain = { open: new Set<string>(), only: null, sort: null, valueOf: () => null };
  test("are the roots, and what is open below them", () => {
    expect(treeRows(tree, plain).map((row) => row.node.cluster.id)).toEqual([P1, C3]);
    const open = treeRows(tree, { ...plain, open: new Set([P1]) });
    expect(open.map((row) => [row.node.cluster.id, row.position, row.siblings])).toEqual([
      [P1, 1, 2],
      [C1, 1, 2],
      [C2, 2, 2],
      [C3, 2, 2],
    ]);
    expect(openTo(tree, 5)).toEqual([P1]);
  });
  test("are sorted level by level, what is not known last either way", () => {
    const valueOf = (each: { cluster: PublishedCluster }): number | null =>
      each.cluster.id === C1 ? null : each.cluster.conversations;
    for (const descending of [true, false]) {
      const rows = treeRows(tree, { ...plain, open: new Set([P1]), sort: { key: "x", descending }, valueOf });
      const ids = rows.map((row) => row.node.cluster.id);
      expect(ids.indexOf(C2)).toBeLessThan(ids.indexOf(C1));
      expect(ids[0]).toBe(descending ? P1 : C3);
    }
  });
  test("of a search keep what is above", () => {
    expect(withAncestors(tree, [C2])).toEqual(new Set([C2, P1]));
    expect(treeRows(tree, { ...plain, open: new Set([P1]), only: new Set([P1, C2]) })).toHaveLength(2);
  });
  test("are found by their first letters, around the end", () => {
    const rows = treeRows(tree, { ...plain, open: new Set([P1]) });
    expect(typeAhead(rows, 0, "n")).toBe(3);
    expect(typeAhead(rows, 3, "g")).toBe(0);
    expect(typeAhead(rows, 0, "zz")).toBe(-1);
  });
});

describe("bands", () => {
  const cells = icicleLayout(tree, null, ({ cluster }) => cluster.conversations);
  const at = (id: string) => cells.find(({ node: each }) => each.cluster.id === id)!;
  test("are as wide as their groups and lie below their parents", () => {
    expect(at(P1).x1 - at(P1).x0).toBeCloseTo(0.7, 6);
    expect(at(C1).x1 - at(C1).x0).toBeCloseTo(0.4, 6);
    expect(at(C1).y0).toBeCloseTo(at(P1).y1, 6);
    expect(at(P1).y0).toBe(0);
  });
  test("are walked by arrows", () => {
    const root = at(P1).node;
    expect(nextCell(cells, root, "ArrowDown")).toBe(at(C1).node);
    expect(nextCell(cells, at(C1).node, "ArrowUp")).toBe(root);
    expect(nextCell(cells, root, "ArrowRight")).toBe(at(C3).node);
    expect(nextCell(cells, root, "ArrowLeft")).toBeNull();
  });
});
