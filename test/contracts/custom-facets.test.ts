import * as z from "zod";
import { expect, test } from "vitest";
import { runConfig } from "../../shared/config.ts";
import { customAnswerOf, customFacet, customFacets } from "../../shared/contracts/facets.ts";
import type { CustomFacet } from "../../shared/contracts/facets.ts";
import { breakdownDimension, publishedBreakdowns } from "../../shared/contracts/published.ts";

const asked = { question: "What?" };
const CATEGORY = { ...asked, id: "kind", type: "category", values: ["a", "b"] };

test("the four kinds of facet are taken, and patterns may be left out", () => {
  const facets = [
    CATEGORY,
    { ...asked, id: "yes", type: "boolean" },
    { ...asked, id: "n", type: "number", min: -1, max: -1 },
    { ...asked, id: "t", type: "text" },
  ];
  expect(runConfig.parse({ custom_facets: facets }).custom_facets).toEqual([
    { ...CATEGORY, patterns: {} },
    { ...facets[1], patterns: [] },
    facets[2],
    facets[3],
  ]);
  expect(runConfig.parse({}).custom_facets).toEqual([]);
});

test.each([
  ["", 0],
  ["a", 1],
  ["a".repeat(40), 1],
  ["a".repeat(41), 0],
  ["_a", 0],
  ["1a", 0],
  ["a-b", 0],
  ["a\n", 0],
  ["summary", 0],
  ["language", 0],
  ["turns", 0],
  ["status", 0],
  ["week", 1],
])("id %j", (id, taken) => {
  expect(customFacets.safeParse([{ ...CATEGORY, id }]).success).toBe(taken === 1);
});

test.each<[string, unknown]>([
  ["one value", { ...CATEGORY, values: ["a"] }],
  ["51 values", { ...CATEGORY, values: Array.from({ length: 51 }, (_, i) => `v${i}`) }],
  ["the same value twice", { ...CATEGORY, values: ["a", "b", "a"] }],
  ["a value of two lines", { ...CATEGORY, values: ["a", "b\nc"] }],
  ["an empty value", { ...CATEGORY, values: ["a", ""] }],
  ["patterns of no value", { ...CATEGORY, patterns: { c: ["c"] } }],
  ["a list of patterns for a category", { ...CATEGORY, patterns: ["c"] }],
  ["patterns by value for a boolean", { ...asked, id: "b", type: "boolean", patterns: { yes: ["c"] } }],
  ["patterns for a text", { ...asked, id: "t", type: "text", patterns: [] }],
  ["a range that is empty", { ...asked, id: "n", type: "number", min: 1, max: 0 }],
  ["a range of fractions", { ...asked, id: "n", type: "number", min: 0, max: 0.5 }],
  ["a question of blanks", { ...CATEGORY, question: "  " }],
  ["no type", { ...asked, id: "t" }],
])("%s is refused", (_what, facet) => {
  expect(customFacet.safeParse(facet).success).toBe(false);
});

test("each kind says what may be answered, as JSON Schema too, which a model's provider needs", () => {
  const category = customFacet.parse(CATEGORY);
  expect(customAnswerOf(category).safeParse("b").success).toBe(true);
  expect(customAnswerOf(category).safeParse("c").success).toBe(false);
  const number: CustomFacet = { ...asked, id: "n", type: "number", min: 1, max: 3 };
  expect([0, 1, 2.5, 3, 4, null].map((given) => customAnswerOf(number).safeParse(given).success)).toEqual([
    false,
    true,
    false,
    true,
    false,
    true,
  ]);
  expect(z.toJSONSchema(customAnswerOf(category))).toMatchObject({
    anyOf: [{ type: "string", enum: ["a", "b"] }, { type: "null" }],
  });
});

test("breakdowns have the built-in dimensions and any custom facets, and nothing else", () => {
  expect(breakdownDimension.safeParse("facet:kind").success).toBe(true);
  for (const name of ["kind", "facet:", "facet:Kind", "facet:a b"])
    expect(breakdownDimension.safeParse(name).success).toBe(false);
  const all = { language: [], concern: [], frustration: [], week: [] };
  const fits = (cells: unknown): boolean =>
    publishedBreakdowns.safeParse({
      schema_version: "1.0.0",
      clusters: [{ cluster_id: "c0123456789ab", cells }],
    }).success;
  expect(fits(all)).toBe(true);
  expect(fits({ ...all, "facet:kind": [{ value: "a", conversations: 20 }] })).toBe(true);
  expect(fits({ ...all, kind: [] })).toBe(false);
  expect(fits({ ...all, "facet:kind": [{ value: true, conversations: 20 }] })).toBe(false);
  const { week: _left, ...rest } = all;
  expect(fits(rest)).toBe(false);
});
