import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { limits, phaseLoad, reach, droppedRows, runLoad } from "../../scripts/scaling/model.ts";
import { scalingPage } from "../../scripts/scaling/page.ts";

test("docs/scaling.md is what scripts/scaling.ts computes", async () => {
  const page = await readFile(resolve(import.meta.dirname, "../../docs/scaling.md"), "utf8");
  expect(scalingPage()).toBe(page);
});

test("more conversations never take or cost less", () => {
  const sizes = [1, 1_000, 50_000, 1_000_000, 10_000_000];
  const loads = sizes.map((n) => runLoad(n));
  for (const of of [
    (load: (typeof loads)[0]) => load.wallSeconds,
    (load: (typeof loads)[0]) => load.cost.lambda,
    (load: (typeof loads)[0]) => load.cost.storage,
  ]) {
    const values = loads.map(of);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  }
});

test("no round has more batches than a state may hold, and a limit's reach is where it stops to fit", () => {
  for (const row of droppedRows) {
    const { batches, rounds } = phaseLoad(row, 100_000_000);
    expect(batches / rounds).toBeLessThanOrEqual(10_000);
  }
  for (const limit of limits) {
    const n = reach(limit);
    if (n === null) continue;
    expect(limit.fits(n)).toBe(true);
    expect(limit.fits(n * 1.2)).toBe(false);
  }
});
