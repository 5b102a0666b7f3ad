import * as z from "zod";
import { baseClusterCount } from "../domain/cluster-count.ts";
import type { Compute } from "../domain/compute.ts";
import { batchRange, cutIntoBatches } from "../domain/batching.ts";
import { asFloats, asInts, bytesOf } from "../domain/floats.ts";
import { rowsByCluster } from "../domain/kmeans/rows-by-cluster.ts";
import { allocateClusters, coarseCellCount, groupCells } from "../domain/kmeans/two-level.ts";
import { sampleIndices, seededRandom } from "../domain/random.ts";
import { createMatrix, gatherRows, stackRows } from "../domain/vectors.ts";
import type { Matrix } from "../domain/vectors.ts";
import { MAX_BATCHES_PER_ROUND } from "../pipeline.ts";
import { distancesTo, mergedOutcome, readOutcome } from "./cluster-outcome.ts";
import { userNumbers } from "./columns.ts";
import type { BatchOutput, PartReader, PhaseContext, Plan } from "./phase.ts";
import { sampleVectors } from "./sample-vectors.ts";

/** Rows of the clustering on two levels, all of them bounds of what one batch holds. */
export interface CellLimits {
  /** Rows that the coarse centroids are made from: 120 MB of 612-d vectors. */
  readonly sample: number;
  /** Rows of a shard: 49 MB. */
  readonly shard: number;
  /** Rows of the cells that one batch clusters, but for a cell that alone has more. */
  readonly cells: number;
  /** Rows clustered in one piece; of a cell with more, this many are, and the others join their nearest cluster. */
  readonly together: number;
}

/*
 * k-means for more rows than one function should hold (design section 6), in rounds:
 * coarse centroids from a sample; every shard's rows to their cell; k-means inside each cell; the small merged; and how far
 * each row is from where it ended up.
 */
export const CELL_ROUNDS = { coarse: 0, partition: 1, cells: 2, merge: 3, distances: 4 } as const;

/** Batches in flight: what the stores of a region carry with ease; one process takes as many as it has cores. */
const CONCURRENCY = 50;
const FLOAT_BYTES = 4;

const coarseRow = z.strictObject({ k_requested: z.int(), cells: z.int(), cols: z.int() });
const shardDetail = z.strictObject({ items: z.int(), size: z.int() });
const shardRow = z.strictObject({ sizes: z.array(z.int()) });
/** Rows of each cell, shard by shard. */
const partitionCarry = z.strictObject({ sizes: z.array(z.array(z.int())) });
const cellsDetail = z.strictObject({
  groups: z.array(z.strictObject({ start: z.int(), end: z.int() })),
  /** Clusters of each cell. */
  clusters: z.array(z.int()),
});
const cellRow = z.strictObject({ cell: z.int(), rows: z.int(), found: z.int() });

export async function planCells(
  { artifacts, parts }: PhaseContext,
  round: number,
  limits: CellLimits,
): Promise<Plan> {
  switch (round) {
    case CELL_ROUNDS.partition:
    case CELL_ROUNDS.distances: {
      const { rows } = await artifacts.matrixShape("embeddings");
      const { items, size, batches } = cutIntoBatches(rows, limits.shard, MAX_BATCHES_PER_ROUND);
      return { batches, concurrency: CONCURRENCY, detail: { items, size } };
    }
    case CELL_ROUNDS.cells: {
      const { k_requested: k } = await readCoarse(parts);
      const { sizes } = await parts.carry(CELL_ROUNDS.partition, partitionCarry);
      const totals = columnSums(sizes);
      const groups = groupCells(totals, limits.cells);
      return {
        batches: groups.length,
        concurrency: CONCURRENCY,
        detail: { groups, clusters: totals.length === 0 ? [] : allocateClusters(totals, k) },
      };
    }
    default:
      return { batches: 1, concurrency: 1 };
  }
}

export function cellsBatch(
  context: PhaseContext,
  round: number,
  batch: number,
  limits: CellLimits,
): Promise<BatchOutput> {
  switch (round) {
    case CELL_ROUNDS.coarse:
      return coarse(context, limits);
    case CELL_ROUNDS.partition:
      return partition(context, batch);
    case CELL_ROUNDS.cells:
      return clusterCells(context, batch, limits);
    case CELL_ROUNDS.merge:
      return merge(context);
    default:
      return distances(context, batch);
  }
}

/** What the reduce of a round hands on to the next. */
export async function carryOf(
  parts: PartReader,
  round: number,
): Promise<z.infer<typeof partitionCarry> | null> {
  if (round !== CELL_ROUNDS.partition) return null;
  const shards = await Array.fromAsync(parts.allRows(round, shardRow));
  return { sizes: shards.map(({ sizes }) => sizes) };
}

