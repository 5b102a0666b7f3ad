import type { Random } from "../random.ts";
import type { Matrix } from "../vectors.ts";
import { gatherRows, meanOfRows } from "../vectors.ts";

/** Rows that the axes are found from, evenly taken: the plane of a sample this large is that of all, to what a picture shows. */
const MOST_FOR_AXES = 4_000;

// Enough for the plane of the two largest variances to settle to what a picture can show.
const POWER_STEPS = 20;

/**
 * The coordinates of the rows in the plane of their two largest variances, n x 2 row-major, centred (principal
 * component analysis by subspace iteration). Each axis points to where its largest loading is positive, so that a
 * different start does not mirror the picture. Rows without variance along an axis have 0 there.
 */
export function principalPlane(matrix: Matrix, random: Random): Float64Array {
  const { cols } = matrix;
  const sample = evenly(matrix, MOST_FOR_AXES);
  const mean = meanOfRows(sample);
  let axes = [randomVector(cols, random), randomVector(cols, random)];
  orthonormalise(axes);
  for (let step = 0; step < POWER_STEPS; step++) {
    const scores = project(sample, mean, axes);
    axes = [new Float64Array(cols), new Float64Array(cols)];
    for (let i = 0; i < sample.rows; i++) {
      for (let a = 0; a < 2; a++) {
        const score = scores[2 * i + a]!;
        const axis = axes[a]!;
        for (let j = 0; j < cols; j++) axis[j] = axis[j]! + score * (sample.data[i * cols + j]! - mean[j]!);
      }
    }
    orthonormalise(axes);
  }
  axes.forEach(pointToLargestLoading);
  return project(matrix, mean, axes);
}

function evenly(matrix: Matrix, most: number): Matrix {
  if (matrix.rows <= most) return matrix;
  const step = matrix.rows / most;
  return gatherRows(
    matrix,
    Array.from({ length: most }, (_, i) => Math.floor(i * step)),
  );
}

function randomVector(length: number, random: Random): Float64Array {
  return Float64Array.from({ length }, () => random() - 0.5);
}

function project(matrix: Matrix, mean: Float32Array, axes: readonly Float64Array[]): Float64Array {
  const { rows, cols, data } = matrix;
  const [first, second] = axes as [Float64Array, Float64Array];
  const scores = new Float64Array(rows * 2);
  for (let i = 0; i < rows; i++) {
    let x = 0;
    let y = 0;
    for (let j = 0; j < cols; j++) {
      const value = data[i * cols + j]! - mean[j]!;
      x += value * first[j]!;
      y += value * second[j]!;
    }
    scores[2 * i] = x;
    scores[2 * i + 1] = y;
  }
  return scores;
}

/** Gram-Schmidt, in place; what vanishes becomes a zero axis. */
function orthonormalise(axes: readonly Float64Array[]): void {
  axes.forEach((axis, a) => {
    for (const earlier of axes.slice(0, a)) {
      const overlap = inner(axis, earlier);
      for (let j = 0; j < axis.length; j++) axis[j] = axis[j]! - overlap * earlier[j]!;
    }
    const length = Math.sqrt(inner(axis, axis));
    const scale = length > 1e-12 ? 1 / length : 0;
    for (let j = 0; j < axis.length; j++) axis[j] = axis[j]! * scale;
  });
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function pointToLargestLoading(axis: Float64Array): void {
  let largest = 0;
  for (const loading of axis) if (Math.abs(loading) > Math.abs(largest)) largest = loading;
  if (largest >= 0) return;
  for (let j = 0; j < axis.length; j++) axis[j] = -axis[j]!;
}
