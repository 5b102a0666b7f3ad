import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Minimums } from "../../../shared/contracts/clusters.ts";
import { OTHER_VALUES } from "../../../shared/contracts/published.ts";
import {
  breakdownCells,
  count,
  crossCells,
  crosstabPairs,
  gridCells,
  reaches,
  sumCells,
  sumCrossCells,
  tally,
} from "../../../shared/domain/published/cells.ts";
import type { CrossTally, GridTally, Tally } from "../../../shared/domain/published/cells.ts";

const MINIMUMS = { min_users: 3, min_conversations: 5 };

function tallyOf(users: readonly number[]): Tally {
  const held = tally();
  for (const user of users) count(held, user);
  return held;
}

/** Every way to share out up to `most` conversations over so many cells. */
function* countings(cells: number, most: number): Generator<number[]> {
  if (cells === 0) {
    yield [];
    return;
  }
  for (let n = 0; n <= most; n++) for (const rest of countings(cells - 1, most - n)) yield [n, ...rest];
}

/** So many conversations of as many users: the case in which users hide nothing that the count would not. */
const ofManyUsers = (conversations: number): Tally =>
  tallyOf(Array.from({ length: conversations }, (_, user) => user));
const asTallies = (counts: readonly number[], prefix: string): Map<string, Tally> =>
  new Map(counts.flatMap((n, i) => (n === 0 ? [] : [[`${prefix}${i}`, ofManyUsers(n)]])));
const sumOf = (counts: readonly number[]): number => counts.reduce((total, n) => total + n, 0);

/** Sets of cells of a table that a reader may ask about: every rectangle of rows by columns. */
function rectangles(rows: number, columns: number): number[][] {
  const subsets = (n: number): number[][] =>
    Array.from({ length: 2 ** n - 1 }, (_, bits) =>
      [...Array(n).keys()].filter((i) => ((bits + 1) >> i) & 1),
    );
  return subsets(rows).flatMap((some) =>
    subsets(columns).map((across) => some.flatMap((row) => across.map((column) => row * columns + column))),
  );
}

/** Published forms that give away a count between none and the minimum, over all tables: what a reader who knows the rule can tell. */
function giveaways(
  tables: Iterable<number[]>,
  sets: readonly number[][],
  publish: (table: number[]) => unknown,
) {
  const bounds = new Map<string, [number, number][]>();
  for (const table of tables) {
    const shown = publish(table);
    if (shown === null) continue;
    const counts = sets.map((set) => sumOf(set.map((i) => table[i]!)));
    const key = JSON.stringify(shown);
    const held = bounds.get(key) ?? counts.map((n): [number, number] => [n, n]);
    bounds.set(
      key,
      held.map(([low, high], i) => [Math.min(low, counts[i]!), Math.max(high, counts[i]!)]),
    );
  }
  expect(bounds.size).toBeGreaterThan(500);
  return [...bounds].filter(([, known]) =>
    known.some(([low, high]) => low > 0 && high < OPEN.min_conversations),
  );
}

const OPEN = { min_users: 1, min_conversations: 3 };

function publishedForm(table: readonly number[], rows: number, columns: number, minimums: Minimums): unknown {
  const at = (row: number, column: number): number => table[row * columns + column]!;
  const [across, down] = [[...Array(columns).keys()], [...Array(rows).keys()]];
  const axes = {
    rows: breakdownCells(
      asTallies(
        down.map((row) => sumOf(across.map((column) => at(row, column)))),
        "r",
      ),
      minimums,
    ),
    columns: breakdownCells(
      asTallies(
        across.map((column) => sumOf(down.map((row) => at(row, column)))),
        "c",
      ),
      minimums,
    ),
  };
  if (axes.rows.length === 0) return null;
  const cells = down.flatMap((row) =>
    across
      .filter((column) => at(row, column) > 0)
      .map((column) => ({ row: `r${row}`, column: `c${column}`, held: ofManyUsers(at(row, column)) })),
  );
  return [axes, crossCells(cells, axes, minimums)];
}

test.each([
  [3, 20],
  [4, 16],
  [5, 14],
])("who knows the rule and a scale of %i values cannot tell that any is small", (values, most) => {
  const found = giveaways(countings(values, most), rectangles(1, values), (table) => {
    const cells = breakdownCells(asTallies(table, "v"), OPEN);
    return cells.length === 0 ? null : cells;
  });
  expect(found).toEqual([]);
});

