import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreement } from "../../../shared/domain/agreement.ts";
import { assign } from "../../../shared/domain/kmeans/assign.ts";
import { kmeans } from "../../../shared/domain/kmeans/kmeans.ts";
import { relocate } from "../../../shared/domain/kmeans/relocate.ts";
import { unitRows } from "../../../shared/domain/kmeans/unit-rows.ts";
import { sampleIndices, seededRandom } from "../../../shared/domain/random.ts";
import type { Matrix } from "../../../shared/domain/vectors.ts";
import { gatherRows, matrixFromRows, normalizeRows } from "../../../shared/domain/vectors.ts";
import { topicRows } from "../synthetic.ts";

function assigned(matrix: Matrix, centroids: Matrix): { labels: Int32Array; inertia: number } {
  const labels = new Int32Array(matrix.rows);
  const distances = new Float32Array(matrix.rows);
  assign(matrix, centroids, labels, distances);
  return { labels, inertia: distances.reduce((sum, distance) => sum + (distance || 0), 0) };
}

describe("relocate", () => {
  it("moves a centroid from a topic that has two to where one has to do for two", () => {
    const { matrix, topicOf } = topicRows(300, 16, 3, 0.2, 3);
    // Topic 0 in halves, topics 1 and 2 together.
    const labels = Int32Array.from(topicOf, (topic, i) => (topic === 0 ? i % 2 : 2));
    const centroids = gatherRows(matrix, [0, 3, 1]);
    const moved = relocate(matrix, unitRows(matrix), labels, centroids, 0)!;
    expect(agreement(topicOf, assigned(matrix, moved).labels).ari).toBe(1);
  });

  it("does several at once where they share no cluster", () => {
    const { matrix, topicOf } = topicRows(600, 16, 6, 0.2, 3);
    const labels = Int32Array.from(topicOf, (topic, i) => [i % 2, 2, 2, 3 + (i % 2), 5, 5][topic]!);
    const centroids = gatherRows(matrix, [0, 6, 1, 3, 9, 4]);
    const moved = relocate(matrix, unitRows(matrix), labels, centroids, 0)!;
    expect(agreement(topicOf, assigned(matrix, moved).labels).ari).toBe(1);
  });

  it("lowers the inertia by more than the least asked for, whatever the data", () => {
    const point = fc.tuple(...Array.from({ length: 3 }, () => fc.integer({ min: -3, max: 3 })));
    const points = fc.array(point, { minLength: 4, maxLength: 60 });
    let relocated = 0;
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
          const moved = relocate(matrix, rows, before.labels, before.centroids, least);
          if (moved === undefined) return;
          relocated++;
          expect(moved.rows).toBe(before.centroids.rows);
          expect(assigned(matrix, moved).inertia).toBeLessThan(before.inertia - least + 1e-4);
        },
      ),
      { numRuns: 300 },
    );
    expect(relocated).toBeGreaterThan(10);
  });

  it("has nothing to do for two clusters, for separated topics, and for equal rows", () => {
    const { matrix, topicOf } = topicRows(120, 8, 4, 0.1, 2);
    const rows = unitRows(matrix);
    const pair = Int32Array.from(topicOf, (topic) => topic & 1);
    expect(relocate(matrix, rows, pair, gatherRows(matrix, [0, 1]), 0)).toBeUndefined();
    const right = Int32Array.from(topicOf);
    expect(relocate(matrix, rows, right, gatherRows(matrix, [0, 1, 2, 3]), 0)).toBeUndefined();
    const equal = gatherRows(
      matrix,
      Array.from({ length: 9 }, (_, i) => i % 3),
    );
    const byValue = Int32Array.from({ length: 9 }, (_, i) => i % 3);
    expect(relocate(equal, unitRows(equal), byValue, gatherRows(equal, [0, 1, 2]), 0)).toBeUndefined();
  });
});
