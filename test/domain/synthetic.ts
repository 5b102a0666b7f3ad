import { seededRandom } from "../../shared/domain/random.ts";
import type { Matrix } from "../../shared/domain/vectors.ts";
import { createMatrix, normalizeRows } from "../../shared/domain/vectors.ts";

/** Unit rows around `topics` random directions, topic i % topics for row i; `noise` is the share of each row's own direction. */
export function topicRows(
  n: number,
  cols: number,
  topics: number,
  noise: number,
  seed: number,
): { matrix: Matrix; topicOf: number[] } {
  const random = seededRandom(seed, "test/topics");
  const directions = normalizeRows(randomMatrix(topics, cols, random));
  const own = normalizeRows(randomMatrix(n, cols, random));
  const matrix = createMatrix(n, cols);
  const topicOf = Array.from({ length: n }, (_, i) => i % topics);
  topicOf.forEach((topic, i) => {
    for (let j = 0; j < cols; j++) {
      matrix.data[i * cols + j] =
        (1 - noise) * (directions.data[topic * cols + j] ?? 0) + noise * (own.data[i * cols + j] ?? 0);
    }
  });
  return { matrix: normalizeRows(matrix), topicOf };
}

/** Rows with normal-like coordinates: directions uniform enough on the sphere. */
export function randomMatrix(rows: number, cols: number, random: () => number): Matrix {
  const matrix = createMatrix(rows, cols);
  for (let i = 0; i < matrix.data.length; i++) matrix.data[i] = random() + random() + random() + random() - 2;
  return matrix;
}
