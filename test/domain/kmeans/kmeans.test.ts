import * as fc from "fast-check";
import { kmeans as mlKmeans } from "ml-kmeans";
import { describe, expect, it } from "vitest";
import { agreement } from "../../../shared/domain/agreement.ts";
import { assign, improveAssignment, noneNearest } from "../../../shared/domain/kmeans/assign.ts";
import { createGroupBounds } from "../../../shared/domain/kmeans/group-bounds.ts";
import type { KMeansResult } from "../../../shared/domain/kmeans/kmeans.ts";
import { kmeans } from "../../../shared/domain/kmeans/kmeans.ts";
import { refillEmpty } from "../../../shared/domain/kmeans/refill-empty.ts";
import { startRows } from "../../../shared/domain/kmeans/start.ts";
import { createKernel, quantise } from "../../../shared/domain/kernel/kernel.ts";
import { alone } from "../../../shared/domain/team.ts";
import { nearestRows } from "../../../shared/domain/knn.ts";
import { sampleIndices, seededRandom } from "../../../shared/domain/random.ts";
import type { Matrix } from "../../../shared/domain/vectors.ts";
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
} from "../../../shared/domain/vectors.ts";
import { topicRows } from "../synthetic.ts";

/** Rows of a small data set with ties, repeats and zero rows. */
const smallData = fc
  .array(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 }), fc.constant(0)), {
    minLength: 1,
    maxLength: 30,
  })
  .map((rows) => normalizeRows(matrixFromRows(rows)));

function isZero(matrix: Matrix, i: number): boolean {
  return row(matrix, i).every((value) => value === 0);
}

function distinctDirections(matrix: Matrix): number {
  const keys = Array.from({ length: matrix.rows }, (_, i) => i).filter((i) => !isZero(matrix, i));
  return new Set(keys.map((i) => [...row(matrix, i)].map((value) => value.toFixed(4)).join())).size;
}

/** Cosines are of int16 components: off by about 1e-5 (shared/domain/kernel). */
const TOLERANCE = 1e-4;

/** What a result breaks of what every result promises; nothing, for a valid one. */
function violations(matrix: Matrix, k: number, result: KMeansResult): string[] {
  const { labels, centroids, distances, inertia } = result;
  const found: string[] = [];
  const check = (holds: boolean, promise: string): void => {
    if (!holds) found.push(promise);
  };
  check(
    centroids.rows <= Math.min(k, distinctDirections(matrix)),
    "no more clusters than asked for or possible",
  );
  const used = new Set([...labels].filter((label) => label >= 0));
  check(used.size === centroids.rows && Math.max(-1, ...used) === centroids.rows - 1, "labels are dense");
  for (let c = 0; c < centroids.rows; c++) {
    check(Math.abs(dot(row(centroids, c), row(centroids, c)) - 1) < 1e-5, `centroid ${c} has length 1`);
  }
  let sum = 0;
  for (let i = 0; i < matrix.rows; i++) {
    const label = labels[i] ?? Number.NaN;
    const distance = distances[i] ?? Number.NaN;
    if (isZero(matrix, i)) {
      check(label === -1 && Number.isNaN(distance), `zero row ${i} is unassigned`);
      continue;
    }
    sum += distance;
    const all = Array.from({ length: centroids.rows }, (_, c) => 1 - dot(row(matrix, i), row(centroids, c)));
    check(Math.abs(distance - (all[label] ?? Number.NaN)) < TOLERANCE, `row ${i} has its distance`);
    check(distance < Math.min(...all) + TOLERANCE, `row ${i} has its nearest centroid`);
  }
  check(Math.abs(inertia - sum) < 1e-4 + 1e-6 * sum, "the inertia is the sum of the distances");
  return found;
}

describe("kmeans against ml-kmeans", () => {
  it.each([1, 2, 3, 4, 5])("gives the same labels from the same start, data set %i", (seed) => {
    const { matrix } = topicRows(300, 12, 9, 0.55, seed);
    const k = 14;
    const initial = gatherRows(matrix, sampleIndices(seededRandom(seed, "start"), matrix.rows, k));
    const ours = kmeans(matrix, k, { seed, initial, tolerance: 0 });

    const vectors = Array.from({ length: matrix.rows }, (_, i) => [...row(matrix, i)]);
    const reference = mlKmeans(vectors, k, {
      initialization: Array.from({ length: k }, (_, c) => [...row(initial, c)]),
      distanceFunction: (a, b) => 1 - cosine(Float32Array.from(a), Float32Array.from(b)),
      tolerance: 1e-14,
    });
    const directions = normalizeRows(matrixFromRows(reference.centroids));
    const inertia = reference.clusters.reduce(
      (sum, label, i) => sum + 1 - dot(row(matrix, i), row(directions, label)),
      0,
    );

    // ml-kmeans leaves an empty cluster empty; such a start could not be compared.
    expect(new Set(reference.clusters).size).toBe(k);
    expect(ours.converged).toBe(true);
    expect(ours.iterations).toBeGreaterThan(3);
    expect([...ours.labels]).toEqual(reference.clusters);
    expect(Math.abs(ours.inertia - inertia)).toBeLessThan(1e-4 * inertia);
  });
});

