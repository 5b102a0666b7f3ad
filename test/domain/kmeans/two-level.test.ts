import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateClusters, groupCells } from "../../../shared/domain/kmeans/two-level.ts";

describe("allocateClusters", () => {
  it("shares by largest remainder", () => {
    expect(allocateClusters([50, 30, 20], 10)).toEqual([5, 3, 2]);
    expect(allocateClusters([47, 16, 15.0, 22], 10)).toEqual([5, 2, 1, 2]);
    expect(allocateClusters([10, 10, 10], 4)).toEqual([2, 1, 1]);
  });

  it("gives a small cell one cluster at the others' cost, and an empty cell none", () => {
    expect(allocateClusters([1000, 0, 1, 1], 10)).toEqual([8, 0, 1, 1]);
    expect(allocateClusters([], 3)).toEqual([]);
  });

  it("refuses fewer clusters than cells", () => {
    expect(() => allocateClusters([5, 5, 5], 2)).toThrow(RangeError);
  });

  it("sums to k, covers every cell, never exceeds its rows and keeps the order of sizes", () => {
    const sizes = fc.array(fc.oneof(fc.nat(5), fc.nat(1000)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, fc.nat(500), (cellSizes, extra) => {
        const occupied = cellSizes.filter((size) => size > 0).length;
        const rows = cellSizes.reduce((sum, size) => sum + size, 0);
        const k = occupied + extra;
        const allocation = allocateClusters(cellSizes, k);
        expect(allocation.reduce((sum, clusters) => sum + clusters, 0)).toBe(Math.min(k, rows));
        const order = [...cellSizes.keys()].sort(
          (a, b) => (cellSizes[a] ?? 0) - (cellSizes[b] ?? 0) || b - a,
        );
        let fewer = 0;
        for (const cell of order) {
          const clusters = allocation[cell] ?? -1;
          const size = cellSizes[cell] ?? 0;
          expect(clusters).toBeGreaterThanOrEqual(Math.min(1, size));
          expect(clusters).toBeLessThanOrEqual(size);
          expect(clusters).toBeGreaterThanOrEqual(fewer);
          fewer = clusters;
        }
      }),
    );
  });
});

describe("groupCells", () => {
  it("puts neighbours together up to the bound; a larger cell stands alone", () => {
    expect(groupCells([10, 20, 30, 5, 100, 0, 7], 60)).toEqual([
      { start: 0, end: 3 },
      { start: 3, end: 4 },
      { start: 4, end: 5 },
      { start: 5, end: 7 },
    ]);
    expect(groupCells([], 60)).toEqual([]);
  });

  it("covers every cell once, in order, and no group of two or more is over the bound", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 40 }), fc.integer({ min: 1, max: 80 }), (sizes, most) => {
        const groups = groupCells(sizes, most);
        expect(groups.flatMap(({ start, end }) => [...sizes.keys()].slice(start, end))).toEqual([
          ...sizes.keys(),
        ]);
        for (const { start, end } of groups) {
          const rows = sizes.slice(start, end).reduce((total, size) => total + size, 0);
          if (end - start > 1) expect(rows).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});
