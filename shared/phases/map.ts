import * as z from "zod";
import type { MapPoint } from "../contracts/clusters.ts";
import { batchRange, cutIntoBatches } from "../domain/batching.ts";
import { decodeFloats, encodeFloats } from "../domain/floats.ts";
import { fitMap } from "../domain/map/fit-map.ts";
import { placeOnMap } from "../domain/map/place-on-map.ts";
import { sampleIndices, seededRandom } from "../domain/random.ts";
import { gatherRows, row } from "../domain/vectors.ts";
import type { Matrix } from "../domain/vectors.ts";
import { MAX_BATCHES_PER_ROUND } from "../pipeline.ts";
import { sideBySide } from "./columns.ts";
import type { BatchOutput, Phase, PhaseContext, Plan } from "./phase.ts";

/** Rows laid out together: in a minute or so, within the time and memory of the phase (bench/RESULTS.md). */
const LAID_OUT_TOGETHER = 100_000;
/** Of more, those that are laid out; the others are placed between them, 20,000 in about 4 s. */
const LANDMARKS = 10_000;
/** Rows placed per batch of the second round: 49 MB of 612-d vectors. */
const ROWS_PER_SHARD = 20_000;

const FIT_ROUND = 0;
const PLACE_ROUND = 1;

const fitDetail = z.strictObject({ n: z.int() });
const shardDetail = z.strictObject({ items: z.int(), size: z.int() });
/** Coordinates of a run of rows, x and y in turn; NaN for a row that was not embedded. */
const pointsRow = z.strictObject({ xy: z.base64() });
/** Landmarks with their vectors, for placing others. */
const landmarksRow = z.strictObject({ vectors: z.base64(), cols: z.int(), xy: z.base64() });

function embeddedRows(matrix: Matrix): number[] {
  return Array.from({ length: matrix.rows }, (_, i) => i).filter((i) =>
    row(matrix, i).some((value) => value !== 0),
  );
}

/** Spreads the coordinates of some rows over all n, NaN in between. */
function scattered(n: number, indices: readonly number[], xy: Float32Array): Float32Array {
  const all = new Float32Array(2 * n).fill(Number.NaN);
  indices.forEach((index, i) => all.set(xy.subarray(2 * i, 2 * i + 2), 2 * index));
  return all;
}

async function fit({ artifacts, config }: PhaseContext): Promise<BatchOutput> {
  const matrix = await artifacts.matrix("embeddings");
  const embedded = embeddedRows(matrix);
  const few = matrix.rows <= LAID_OUT_TOGETHER;
  const chosen = few
    ? embedded
    : sampleIndices(seededRandom(config.seed, "map/landmarks"), embedded.length, LANDMARKS).map(
        (i) => embedded[i]!,
      );
  const landmarks = gatherRows(matrix, chosen);
  const xy = fitMap(landmarks, {
    seed: config.seed,
    neighbours: config.map_neighbours,
    minDist: config.map_min_dist,
  });
  return few
    ? { rows: [{ xy: encodeFloats(scattered(matrix.rows, chosen, xy)) }] }
    : { rows: [{ vectors: encodeFloats(landmarks.data), cols: landmarks.cols, xy: encodeFloats(xy) }] };
}

async function place(
  { artifacts, parts, config }: PhaseContext,
  round: number,
  batch: number,
): Promise<BatchOutput> {
  const detail = shardDetail.parse((await parts.plan(round)).detail);
  const [first] = await Array.fromAsync(parts.rows(FIT_ROUND, 0, landmarksRow));
  const { vectors, cols, xy } = landmarksRow.parse(first);
  const data = decodeFloats(vectors);
  const shard = await artifacts.matrix("embeddings", batchRange(detail, batch));
  const embedded = embeddedRows(shard);
  const placed = placeOnMap(
    { rows: data.length / cols, cols, data },
    decodeFloats(xy),
    gatherRows(shard, embedded),
    {
      neighbours: config.map_neighbours,
    },
  );
  return { rows: [{ xy: encodeFloats(scattered(shard.rows, embedded, placed)) }] };
}

/** Every conversation in two dimensions: landmarks by UMAP, in large runs the others between their nearest landmarks. */
export const mapPhase: Phase = {
  name: "map",

  async plan({ artifacts }, round): Promise<Plan> {
    const n = await artifacts.rowCount("assignments");
    if (round === FIT_ROUND) return { batches: 1, concurrency: 1, detail: { n } };
    const { items, size, batches } = cutIntoBatches(n, ROWS_PER_SHARD, MAX_BATCHES_PER_ROUND);
    return { batches, concurrency: 2, detail: { items, size } };
  },

  batch: (context, round, batch) => (round === FIT_ROUND ? fit(context) : place(context, round, batch)),

  async reduce({ artifacts, parts }, round) {
    const { n } = fitDetail.parse((await parts.plan(FIT_ROUND)).detail);
    if (round === FIT_ROUND && n > LAID_OUT_TOGETHER) return { next: "round", carry: null };

    const { clusters } = await artifacts.json("base_clusters");
    async function* coordinates(): AsyncGenerator<{ x: number; y: number }> {
      for await (const { xy } of parts.allRows(round === FIT_ROUND ? FIT_ROUND : PLACE_ROUND, pointsRow)) {
        const values = decodeFloats(xy);
        for (let i = 0; i < values.length; i += 2) yield { x: values[i]!, y: values[i + 1]! };
      }
    }
    async function* points(): AsyncGenerator<MapPoint> {
      for await (const [{ conversation_id, cluster_id }, { x, y }] of sideBySide(
        artifacts.rows("assignments"),
        coordinates(),
      )) {
        yield { conversation_id, x: Number.isNaN(x) ? null : x, y: Number.isNaN(y) ? null : y, cluster_id };
      }
    }
    // Read once for the means and once for the file: they are cheap to read, and need not be held.
    const sums = new Map(clusters.map(({ id }) => [id, { x: 0, y: 0, points: 0 }]));
    for await (const { x, y, cluster_id } of points()) {
      const sum = cluster_id === null ? undefined : sums.get(cluster_id);
      if (sum === undefined || x === null || y === null) continue;
      sum.x += x;
      sum.y += y;
      sum.points++;
    }
    const centres = clusters.map(({ id, size }) => {
      const { x, y, points: count } = sums.get(id)!;
      return { id, x: x / Math.max(1, count), y: y / Math.max(1, count), size };
    });
    return {
      next: "done",
      artifacts: { map_points: points(), map_clusters: { schema_version: "1.0.0", clusters: centres } },
    };
  },
};