describe("kmeans", () => {
  it("recovers separated topics", () => {
    const { matrix, topicOf } = topicRows(400, 16, 8, 0.2, 7);
    const result = kmeans(matrix, 8, { seed: 1 });
    expect(agreement(topicOf, result.labels).ari).toBe(1);
    for (let c = 0; c < 8; c++) {
      const members = gatherRows(
        matrix,
        [...result.labels.keys()].filter((i) => result.labels[i] === c),
      );
      expect(cosine(row(result.centroids, c), meanOfRows(members))).toBeCloseTo(1, 6);
    }
  });

  it("is valid for any data, any k and any seed", () => {
    fc.assert(
      fc.property(smallData, fc.integer({ min: 1, max: 12 }), fc.nat(), (matrix, k, seed) => {
        expect(violations(matrix, k, kmeans(matrix, k, { seed, restarts: 2 }))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("is valid wherever the iterations end", () => {
    const { matrix } = topicRows(200, 6, 5, 0.7, 3);
    for (const maxIterations of [1, 2, 3, 5]) {
      const result = kmeans(matrix, 40, { seed: 5, maxIterations, tolerance: 0 });
      expect(violations(matrix, 40, result)).toEqual([]);
      expect(result.centroids.rows).toBe(40);
    }
  });

  it("never raises the inertia from pass to pass", () => {
    for (const [seed, noise] of [
      [1, 0.5],
      [2, 0.8],
    ] as const) {
      const { matrix } = topicRows(500, 10, 12, noise, seed);
      const initial = gatherRows(matrix, [0, 12, 24, 36, 48, 60, 72, 84, 96, 108, 120, 132]);
      const inertias = Array.from(
        { length: 12 },
        (_, i) => kmeans(matrix, 12, { seed, initial, tolerance: 0, maxIterations: i + 1 }).inertia,
      );
      for (const [i, inertia] of inertias.entries()) {
        expect(inertia).toBeLessThanOrEqual((inertias[i - 1] ?? Number.POSITIVE_INFINITY) + 1e-6);
      }
      expect(inertias.at(-1)).toBeLessThan(0.99 * (inertias[0] ?? 0));
    }
  });

  it("prunes exactly: each pass ends where a full comparison does", () => {
    // 45 clusters make several groups of centroids, 6 columns make many near ties.
    const { matrix } = topicRows(900, 6, 20, 0.8, 11);
    for (const maxIterations of [2, 4, 8, 16]) {
      const result = kmeans(matrix, 45, { seed: 2, restarts: 1, maxIterations, tolerance: 0 });
      const { labels, distances } = assign(matrix, result.centroids);
      expect([...labels]).toEqual([...result.labels]);
      for (const [i, distance] of distances.entries())
        expect(Math.abs(distance - result.distances[i]!)).toBeLessThan(TOLERANCE);
    }
  });

  it("finds every separated topic from nearly any start, where Lloyd's passes alone do not", () => {
    const { matrix, topicOf } = topicRows(600, 16, 30, 0.3, 5);
    const found = Array.from({ length: 12 }, (_, seed) => {
      const initial = gatherRows(matrix, sampleIndices(seededRandom(seed, "start"), matrix.rows, 30));
      return [
        agreement(topicOf, kmeans(matrix, 30, { seed, restarts: 1 }).labels).ari === 1,
        agreement(topicOf, kmeans(matrix, 30, { seed, initial }).labels).ari === 1,
      ];
    });
    expect(found.filter(([relocating]) => relocating).length).toBeGreaterThanOrEqual(11);
    expect(found.filter(([, without]) => without)).toHaveLength(0);
  });

  it("gives the same bits for the same seed, and another start for another", () => {
    const { matrix } = topicRows(300, 8, 10, 0.7, 4);
    const once = kmeans(matrix, 10, { seed: 3 });
    expect(kmeans(matrix, 10, { seed: 3 })).toEqual(once);
    const others = [4, 5, 6].map((seed) => kmeans(matrix, 10, { seed }).inertia);
    expect(new Set([once.inertia, ...others]).size).toBeGreaterThan(1);
  });

  it("keeps the best of its restarts", () => {
    const { matrix } = topicRows(300, 8, 10, 0.7, 4);
    const inertia = (restarts: number): number => kmeans(matrix, 25, { seed: 1, restarts }).inertia;
    const byCount = [1, 2, 3, 4, 5, 6].map(inertia);
    expect(byCount).toEqual([...byCount].sort((a, b) => b - a));
    expect(byCount[5]).toBeLessThan(byCount[0] ?? 0);
  });

  it("stops earlier with a tolerance, at nearly the same inertia", () => {
    const { matrix } = topicRows(2000, 8, 10, 0.8, 6);
    const strict = kmeans(matrix, 30, { seed: 1, restarts: 1, tolerance: 0 });
    const relative = kmeans(matrix, 30, { seed: 1, restarts: 1, tolerance: 1e-3 });
    expect(relative.iterations).toBeLessThan(strict.iterations);
    expect(relative.inertia).toBeLessThan(1.01 * strict.inertia);
  });

  it("says when the iterations ran out", () => {
    const { matrix } = topicRows(300, 8, 10, 0.8, 4);
    const options = { seed: 1, restarts: 1, tolerance: 0 };
    expect(kmeans(matrix, 20, { ...options, maxIterations: 2 })).toMatchObject({
      converged: false,
      iterations: 2,
    });
    expect(kmeans(matrix, 20, options).converged).toBe(true);
  });
});

describe("kmeans at the edges", () => {
  it("makes one cluster of one row, and of many equal rows whatever k", () => {
    const one = matrixFromRows([[0, 1]]);
    expect(kmeans(one, 5, { seed: 1 })).toMatchObject({ inertia: 0, converged: true });
    const same = normalizeRows(matrixFromRows(Array.from({ length: 50 }, () => [0.3, 0.4, 0.5])));
    const result = kmeans(same, 4, { seed: 1 });
    expect(result.centroids.rows).toBe(1);
    expect(new Set(result.labels)).toEqual(new Set([0]));
  });

  it("makes one cluster of each direction when k is above their number", () => {
    const rows = normalizeRows(matrixFromRows(Array.from({ length: 60 }, (_, i) => [1, i % 6, (i % 3) - 1])));
    const result = kmeans(rows, 20, { seed: 2 });
    expect(result.centroids.rows).toBe(6);
    expect(result.inertia).toBeLessThan(1e-4);
  });

  it("makes as many clusters as k and the distinct directions allow, each row on its centroid when k suffices", () => {
    const direction = fc.tuple(
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: -3, max: 3 }),
      fc.constant(1),
    );
    const copies = fc.array(fc.tuple(direction, fc.integer({ min: 1, max: 40 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(copies, fc.nat(6), fc.integer({ min: 1, max: 20 }), fc.nat(), (parts, zeros, k, seed) => {
        const rows = [
          ...Array.from({ length: zeros }, () => [0, 0, 0]),
          ...parts.flatMap(([vector, times]) => Array.from({ length: times }, () => [...vector])),
        ];
        const matrix = normalizeRows(matrixFromRows(rows));
        const distinct = distinctDirections(matrix);
        const result = kmeans(matrix, k, { seed });
        expect(violations(matrix, k, result)).toEqual([]);
        expect(result.centroids.rows).toBe(Math.min(k, distinct));
        if (k >= distinct) expect(result.inertia).toBeLessThan(1e-5 * matrix.rows);
      }),
      { numRuns: 200 },
    );
  });

  it("gives every row its own cluster when k is at least their number", () => {
    for (const n of [1, 2, 3, 17]) {
      const { matrix } = topicRows(n, 6, n, 0.5, n);
      for (const k of [n, n + 1, 10 * n])
        expect([...kmeans(matrix, k, { seed: 1 }).labels].sort((a, b) => a - b)).toEqual([
          ...Array(n).keys(),
        ]);
    }
  });

  it("lets one far row neither break a topic nor stay hidden when there is a cluster for it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 1000 }), (topics, seed) => {
        const { matrix, topicOf } = topicRows(40 * topics, 16, topics, 0.15, seed);
        const away = meanOfRows(matrix).map((value) => -value);
        const rows = normalizeRows(
          matrixFromRows([away, ...Array.from({ length: matrix.rows }, (_, i) => row(matrix, i))]),
        );
        const tight = kmeans(rows, topics, { seed });
        expect(agreement(topicOf, tight.labels.subarray(1)).ari).toBe(1);
        const spare = kmeans(rows, topics + 1, { seed });
        expect([...spare.labels].filter((label) => label === spare.labels[0])).toHaveLength(1);
        expect(agreement(topicOf, spare.labels.subarray(1)).ari).toBe(1);
      }),
      { numRuns: 40 },
    );
  });

  it("finds rare directions outside the sample that the start is drawn from", () => {
    // 3,000 rows, of which the start sees 2,000; five directions occur once.
    const rows = Array.from({ length: 3000 }, (_, i) =>
      i % 600 === 599 ? [Math.floor(i / 600), 1, 5] : [0, 1, 0],
    );
    const result = kmeans(normalizeRows(matrixFromRows(rows)), 6, { seed: 1, restarts: 1 });
    expect(result.centroids.rows).toBe(6);
  });

  it("leaves zero rows out, and has no cluster when there is nothing else", () => {
    const some = kmeans(
      matrixFromRows([
        [0, 0],
        [1, 0],
        [0, 0],
        [0, 1],
      ]),
      2,
      { seed: 1 },
    );
    expect([...some.labels].map((label) => label === -1)).toEqual([true, false, true, false]);
    const none = kmeans(createMatrix(3, 2), 2, { seed: 1 });
    expect([...none.labels]).toEqual([-1, -1, -1]);
    expect(none).toMatchObject({ inertia: 0, converged: true, centroids: { rows: 0, cols: 2 } });
    expect(kmeans(createMatrix(0, 2), 2, { seed: 1 }).labels).toHaveLength(0);
  });

  it("refills a cluster that lost all its rows with the farthest row", () => {
    const rows = normalizeRows(
      matrixFromRows([
        [1, 0],
        [1, 0.01],
        [1, 0.02],
        [0.4, 1],
        [1, 0.03],
      ]),
    );
    // Both start at the same place, so ties leave the second cluster empty.
    const initial = matrixFromRows([
      [2, 0],
      [2, 0],
    ]);
    const result = kmeans(rows, 2, { seed: 1, initial });
    expect([...result.labels]).toEqual([0, 0, 0, 1, 0]);
  });

  it("refills many clusters at once and still ends with means and nearest centroids", () => {
    const { matrix } = topicRows(300, 5, 10, 0.8, 21);
    for (const rowOfStart of [0, 7, 33, 100]) {
      const initial = gatherRows(
        matrix,
        Array.from({ length: 40 }, (_, i) => (i < 3 ? i : rowOfStart)),
      );
      for (const maxIterations of [2, 3, 4, 100]) {
        const result = kmeans(matrix, 40, { seed: 1, initial, maxIterations, tolerance: 0 });
        expect(violations(matrix, 40, result)).toEqual([]);
        if (!result.converged) continue;
        const off = Array.from({ length: 40 }, (_, c) => {
          const members = [...result.labels.keys()].filter((i) => result.labels[i] === c);
          return 1 - cosine(row(result.centroids, c), meanOfRows(gatherRows(matrix, members)));
        });
        expect(Math.max(...off)).toBeLessThan(1e-6);
      }
    }
  });

  it("keeps a centroid whose members cancel out", () => {
    const rows = matrixFromRows([
      [1, 0],
      [-1, 0],
    ]);
    const result = kmeans(rows, 1, { seed: 1, initial: matrixFromRows([[1, 0]]) });
    expect([...result.centroids.data]).toEqual([1, 0]);
    expect(result.inertia).toBe(2);
  });

  it("does not touch what it was given", () => {
    const { matrix } = topicRows(50, 4, 3, 0.5, 1);
    const initial = gatherRows(matrix, [0, 1, 2]);
    const before = [matrix.data.slice(), initial.data.slice()];
    kmeans(matrix, 3, { seed: 1, initial });
    expect([matrix.data, initial.data]).toEqual(before);
  });

  it("refuses k below 1, rows nobody normalised, and a start of another shape", () => {
    const rows = matrixFromRows([
      [1, 0],
      [0, 1],
    ]);
    expect(() => kmeans(rows, 0, { seed: 1 })).toThrow(RangeError);
    expect(() => kmeans(matrixFromRows([[3, 4]]), 1, { seed: 1 })).toThrow(/row 0/);
    expect(() => kmeans(rows, 2, { seed: 1, initial: matrixFromRows([[1, 0]]) })).toThrow(RangeError);
    expect(() => kmeans(rows, 1, { seed: 1, initial: matrixFromRows([[0, 0]]) })).toThrow(RangeError);
    expect(() => kmeans(rows, 1, { seed: 1, restarts: 0 })).toThrow(RangeError);
    expect(() => kmeans(rows, 1, { seed: 1, maxIterations: 0 })).toThrow(RangeError);
  });
});

const centroidsAt = (matrix: Matrix) => ({
  k: matrix.rows,
  rows: quantise(createKernel(matrix.cols), matrix),
});

describe("improveAssignment", () => {
  it("gives a tie to the lowest number, in whatever order the clusters come", () => {
    const kernel = createKernel(2);
    const point = quantise(kernel, matrixFromRows([[1, 0]]));
    const centroids = quantise(
      kernel,
      matrixFromRows([
        [1, 0],
        [1, 0],
        [0, 1],
      ]),
    );
    const nearest = noneNearest(1);
    improveAssignment(point, Int32Array.of(0), centroids, Int32Array.of(4, 2, 3), nearest);
    expect(nearest.labels[0]).toBe(2);
    improveAssignment(point, Int32Array.of(0), centroids, Int32Array.of(1, 5, 0), nearest);
    expect(nearest.labels[0]).toBe(1);
  });
});

describe("refillEmpty", () => {
  it("moves the farthest rows, marks both clusters and forgets what was known of the rows", () => {
    const nearest = {
      labels: Int32Array.of(0, 0, 2, 2, 2),
      similarities: Float64Array.of(0.9, 0.5, 0.7, 0.5, 1),
    };
    const changed = new Uint8Array(4);
    const bounds = createGroupBounds(5, centroidsAt(topicRows(4, 3, 4, 0.1, 1).matrix));
    bounds.best.fill(0.1);
    expect(refillEmpty(Int32Array.of(0, 1, 2, 3, 4), nearest, changed, bounds)).toBe(true);
    // Cluster 1 takes row 1 (the first of the two farthest), cluster 3 row 3.
    expect([...nearest.labels]).toEqual([0, 1, 2, 3, 2]);
    expect([...nearest.similarities]).toEqual([0.9, 1, 0.7, 1, 1]);
    expect([...changed]).toEqual([1, 1, 1, 1]);
    expect([...bounds.best].map(Number.isFinite)).toEqual([true, false, true, false, true]);
  });

  it("leaves a cluster empty when every row sits on its centroid", () => {
    const nearest = { labels: Int32Array.of(0, 0), similarities: Float64Array.of(1, 1 - 1e-8) };
    const changed = new Uint8Array(2);
    const bounds = createGroupBounds(2, centroidsAt(topicRows(2, 3, 2, 0.1, 1).matrix));
    expect(refillEmpty(Int32Array.of(0, 1), nearest, changed, bounds)).toBe(false);
    expect([...nearest.labels]).toEqual([0, 0]);
    expect([...changed]).toEqual([0, 0]);
  });
});

describe("startRows", () => {
  it("takes a centre from every separated topic, nearly always", () => {
    const { matrix, topicOf } = topicRows(300, 16, 12, 0.15, 1);
    const rows = allRows(matrix.rows);
    const points = quantise(createKernel(matrix.cols), matrix);
    const covered = Array.from({ length: 20 }, (_, seed) => {
      const centres = startRows(points, rows, 12, seededRandom(seed), alone);
      const nearest = nearestRows(gatherRows(matrix, centres), matrix, 1).indices;
      return new Set([...nearest].map((index) => topicOf[index])).size;
    });
    expect(covered.filter((topics) => topics === 12).length).toBeGreaterThanOrEqual(18);
  });
});

describe("assign", () => {
  it("finds the nearest centroid, the lowest on a tie, across block borders", () => {
    const { matrix } = topicRows(150, 5, 6, 0.9, 8);
    const base = gatherRows(
      topicRows(150, 5, 6, 0.9, 9).matrix,
      Array.from({ length: 300 }, (_, i) => i >> 1),
    );
    const { labels, distances } = assign(matrix, base);
    for (let i = 0; i < 150; i++) {
      const all = Array.from({ length: 300 }, (_, c) => dot(row(matrix, i), row(base, c)));
      const best = Math.max(...all);
      // Every centroid is there twice: the first of the two.
      expect(labels[i]! % 2).toBe(0);
      expect(all[labels[i]!]).toBeGreaterThan(best - TOLERANCE);
      expect(distances[i]).toBeCloseTo(1 - best, 4);
    }
  });
});
