import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreement } from "../../../shared/domain/agreement.ts";
import { createKernel, quantise } from "../../../shared/domain/kernel/kernel.ts";
import { kmeans } from "../../../shared/domain/kmeans/kmeans.ts";
import { createRelocationRoom, relocate } from "../../../shared/domain/kmeans/relocate.ts";
import { unitRows } from "../../../shared/domain/kmeans/unit-rows.ts";
import { sampleIndices, seededRandom } from "../../../shared/domain/random.ts";
import { alone } from "../../../shared/domain/team.ts";
import type { Matrix } from "../../../shared/domain/vectors.ts";
import { gatherRows, matrixFromRows, normalizeRows, row } from "../../../shared/domain/vectors.ts";
import { topicRows } from "../synthetic.ts";

/** The labels after relocations, or undefined. */
function relocated(matrix: Matrix, labels: Int32Array, k: number, least: number): Int32Array | undefined {
  const points = quantise(createKernel(matrix.cols), matrix);
  return relocate(labels, least, createRelocationRoom(points, k, alone), alone);
}

/** What a clustering loses: rows less the lengths of the sums of its clusters. */
function inertiaOf(matrix: Matrix, labels: Int32Array): number {
  const rows = unitRows(matrix);
  const sums = new Map<number, Float64Array>();
  for (const index of rows) {
    const sum = sums.get(labels[index]!) ?? new Float64Array(matrix.cols);
    row(matrix, index).forEach((value, j) => (sum[j] = sum[j]! + value));
    sums.set(labels[index]!, sum);
  }
  return rows.length - [...sums.values()].reduce((total, sum) => total + Math.hypot(...sum), 0);
}

describe("relocate", () => {
  it("moves a centroid from a topic that has two to where one has to do for two", () => {
    const { matrix, topicOf } = topicRows(300, 16, 3, 0.2, 3);
    // Topic 0 in halves, topics 1 and 2 together.
    const labels = Int32Array.from(topicOf, (topic, i) => (topic === 0 ? i % 2 : 2));
    expect(agreement(topicOf, relocated(matrix, labels, 3, 0)!).ari).toBe(1);
  });

  it("does several at once where they share no cluster", () => {
    const { matrix, topicOf } = topicRows(600, 16, 6, 0.2, 3);
    const labels = Int32Array.from(topicOf, (topic, i) => [i % 2, 2, 2, 3 + (i % 2), 5, 5][topic]!);
    expect(agreement(topicOf, relocated(matrix, labels, 6, 0)!).ari).toBe(1);
  });

  it("lowers the inertia by more than the least asked for, whatever the data", () => {
    const point = fc.tuple(...Array.from({ length: 3 }, () => fc.integer({ min: -3, max: 3 })));
    const points = fc.array(point, { minLength: 4, maxLength: 60 });
    let times = 0;
    fc.assert(
      fc.property(
        points,
        fc.integer({ min: 2, max: 9 }),
        fc.double({ min: 1e-6, max: 2, noNaN: true }),
        (all, k, least) => {
          const matrix = normalizeRows(matrixFromRows(all));
          const rows = unitRows(matrix);
          if (rows.length === 0) return;
          const initial = gatherRows(
            matrix,
            Array.from(
              sampleIndices(seededRandom(k), rows.length, Math.min(k, rows.length)),
              (i) => rows[i]!,
            ),
          );
          const before = kmeans(matrix, initial.rows, { seed: 1, initial, tolerance: 0 });
          const moved = relocated(matrix, before.labels, before.centroids.rows, least);
          if (moved === undefined) return;
          times++;
          expect(new Set(moved).size).toBe(new Set(before.labels).size);
          expect(inertiaOf(matrix, moved)).toBeLessThan(inertiaOf(matrix, before.labels) - least + 1e-3);
        },
      ),
      { numRuns: 300 },
    );
    expect(times).toBeGreaterThan(10);
  });

  it("has nothing to do for two clusters, for separated topics, and for equal rows", () => {
    const { matrix, topicOf } = topicRows(120, 8, 4, 0.1, 2);
    const pair = Int32Array.from(topicOf, (topic) => topic & 1);
    expect(relocated(matrix, pair, 2, 0)).toBeUndefined();
    const right = Int32Array.from(topicOf);
    expect(relocated(matrix, right, 4, 0)).toBeUndefined();
    const equal = gatherRows(
      matrix,
      Array.from({ length: 9 }, (_, i) => i % 3),
    );
    const byValue = Int32Array.from({ length: 9 }, (_, i) => i % 3);
    expect(relocated(equal, byValue, 3, 0)).toBeUndefined();
  });
});
