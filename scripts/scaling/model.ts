import { calibrationSet } from "../../shared/domain/calibration/score.ts";
import { defaultConfig } from "../../shared/config.ts";
import type { RunConfig } from "../../shared/config.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { cutIntoBatches } from "../../shared/domain/batching.ts";
import { baseClusterCount } from "../../shared/domain/cluster-count.ts";
import { levelSizes } from "../../shared/domain/level-sizes.ts";
import { HEADERS_AT_ONCE } from "../../shared/engine/summary.ts";
import { MAX_BATCHES_PER_ROUND, pipeline } from "../../shared/pipeline.ts";
import type { PhaseRow } from "../../shared/pipeline.ts";
import { END_SECONDS } from "../../infra/state-machine.ts";
import { assumed, measured, prices, quotas } from "./facts.ts";

/** Sizes that the phases cut by, where they are no setting (shared/phases). */
const INGEST_BYTES = 8 * 2 ** 20;
/** Rows laid out together, and those of more between which the others are placed (`shared/phases/map.ts`). */
const LAID_OUT_TOGETHER = 100_000;
const LANDMARKS = 10_000;
const ROWS_PER_SHARD = 20_000;
const ROWS_PER_SCREEN = 20_000;
const CONVERSATIONS_PER_TABLE = 250_000;
/**
 * Of the parent per phase and round, start and choice of the phase included (infra/state-machine.ts); each state is two
 * events, a task five, a map some ten with its run. Of a child: start, task, pass.
 */
const STATES_PER_ROUND = 7;
const EVENTS_PER_ROUND = 32;
const STATES_PER_CHILD = 3;

/** One phase of a run of n conversations. */
export interface PhaseLoad {
  readonly row: PhaseRow;
  readonly rounds: number;
  readonly batches: number;
  readonly concurrency: number;
  /** Of its slowest kind of batch. */
  readonly batchSeconds: number;
  /** Of all batches together. */
  readonly workSeconds: number;
  readonly reduceSeconds: number;
  readonly memoryMiB: number;
}

type Shape = Pick<PhaseLoad, "batches" | "concurrency" | "batchSeconds"> &
  Partial<Pick<PhaseLoad, "rounds" | "workSeconds" | "memoryMiB">>;

const perConversation = (phase: PhaseName): number => measured.batches[phase] / measured.conversations;

/** A matrix of n facet vectors in one function. */
function matrixMiB(n: number): number {
  return assumed.runtimeMiB + (assumed.matrixCopies * n * measured.dimensions * 4) / 2 ** 20;
}

function kmeansSeconds(n: number, k: number): number {
  return (measured.batches.cluster * n * k) / (measured.conversations * measured.clustersAsked);
}

/** Batches of `items` in the size asked for, `seconds` each item. */
function even(items: number, size: number, concurrency: number, seconds: number): Shape {
  const cut = cutIntoBatches(items, size, MAX_BATCHES_PER_ROUND);
  return {
    batches: cut.batches,
    concurrency,
    batchSeconds: Math.min(items, cut.size) * seconds,
    workSeconds: items * seconds,
  };
}