/** Distances of all rows, in order. */
export async function* storedDistances(parts: PartReader): AsyncGenerator<number> {
  const { batches } = await parts.plan(CELL_ROUNDS.distances);
  for (let batch = 0; batch < batches; batch++)
    yield* asFloats(await parts.sidecar(CELL_ROUNDS.distances, batch));
}

async function coarse(
  { artifacts, config, compute }: PhaseContext,
  limits: CellLimits,
): Promise<BatchOutput> {
  const random = seededRandom(config.seed, "cluster/sample");
  const { sample, embedded } = await sampleVectors(artifacts, limits.sample, random);
  const wanted = baseClusterCount(embedded, config.k, config.min_conversations);
  const centroids =
    wanted === 0
      ? createMatrix(0, sample.cols)
      : (await compute.run("kmeans", sample, coarseCellCount(wanted), { seed: config.seed, restarts: 1 }))
          .centroids;
  return {
    rows: [{ k_requested: wanted, cells: centroids.rows, cols: sample.cols }],
    sidecar: bytesOf(centroids.data),
  };
}

async function readCoarse(parts: PartReader): Promise<z.infer<typeof coarseRow>> {
  const [first] = await Array.fromAsync(parts.rows(CELL_ROUNDS.coarse, 0, coarseRow));
  return coarseRow.parse(first);
}

/** The cell of each row of a shard, and the rows cell by cell, so that a batch of the next round reads its own in one piece. */
async function partition({ artifacts, parts, compute }: PhaseContext, batch: number): Promise<BatchOutput> {
  const { cells, cols } = await readCoarse(parts);
  const centroids = createMatrix(cells, cols, asFloats(await parts.sidecar(CELL_ROUNDS.coarse, 0)));
  const detail = shardDetail.parse((await parts.plan(CELL_ROUNDS.partition)).detail);
  const shard = await artifacts.matrix("embeddings", batchRange(detail, batch));
  const labels =
    cells === 0
      ? new Int32Array(shard.rows).fill(-1)
      : (await compute.run("assign", shard, centroids)).labels;
  const lists = rowsByCluster(labels, cells);
  const sorted = gatherRows(
    shard,
    lists.flatMap((list) => Array.from(list)),
  );
  return {
    rows: [{ sizes: lists.map((list) => list.length) }],
    sidecar: Buffer.concat([bytesOf(labels), bytesOf(sorted.data)]),
  };
}

interface CellRange {
  readonly start: number;
  readonly end: number;
}

/** The rows of some neighbouring cells, shard by shard; in each, cell by cell. */
async function* piecesOf(
  parts: PartReader,
  { start, end }: CellRange,
  sizes: readonly (readonly number[])[],
  cols: number,
): AsyncGenerator<{ counts: readonly number[]; rows: Matrix }> {
  const shards = shardDetail.parse((await parts.plan(CELL_ROUNDS.partition)).detail);
  for (const [shard, ofShard] of sizes.entries()) {
    const { start: from, end: to } = batchRange(shards, shard);
    const counts = ofShard.slice(start, end);
    const count = sum(counts);
    if (count === 0) continue;
    const at = FLOAT_BYTES * (to - from + sum(ofShard.slice(0, start)) * cols);
    const bytes = await parts.sidecar(CELL_ROUNDS.partition, shard, {
      start: at,
      end: at + FLOAT_BYTES * count * cols,
    });
    yield { counts, rows: createMatrix(count, cols, asFloats(bytes)) };
  }
}

/** k-means inside the cells of a group: labels cell by cell, in each in the order of the file; then the centroids. */
async function clusterCells(
  { parts, config, compute }: PhaseContext,
  batch: number,
  limits: CellLimits,
): Promise<BatchOutput> {
  const { cols } = await readCoarse(parts);
  const { groups, clusters } = cellsDetail.parse((await parts.plan(CELL_ROUNDS.cells)).detail);
  const { sizes } = await parts.carry(CELL_ROUNDS.partition, partitionCarry);
  const group = groups[batch]!;
  const totals = columnSums(sizes).slice(group.start, group.end);
  const options = { seed: config.seed, restarts: config.kmeans_restarts };
  const pieces = (): ReturnType<typeof piecesOf> => piecesOf(parts, group, sizes, cols);

  const results: { labels: Int32Array; centroids: Matrix }[] = [];
  if (sum(totals) <= limits.together) {
    const cells = totals.map((rows) => createMatrix(rows, cols));
    const filled = totals.map(() => 0);
    for await (const { counts, rows } of pieces()) {
      let at = 0;
      counts.forEach((count, i) => {
        cells[i]!.data.set(rows.data.subarray(at * cols, (at + count) * cols), filled[i]! * cols);
        filled[i]! += count;
        at += count;
      });
    }
    for (const [i, cell] of cells.entries())
      results.push(
        cell.rows === 0
          ? noRows(cols)
          : await compute.run("kmeans", cell, clusters[group.start + i]!, options),
      );
  } else {
    results.push(
      await clusterLargeCell(
        { pieces, total: totals[0]!, cols, clusters: clusters[group.start]! },
        limits,
        options,
        compute,
      ),
    );
  }
  return {
    rows: results.map(({ labels, centroids }, i) => ({
      cell: group.start + i,
      rows: labels.length,
      found: centroids.rows,
    })),
    sidecar: Buffer.concat([
      ...results.map(({ labels }) => bytesOf(labels)),
      ...results.map(({ centroids }) => bytesOf(centroids.data)),
    ]),
  };
}

