import * as fc from "fast-check";
import { expect, test } from "vitest";
import { OTHER_VALUES } from "../../shared/contracts/published.ts";
import { breakdownCells, count, gridCells, reaches, sumCells, tally } from "../../shared/domain/cells.ts";
import type { GridTally, Tally } from "../../shared/domain/cells.ts";

const MINIMUMS = { min_users: 3, min_conversations: 5 };

function tallyOf(users: readonly number[]): Tally {
  const held = tally();
  for (const user of users) count(held, user);
  return held;
}

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
