import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitMap } from "../../../shared/domain/map/fit-map.ts";
import { seededRandom } from "../../../shared/domain/random.ts";
import type { Matrix } from "../../../shared/domain/vectors.ts";
import { createMatrix, gatherRows, matrixFromRows, normalizeRows } from "../../../shared/domain/vectors.ts";
import { randomMatrix, topicRows } from "../synthetic.ts";

const point = (map: Float32Array, i: number): [number, number] => [map[2 * i] ?? NaN, map[2 * i + 1] ?? NaN];
const apart = (map: Float32Array, i: number, j: number): number => {
  const [x, y] = point(map, i);
  const [u, v] = point(map, j);
  return Math.hypot(x - u, y - v);
};
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const radii = (map: Float32Array): number[] =>
  Array.from({ length: map.length / 2 }, (_, i) => Math.hypot(...point(map, i)));

/** The share of rows whose nearest point on the map is of their own topic. */
function topicsKept(map: Float32Array, topicOf: readonly number[]): number {
  const kept = topicOf.filter((topic, i) => {
    const others = [...topicOf.keys()].filter((j) => j !== i);
    const nearest = others.reduce((best, j) => (apart(map, i, j) < apart(map, i, best) ? j : best));
    return topicOf[nearest] === topic;
  });
  return kept.length / topicOf.length;
}

function expectInUnitDisc(map: Float32Array): void {
  expect([...map].every(Number.isFinite)).toBe(true);
  expect(Math.max(0, ...radii(map))).toBeLessThan(1 + 1e-6);
}

describe("fitMap", () => {
  it("keeps topics together, centred in the unit disc", () => {
    const { matrix, topicOf } = topicRows(160, 12, 8, 0.4, 3);
    const map = fitMap(matrix, { seed: 1 });
    expect(topicsKept(map, topicOf)).toBeGreaterThan(0.95);
    expectInUnitDisc(map);
    expect(Math.max(...radii(map))).toBeCloseTo(1, 6);
    for (const axis of [0, 1]) {
      const mean = topicOf.reduce((sum, _, i) => sum + (map[2 * i + axis] ?? NaN), 0) / topicOf.length;
      expect(mean).toBeCloseTo(0, 5);
    }
  });

  it("keeps the large-scale order that its start has", () => {
    // Topics along an arc, each overlapping the next: its ends must end up farther apart than its neighbours do.
    const rows = Array.from({ length: 120 }, (_, i) => {
      const angle = (Math.floor(i / 15) / 8) * Math.PI;
      const jitter = seededRandom(i)() * 0.5;
      return [Math.cos(angle + jitter), Math.sin(angle + jitter), 0.1 * jitter, 0.3];
    });
    for (const seed of [1, 2, 3, 4]) {
      const laid = fitMap(normalizeRows(matrixFromRows(rows)), { seed });
      expect(apart(laid, 7, 112)).toBeGreaterThan(2 * apart(laid, 7, 22));
      expect(apart(laid, 7, 112)).toBeGreaterThan(0.8);
    }
  });

  it("is the same for the same seed and another for another", () => {
    const { matrix } = topicRows(40, 6, 4, 0.6, 1);
    const once = fitMap(matrix, { seed: 1, nEpochs: 50 });
    expect(fitMap(matrix, { seed: 1, nEpochs: 50 })).toEqual(once);
    expect(fitMap(matrix, { seed: 2, nEpochs: 50 })).not.toEqual(once);
  });

  it("is finite and in the unit disc for any number of rows, with repeats and zero rows", () => {
    const options = fc.record({ neighbours: fc.integer({ min: 3, max: 20 }), seed: fc.nat() });
    fc.assert(
      fc.property(
        fc.nat(24),
        fc.integer({ min: 1, max: 24 }),
        options,
        (n, distinct, { neighbours, seed }) => {
          const base = normalizeRows(randomMatrix(distinct, 3, seededRandom(seed)));
          base.data.fill(0, 0, seed % 2 === 0 ? 3 : 0);
          const matrix = gatherRows(
            base,
            Array.from({ length: n }, (_, i) => (i * 7) % distinct),
          );
          const map = fitMap(matrix, { seed, neighbours, nEpochs: 20 });
          expect(map).toHaveLength(2 * n);
          expectInUnitDisc(map);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("spreads equal rows around one place, all of them apart", () => {
    const same = normalizeRows(matrixFromRows(Array.from({ length: 30 }, () => [1, 2, 3])));
    const map = fitMap(same, { seed: 1 });
    expectInUnitDisc(map);
    // Thirty even places in the unit disc are about 1 / sqrt(30) apart.
    const closest = Math.min(...range(30).flatMap((i) => range(i).map((j) => apart(map, i, j))));
    expect(closest).toBeGreaterThan(0.15);
    expect(Math.max(...radii(map))).toBeCloseTo(1, 6);
  });

  it("keeps repeats nearer to each other than to other topics", () => {
    const { matrix } = topicRows(60, 8, 6, 0.3, 5);
    const repeated = gatherRows(
      matrix,
      Array.from({ length: 80 }, (_, i) => (i < 60 ? i : 0)),
    );
    const map = fitMap(repeated, { seed: 1 });
    for (let i = 60; i < 80; i++) expect(apart(map, 0, i)).toBeLessThan(apart(map, 0, 1));
    // A quarter of the rows takes a visible part of the map: the disc they spread in has a radius of about a quarter.
    const farthest = Math.max(...range(20).map((i) => apart(map, 0, 60 + i)));
    expect(farthest).toBeGreaterThan(0.15);
    expect(farthest).toBeLessThan(0.35);
  });

  it("lays out one, two and three rows plainly", () => {
    const unit = (rows: number): Matrix =>
      gatherRows(
        matrixFromRows([
          [1, 0],
          [0, 1],
          [-1, 0],
        ]),
        [0, 1, 2].slice(0, rows),
      );
    expect([...fitMap(createMatrix(0, 3), { seed: 1 })]).toEqual([]);
    expect([...fitMap(unit(1), { seed: 1 })]).toEqual([0, 0]);
    expect(apart(fitMap(unit(2), { seed: 1 }), 0, 1)).toBeCloseTo(2, 6);
    const three = fitMap(unit(3), { seed: 1 });
    for (const [i, j] of [
      [0, 1],
      [1, 2],
      [0, 2],
    ] as const)
      expect(apart(three, i, j)).toBeCloseTo(Math.sqrt(3), 5);
  });

  it("puts zero rows in the middle", () => {
    const matrix = matrixFromRows([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(point(fitMap(matrix, { seed: 1 }), 0)).toEqual([0, 0]);
  });
});
