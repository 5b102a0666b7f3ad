import { agreement } from "../../shared/domain/agreement.ts";
import { kmeans } from "../../shared/domain/kmeans/kmeans.ts";
import { nearestRows } from "../../shared/domain/knn.ts";
import type { Matrix } from "../../shared/domain/vectors.ts";

/** Per seed; the one with the lowest inertia counts. */
const RESTARTS = 5;
const NEIGHBOURS = 5;

/** A mean over the seeds, and the distance between the best and the worst of them. */
export interface Spread {
  readonly mean: number;
  readonly range: number;
}

export interface Score {
  readonly nmi: Spread;
  readonly ari: Spread;
  readonly homogeneity: Spread;
  /** Share of texts whose group is the most frequent among their 5 nearest texts; ties go to the nearest. */
  readonly neighbours: number;
}

/**
 * Scores k-means with as many clusters as there are groups.
 * @param matrix unit or zero rows.
 * @param seeds how many seeds, from 1.
 */
export function score(matrix: Matrix, groups: readonly string[], seeds: number): Score {
  const k = new Set(groups).size;
  const runs = Array.from({ length: seeds }, (_, i) =>
    agreement(groups, kmeans(matrix, k, { seed: i + 1, restarts: RESTARTS }).labels),
  );
  const spread = (values: number[]): Spread => ({
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    range: Math.max(...values) - Math.min(...values),
  });
  return {
    nmi: spread(runs.map(({ nmi }) => nmi)),
    ari: spread(runs.map(({ ari }) => ari)),
    homogeneity: spread(runs.map(({ homogeneity }) => homogeneity)),
    neighbours: neighbourAccuracy(matrix, groups),
  };
}

function neighbourAccuracy(matrix: Matrix, groups: readonly string[]): number {
  const { indices } = nearestRows(matrix, matrix, NEIGHBOURS, { exclude: (a, b) => a === b });
  let right = 0;
  for (let i = 0; i < matrix.rows; i++) {
    const votes = new Map<string, number>();
    for (const j of indices.subarray(i * NEIGHBOURS, (i + 1) * NEIGHBOURS)) {
      const group = groups[j];
      if (group !== undefined) votes.set(group, (votes.get(group) ?? 0) + 1);
    }
    const [elected] = [...votes].toSorted((a, b) => b[1] - a[1])[0] ?? [];
    if (elected === groups[i]) right++;
  }
  return right / matrix.rows;
}
