import { describe, expect, it } from "vitest";
import { fitMap } from "../../../shared/domain/map/fit-map.ts";
import { placeOnMap } from "../../../shared/domain/map/place-on-map.ts";
import { gatherRows, matrixFromRows, normalizeRows } from "../../../shared/domain/vectors.ts";
import { topicRows } from "../synthetic.ts";

describe("placeOnMap", () => {
  it("puts new rows among the landmarks of their topic", () => {
    const { matrix, topicOf } = topicRows(200, 12, 5, 0.3, 2);
    const half = Array.from({ length: 100 }, (_, i) => i);
    const landmarks = gatherRows(matrix, half);
    const xy = fitMap(landmarks, { seed: 1 });
    const placed = placeOnMap(
      landmarks,
      xy,
      gatherRows(
        matrix,
        half.map((i) => i + 100),
      ),
    );
    half.forEach((i) => {
      const distances = half.map((j) =>
        Math.hypot(
          (placed[2 * i] ?? NaN) - (xy[2 * j] ?? NaN),
          (placed[2 * i + 1] ?? NaN) - (xy[2 * j + 1] ?? NaN),
        ),
      );
      expect(topicOf[distances.indexOf(Math.min(...distances))]).toBe(topicOf[i + 100]);
    });
  });

  it("weighs nearer landmarks more", () => {
    const landmarks = normalizeRows(
      matrixFromRows([
        [1, 0],
        [0, 1],
      ]),
    );
    const xy = Float32Array.of(0, 0, 1, 1);
    const [x, y] = placeOnMap(landmarks, xy, normalizeRows(matrixFromRows([[2, 1]])), { neighbours: 2 });
    expect(x).toBe(y);
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(0.5);
    const [middle] = placeOnMap(landmarks, xy, normalizeRows(matrixFromRows([[1, 1]])), { neighbours: 2 });
    expect(middle).toBeCloseTo(0.5, 6);
    const [nearest] = placeOnMap(landmarks, xy, normalizeRows(matrixFromRows([[1, 2]])), { neighbours: 1 });
    expect(nearest).toBe(1);
  });

  it("puts a zero row in the middle and works with fewer landmarks than neighbours", () => {
    const landmarks = matrixFromRows([[1, 0]]);
    const rows = matrixFromRows([
      [0, 0],
      [0, 1],
    ]);
    expect([...placeOnMap(landmarks, Float32Array.of(0.5, -0.5), rows)]).toEqual([0, 0, 0.5, -0.5]);
  });

  it("refuses a map without landmarks or points", () => {
    const one = matrixFromRows([[1, 0]]);
    expect(() => placeOnMap(gatherRows(one, []), new Float32Array(0), one)).toThrow(RangeError);
    expect(() => placeOnMap(one, new Float32Array(1), one)).toThrow(RangeError);
  });
});
