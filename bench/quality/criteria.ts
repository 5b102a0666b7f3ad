import { dotBlock } from "../../shared/domain/dot-block.ts";
import type { Matrix } from "../../shared/domain/vectors.ts";
import { allRows, dot, meanOfRows, row } from "../../shared/domain/vectors.ts";

/** What can be said of a clustering without labels. */
export interface Criteria {
  /** Simplified silhouette (Hruschka 2004): distances to centroids for those to members. Higher is better. */
  readonly silhouette: number;
  /** Calinski and Harabasz (1974), in squared distances. Higher is better. */
  readonly calinskiHarabasz: number;
  /**
   * Bits a row: to name its cluster, and its place under an isotropic Gaussian around the cluster's mean, plus the means
   * (X-means' BIC, Pelleg and Moore 2000, in the rows' own dimension). Lower is better.
   */
  readonly bits: number;
}

/** @param matrix unit rows, every one with a label. */
export function criteria(matrix: Matrix, labels: Int32Array, centroids: Matrix): Criteria {
  const { rows: n, cols } = matrix;
  const k = centroids.rows;
  const products = new Float64Array(n * k);
  dotBlock(matrix, allRows(n), centroids, 0, k, products);
  const sizes = new Int32Array(k);
  // Of each cluster the sum of its rows' similarities to the centroid: the length of their sum.
  const lengths = new Float64Array(k);
  let silhouette = 0;
  for (let i = 0; i < n; i++) {
    const label = labels[i]!;
    sizes[label]!++;
    const own = 1 - products[i * k + label]!;
    let other = Number.POSITIVE_INFINITY;
    for (let c = 0; c < k; c++) if (c !== label) other = Math.min(other, 1 - products[i * k + c]!);
    silhouette += other > 0 ? (other - own) / Math.max(own, other) / n : 0;
    lengths[label]! += 1 - own;
  }
  // Squared distances of unit rows to the mean of their cluster, and to the mean of all.
  const within = sizes.reduce((sum, size, c) => sum + size - lengths[c]! ** 2 / size, 0);
  const mean = meanOfRows(matrix);
  let total = 0;
  for (let i = 0; i < n; i++) total += 1 - 2 * dot(row(matrix, i), mean) + dot(mean, mean);
  const entropy = sizes.reduce((sum, size) => sum - (size / n) * Math.log2(size / n), 0);
  const place = (cols / 2) * Math.log2((2 * Math.PI * Math.E * within) / (n * cols));
  return {
    silhouette,
    calinskiHarabasz: (total - within) / (k - 1) / (within / (n - k)),
    bits: entropy + place + (k * cols * Math.log2(n)) / 2 / n,
  };
}
