import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearestNeighbours, nearestRows } from "../../shared/domain/knn.ts";
import { seededRandom } from "../../shared/domain/random.ts";
import type { Matrix } from "../../shared/domain/vectors.ts";
import { dot, gatherRows, matrixFromRows, normalizeRows, row } from "../../shared/domain/vectors.ts";
import { randomMatrix } from "./synthetic.ts";

function bruteForce(
  queries: Matrix,
  base: Matrix,
  m: number,
  exclude = (_query: number, _base: number) => false,
): number[] {
  return Array.from({ length: queries.rows }, (_, i) => {
    const order = Array.from({ length: base.rows }, (__, j) => ({ j, s: dot(row(queries, i), row(base, j)) }))
      .filter(({ j }) => !exclude(i, j))
      .sort((a, b) => b.s - a.s || a.j - b.j)
      .slice(0, m)
      .map(({ j }) => j);
    return [...order, ...Array.from({ length: m - order.length }, () => -1)];
  }).flat();
}

describe("nearestRows", () => {
  it("finds what a full sort finds, across block borders and with repeated rows", () => {
    for (const [queries, base, m, seed] of [
      [1, 1, 3, 1],
      [70, 130, 5, 2],
      [65, 64, 1, 3],
      [3, 200, 50, 4],
    ] as const) {
      const random = seededRandom(seed);
      const a = normalizeRows(randomMatrix(queries, 6, random));
      const once = normalizeRows(randomMatrix(base, 6, random));
      const b = gatherRows(
        once,
        Array.from({ length: base }, (_, i) => i - (i % 3 === 2 ? 1 : 0)),
      );
      expect([...nearestRows(a, b, m).indices]).toEqual(bruteForce(a, b, m));
    }
  });

  it("leaves out excluded pairs and pads what is missing", () => {
    const matrix = normalizeRows(randomMatrix(5, 3, seededRandom(9)));
    const sameParity = (query: number, base: number): boolean => (query - base) % 2 === 0;
    const found = nearestRows(matrix, matrix, 3, { exclude: sameParity });
    expect([...found.indices]).toEqual(bruteForce(matrix, matrix, 3, sameParity));
    const missing = [...found.indices].map((index) => index === -1);
    expect([...found.similarities].map(Number.isNaN)).toEqual(missing);
    expect(missing).toContain(true);
  });

  it("reports the cosines in descending order", () => {
    const base = matrixFromRows([
      [0, 1],
      [0.6, 0.8],
      [1, 0],
    ]);
    const found = nearestRows(matrixFromRows([[1, 0]]), base, 3);
    expect([...found.indices]).toEqual([2, 1, 0]);
    expect([...found.similarities]).toEqual([1, Math.fround(0.6), 0]);
  });

  it("answers empty lists for m = 0 and an empty base", () => {
    const one = matrixFromRows([[1, 0]]);
    expect(nearestRows(one, one, 0).indices).toHaveLength(0);
    expect([...nearestRows(one, gatherRows(one, []), 2).indices]).toEqual([-1, -1]);
  });
});

describe("nearestNeighbours", () => {
  it("is nearestRows of a matrix with itself, without the row itself", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(),
        (n, m, seed) => {
          const random = seededRandom(seed);
          const once = normalizeRows(randomMatrix(n, 4, random));
          const matrix = gatherRows(
            once,
            Array.from({ length: n }, (_, i) => i % Math.ceil(n * 0.8)),
          );
          const expected = nearestRows(matrix, matrix, m, { exclude: (query, base) => query === base });
          expect(nearestNeighbours(matrix, m)).toEqual(expected);
        },
      ),
      { numRuns: 30 },
    );
  });
});
