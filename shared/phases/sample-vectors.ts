import { randomInt } from "../domain/random.ts";
import type { Random } from "../domain/random.ts";
import { createMatrix, row } from "../domain/vectors.ts";
import type { Matrix } from "../domain/vectors.ts";
import type { ArtifactReader } from "./phase.ts";

/** Rows read at a time: 49 MB of 612-d vectors. */
const ROWS_PER_BLOCK = 20_000;

export const isEmbedded = (vector: Float32Array): boolean => vector.some((value) => value !== 0);

export function embeddedRows(matrix: Matrix): number[] {
  return Array.from({ length: matrix.rows }, (_, i) => i).filter((i) => isEmbedded(row(matrix, i)));
}

/**
 * A uniform sample of the facet vectors that were embedded, at most `most` of them, and how many there are: in one pass over all,
 * holding no more than the sample (Vitter 1985, algorithm R).
 */
export async function sampleVectors(
  artifacts: ArtifactReader,
  most: number,
  random: Random,
): Promise<{ sample: Matrix; embedded: number }> {
  const { cols } = await artifacts.matrixShape("embeddings");
  const held = createMatrix(most, cols);
  let embedded = 0;
  for await (const { block } of artifacts.matrixBlocks("embeddings", ROWS_PER_BLOCK)) {
    for (let i = 0; i < block.rows; i++) {
      const vector = row(block, i);
      if (!isEmbedded(vector)) continue;
      const place = embedded < most ? embedded : randomInt(random, embedded + 1);
      if (place < most) row(held, place).set(vector);
      embedded++;
    }
  }
  const rows = Math.min(embedded, most);
  return { sample: createMatrix(rows, cols, held.data.subarray(0, rows * cols)), embedded };
}
