import { UMAP } from "umap-js";
import { cosineDistance } from "../kmeans/assign.ts";
import { nearestNeighbours } from "../knn.ts";
import type { Random } from "../random.ts";
import { seededRandom } from "../random.ts";
import type { Matrix } from "../vectors.ts";
import { principalPlane } from "./principal-plane.ts";

export interface UmapOptions {
  seed: number;
  /** Neighbours of a row in the graph, the row itself among them; below the number of rows. */
  neighbours: number;
  minDist: number;
  nEpochs?: number;
}

// umap-learn starts within [-10, 10], with a little noise so that no two points coincide.
const START_EXTENT = 10;
const START_NOISE = 1e-4;

/**
 * UMAP (McInnes et al. 2018) of distinct unit rows, n x 2 row-major, from exact nearest neighbours by cosine and from
 * the plane of the principal components: the start is what gives the picture its large-scale order (rank
 * correlation of distances about 0.2, against 0 from a random start).
 * @param matrix more rows than `neighbours`, none zero, no two equal.
 */
export function umapLayout(matrix: Matrix, options: UmapOptions): Float64Array {
  const { seed, neighbours, minDist, nEpochs } = options;
  const umap = new UMAP({
    nNeighbors: neighbours,
    minDist,
    random: seededRandom(seed, "map/umap"),
    ...(nEpochs === undefined ? {} : { nEpochs }),
  });
  const { indices, distances } = neighbourLists(matrix, neighbours);
  umap.setPrecomputedKNN(indices, distances);
  // With the neighbours given, the vectors themselves are only counted.
  const epochs = umap.initializeFit(indices.map(() => []));
  // The optimiser moves these very arrays: writing to them before the first step sets the start.
  const points = umap.getEmbedding();
  setStart(points, matrix, seededRandom(seed, "map/start"));
  for (let epoch = 0; epoch < epochs; epoch++) umap.step();
  return Float64Array.from(umap.getEmbedding().flat());
}

/** Per row, itself at distance 0 and its nearest others by 1 - cosine: the form umap-js expects. */
function neighbourLists(matrix: Matrix, neighbours: number): { indices: number[][]; distances: number[][] } {
  const m = neighbours - 1;
  const found = nearestNeighbours(matrix, m);
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (let i = 0; i < matrix.rows; i++) {
    indices.push([i, ...found.indices.subarray(i * m, (i + 1) * m)]);
    distances.push([0, ...Array.from(found.similarities.subarray(i * m, (i + 1) * m), cosineDistance)]);
  }
  return { indices, distances };
}

function setStart(points: number[][], matrix: Matrix, random: Random): void {
  const plane = principalPlane(matrix, random);
  const extent = plane.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = extent > 0 ? START_EXTENT / extent : 0;
  points.forEach((point, i) => {
    point[0] = plane[2 * i]! * scale + (random() - 0.5) * START_NOISE;
    point[1] = plane[2 * i + 1]! * scale + (random() - 0.5) * START_NOISE;
  });
}