function shapeOf(phase: PhaseName, n: number, config: RunConfig): Shape {
  const wanted = baseClusterCount(n, config.k, config.min_conversations);
  const clusters = Math.max(1, Math.round((wanted * measured.clusters) / measured.clustersAsked));
  const levels = levelSizes(clusters, config.hierarchy_top);
  const parents = levels.reduce((sum, size) => sum + size, 0);
  const transfer = (n * measured.dimensions * 4) / assumed.s3BytesPerSecond;
  switch (phase) {
    case "ingest": {
      const bytes = measured.inputBytes / measured.conversations;
      return { ...even(n, Math.round(INGEST_BYTES / bytes), 2, perConversation("ingest")), rounds: 2 };
    }
    case "facets":
      return even(n, config.facet_batch_size, config.facet_max_concurrency, assumed.modelSeconds);
    case "embed":
      return even(n, config.embed_batch_size, config.embed_max_concurrency, perConversation("embed"));
    case "cluster":
      return {
        batches: 1,
        concurrency: 1,
        batchSeconds: transfer + kmeansSeconds(n, wanted),
        memoryMiB: matrixMiB(n),
      };
    case "map": {
      const fit = transfer + perConversation("map") * (n <= LAID_OUT_TOGETHER ? n : LANDMARKS);
      if (n <= LAID_OUT_TOGETHER)
        return { batches: 1, concurrency: 1, batchSeconds: fit, memoryMiB: matrixMiB(n) };
      const shards = even(n, ROWS_PER_SHARD, 2, assumed.placeSeconds);
      return {
        rounds: 2,
        batches: 1 + shards.batches,
        concurrency: 2,
        batchSeconds: Math.max(fit, shards.batchSeconds),
        workSeconds: fit + shards.workSeconds!,
        memoryMiB: matrixMiB(n),
      };
    }
    case "annotate":
      return { batches: 0, concurrency: 1, batchSeconds: 0 };
    case "label":
      return {
        ...even(clusters, config.label_batch_size, config.label_max_concurrency, assumed.modelSeconds),
        rounds: 2,
      };
    case "hierarchy":
      return {
        ...even(
          clusters + 2 * parents,
          config.hierarchy_batch_size,
          config.hierarchy_max_concurrency,
          assumed.modelSeconds,
        ),
        rounds: 1 + 5 * levels.length,
      };
    case "privacy": {
      const calibration = config.privacy_calibration ? calibrationSet().length : 0;
      const audits = calibration + 2 * Math.min(n, config.privacy_sample) + clusters + parents;
      const asked = even(
        audits,
        config.privacy_batch_size,
        config.privacy_max_concurrency,
        assumed.modelSeconds,
      );
      const screens = even(n, ROWS_PER_SCREEN, config.privacy_max_concurrency, perConversation("privacy"));
      return {
        rounds: 3,
        batches: asked.batches + screens.batches,
        concurrency: config.privacy_max_concurrency,
        batchSeconds: Math.max(asked.batchSeconds, screens.batchSeconds),
        workSeconds: asked.workSeconds! + screens.workSeconds!,
      };
    }
    case "evaluate":
      return { batches: 0, concurrency: 1, batchSeconds: 0 };
    case "publish":
      return even(n, CONVERSATIONS_PER_TABLE, 1, perConversation("publish"));
  }
}

/** Phases of a run that a drop starts; an evaluation works on as many conversations as it is told, whatever the run has. */
export const droppedRows: readonly PhaseRow[] = pipeline.filter(({ needs }) => !needs.includes("runs"));

export function phaseLoad(row: PhaseRow, n: number, config: RunConfig = defaultConfig()): PhaseLoad {
  const shape = shapeOf(row.name, n, config);
  const latency = assumed.s3Seconds * (assumed.getsPerBatch + assumed.putsPerBatch);
  const workSeconds = (shape.workSeconds ?? shape.batches * shape.batchSeconds) + shape.batches * latency;
  return {
    row,
    rounds: shape.rounds ?? 1,
    batches: shape.batches,
    concurrency: Math.min(shape.concurrency, Math.max(1, shape.batches)),
    batchSeconds: shape.batches === 0 ? 0 : shape.batchSeconds + latency,
    workSeconds,
    // The parts one after another, then every row through one function.
    reduceSeconds:
      shape.batches * assumed.s3Seconds + (measured.reduce[row.name] * n) / measured.conversations,
    memoryMiB: shape.memoryMiB ?? assumed.runtimeMiB,
  };
}

export interface RunLoad {
  readonly n: number;
  readonly phases: readonly PhaseLoad[];
  readonly batches: number;
  readonly wallSeconds: number;
  /** The function at the end reads the first line of every part, many side by side. */
  readonly endSeconds: number;
  readonly historyEvents: number;
  readonly cost: Readonly<Record<"lambda" | "stepFunctions" | "s3" | "dynamodb" | "storage", number>>;
}

