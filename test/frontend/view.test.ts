import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCountable } from "../../shared/domain/published/filter.ts";
import type { Condition } from "../../shared/domain/published/filter.ts";
import {
  HIERARCHY_LAYOUTS,
  MAP_MODES,
  MAX_CORNERS,
  MAX_QUERY,
  PLAIN_VIEW,
  parseView,
  toggleValue,
  writeView,
} from "../../frontend/url/view.ts";
import type { View } from "../../frontend/url/view.ts";
import { groupPath, parseRunPath, runPath, sharedSearch, RUN_PAGES } from "../../frontend/url/paths.ts";

const hex = fc.stringMatching(/^[0-9a-f]{12}$/);
const clusterId = fc.tuple(fc.constantFrom("c", "p"), hex).map(([kind, digits]) => kind + digits);
const value = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
  .filter((text) => text.isWellFormed());
const dimension = fc.constantFrom("language", "concern", "frustration", "week", "facet:mood_of_it");
const condition: fc.Arbitrary<Condition> = fc.record({
  dimension: dimension,
  values: fc.uniqueArray(value, { minLength: 1, maxLength: 4 }),
});
const conditions = fc
  .uniqueArray(condition, { maxLength: 2, selector: (each) => each.dimension })
  .filter(isCountable);
/** Corners on the 65,536 steps that an address keeps. */
const coordinate = fc.integer({ min: 0, max: 65_535 }).map((step) => (step / 65_535) * 2 - 1);
const polygon = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: MAX_CORNERS });
const three = fc.double({ min: -4, max: 4, noNaN: true }).map((n) => Number(n.toPrecision(3)) + 0);

const view: fc.Arbitrary<View> = fc.record({
  filter: fc.record({ conditions, within: fc.option(clusterId) }),
  selection: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant("cluster" as const), id: clusterId }),
      fc.record({ kind: fc.constant("lasso" as const), polygon }),
    ),
  ),
  measure: fc.oneof(
    fc.constantFrom("group", "size", "growth", "concern", "frustration").map((kind) => ({ kind })),
    fc
      .constantFrom("en", "pt-BR", "zh-Hant")
      .map((tag) => ({ kind: "language" as const, tag: tag as string })),
  ),
  level: fc.oneof(fc.constant("auto" as const), fc.integer({ min: 0, max: 9 })),
  camera: fc.option(fc.record({ x: three, y: three, zoom: fc.constantFrom(0.5, 1, 2.25, 60) })),
  mode: fc.constantFrom(...MAP_MODES),
  layout: fc.constantFrom(...HIERARCHY_LAYOUTS),
  open: fc.option(fc.uniqueArray(clusterId, { maxLength: 5 })),
  sort: fc.option(fc.record({ key: fc.constantFrom("name", "count", "growth"), descending: fc.boolean() })),
  search: fc.string({ unit: "grapheme", maxLength: 50 }).filter((text) => text.isWellFormed()),
});

/** As numbers of an address are compared: -0 is 0. */
const plain = (held: View): unknown => JSON.parse(JSON.stringify(held));

describe("an address", () => {
  test("says all of a view, and says it back", () => {
    fc.assert(
      fc.property(view, (held) => {
        const query = writeView(held);
        const { view: read, dropped } = parseView(query);
        expect(dropped).toEqual([]);
        if (query.length <= MAX_QUERY && (held.open === null || query.includes("open=")))
          expect(plain(read)).toEqual(plain(held));
      }),
      { numRuns: 1_000 },
    );
  });

  test("of the plain view is empty; what is not the view's stays", () => {
    expect(writeView(PLAIN_VIEW)).toBe("");
    expect(writeView(PLAIN_VIEW, "other=1&sel=c:000000000000")).toBe("other=1");
    expect(parseView("other=1").dropped).toEqual([]);
  });

  test("that makes no sense is the plain view with what was left out named", () => {
    const bad = "f=nothing:x&in=zz&sel=c:zz&color=pink&level=-1&v=1,2&mode=3d&view=pie&open=a,b&sort=--x&q=";
    const { view: read, dropped } = parseView(bad);
    expect(read).toEqual(PLAIN_VIEW);
    expect([...dropped].sort()).toEqual([
      "color",
      "f",
      "in",
      "level",
      "mode",
      "open",
      "sel",
      "sort",
      "v",
      "view",
    ]);
  });

  test("of any kind is read without a throw", () => {
    const names = fc.constantFrom(
      "f",
      "in",
      "sel",
      "color",
      "level",
      "v",
      "mode",
      "view",
      "open",
      "sort",
      "q",
      "zz",
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            names,
            fc.string({ unit: "binary" }).map((t) => t.toWellFormed()),
          ),
          { maxLength: 6 },
        ),
        (pairs) => {
          const { view: read } = parseView(new URLSearchParams(pairs).toString());
          expect(parseView(writeView(read)).dropped).toEqual([]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("does not filter by what is not published together", () => {
    expect(parseView("f=language:en;week:2026-01-05").dropped).toEqual(["f"]);
    expect(parseView("f=language:en;concern:3,4").dropped).toEqual([]);
    const both = toggleValue(
      { conditions: [{ dimension: "language", values: ["en"] }], within: null },
      "week",
      "2026-01-05",
    );
    expect(both.conditions.map((each) => each.dimension)).toEqual(["week"]);
  });

  test("of a page names run and page; others are none", () => {
    for (const page of RUN_PAGES)
      expect(parseRunPath(runPath("run-1", page))).toEqual({ runId: "run-1", page });
    expect(parseRunPath("/runs/run-1")).toEqual({ runId: "run-1", page: "overview" });
    for (const path of ["/runs", "/runs/a/zz", "/", "/runs/%E0%A4%A/map"])
      expect(parseRunPath(path)).toBeNull();
    expect(sharedSearch("?f=language:en&v=1,2,3&sel=c:000000000000")).toBe(
      "f=language:en&sel=c:000000000000",
    );
  });

  test("leads to a group in place of the one that was selected, with the filter kept", () => {
    expect(
      groupPath("run-1", "hierarchy", "c000000000001", "?f=language:en&sel=c:c000000000000&v=1,2,3"),
    ).toBe("/runs/run-1/hierarchy?f=language:en&sel=c:c000000000001");
    expect(groupPath("run-1", "hierarchy", "c000000000001")).toBe(
      "/runs/run-1/hierarchy?sel=c:c000000000001",
    );
  });
});
