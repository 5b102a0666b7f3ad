import type { Matrix } from "../vectors.ts";
import { createMatrix } from "../vectors.ts";

/**
 * New centroids: every changed cluster's is the direction of the mean of its members. The sums are
 * taken anew and in the order of the rows, so that a centroid depends on its members alone, not on how they came.
 * A cluster whose members cancel out, or that has none, keeps its centroid.
 */
export function movedCentroids(
  matrix: Matrix,
  rows: Int32Array,
  labels: Int32Array,
  centroids: Matrix,
  changed: Uint8Array,
): Matrix {
  const { cols, data } = matrix;
  const result = createMatrix(centroids.rows, cols, centroids.data.slice());
  const sums = new Float64Array(centroids.rows * cols);
  for (const index of rows) {
    const label = labels[index]!;
    if (changed[label] !== 1) continue;
    const from = index * cols;
    const to = label * cols;
    for (let j = 0; j < cols; j++) sums[to + j] = sums[to + j]! + data[from + j]!;
  }
  for (let id = 0; id < centroids.rows; id++) {
    if (changed[id] !== 1) continue;
    const start = id * cols;
    let squared = 0;
    for (let j = 0; j < cols; j++) squared += sums[start + j]! ** 2;
    // Unit rows that cancel leave only rounding, about 1e-7 a row.
    if (squared < 1e-12) continue;
    const scale = 1 / Math.sqrt(squared);
    for (let j = 0; j < cols; j++) result.data[start + j] = sums[start + j]! * scale;
  }
  return result;
}