export function runLoad(n: number, config: RunConfig = defaultConfig()): RunLoad {
  const phases = droppedRows.map((row) => phaseLoad(row, n, config));
  const sum = (of: (load: PhaseLoad) => number): number =>
    phases.reduce((total, load) => total + of(load), 0);
  const batches = sum((load) => load.batches);
  const rounds = sum((load) => load.rounds);
  const endSeconds = (assumed.s3Seconds * batches) / HEADERS_AT_ONCE;
  const wallSeconds = sum(
    (load) =>
      load.workSeconds / load.concurrency + load.reduceSeconds + 3 * load.rounds + assumed.coldStartSeconds,
  );
  const gbSeconds = sum(
    ({ row, workSeconds, reduceSeconds, concurrency }) =>
      ((workSeconds + reduceSeconds + concurrency * assumed.coldStartSeconds) * row.memoryMiB) / 1024,
  );
  const requests = batches + 2 * rounds + 1;
  return {
    n,
    phases,
    batches,
    wallSeconds: wallSeconds + endSeconds,
    endSeconds,
    historyEvents: EVENTS_PER_ROUND * rounds,
    cost: {
      lambda: gbSeconds * prices.lambdaGbSecond + requests * prices.lambdaRequest,
      stepFunctions: (STATES_PER_CHILD * batches + STATES_PER_ROUND * rounds) * prices.standardTransition,
      // Reduce and end read every part again.
      s3:
        batches * ((assumed.getsPerBatch + 3) * prices.s3Get + assumed.putsPerBatch * prices.s3Put) +
        rounds * 10 * prices.s3Put,
      dynamodb:
        batches *
        (assumed.dynamodbReadsPerBatch * prices.dynamodbRead +
          assumed.dynamodbWritesPerBatch * prices.dynamodbWrite),
      storage: ((measured.runBytes / measured.conversations) * n * prices.s3GbMonth) / 1e9,
    },
  };
}

/** A limit that a run of n conversations stays within or not. */
export interface Limit {
  readonly what: string;
  readonly fits: (n: number) => boolean;
}

const row = (name: PhaseName): PhaseRow => droppedRows.find((candidate) => candidate.name === name)!;

export const limits: readonly Limit[] = [
  ...droppedRows.flatMap((phase): Limit[] => [
    {
      what: `a batch of ${phase.name} within its ${phase.timeLimitSeconds} s`,
      fits: (n) => phaseLoad(phase, n).batchSeconds <= phase.timeLimitSeconds,
    },
    {
      what: `the reduce of ${phase.name} within its ${phase.timeLimitSeconds} s`,
      fits: (n) => phaseLoad(phase, n).reduceSeconds <= phase.timeLimitSeconds,
    },
  ]),
  ...(["cluster", "map"] as const).map((name) => ({
    what: `memory of ${name}: ${row(name).memoryMiB} MiB`,
    fits: (n: number) => phaseLoad(row(name), n).memoryMiB <= row(name).memoryMiB,
  })),
  {
    what: `memory of cluster and map with Lambda's most: ${quotas.lambdaMemoryMiB} MiB`,
    fits: (n) => matrixMiB(n) <= quotas.lambdaMemoryMiB,
  },
  { what: `the end within its ${END_SECONDS} s`, fits: (n) => runLoad(n).endSeconds <= END_SECONDS },
  {
    what: "history of the execution: 25,000 events",
    fits: (n) => runLoad(n).historyEvents <= quotas.historyEvents,
  },
  { what: "the run within the machine's 7 days", fits: (n) => runLoad(n).wallSeconds <= 7 * 24 * 3600 },
];

const MOST = 100e6;

/** The largest n that a limit allows, to two digits, rounded down; null where it never binds up to 100 million. */
export function reach({ fits }: Limit): number | null {
  if (fits(MOST)) return null;
  let [low, high] = [1, MOST];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(low)) - 1);
  return Math.floor(low / unit) * unit;
}
