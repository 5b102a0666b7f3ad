import { describe, expect, it } from "vitest";
import { criteria } from "../../bench/quality/criteria.ts";
import { levelAncestors, levelNearest } from "../../shared/domain/evaluation/levels.ts";
import { sphericalInertia } from "../../bench/quality/spherical-inertia.ts";
import { kmeans } from "../../shared/domain/kmeans/kmeans.ts";
import { gatherRows, meanOfRows, row } from "../../shared/domain/vectors.ts";
import { topicRows } from "../domain/synthetic.ts";

const node = (id: string, parent: string | null, level: number) => ({ id, parent_id: parent, level });
// Two levels of parents; d hangs from the top at once.
const tree = [
  node("a", "p", 0),
  node("b", "p", 0),
  node("c", "q", 0),
  node("d", "r", 0),
  node("p", "r", 1),
  node("q", null, 1),
  node("r", null, 2),
];

describe("a cut of the hierarchy", () => {
  it("stands each base cluster for by its highest ancestor not above the level", () => {
    expect([...levelAncestors(tree, 0).values()]).toEqual(["a", "b", "c", "d"]);
    expect([...levelAncestors(tree, 1).values()]).toEqual(["p", "p", "q", "d"]);
    expect([...levelAncestors(tree, 2).values()]).toEqual(["r", "r", "q", "r"]);
  });

  it("is made where the number of nodes is nearest", () => {
    expect([5, 3, 2, 1].map((wanted) => levelNearest(tree, wanted))).toEqual([0, 1, 2, 2]);
  });
});

describe("inertia and criteria", () => {
  const { matrix, topicOf } = topicRows(240, 8, 6, 0.35, 1);

  it("agree with k-means about inertia, whatever the numbers of the clusters", () => {
    const result = kmeans(matrix, 6, { seed: 1, tolerance: 0 });
    expect(sphericalInertia(matrix, result.labels)).toBeCloseTo(result.inertia, 3);
    expect(
      sphericalInertia(
        matrix,
        result.labels.map((label) => label * 7 - 1),
      ),
    ).toBeCloseTo(result.inertia, 3);
    const off = topicOf.map((topic) => topic >> 1);
    expect(sphericalInertia(matrix, off)).toBeGreaterThan(result.inertia);
  });

  it("split the spread of all rows into that within and that between clusters", () => {
    const one = kmeans(matrix, 2, { seed: 1, tolerance: 0 });
    const centres = [0, 1].map((c) =>
      meanOfRows(
        gatherRows(
          matrix,
          [...one.labels.keys()].filter((i) => one.labels[i] === c),
        ),
      ),
    );
    const all = meanOfRows(matrix);
    const squared = (a: Float32Array, b: Float32Array): number =>
      a.reduce((sum, x, j) => sum + (x - b[j]!) ** 2, 0);
    const within = one.labels.reduce((sum, c, i) => sum + squared(row(matrix, i), centres[c]!), 0);
    const between = one.labels.reduce((sum, c) => sum + squared(centres[c]!, all), 0);
    const expected = between / (within / (matrix.rows - 2));
    expect(criteria(matrix, one.labels, one.centroids).calinskiHarabasz / expected).toBeCloseTo(1, 3);
  });

  it("prefer the number of topics where these are separated", () => {
    const at = (k: number) => {
      const { labels, centroids } = kmeans(matrix, k, { seed: 1 });
      return criteria(matrix, labels, centroids);
    };
    const [fewer, right, more] = [at(3), at(6), at(12)];
    expect(right.silhouette).toBeGreaterThan(Math.max(fewer.silhouette, more.silhouette));
    expect(right.calinskiHarabasz).toBeGreaterThan(Math.max(fewer.calinskiHarabasz, more.calinskiHarabasz));
    expect(right.bits).toBeLessThan(Math.min(fewer.bits, more.bits));
  });
});
