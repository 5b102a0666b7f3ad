import * as z from "zod";
import type { MapPoint } from "../contracts/clusters.ts";
import { batchRange, cutIntoBatches } from "../domain/batching.ts";
import { asFloats, bytesOf, decodeFloats, encodeFloats } from "../domain/floats.ts";
import { seededRandom } from "../domain/random.ts";
import { createMatrix, gatherRows } from "../domain/vectors.ts";
import type { Matrix } from "../domain/vectors.ts";
import { MAX_BATCHES_PER_ROUND } from "../pipeline.ts";
import { sideBySide } from "./columns.ts";
import type { BatchOutput, Phase, PhaseContext, Plan } from "./phase.ts";
import { embeddedRows, sampleVectors } from "./sample-vectors.ts";

/** Bounds of what one batch lays out or places. */
export interface MapLimits {
  /** Rows laid out together. */
  readonly together: number;
  /** Of more, those that are laid out; the others are placed between them. */
  readonly landmarks: number;
  /** Rows placed per batch. */
  readonly shard: number;
}

/** 100,000 rows are laid out in a minute or so, within the time and memory of the phase; 20,000 are placed in about 4 s (bench/RESULTS.md). */
export const MAP_LIMITS: MapLimits = { together: 100_000, landmarks: 10_000, shard: 20_000 };

const FIT_ROUND = 0;
const PLACE_ROUND = 1;
/** Batches in flight: what the stores of a region carry with ease; one process takes as many as it has cores. */
const CONCURRENCY = 50;

const fitDetail = z.strictObject({ n: z.int() });
const shardDetail = z.strictObject({ items: z.int(), size: z.int() });
/** Coordinates of a run of rows, x and y in turn; NaN for a row that was not embedded. */
const pointsRow = z.strictObject({ xy: z.base64() });
/** Landmarks, for placing others; their vectors and then their coordinates are the sidecar. */
const landmarksRow = z.strictObject({ landmarks: z.int(), cols: z.int() });

/** Spreads the coordinates of some rows over all n, NaN in between. */
function scattered(n: number, indices: readonly number[], xy: Float32Array): Float32Array {
  const all = new Float32Array(2 * n).fill(Number.NaN);
  indices.forEach((index, i) => all.set(xy.subarray(2 * i, 2 * i + 2), 2 * index));
  return all;
}

const layout = (matrix: Matrix, { config, compute }: PhaseContext): Promise<Float32Array> =>
  compute.run("fitMap", matrix, {
    seed: config.seed,
    neighbours: config.map_neighbours,
    minDist: config.map_min_dist,
  });

async function fitAll(context: PhaseContext): Promise<BatchOutput> {
  const matrix = await context.artifacts.matrix("embeddings");
  const embedded = embeddedRows(matrix);
  const rows = embedded.length === matrix.rows ? matrix : gatherRows(matrix, embedded);
  const xy = await layout(rows, context);
  return { rows: [{ xy: encodeFloats(scattered(matrix.rows, embedded, xy)) }] };
}

async function fitLandmarks(context: PhaseContext, limits: MapLimits): Promise<BatchOutput> {
  const { artifacts, config } = context;
  const random = seededRandom(config.seed, "map/landmarks");
  const { sample } = await sampleVectors(artifacts, limits.landmarks, random);
  const xy = await layout(sample, context);
  return {
    rows: [{ landmarks: sample.rows, cols: sample.cols }],
    sidecar: Buffer.concat([bytesOf(sample.data), bytesOf(xy)]),
  };
}

async function place(
  { artifacts, parts, config, compute }: PhaseContext,
  batch: number,
): Promise<BatchOutput> {
  const detail = shardDetail.parse((await parts.plan(PLACE_ROUND)).detail);
  const [first] = await Array.fromAsync(parts.rows(FIT_ROUND, 0, landmarksRow));
  const { landmarks, cols } = landmarksRow.parse(first);
  const values = asFloats(await parts.sidecar(FIT_ROUND, 0));
  const shard = await artifacts.matrix("embeddings", batchRange(detail, batch));
  const embedded = embeddedRows(shard);
  if (embedded.length === 0) return { rows: [{ xy: encodeFloats(scattered(shard.rows, [], values)) }] };
  const placed = await compute.run(
    "placeOnMap",
    createMatrix(landmarks, cols, values.subarray(0, landmarks * cols)),
    values.subarray(landmarks * cols),
    gatherRows(shard, embedded),
    { neighbours: config.map_neighbours },
  );
  return { rows: [{ xy: encodeFloats(scattered(shard.rows, embedded, placed)) }] };
}

/** Every conversation in two dimensions: landmarks by UMAP, in large runs the others between their nearest landmarks. */
export const makeMapPhase = (limits: MapLimits): Phase => ({
  name: "map",

  async plan({ artifacts }, round): Promise<Plan> {
    const n = await artifacts.rowCount("assignments");
    if (round === FIT_ROUND) return { batches: 1, concurrency: 1, detail: { n } };
    const { items, size, batches } = cutIntoBatches(n, limits.shard, MAX_BATCHES_PER_ROUND);
    return { batches, concurrency: CONCURRENCY, detail: { items, size } };
  },

  async batch(context, round, batch) {
    if (round === PLACE_ROUND) return place(context, batch);
    const { n } = fitDetail.parse((await context.parts.plan(FIT_ROUND)).detail);
    return n > limits.together ? fitLandmarks(context, limits) : fitAll(context);
  },

  async reduce({ artifacts, parts }, round) {
    const { n } = fitDetail.parse((await parts.plan(FIT_ROUND)).detail);
    if (round === FIT_ROUND && n > limits.together) return { next: "round", carry: null };

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
});

export const mapPhase = makeMapPhase(MAP_LIMITS);
