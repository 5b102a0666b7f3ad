import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { droppedRows, limits, planOf, reach, runLoad } from "../../scripts/scaling/model.ts";
import { scalingPage } from "../../scripts/scaling/page.ts";

test("docs/scaling.md is what scripts/scaling.ts computes", { timeout: 60_000 }, async () => {
  const page = await readFile(resolve(import.meta.dirname, "../../docs/scaling.md"), "utf8");
  expect(scalingPage()).toBe(page);
});

test("ten times the conversations never take or cost less", () => {
  const loads = [10, 1_000, 100_000, 1_000_000, 10_000_000].map((n) => runLoad(n));
  for (const of of [
    (load: (typeof loads)[0]) => load.seconds,
    (load: (typeof loads)[0]) => load.cost.lambda,
    (load: (typeof loads)[0]) => load.cost.storage,
  ]) {
    const values = loads.map(of);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  }
});

test("no round has more batches than a state may hold, and a limit's reach is where it stops to fit", () => {
  for (const { rounds } of planOf(100_000_000))
    for (const { batches } of rounds) expect(batches).toBeLessThanOrEqual(10_000);
  expect(droppedRows.map(({ name }) => name)).not.toContain("evaluate");
  for (const limit of limits) {
    const n = reach(limit);
    if (n === null) continue;
    expect(limit.fits(n)).toBe(true);
    expect(limit.fits(n * 1.2)).toBe(false);
  }
});
