import { UMAP } from "umap-js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearestNeighbours } from "../../../shared/domain/knn.ts";
import { fitCurve } from "../../../shared/domain/map/curve.ts";
import { fuzzyGraph } from "../../../shared/domain/map/fuzzy-graph.ts";
import { optimiseLayout } from "../../../shared/domain/map/optimise.ts";
import { umapLayout } from "../../../shared/domain/map/umap-layout.ts";
import { seededRandom } from "../../../shared/domain/random.ts";
import type { Matrix } from "../../../shared/domain/vectors.ts";
import { normalizeRows } from "../../../shared/domain/vectors.ts";
import { randomMatrix, topicRows } from "../synthetic.ts";

const NEIGHBOURS = 15;

/** umap-js with our neighbours: the graph, and what it makes of a start. */
function reference(matrix: Matrix, seed: number) {
  const m = NEIGHBOURS - 1;
  const found = nearestNeighbours(matrix, m);
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (let i = 0; i < matrix.rows; i++) {
    indices.push([i, ...found.indices.subarray(i * m, (i + 1) * m)]);
    distances.push([
      0,
      ...Array.from(found.similarities.subarray(i * m, (i + 1) * m), (s) => Math.max(0, 1 - s)),
    ]);
  }
  const umap = new UMAP({ nNeighbors: NEIGHBOURS, minDist: 0.1, random: seededRandom(seed) });
  umap.setPrecomputedKNN(indices, distances);
  const epochs = umap.initializeFit(indices.map(() => []));
  return { umap, epochs, found };
}

/** Of the nearest neighbours of each row, the share that is nearest in the plane too. */
function kept(matrix: Matrix, points: ArrayLike<number>, m = 10): number {
  const found = nearestNeighbours(matrix, m);
  let hits = 0;
  for (let i = 0; i < matrix.rows; i++) {
    const distances = Array.from({ length: matrix.rows }, (_, j) =>
      i === j
        ? Infinity
        : Math.hypot(points[2 * i]! - points[2 * j]!, points[2 * i + 1]! - points[2 * j + 1]!),
    );
    const nearest = new Set([...distances.keys()].sort((a, b) => distances[a]! - distances[b]!).slice(0, m));
    for (const index of found.indices.subarray(i * m, (i + 1) * m)) if (nearest.has(index)) hits++;
  }
  return hits / (m * matrix.rows);
}

describe("the curve", () => {
  it("is that of umap-learn for its own minimum distances", () => {
    // umap-learn 0.5.12, find_ab_params(1, min_dist).
    for (const [minDist, a, b] of [
      [0.1, 1.57694, 0.89506],
      [0.5, 0.58303, 1.33417],
      [0.001, 1.9291, 0.7915],
    ] as const) {
      const curve = fitCurve(minDist);
      expect(curve.a).toBeCloseTo(a, 2);
      expect(curve.b).toBeCloseTo(b, 2);
    }
  });
});

describe("the graph", () => {
  it("has the edges and weights that umap-js has, in both directions", () => {
    for (const seed of [1, 2, 3]) {
      const { matrix } = topicRows(150, 8, 10, 0.5, seed);
      const { umap, found } = reference(matrix, seed);
      const expected = new Map<string, number>();
      const { graph } = umap as unknown as {
        graph: { getAll(): { row: number; col: number; value: number }[] };
      };
      for (const { row, col, value } of graph.getAll()) if (value > 0) expected.set(`${row} ${col}`, value);
      const { heads, tails, weights } = fuzzyGraph(found, matrix.rows);
      expect(heads).toHaveLength(expected.size);
      weights.forEach((weight, e) => {
        expect(weight).toBeCloseTo(expected.get(`${heads[e]} ${tails[e]}`) ?? Number.NaN, 3);
      });
    }
  });

  it("is symmetric, with weights above 0 and at most 1, whatever the rows", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 1, max: 14 }),
        fc.nat(),
        (n, m, seed) => {
          const matrix = normalizeRows(randomMatrix(n, 3, seededRandom(seed)));
          const { heads, tails, weights } = fuzzyGraph(nearestNeighbours(matrix, m), n);
          const byPair = new Map(Array.from(weights, (weight, e) => [`${heads[e]} ${tails[e]}`, weight]));
          expect(byPair.size).toBe(weights.length);
          weights.forEach((weight, e) => {
            expect(weight).toBeGreaterThan(0);
            expect(weight).toBeLessThanOrEqual(1);
            expect(heads[e]).not.toBe(tails[e]);
            expect(byPair.get(`${tails[e]} ${heads[e]}`)).toBeCloseTo(weight, 6);
          });
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("the layout", () => {
  it("keeps as many neighbours as umap-js does", () => {
    const shares = [1, 2, 3].map((seed) => {
      const { matrix } = topicRows(400, 12, 20, 0.6, seed);
      const { umap, epochs } = reference(matrix, seed);
      for (let epoch = 0; epoch < epochs; epoch++) umap.step();
      const ours = umapLayout(matrix, { seed, neighbours: NEIGHBOURS, minDist: 0.1 });
      return [kept(matrix, ours), kept(matrix, umap.getEmbedding().flat())] as const;
    });
    const mean = (which: 0 | 1): number => shares.reduce((sum, pair) => sum + pair[which], 0) / shares.length;
    expect(mean(0)).toBeGreaterThan(0.3);
    expect(mean(0)).toBeGreaterThan(mean(1) - 0.02);
  });

  it("draws joined points together and pushes others apart", () => {
    const graph = {
      nodes: 4,
      heads: Int32Array.of(0, 1, 2, 3),
      tails: Int32Array.of(1, 0, 3, 2),
      weights: Float32Array.of(1, 1, 1, 1),
    };
    const start = Float32Array.of(-1, 0, 1, 0.1, -1.1, 0, 0.9, 0.1);
    const points = optimiseLayout(graph, start, fitCurve(0.1), 300, seededRandom(1));
    const apart = (i: number, j: number): number =>
      Math.hypot(points[2 * i]! - points[2 * j]!, points[2 * i + 1]! - points[2 * j + 1]!);
    expect(Math.max(apart(0, 1), apart(2, 3))).toBeLessThan(1);
    expect(Math.min(apart(0, 2), apart(0, 3), apart(1, 2), apart(1, 3))).toBeGreaterThan(2);
  });

  it("stays finite where points begin at one place, or far away", () => {
    const graph = {
      nodes: 3,
      heads: Int32Array.of(0, 1, 1, 2),
      tails: Int32Array.of(1, 0, 2, 1),
      weights: Float32Array.of(1, 1, 0.001, 0.001),
    };
    for (const start of [
      [0, 0, 0, 0, 0, 0],
      [1e6, 0, -1e6, 0, 0, 1e6],
      [1e-20, 0, 0, 1e-20, 0, 0],
    ]) {
      const points = optimiseLayout(graph, Float32Array.from(start), fitCurve(0.1), 100, seededRandom(1));
      expect([...points].every(Number.isFinite)).toBe(true);
    }
  });
});
