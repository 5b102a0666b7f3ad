import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dotBlock } from "../../shared/domain/dot-block.ts";
import { seededRandom } from "../../shared/domain/random.ts";
import {
  allRows,
  cosine,
  createMatrix,
  dot,
  gatherRows,
  matrixFromRows,
  meanOfRows,
  normalizeRows,
  row,
  stackRows,
} from "../../shared/domain/vectors.ts";
import { ErrorName } from "../../shared/errors.ts";
import { randomMatrix } from "./synthetic.ts";

describe("matrices", () => {
  it("views, gathers, stacks and averages rows", () => {
    const matrix = matrixFromRows([
      [1, 2],
      [3, 4],
      [5, 9],
    ]);
    expect([...row(matrix, 1)]).toEqual([3, 4]);
    expect([...gatherRows(matrix, [2, 0, 2]).data]).toEqual([5, 9, 1, 2, 5, 9]);
    expect([...stackRows([matrix, gatherRows(matrix, [1])]).data]).toEqual([1, 2, 3, 4, 5, 9, 3, 4]);
    expect([...meanOfRows(matrix)]).toEqual([3, 5]);
    row(matrix, 0)[0] = 7;
    expect(matrix.data[0]).toBe(7);
  });

  it("refuses shapes that do not fit", () => {
    expect(() => createMatrix(2, 3, new Float32Array(5))).toThrow(RangeError);
    expect(() => matrixFromRows([[1, 2], [3]])).toThrow(RangeError);
    expect(() => stackRows([createMatrix(1, 2), createMatrix(1, 3)])).toThrow(RangeError);
  });

  it("handles matrices without rows", () => {
    expect(stackRows([]).rows).toBe(0);
    expect([...meanOfRows(createMatrix(0, 2))]).toEqual([0, 0]);
    expect(matrixFromRows([])).toMatchObject({ rows: 0, cols: 0 });
  });
});

describe("normalizeRows", () => {
  it("scales rows to length 1, in place, and leaves zero rows", () => {
    const matrix = matrixFromRows([
      [3, 4],
      [0, 0],
      [1e-30, 0],
    ]);
    expect(normalizeRows(matrix)).toBe(matrix);
    expect([...row(matrix, 0)]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
    expect([...row(matrix, 1)]).toEqual([0, 0]);
    expect([...row(matrix, 2)]).toEqual([1, 0]);
  });

  it("refuses numbers that are not finite, and names the row alone", () => {
    const matrix = matrixFromRows([
      [1, 0],
      [Number.NaN, 1],
    ]);
    expect(() => normalizeRows(matrix)).toThrow(
      expect.objectContaining({ name: ErrorName.permanent, code: "vector_not_finite" }),
    );
  });
});

describe("cosine", () => {
  it("is the angle's cosine whatever the lengths, and 0 for a zero vector", () => {
    expect(cosine(Float32Array.of(2, 0), Float32Array.of(5, 5))).toBeCloseTo(Math.SQRT1_2, 7);
    expect(cosine(Float32Array.of(1, 2), Float32Array.of(-3, -6))).toBe(-1);
    expect(cosine(Float32Array.of(0, 0), Float32Array.of(1, 0))).toBe(0);
  });
});

describe("dotBlock", () => {
  it("gives each product the very value of a dot product of its own, for any block", () => {
    const sizes = fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(sizes, fc.nat(5), fc.nat(), ([n, k, cols], first, seed) => {
        const random = seededRandom(seed);
        const a = randomMatrix(n, cols, random);
        const b = randomMatrix(first + k, cols, random);
        const rows = allRows(n).reverse();
        const out = new Float64Array(n * k);
        dotBlock(a, rows, b, first, k, out);
        const expected = [...rows].flatMap((i) =>
          Array.from({ length: k }, (_, j) => dot(row(a, i), row(b, first + j))),
        );
        expect([...out]).toEqual(expected);
      }),
    );
  });
});
