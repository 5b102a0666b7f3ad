import { calibrationSet } from "../../shared/domain/calibration/score.ts";
import type { RunConfig } from "../../shared/config.ts";
import { cutIntoBatches } from "../../shared/domain/batching.ts";
import { baseClusterCount } from "../../shared/domain/cluster-count.ts";
import { coarseCellCount } from "../../shared/domain/kmeans/two-level.ts";
import { levelSizes } from "../../shared/domain/level-sizes.ts";
import { CLUSTER_LIMITS } from "../../shared/phases/cluster.ts";
import { CONVERSATIONS_PER_ROUND } from "../../shared/phases/facets.ts";
import { MAP_LIMITS } from "../../shared/phases/map.ts";
import { MAX_BATCHES_PER_ROUND } from "../../shared/pipeline.ts";
import type { PhaseRow } from "../../shared/pipeline.ts";
import { assumed, measured } from "./facts.ts";

/** Sizes that phases cut by, where they say them to nobody (shared/phases). */
const INGEST_BYTES = 8 * 2 ** 20;
const BYTES_PER_PARTITION = 500e6;
const CLUSTERS_PER_SAMPLE = 4_096;
const ROWS_PER_SCREEN = 20_000;
const CONVERSATIONS_PER_TABLE = 250_000;
const NUMERIC_CONCURRENCY = 50;

/** One round of a phase: what each of its batches asks for, and its reduce. */
export interface Round {
  readonly batches: number;
  readonly concurrency: number;
  /** Of a batch, on one processor; `threads` is how many it can use. */
  readonly cpuSeconds: number;
  readonly threads: number;
  /** Calls of a model, one after another. */
  readonly calls: number;
  /** Bytes of matrices and texts read from S3. */
  readonly readBytes: number;
  readonly reduceSeconds: number;
  readonly memoryMiB: number;
}

const perConversation = (phase: PhaseRow["name"]): number => measured.batches[phase] / measured.conversations;
const FLOAT = 4;
const matrixBytes = (rows: number): number => rows * measured.dimensions * FLOAT;
const matrixMiB = (rows: number): number => assumed.runtimeMiB + (1.5 * matrixBytes(rows)) / 2 ** 20;
const kmeansSeconds = (rows: number, clusters: number, restarts: number): number =>
  restarts * measured.kmeansSecondsPerNumber * rows * clusters * measured.dimensions;
const productSeconds = (rows: number, others: number): number =>
  measured.productSecondsPerNumber * rows * others * measured.dimensions;

function round(of: Partial<Round>): Round {
  return {
    batches: 1,
    concurrency: 1,
    cpuSeconds: 0,
    threads: 1,
    calls: 0,
    readBytes: 0,
    reduceSeconds: 0,
    memoryMiB: assumed.runtimeMiB,
    ...of,
  };
}

/** Batches of a size that grows where there would be too many; `each` says what one item asks for. */
function even(
  items: number,
  wanted: number,
  concurrency: number,
  each: { cpu?: number; calls?: number; bytes?: number },
): Partial<Round> {
  const { size, batches } = cutIntoBatches(items, wanted, MAX_BATCHES_PER_ROUND);
  const most = Math.min(items, size);
  return {
    batches,
    concurrency: Math.max(1, Math.min(concurrency, batches)),
    cpuSeconds: most * (each.cpu ?? 0),
    calls: most * (each.calls ?? 0),
    readBytes: most * (each.bytes ?? 0),
  };
}

