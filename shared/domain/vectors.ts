import { PermanentError } from "../errors.ts";

/** `rows` vectors of `cols` float32 numbers, row-major: element (i, j) is `data[i * cols + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float32Array;
}

/** A matrix over `data`, or of zeros. @throws RangeError when `data` does not hold exactly rows x cols numbers. */
export function createMatrix(
  rows: number,
  cols: number,
  data: Float32Array = new Float32Array(rows * cols),
): Matrix {
  if (data.length !== rows * cols) {
    throw new RangeError(`a ${rows} x ${cols} matrix needs ${rows * cols} numbers, got ${data.length}`);
  }
  return { rows, cols, data };
}

/** A matrix from rows of equal length; none gives 0 x 0. @throws RangeError when a length differs from the first. */
export function matrixFromRows(vectors: readonly ArrayLike<number>[]): Matrix {
  const cols = vectors[0]?.length ?? 0;
  const result = createMatrix(vectors.length, cols);
  vectors.forEach((vector, i) => {
    if (vector.length !== cols) throw new RangeError(`row ${i} has ${vector.length} numbers, not ${cols}`);
    result.data.set(vector, i * cols);
  });
  return result;
}

/** A view, not a copy, of row `i`. */
export function row(matrix: Matrix, i: number): Float32Array {
  return matrix.data.subarray(i * matrix.cols, (i + 1) * matrix.cols);
}

/** The sum of products of two vectors of equal length, accumulated in double precision. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Cosine similarity in [-1, 1]; 0 when either vector is zero. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const norms = Math.sqrt(dot(a, a) * dot(b, b));
  return norms > 0 ? Math.max(-1, Math.min(1, dot(a, b) / norms)) : 0;
}

/**
 * Scales every row to length 1, in place, and returns the same matrix. A zero row stays zero: it is how a text that
 * could not be embedded is marked.
 * @throws PermanentError when a number is not finite.
 */
export function normalizeRows(matrix: Matrix): Matrix {
  for (let i = 0; i < matrix.rows; i++) {
    const vector = row(matrix, i);
    const squared = dot(vector, vector);
    if (!Number.isFinite(squared)) {
      throw new PermanentError(`vector ${i} holds a number that is not finite`, {
        code: "vector_not_finite",
      });
    }
    if (squared === 0) continue;
    const scale = 1 / Math.sqrt(squared);
    for (let j = 0; j < vector.length; j++) vector[j] = vector[j]! * scale;
  }
  return matrix;
}

/** The arithmetic mean of the rows, length `cols`, not normalised; zeros for a matrix without rows. */
export function meanOfRows(matrix: Matrix): Float32Array {
  const sums = new Float64Array(matrix.cols);
  for (let i = 0; i < matrix.rows; i++) {
    const start = i * matrix.cols;
    for (let j = 0; j < matrix.cols; j++) sums[j] = sums[j]! + matrix.data[start + j]!;
  }
  return Float32Array.from(sums, (sum) => (matrix.rows > 0 ? sum / matrix.rows : 0));
}

/** A copy of the rows at `indices`, in that order; an index may repeat. */
export function gatherRows(matrix: Matrix, indices: ArrayLike<number>): Matrix {
  const result = createMatrix(indices.length, matrix.cols);
  for (let i = 0; i < indices.length; i++) result.data.set(row(matrix, indices[i]!), i * matrix.cols);
  return result;
}

/** The matrices one below the other. @throws RangeError when their widths differ. */
export function stackRows(parts: readonly Matrix[]): Matrix {
  const cols = parts[0]?.cols ?? 0;
  const result = createMatrix(
    parts.reduce((sum, part) => sum + part.rows, 0),
    cols,
  );
  let offset = 0;
  for (const part of parts) {
    if (part.cols !== cols) throw new RangeError(`cannot stack rows of ${part.cols} and of ${cols} numbers`);
    result.data.set(part.data, offset);
    offset += part.data.length;
  }
  return result;
}

/** The integers 0 .. n-1: "all rows", for kernels that take a list of rows. */
export function allRows(n: number): Int32Array {
  const indices = new Int32Array(n);
  for (let i = 0; i < n; i++) indices[i] = i;
  return indices;
}
