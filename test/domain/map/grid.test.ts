import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAP_EXTENT, gridCell, gridCellCentre } from "../../../shared/domain/map/grid.ts";

describe("gridCell", () => {
  it("counts columns from the left and rows from the bottom", () => {
    expect(gridCell(-0.9, -0.4, 4)).toEqual({ col: 0, row: 1 });
    expect(gridCell(0, 0.5, 4)).toEqual({ col: 2, row: 3 });
    expect(gridCell(12, 25, 10, { x: 10, y: 20, side: 10 })).toEqual({ col: 2, row: 5 });
  });

  it("takes points on and beyond the edge into the outermost cells", () => {
    expect(gridCell(1, 1, 8)).toEqual({ col: 7, row: 7 });
    expect(gridCell(-1.0000001, 1.5, 8)).toEqual({ col: 0, row: 7 });
  });

  it("holds the middle of each cell", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.nat(), fc.nat(), (size, a, b) => {
        const cell = { col: a % size, row: b % size };
        const { x, y } = gridCellCentre(cell, size);
        expect(gridCell(x, y, size)).toEqual(cell);
        expect(x).toBeGreaterThan(MAP_EXTENT.x);
        expect(y).toBeLessThan(MAP_EXTENT.y + MAP_EXTENT.side);
      }),
    );
  });
});
