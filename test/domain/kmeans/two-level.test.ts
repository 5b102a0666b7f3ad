import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreement } from "../../../shared/domain/agreement.ts";
import { assign } from "../../../shared/domain/kmeans/assign.ts";
import { kmeans } from "../../../shared/domain/kmeans/kmeans.ts";
import { rowsByCluster } from "../../../shared/domain/kmeans/rows-by-cluster.ts";
import {
  allocateClusters,
  coarseCellCount,
  coarseCentroids,
  combineCells,
} from "../../../shared/domain/kmeans/two-level.ts";
import { sampleIndices, seededRandom } from "../../../shared/domain/random.ts";
import { gatherRows } from "../../../shared/domain/vectors.ts";
import { topicRows } from "../synthetic.ts";

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

describe("the two levels together", () => {
  it("label every row once, densely, about as well as one level", () => {
    const { matrix, topicOf } = topicRows(4000, 16, 40, 0.45, 5);
    const k = 64;
    const cells = coarseCellCount(k);
    expect(cells).toBe(8);

    const sample = gatherRows(matrix, sampleIndices(seededRandom(1), matrix.rows, 1000));
    const coarse = coarseCentroids(sample, cells, { seed: 1 });
    const cellOf = new Int32Array(matrix.rows);
    assign(matrix, coarse, cellOf, new Float32Array(matrix.rows));
    const lists = rowsByCluster(cellOf, coarse.rows);
    const allocation = allocateClusters(
      lists.map((list) => list.length),
      k,
    );
    const fine = lists.map((list, cell) =>
      kmeans(gatherRows(matrix, list), allocation[cell] ?? 0, { seed: 1 }),
    );
    const { centroids, offsets } = combineCells(fine);
    const labels = new Int32Array(matrix.rows).fill(-1);
    lists.forEach((list, cell) =>
      list.forEach((index, i) => {
        labels[index] = (offsets[cell] ?? 0) + (fine[cell]?.labels[i] ?? 0);
      }),
    );

    expect(centroids.rows).toBe(k);
    expect(new Set(labels)).toEqual(new Set(Array.from({ length: k }, (_, i) => i)));
    const oneLevel = kmeans(matrix, k, { seed: 1, restarts: 1 });
    const inertia = fine.reduce((sum, result) => sum + result.inertia, 0);
    // Topics without larger topics above them are the worst case: the borders of coarse cells cut through them.
    expect(inertia).toBeLessThan(1.2 * oneLevel.inertia);
    expect(agreement(topicOf, labels).nmi).toBeGreaterThan(0.85 * agreement(topicOf, oneLevel.labels).nmi);
  });
});
