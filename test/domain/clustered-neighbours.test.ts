import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusteredNeighbours } from "../../shared/domain/clustered-neighbours.ts";
import { nearestNeighbours } from "../../shared/domain/knn.ts";
import { seededRandom } from "../../shared/domain/random.ts";
import { normalizeRows, row } from "../../shared/domain/vectors.ts";
import { randomMatrix, topicRows } from "./synthetic.ts";

/** Of all true neighbours, the share found. */
function recallOf(found: Int32Array, truth: Int32Array, m: number): number {
  let hits = 0;
  for (let from = 0; from < truth.length; from += m) {
    const wanted = new Set(truth.subarray(from, from + m));
    for (const index of found.subarray(from, from + m)) if (wanted.has(index)) hits++;
  }
  return hits / truth.length;
}

describe("clusteredNeighbours", () => {
  it("finds what it says it finds, in a part of the cells where rows lie in topics", () => {
    const { matrix } = topicRows(3000, 24, 60, 0.3, 1);
    const m = 10;
    const found = clusteredNeighbours(matrix, m, { seed: 1 });
    const recall = recallOf(found.indices, nearestNeighbours(matrix, m).indices, m);
    expect(found.recall).toBeGreaterThanOrEqual(0.95);
    expect(Math.abs(recall - found.recall)).toBeLessThan(0.03);
    expect(found.probed).toBeLessThan(found.cells);
  });

  it("looks into more cells where rows lie in none, until enough is found", () => {
    const matrix = normalizeRows(randomMatrix(2000, 24, seededRandom(3)));
    const m = 10;
    const truth = nearestNeighbours(matrix, m).indices;
    const loose = clusteredNeighbours(matrix, m, { seed: 1, recall: 0.3 });
    const strict = clusteredNeighbours(matrix, m, { seed: 1, recall: 0.95 });
    expect(strict.probed).toBeGreaterThan(loose.probed);
    expect(recallOf(strict.indices, truth, m)).toBeGreaterThan(0.92);
  });

  it("is a comparison of all where all is asked for: the same lists, whatever the rows", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 14 }),
        fc.nat(),
        (n, m, seed) => {
          const matrix = normalizeRows(randomMatrix(n, 5, seededRandom(seed)));
          const all = clusteredNeighbours(matrix, m, { seed, recall: 2 });
          const expected = nearestNeighbours(matrix, m);
          expect([...all.similarities]).toEqual([...expected.similarities]);
          expect(all.probed).toBe(all.cells);
          for (let i = 0; i < n; i++) {
            const own = [...all.indices.subarray(i * m, (i + 1) * m)];
            expect(own).not.toContain(i);
            expect(own.filter((index) => index === -1)).toHaveLength(Math.max(0, m - n + 1));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("is the same for the same seed", () => {
    const { matrix } = topicRows(500, 12, 20, 0.5, 2);
    const once = clusteredNeighbours(matrix, 8, { seed: 5 });
    expect(clusteredNeighbours(matrix, 8, { seed: 5 })).toEqual(once);
  });

  it("refuses a zero row", () => {
    const { matrix } = topicRows(50, 8, 5, 0.5, 2);
    row(matrix, 7).fill(0);
    expect(() => clusteredNeighbours(matrix, 4, { seed: 1 })).toThrow(RangeError);
  });
});
