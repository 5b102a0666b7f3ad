import { cosineDistance } from "../kmeans/assign.ts";
import { nearestRows } from "../knn.ts";
import { alone } from "../team.ts";
import type { Team } from "../team.ts";
import type { Matrix } from "../vectors.ts";

/**
 * Places rows on a map fitted to others (the landmarks): n x 2 numbers row-major, inside the landmarks' extent. A row
 * goes to the mean of its nearest landmarks, weighted as UMAP weights a new point's: 1 for the nearest, falling
 * exponentially with the further distance of the others on the scale of their mean. A zero row goes to (0, 0).
 * @param landmarks unit or zero rows, at least one.
 * @param landmarkXY their points, as `fitMap` returns them.
 * @param rows unit or zero rows of the same width.
 * @param options.neighbours landmarks that a row takes its place from. Default 5: more of them draw a row that lies
 *   between two groups into the empty space between.
 */
export function placeOnMap(
  landmarks: Matrix,
  landmarkXY: Float32Array,
  rows: Matrix,
  options: { neighbours?: number } = {},
  team: Team = alone,
): Float32Array {
  if (landmarks.rows === 0 || landmarkXY.length !== landmarks.rows * 2) {
    throw new RangeError("a map needs at least one landmark and one point for each");
  }
  const m = Math.min(options.neighbours ?? 5, landmarks.rows);
  const found = nearestRows(rows, landmarks, m, { team });
  const map = new Float32Array(rows.rows * 2);
  for (let i = 0; i < rows.rows; i++) {
    const vector = rows.data.subarray(i * rows.cols, (i + 1) * rows.cols);
    if (vector.every((value) => value === 0)) continue;
    const weights = membership(found.similarities.subarray(i * m, (i + 1) * m));
    let x = 0;
    let y = 0;
    weights.forEach((weight, j) => {
      const landmark = found.indices[i * m + j]!;
      x += weight * landmarkXY[2 * landmark]!;
      y += weight * landmarkXY[2 * landmark + 1]!;
    });
    map[2 * i] = x;
    map[2 * i + 1] = y;
  }
  return map;
}

/** Weights that sum to 1, for similarities in descending order. */
function membership(similarities: Float32Array): number[] {
  const distances = Array.from(similarities, cosineDistance);
  const further = distances.map((distance) => distance - distances[0]!);
  const scale = further.reduce((sum, distance) => sum + distance, 0) / further.length;
  const weights = further.map((distance) => (scale > 0 ? Math.exp(-distance / scale) : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