/** The rounds of a phase in a run of n conversations. */
export function roundsOf(row: PhaseRow, n: number, config: RunConfig): Round[] {
  const wanted = baseClusterCount(n, config.k, config.min_conversations);
  const clusters = Math.max(1, Math.round((wanted * measured.clusters) / measured.clustersAsked));
  const levels = levelSizes(clusters, config.hierarchy_top);
  const parents = levels.reduce((sum, size) => sum + size, 0);
  const textBytes = measured.runBytes / measured.conversations / 6;
  const last = (rounds: Partial<Round>[]): Round[] =>
    rounds.map((each, i) =>
      round({
        ...each,
        reduceSeconds:
          (each.reduceSeconds ?? 0) +
          (i === rounds.length - 1 ? (measured.reduce[row.name] * n) / measured.conversations : 0),
      }),
    );
  switch (row.name) {
    case "ingest": {
      const bytes = measured.inputBytes / measured.conversations;
      const partitions = Math.max(1, Math.ceil((n * bytes) / BYTES_PER_PARTITION));
      return last([
        even(n, Math.round(INGEST_BYTES / bytes), 2, { cpu: perConversation("ingest"), bytes }),
        even(partitions, 1, 1, { cpu: (n / partitions) * 1e-6, bytes: (48 * n) / partitions }),
      ]);
    }
    case "facets":
      return last(
        Array.from({ length: Math.ceil(n / CONVERSATIONS_PER_ROUND) }, (_, r) =>
          even(
            Math.min(CONVERSATIONS_PER_ROUND, n - r * CONVERSATIONS_PER_ROUND),
            config.facet_batch_size,
            config.facet_max_concurrency,
            { cpu: perConversation("facets"), calls: 1, bytes: textBytes },
          ),
        ),
      );
    case "embed":
      return last([
        even(n, config.embed_batch_size, config.embed_max_concurrency, {
          cpu: perConversation("embed"),
          bytes: textBytes,
        }),
      ]);
    case "cluster": {
      if (n <= CLUSTER_LIMITS.together)
        return last([
          {
            cpuSeconds: kmeansSeconds(n, wanted, config.kmeans_restarts),
            threads: 8,
            readBytes: matrixBytes(n),
            memoryMiB: matrixMiB(n),
          },
        ]);
      const cells = coarseCellCount(wanted);
      const shard = CLUSTER_LIMITS.shard;
      const group = Math.min(CLUSTER_LIMITS.cells, Math.max(n / cells, 1));
      const threads = 8;
      return last([
        {
          cpuSeconds: kmeansSeconds(CLUSTER_LIMITS.sample, cells, 1) + n * 1e-6,
          threads,
          readBytes: matrixBytes(n),
          memoryMiB: matrixMiB(CLUSTER_LIMITS.sample),
        },
        {
          ...even(n, shard, NUMERIC_CONCURRENCY, { cpu: productSeconds(1, cells), bytes: matrixBytes(1) }),
          threads,
          memoryMiB: matrixMiB(2 * shard),
        },
        {
          ...even(n, group, NUMERIC_CONCURRENCY, {
            cpu: kmeansSeconds(1, wanted / cells, config.kmeans_restarts),
            bytes: matrixBytes(1),
          }),
          threads,
          memoryMiB: matrixMiB(group),
        },
        {
          cpuSeconds: n * 10e-6,
          readBytes: n * 8 + matrixBytes(wanted),
          memoryMiB: matrixMiB(wanted) + (n * 40) / 2 ** 20,
        },
        {
          ...even(n, shard, NUMERIC_CONCURRENCY, { cpu: 1e-6, bytes: matrixBytes(1) }),
          memoryMiB: matrixMiB(shard + wanted),
        },
      ]);
    }
    case "map": {
      const fit = (rows: number): Partial<Round> => ({
        cpuSeconds: measured.mapSecondsPerRow * rows,
        threads: 8,
        readBytes: matrixBytes(n),
        memoryMiB: matrixMiB(2 * rows),
      });
      if (n <= MAP_LIMITS.together) return last([fit(n)]);
      return last([
        fit(MAP_LIMITS.landmarks),
        {
          ...even(n, MAP_LIMITS.shard, NUMERIC_CONCURRENCY, {
            cpu: productSeconds(1, MAP_LIMITS.landmarks),
            bytes: matrixBytes(1),
          }),
          threads: 8,
          memoryMiB: matrixMiB(MAP_LIMITS.shard + MAP_LIMITS.landmarks),
        },
      ]);
    }
    case "annotate":
      return last([{ batches: 0 }]);
    case "label": {
      const samples = even(clusters, CLUSTERS_PER_SAMPLE, 1, {});
      const passes = n * measured.passSecondsPerRow;
      return last([
        {
          ...samples,
          cpuSeconds: passes + (n / samples.batches!) * measured.sampleSecondsPerRow,
          readBytes: matrixBytes(n) + 2 * n * textBytes,
          memoryMiB: assumed.runtimeMiB + (Math.min(clusters, CLUSTERS_PER_SAMPLE) * 120_000) / 2 ** 20,
        },
        even(clusters, config.label_batch_size, config.label_max_concurrency, { calls: 1 }),
      ]);
    }
    case "hierarchy": {
      const concurrency = config.hierarchy_max_concurrency;
      const many = (items: number): Partial<Round> => {
        // As the phase cuts them: the root of their number, where that leaves enough in flight.
        const size = Math.floor(Math.min(Math.sqrt(items), items / (4 * concurrency)));
        return even(items, Math.max(config.hierarchy_batch_size, size), concurrency, { calls: 1 });
      };
      return last(
        [clusters, ...levels.slice(0, -1)].flatMap((items, level) => [
          { cpuSeconds: items * 0.001 },
          many(Math.ceil(items / config.hierarchy_neighbourhood)),
          { calls: Math.ceil((levels[level] ?? 1) / 20) },
          many(items),
          many(levels[level] ?? 1),
        ]),
      );
    }
    case "privacy": {
      const calibration = config.privacy_calibration ? calibrationSet().length : 0;
      const audits = calibration + 2 * Math.min(n, config.privacy_sample) + clusters + parents;
      const concurrency = config.privacy_max_concurrency;
      return last([
        even(audits, config.privacy_batch_size, concurrency, { calls: 1 }),
        even(n, ROWS_PER_SCREEN, concurrency, { cpu: measured.screenSecondsPerRow, bytes: 2 * textBytes }),
      ]);
    }
    case "publish":
      return last([even(n, CONVERSATIONS_PER_TABLE, 1, { cpu: perConversation("publish") })]);
    case "evaluate":
      return [];
  }
}
