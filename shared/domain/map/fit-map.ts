import { alone } from "../team.ts";
import type { Team } from "../team.ts";
import type { Matrix } from "../vectors.ts";
import { gatherRows } from "../vectors.ts";
import { distinctRows } from "./distinct-rows.ts";
import { umapLayout } from "./umap-layout.ts";

export interface MapOptions {
  seed: number;
  /** UMAP's neighbours, at least 3, the point itself among them; fewer when there are fewer distinct rows. Default 15. */
  neighbours?: number;
  /** UMAP's minimum distance of neighbours on the map. Default 0.1. */
  minDist?: number;
  /** Passes of the optimiser. Default: 500 to 2,500 distinct rows, 400 to 5,000, 300 to 7,500, then 200. */
  nEpochs?: number;
}

// Fewer distinct rows than this have no neighbourhood structure to lay out.
const FEWEST_FOR_UMAP = 4;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * Places n rows in the plane so that similar ones lie together: n x 2 numbers row-major, centred on (0, 0), the
 * farthest point at distance 1, always finite. Same rows, options and seed give the same map.
 *
 * Equal rows are laid out once (as umap-learn's `unique` does: many equal rows would fill each other's neighbour
 * lists and tear the graph apart) and spread in a disc whose area goes with their number. A zero row, a text that
 * could not be embedded, lands on (0, 0).
 * @param matrix unit or zero rows.
 */
export function fitMap(matrix: Matrix, options: MapOptions, team: Team = alone): Float32Array {
  const { seed, neighbours = 15, minDist = 0.1, nEpochs } = options;
  const { first, groupOf } = distinctRows(matrix);
  const layout =
    first.length < FEWEST_FOR_UMAP
      ? circleLayout(first.length)
      : umapLayout(
          first.length === matrix.rows ? matrix : gatherRows(matrix, first),
          {
            seed,
            // A graph in which every row neighbours every other has no shape.
            neighbours: Math.min(neighbours, first.length - 1),
            minDist,
            ...(nEpochs === undefined ? {} : { nEpochs }),
          },
          team,
        );
  fitUnitDisc(layout);
  const map = spread(layout, groupOf);
  fitUnitDisc(map, (i) => groupOf[i]! >= 0);
  return Float32Array.from(map);
}

/** One point in the middle, two or three evenly on a circle. */
function circleLayout(n: number): Float64Array {
  const layout = new Float64Array(n * 2);
  if (n === 1) return layout;
  for (let i = 0; i < n; i++) {
    layout[2 * i] = Math.cos((2 * Math.PI * i) / n);
    layout[2 * i + 1] = Math.sin((2 * Math.PI * i) / n);
  }
  return layout;
}

/**
 * The point of each row: its group's, with the repeats around it on a sunflower spiral. Spaced so that all n rows
 * together would fill a disc of half the map's radius.
 */
function spread(layout: Float64Array, groupOf: Int32Array): Float64Array {
  const map = new Float64Array(groupOf.length * 2);
  const placed = new Int32Array(layout.length / 2);
  const spacing = 0.5 / Math.sqrt(Math.max(1, groupOf.length));
  groupOf.forEach((group, i) => {
    if (group < 0) return;
    const position = placed[group]!++;
    const radius = spacing * Math.sqrt(position);
    map[2 * i] = layout[2 * group]! + radius * Math.cos(position * GOLDEN_ANGLE);
    map[2 * i + 1] = layout[2 * group + 1]! + radius * Math.sin(position * GOLDEN_ANGLE);
  });
  return map;
}

/** Moves the mean of the points that count to (0, 0) and the farthest of them to distance 1, in place. */
function fitUnitDisc(points: Float64Array, counts: (point: number) => boolean = () => true): void {
  let n = 0;
  let x = 0;
  let y = 0;
  const each = (visit: (at: number) => void): void => {
    for (let i = 0; i < points.length / 2; i++) if (counts(i)) visit(2 * i);
  };
  each((at) => {
    n++;
    x += points[at]!;
    y += points[at + 1]!;
  });
  let farthest = 0;
  each((at) => {
    const dx = points[at]! - x / n;
    const dy = points[at + 1]! - y / n;
    points[at] = dx;
    points[at + 1] = dy;
    farthest = Math.max(farthest, Math.hypot(dx, dy));
  });
  if (farthest === 0) return;
  each((at) => {
    points[at] = points[at]! / farthest;
    points[at + 1] = points[at + 1]! / farthest;
  });
}
