import { sharedInts } from "../team.ts";
import type { Matrix } from "../vectors.ts";
import { dot, row } from "../vectors.ts";

/**
 * The indices of the unit rows, ascending, in shared memory; zero rows are left out.
 * @throws RangeError when a row is neither: similarities would not be cosines.
 */
export function unitRows(matrix: Matrix): Int32Array {
  const indices = sharedInts(matrix.rows);
  let count = 0;
  for (let i = 0; i < matrix.rows; i++) {
    const vector = row(matrix, i);
    const squared = dot(vector, vector);
    if (squared === 0) continue;
    // Float32 rounding moves a squared length by about 1e-7; 1e-3 only catches rows that nobody normalised.
    if (!(Math.abs(squared - 1) < 1e-3)) throw new RangeError(`row ${i} is neither a unit vector nor zero`);
    indices[count++] = i;
  }
  return indices.subarray(0, count);
}
