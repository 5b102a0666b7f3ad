import { readFile } from "node:fs/promises";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  UNIT_LENGTH,
  addToSum,
  allocateRows,
  clearSums,
  cosines,
  createKernel,
  createRowSums,
  gatherInto,
  pairCosines,
  quantise,
  quantisedRow,
  setRow,
  sumOf,
} from "../../../shared/domain/kernel/kernel.ts";
import type { Quantised } from "../../../shared/domain/kernel/kernel.ts";
import { seededRandom } from "../../../shared/domain/random.ts";
import { createMatrix, dot, normalizeRows, row } from "../../../shared/domain/vectors.ts";
import { KERNEL_TS, kernelModule } from "../../../scripts/build-kernel.ts";
import { randomMatrix } from "../synthetic.ts";

/** Whole products of two rows, as plain JavaScript has them. */
function exact(a: Quantised, i: number, b: Quantised, j: number): number {
  const other = quantisedRow(b, j);
  const sum = quantisedRow(a, i).reduce((before, value, h) => before + value * other[h]!, 0);
  return sum * (a.inverse[i]! * b.inverse[j]!);
}

const widths = fc.constantFrom(1, 2, 7, 8, 9, 16, 100, 384, 1024);

describe("the kernel", () => {
  it("is what its source compiles to", { timeout: 60_000 }, async () => {
    expect(await readFile(KERNEL_TS, "utf8")).toBe(await kernelModule());
  });

  it("multiplies exactly, whatever the width, the rows asked for and where columns begin", () => {
    fc.assert(
      fc.property(
        widths,
        fc.array(fc.nat(40), { minLength: 1, maxLength: 300 }),
        fc.nat(20),
        fc.integer({ min: 1, max: 21 }),
        fc.nat(),
        (cols, asked, first, count, seed) => {
          const random = seededRandom(seed);
          const kernel = createKernel(cols);
          const a = quantise(kernel, normalizeRows(randomMatrix(41, cols, random)));
          const b = quantise(kernel, normalizeRows(randomMatrix(41, cols, random)));
          const out = new Float64Array(asked.length * count).fill(Number.NaN);
          cosines(a, Int32Array.from(asked), b, first, count, out);
          asked.forEach((index, i) => {
            for (let j = 0; j < count; j++) expect(out[i * count + j]).toBe(exact(a, index, b, first + j));
          });
          const others = asked.map((index) => (index * 7) % 41);
          const pairs = new Float64Array(asked.length);
          pairCosines(a, asked, b, others, pairs);
          asked.forEach((index, i) => expect(pairs[i]).toBe(exact(a, index, b, others[i]!)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is off by no more than its components are", () => {
    for (const cols of [3, 64, 512, 1024]) {
      const matrix = normalizeRows(randomMatrix(60, cols, seededRandom(cols)));
      const points = quantise(createKernel(cols), matrix);
      const out = new Float64Array(60 * 60);
      const all = Int32Array.from({ length: 60 }, (_, i) => i);
      cosines(points, all, points, 0, 60, out);
      // Half a unit of 32,000 in every component at the worst.
      const most = (Math.sqrt(cols) / UNIT_LENGTH) * 2;
      for (let i = 0; i < 60; i++)
        for (let j = 0; j < 60; j++)
          expect(Math.abs(out[i * 60 + j]! - dot(row(matrix, i), row(matrix, j)))).toBeLessThan(most);
    }
  });

  it("does not overflow where all of a vector is in one lane, or in all of them alike", () => {
    for (const cols of [8, 1024]) {
      const kernel = createKernel(cols);
      const rows = createMatrix(3, cols);
      row(rows, 0)[0] = 1;
      row(rows, 1).fill(1 / Math.sqrt(cols));
      row(rows, 2).fill(-1 / Math.sqrt(cols));
      const points = quantise(kernel, rows);
      const out = new Float64Array(9);
      cosines(points, Int32Array.of(0, 1, 2), points, 0, 3, out);
      expect(out[0]).toBeCloseTo(1, 12);
      expect(out[4]).toBeCloseTo(1, 12);
      expect(out[5]).toBeCloseTo(-1, 12);
    }
  });

  it("gives a zero row cosine 0, and equal rows cosine 1", () => {
    const matrix = normalizeRows(randomMatrix(2, 33, seededRandom(1)));
    const kernel = createKernel(33);
    const points = allocateRows(kernel, 3);
    setRow(points, 0, row(matrix, 0), 1);
    setRow(points, 1, row(matrix, 0), 1);
    const out = new Float64Array(9);
    cosines(points, Int32Array.of(0, 1, 2), points, 0, 3, out);
    expect(Math.abs(out[1]! - 1)).toBeLessThan(1e-15);
    expect([out[2], out[8]]).toEqual([0, 0]);
  });

  it("sums rows exactly, in whatever order they come and go", () => {
    fc.assert(
      fc.property(widths, fc.nat(), (cols, seed) => {
        const random = seededRandom(seed);
        const kernel = createKernel(cols);
        const points = quantise(kernel, normalizeRows(randomMatrix(30, cols, random)));
        const sums = createRowSums(kernel, 2);
        clearSums(sums);
        for (let i = 0; i < 30; i++) addToSum(sums, 0, points, i, 1);
        for (let i = 29; i >= 20; i--) addToSum(sums, 0, points, i, -1);
        for (let i = 19; i >= 0; i--) addToSum(sums, 1, points, i, 1);
        expect([...sumOf(sums, 0)]).toEqual([...sumOf(sums, 1)]);
        const expected = new Float64Array(cols);
        for (let i = 0; i < 20; i++) quantisedRow(points, i).forEach((value, h) => (expected[h]! += value));
        expect([...sumOf(sums, 0)]).toEqual([...expected]);
      }),
      { numRuns: 30 },
    );
  });

  it("keeps what it holds when its memory grows", () => {
    const kernel = createKernel(64);
    const matrix = normalizeRows(randomMatrix(5, 64, seededRandom(2)));
    const points = quantise(kernel, matrix);
    const before = Array.from(quantisedRow(points, 4));
    const more = allocateRows(kernel, 10_000);
    gatherInto(points, [4], more);
    expect(Array.from(quantisedRow(points, 4))).toEqual(before);
    expect(Array.from(quantisedRow(more, 0))).toEqual(before);
    expect(exact(points, 4, more, 0)).toBeCloseTo(1, 12);
  });
});
