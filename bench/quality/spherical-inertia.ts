import { unitRows } from "../../shared/domain/kmeans/unit-rows.ts";
import type { Matrix } from "../../shared/domain/vectors.ts";

/** The sum over the unit rows of 1 - cosine to the mean of their cluster: what k-means lowers, for labels of any origin. */
export function sphericalInertia(matrix: Matrix, labels: ArrayLike<number>): number {
  const rows = unitRows(matrix);
  const { cols, data } = matrix;
  const sums = new Map<number, Float64Array>();
  for (const index of rows) {
    const label = labels[index]!;
    const sum = sums.get(label) ?? new Float64Array(cols);
    for (let j = 0; j < cols; j++) sum[j]! += data[index * cols + j]!;
    sums.set(label, sum);
  }
  // Similarities of unit rows to the direction of their sum add up to the length of the sum.
  return [...sums.values()].reduce((rest, sum) => rest - Math.hypot(...sum), rows.length);
}
