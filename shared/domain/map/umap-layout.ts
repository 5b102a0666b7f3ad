import { clusteredNeighbours } from "../clustered-neighbours.ts";
import { nearestNeighbours } from "../knn.ts";
import type { Random } from "../random.ts";
import { seededRandom } from "../random.ts";
import { alone } from "../team.ts";
import type { Team } from "../team.ts";
import type { Matrix } from "../vectors.ts";
import { fitCurve } from "./curve.ts";
import { fuzzyGraph } from "./fuzzy-graph.ts";
import { optimiseLayout } from "./optimise.ts";
import { principalPlane } from "./principal-plane.ts";

export interface UmapOptions {
  seed: number;
  /** Neighbours of a row in the graph, the row itself among them; below the number of rows. */
  neighbours: number;
  minDist: number;
  nEpochs?: number;
}

/** Rows of which all pairs are compared: six seconds at 1,024 columns. */
const COMPARED_ALL = 20_000;

// umap-learn starts within [-10, 10], with a little noise so that no two points coincide.
const START_EXTENT = 10;
const START_NOISE = 1e-4;

/** Passes by the number of rows, as umap-js has them; umap-learn takes 500 to 10,000 rows, then 200. */
function epochsOf(rows: number): number {
  if (rows <= 2_500) return 500;
  if (rows <= 5_000) return 400;
  return rows <= 7_500 ? 300 : 200;
}

/**
 * UMAP (McInnes et al. 2018) of distinct unit rows, n x 2 row-major, from their nearest neighbours by cosine and from
 * the plane of the principal components: the start is what gives the picture its large-scale order (rank
 * correlation of distances about 0.2, against 0 from a random start).
 * @param matrix more rows than `neighbours`, none zero, no two equal.
 */
export function umapLayout(matrix: Matrix, options: UmapOptions, team: Team = alone): Float64Array {
  const { seed, neighbours, minDist, nEpochs = epochsOf(matrix.rows) } = options;
  const m = neighbours - 1;
  const lists =
    matrix.rows <= COMPARED_ALL
      ? nearestNeighbours(matrix, m, team)
      : clusteredNeighbours(matrix, m, { seed }, team);
  const graph = fuzzyGraph(lists, matrix.rows);
  const points = startPoints(matrix, seededRandom(seed, "map/start"));
  const curve = fitCurve(minDist);
  return Float64Array.from(
    optimiseLayout(graph, points, curve, nEpochs, seededRandom(seed, "map/umap"), team),
  );
}

function startPoints(matrix: Matrix, random: Random): Float32Array {
  const plane = principalPlane(matrix, random);
  const extent = plane.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = extent > 0 ? START_EXTENT / extent : 0;
  return Float32Array.from(plane, (value) => value * scale + (random() - 0.5) * START_NOISE);
}