const noRows = (cols: number): { labels: Int32Array; centroids: Matrix } => ({
  labels: new Int32Array(0),
  centroids: createMatrix(0, cols),
});

interface LargeCell {
  /** Its rows, from the first on, as often as asked. */
  readonly pieces: () => AsyncGenerator<{ rows: Matrix }>;
  readonly total: number;
  readonly cols: number;
  readonly clusters: number;
}

/** A cell that one function should not hold: clustered from a sample of its rows, which the others join. */
async function clusterLargeCell(
  { pieces, total, cols, clusters }: LargeCell,
  limits: CellLimits,
  options: { seed: number; restarts: number },
  compute: Compute,
): Promise<{ labels: Int32Array; centroids: Matrix }> {
  const drawn = sampleIndices(seededRandom(options.seed, "cluster/cell"), total, limits.together);
  const sample = createMatrix(drawn.length, cols);
  let taken = 0;
  let before = 0;
  for await (const { rows } of pieces()) {
    while (taken < drawn.length && drawn[taken]! < before + rows.rows) {
      const at = (drawn[taken]! - before) * cols;
      sample.data.set(rows.data.subarray(at, at + cols), taken++ * cols);
    }
    before += rows.rows;
  }
  const { centroids } = await compute.run("kmeans", sample, clusters, options);
  const labels = new Int32Array(total);
  let at = 0;
  for await (const { rows } of pieces()) {
    labels.set((await compute.run("assign", rows, centroids)).labels, at);
    at += rows.rows;
  }
  return { labels, centroids };
}

/** Clusters of all cells under one numbering, each row's in the order of the file; the small are merged. */
async function merge({ artifacts, parts, config }: PhaseContext): Promise<BatchOutput> {
  const { k_requested: requested, cells, cols } = await readCoarse(parts);
  const labelsOfCell: Int32Array[] = [];
  const offsets: number[] = [];
  const blocks: Matrix[] = [];
  let found = 0;
  const { batches } = await parts.plan(CELL_ROUNDS.cells);
  for (let batch = 0; batch < batches; batch++) {
    const bytes = await parts.sidecar(CELL_ROUNDS.cells, batch);
    let at = 0;
    for await (const cell of parts.rows(CELL_ROUNDS.cells, batch, cellRow)) {
      const end = at + FLOAT_BYTES * cell.rows;
      labelsOfCell.push(asInts(bytes.subarray(at, end)));
      offsets.push(found);
      found += cell.found;
      at = end;
    }
    const values = asFloats(bytes.subarray(at));
    blocks.push(createMatrix(values.length / cols, cols, values));
  }
  const centroids = stackRows([createMatrix(0, cols), ...blocks]);

  const shards = shardDetail.parse((await parts.plan(CELL_ROUNDS.partition)).detail);
  const labels = new Int32Array(shards.items).fill(-1);
  const next = new Int32Array(cells);
  const { batches: shardCount } = await parts.plan(CELL_ROUNDS.partition);
  for (let shard = 0; shard < shardCount; shard++) {
    const { start, end } = batchRange(shards, shard);
    const bytes = await parts.sidecar(CELL_ROUNDS.partition, shard, {
      start: 0,
      end: FLOAT_BYTES * (end - start),
    });
    asInts(bytes).forEach((cell, i) => {
      if (cell >= 0) labels[start + i] = offsets[cell]! + labelsOfCell[cell]![next[cell]!++]!;
    });
  }
  const { rows, sidecar } = mergedOutcome(
    { labels, centroids },
    requested,
    await userNumbers(artifacts),
    config,
  );
  return { rows, sidecar };
}

async function distances({ artifacts, parts }: PhaseContext, batch: number): Promise<BatchOutput> {
  const detail = shardDetail.parse((await parts.plan(CELL_ROUNDS.distances)).detail);
  const { start, end } = batchRange(detail, batch);
  const { labels, centroids } = await readOutcome(parts, CELL_ROUNDS.merge);
  const shard = await artifacts.matrix("embeddings", { start, end });
  return { rows: [], sidecar: bytesOf(distancesTo(shard, labels.subarray(start, end), centroids)) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Rows of each cell over all shards. */
function columnSums(sizes: readonly (readonly number[])[]): number[] {
  return (sizes[0] ?? []).map((_, cell) => sizes.reduce((total, ofShard) => total + ofShard[cell]!, 0));
}
