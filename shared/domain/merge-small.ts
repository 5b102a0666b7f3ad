import { dotBlock } from "./dot-block.ts";
import { rowsByCluster } from "./kmeans/rows-by-cluster.ts";
import type { Matrix } from "./vectors.ts";
import { allRows, createMatrix, gatherRows, row } from "./vectors.ts";

export interface MergeInput {
  /** k unit rows. */
  centroids: Matrix;
  /** Conversations of each cluster. */
  sizes: ArrayLike<number>;
  /** The distinct users of each cluster as ascending user numbers: `usersOfClusters` makes them. */
  users: readonly Int32Array[];
  minUsers: number;
  minConversations: number;
}

/** One step of the merging, in input numbers; a merged cluster goes by the lower of the two. */
export interface ClusterMerge {
  /** The cluster that was below a minimum. */
  from: number;
  fromSize: number;
  fromUsers: number;
  /** Its nearest neighbour. */
  into: number;
  /** Cosine of the two centroids at that time. */
  similarity: number;
}

export interface MergeResult {
  /** New number of each input cluster: dense, in the order of each new cluster's lowest input number. */
  mapping: Int32Array;
  /** Unit rows: the direction of the size-weighted mean of the merged centroids. */
  centroids: Matrix;
  sizes: number[];
  /** Distinct users of each new cluster: the union, not the sum. */
  users: Int32Array[];
  /** New numbers of the clusters that are still below a minimum: at most one, when nothing is left to merge with. */
  withheld: number[];
  /** What was merged, in order. */
  merges: ClusterMerge[];
}

/**
 * Enforces the minimums of design section 6: while a cluster has fewer than `minUsers` distinct users or fewer than
 * `minConversations` conversations, the smallest such (the lowest number on a tie) joins its nearest neighbour by
 * cosine. Neighbours are looked up only for clusters that are too small. Deterministic.
 */
export function mergeSmallClusters(input: MergeInput): MergeResult {
  const { minUsers, minConversations } = input;
  const k = input.centroids.rows;
  const centroids = gatherRows(input.centroids, allRows(k));
  const sizes = Array.from(input.sizes);
  const users = [...input.users];
  if (sizes.length !== k || users.length !== k)
    throw new RangeError("centroids, sizes and users differ in length");
  const parent = allRows(k);
  let alive = allRows(k);
  const merges: ClusterMerge[] = [];
  const tooSmall = (id: number): boolean => sizes[id]! < minConversations || users[id]!.length < minUsers;

  while (alive.length > 1) {
    let from = -1;
    for (const id of alive) if (tooSmall(id) && (from < 0 || sizes[id]! < sizes[from]!)) from = id;
    if (from < 0) break;
    const { neighbour, similarity } = nearestOther(centroids, from, alive);
    merges.push({
      from,
      fromSize: sizes[from]!,
      fromUsers: users[from]!.length,
      into: neighbour,
      similarity,
    });
    const kept = Math.min(from, neighbour);
    const gone = Math.max(from, neighbour);
    moveToMean(centroids, kept, sizes[kept]!, gone, sizes[gone]!);
    sizes[kept] = sizes[kept]! + sizes[gone]!;
    users[kept] = union(users[kept]!, users[gone]!);
    users[gone] = new Int32Array(0);
    parent[gone] = kept;
    alive = alive.filter((id) => id !== gone);
  }

  const dense = new Int32Array(k).fill(-1);
  alive.forEach((id, position) => {
    dense[id] = position;
  });
  // A parent has the lower number, so it is resolved before its children.
  for (let id = 0; id < k; id++) if (dense[id] === -1) dense[id] = dense[parent[id]!]!;
  return {
    mapping: dense,
    centroids: gatherRows(centroids, alive),
    sizes: Array.from(alive, (id) => sizes[id]!),
    users: Array.from(alive, (id) => users[id]!),
    withheld: Array.from(alive, (id, position) => (tooSmall(id) ? position : -1)).filter((id) => id >= 0),
    merges,
  };
}

/**
 * The distinct users of each cluster, ascending.
 * @param labels cluster of each conversation, 0 .. k - 1; -1 is in none.
 * @param userOf user number of each conversation.
 */
export function usersOfClusters(labels: Int32Array, userOf: ArrayLike<number>, k: number): Int32Array[] {
  return rowsByCluster(labels, k).map((rows) => {
    const users = rows.map((i) => userOf[i]!).sort();
    return users.filter((user, i) => i === 0 || user !== users[i - 1]);
  });
}

function nearestOther(
  centroids: Matrix,
  id: number,
  alive: Int32Array,
): { neighbour: number; similarity: number } {
  const products = new Float64Array(centroids.rows);
  dotBlock(centroids, Int32Array.of(id), centroids, 0, centroids.rows, products);
  let neighbour = -1;
  let similarity = Number.NEGATIVE_INFINITY;
  for (const other of alive) {
    if (other !== id && products[other]! > similarity) {
      neighbour = other;
      similarity = products[other]!;
    }
  }
  return { neighbour, similarity };
}

/** Replaces centroid `kept` by the direction of the weighted mean of the two; opposite ones leave it as it is. */
function moveToMean(
  centroids: Matrix,
  kept: number,
  weight: number,
  gone: number,
  otherWeight: number,
): void {
  const target = row(centroids, kept);
  const mean = createMatrix(1, centroids.cols).data;
  const other = row(centroids, gone);
  let squared = 0;
  for (let j = 0; j < mean.length; j++) {
    mean[j] = weight * target[j]! + otherWeight * other[j]!;
    squared += mean[j]! ** 2;
  }
  if (squared < 1e-12) return;
  const scale = 1 / Math.sqrt(squared);
  for (let j = 0; j < mean.length; j++) target[j] = mean[j]! * scale;
}

function union(a: Int32Array, b: Int32Array): Int32Array {
  const merged = new Int32Array(a.length + b.length);
  let count = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const next = j >= b.length || (i < a.length && a[i]! <= b[j]!) ? a[i]! : b[j]!;
    if (a[i] === next) i++;
    if (b[j] === next) j++;
    merged[count++] = next;
  }
  return merged.slice(0, count);
}