test.each([
  [2, 3, 12],
  [3, 3, 9],
])("nor who knows how a cross-tab of %i by %i came about, of any rectangle of it", (rows, columns, most) => {
  const found = giveaways(countings(rows * columns, most), rectangles(rows, columns), (table) =>
    // A scale of two and a cluster of just the minimum: that both values occur is then known, and no more.
    sumOf(table) === OPEN.min_conversations ? null : publishedForm(table, rows, columns, OPEN),
  );
  expect(found).toEqual([]);
});

test("the check finds a rule that tells: with small values alone in other, three with six between them have two each", () => {
  const found = giveaways(countings(4, 14), rectangles(1, 4), (table) => {
    const small = table.filter((n) => n < OPEN.min_conversations);
    return [table.map((n) => (n < OPEN.min_conversations ? null : n)), sumOf(small)];
  });
  expect(found.length).toBeGreaterThan(0);
});

const usersOfValue = fc.array(fc.nat(8), { minLength: 1, maxLength: 30 });
const tables = fc.dictionary(fc.constantFrom("en", "de", "fr", "es", "it", "pt"), usersOfValue, {
  minKeys: 1,
});

test("cells add up to the cluster, each reaches both minimums, and none when the cluster itself does not", () => {
  fc.assert(
    fc.property(tables, (table) => {
      const values = new Map(Object.entries(table).map(([value, users]) => [value, tallyOf(users)]));
      const all = tallyOf(Object.values(table).flat());
      const cells = breakdownCells(values, MINIMUMS);
      if (!reaches(all, MINIMUMS)) {
        expect(cells).toEqual([]);
        return;
      }
      expect(cells.reduce((sum, cell) => sum + cell.conversations, 0)).toBe(all.conversations);
      const named = new Set(cells.map(({ value }) => value));
      for (const { value, conversations } of cells) {
        const behind =
          value === OTHER_VALUES
            ? tallyOf(Object.entries(table).flatMap(([key, users]) => (named.has(key) ? [] : users)))
            : values.get(value)!;
        expect(behind.conversations).toBe(conversations);
        expect(reaches(behind, MINIMUMS)).toBe(true);
      }
    }),
  );
});

test("a value too small takes the smallest value that passes with it, so that neither can be had by subtraction", () => {
  const values = new Map([
    ["en", tallyOf([1, 2, 3, 4, 5, 6, 7])],
    ["de", tallyOf([1, 2, 3, 4, 5])],
    ["fr", tallyOf([1])],
  ]);
  expect(breakdownCells(values, MINIMUMS)).toEqual([
    { value: "en", conversations: 7 },
    { value: OTHER_VALUES, conversations: 6 },
  ]);
});

test("many conversations of few users do not reach the minimum of users", () => {
  expect(reaches(tallyOf(Array.from({ length: 500 }, (_, i) => i % 2)), MINIMUMS)).toBe(false);
});

test("a parent's cells are the sums of its children's and nothing finer", () => {
  const summed = sumCells([
    [
      { value: "en", conversations: 7 },
      { value: OTHER_VALUES, conversations: 6 },
    ],
    [{ value: "de", conversations: 9 }],
  ]);
  expect(summed).toEqual([
    { value: "de", conversations: 9 },
    { value: "en", conversations: 7 },
    { value: OTHER_VALUES, conversations: 6 },
  ]);
});

const grids = fc.uniqueArray(fc.record({ column: fc.nat(9), row: fc.nat(9), users: usersOfValue }), {
  selector: ({ column, row }) => `${column},${row}`,
  minLength: 1,
  maxLength: 20,
});

test("map cells merge until each reaches both minimums, lose nothing, and keep places that were there", () => {
  fc.assert(
    fc.property(grids, (cells) => {
      const tallies: GridTally[] = cells.map(({ column, row, users }) => ({
        column,
        row,
        held: tallyOf(users),
      }));
      const merged = gridCells(tallies, MINIMUMS);
      const all = tallyOf(cells.flatMap(({ users }) => users));
      expect(merged.every(({ held }) => reaches(held, MINIMUMS))).toBe(true);
      const total = merged.reduce((sum, { held }) => sum + held.conversations, 0);
      expect(total).toBe(reaches(all, MINIMUMS) ? all.conversations : 0);
      const places = new Set(cells.map(({ column, row }) => `${column},${row}`));
      expect(merged.every(({ column, row }) => places.has(`${column},${row}`))).toBe(true);
    }),
  );
});

const crossings = fc.array(
  fc.record({
    row: fc.constantFrom("en", "de", "fr"),
    column: fc.constantFrom("1", "2", "3"),
    user: fc.nat(30),
  }),
  { minLength: 1, maxLength: 150 },
);

function talliesBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  userOf: (item: T) => number,
): Map<string, Tally> {
  return new Map([...Map.groupBy(items, keyOf)].map(([key, members]) => [key, tallyOf(members.map(userOf))]));
}

test("cells of a cross-tab reach both minimums or are empty, and its margins are the breakdowns' cells", () => {
  fc.assert(
    fc.property(crossings, (chats) => {
      const rows = breakdownCells(
        talliesBy(
          chats,
          ({ row }) => row,
          ({ user }) => user,
        ),
        MINIMUMS,
      );
      const columns = breakdownCells(
        talliesBy(
          chats,
          ({ column }) => column,
          ({ user }) => user,
        ),
        MINIMUMS,
      );
      const tallies = [...Map.groupBy(chats, ({ row, column }) => `${row}-${column}`).values()].map(
        (members): CrossTally => ({
          row: members[0]!.row,
          column: members[0]!.column,
          held: tallyOf(members.map(({ user }) => user)),
        }),
      );
      const cells = crossCells(tallies, { rows, columns }, MINIMUMS);
      if (rows.length === 0) {
        expect(cells).toEqual([]);
        return;
      }
      expect(sumOf(cells.map(({ conversations }) => conversations))).toBe(chats.length);
      const [keptRows, keptColumns] = [
        new Set(cells.map(({ row }) => row)),
        new Set(cells.map(({ column }) => column)),
      ];
      for (const { row, column, conversations } of cells) {
        const behind = chats.filter(
          (chat) =>
            (keptRows.has(chat.row) ? chat.row : OTHER_VALUES) === row &&
            (keptColumns.has(chat.column) ? chat.column : OTHER_VALUES) === column,
        );
        expect(behind).toHaveLength(conversations);
        expect(reaches(tallyOf(behind.map(({ user }) => user)), MINIMUMS)).toBe(true);
      }
      for (const { value, conversations } of rows.filter(
        ({ value: row }) => keptRows.has(row) && row !== OTHER_VALUES,
      )) {
        const row = cells.filter((cell) => cell.row === value);
        expect(sumOf(row.map((cell) => cell.conversations))).toBe(conversations);
      }
    }),
  );
});

test("values leave a cross-tab smallest first until every cell passes, and none when all do", () => {
  const at = (row: string, column: string, n: number): CrossTally => ({ row, column, held: ofManyUsers(n) });
  const tallies = [
    at("en", "1", 20),
    at("en", "2", 9),
    at("de", "1", 8),
    at("de", "2", 0),
    at("fr", "1", 6),
    at("fr", "2", 1),
  ];
  const rows = [
    { value: "en", conversations: 29 },
    { value: "de", conversations: 8 },
    { value: "fr", conversations: 7 },
  ];
  const columns = [
    { value: "1", conversations: 34 },
    { value: "2", conversations: 10 },
  ];
  expect(
    crossCells(
      tallies.filter(({ held }) => held.conversations > 0),
      { rows, columns },
      MINIMUMS,
    ),
  ).toEqual([
    { row: OTHER_VALUES, column: "1", conversations: 34 },
    { row: OTHER_VALUES, column: OTHER_VALUES, conversations: 10 },
  ]);
  const passing = tallies.filter(({ row, held }) => row !== "fr" && held.conversations > 0);
  expect(crossCells(passing, { rows: rows.slice(0, 2), columns }, MINIMUMS)).toEqual([
    { row: "de", column: "1", conversations: 8 },
    { row: "en", column: "1", conversations: 20 },
    { row: "en", column: "2", conversations: 9 },
  ]);
});

test("cross-tabs add up cell by cell", () => {
  const cell = (row: string, column: string, conversations: number) => ({ row, column, conversations });
  expect(
    sumCrossCells([
      [cell("en", "1", 7), cell("other", "other", 6)],
      [cell("en", "1", 5), cell("de", "2", 9)],
    ]),
  ).toEqual([cell("de", "2", 9), cell("en", "1", 12), cell("other", "other", 6)]);
});

test("no way leads from a dimension over published pairs back to itself", () => {
  const pairs = crosstabPairs(["language", "concern", "frustration", "week", "facet:a", "facet:b"]);
  const group = new Map<string, string>();
  const rootOf = (name: string): string => (group.has(name) ? rootOf(group.get(name)!) : name);
  for (const { rows, columns } of pairs) {
    expect(rootOf(rows), `${rows} x ${columns}`).not.toBe(rootOf(columns));
    group.set(rootOf(rows), rootOf(columns));
  }
  expect(pairs).toHaveLength(5);
});
