import { defaultConfig } from "../../shared/config.ts";
import type { RunConfig } from "../../shared/config.ts";
import { HEADERS_AT_ONCE } from "../../shared/engine/summary.ts";
import { pipeline } from "../../shared/pipeline.ts";
import type { PhaseRow } from "../../shared/pipeline.ts";
import { END_SECONDS } from "../../infra/state-machine.ts";
import { assumed, measured, prices, quotas, world as awsWorld } from "./facts.ts";
import { roundsOf } from "./rounds.ts";
import type { Round } from "./rounds.ts";
import { simulate } from "./simulate.ts";
import type { Outcome, World } from "./simulate.ts";

/**
 * Of the parent per phase and round, start and choice of the phase included (infra/state-machine.ts); each state is two
 * events, a task five, a map some ten with its run. Of a child: start, task, pass.
 */
const STATES_PER_ROUND = 7;
const EVENTS_PER_ROUND = 32;
const STATES_PER_CHILD = 3;

/** Phases of a run that a drop starts; an evaluation works on as many conversations as it is told, whatever the run has. */
export const droppedRows: readonly PhaseRow[] = pipeline.filter(({ needs }) => !needs.includes("runs"));

export interface PhasePlan {
  readonly row: PhaseRow;
  readonly rounds: readonly Round[];
}

export function planOf(n: number, config: RunConfig = defaultConfig()): PhasePlan[] {
  return droppedRows.map((row) => ({ row, rounds: roundsOf(row, n, config) }));
}

export interface RunLoad extends Outcome {
  readonly n: number;
  /** The function at the end reads the first line of every part, many side by side. */
  readonly endSeconds: number;
  readonly historyEvents: number;
  readonly cost: Readonly<Record<"lambda" | "stepFunctions" | "s3" | "dynamodb" | "storage", number>>;
}

const endSecondsOf = (batches: number): number => (assumed.s3Seconds * batches) / HEADERS_AT_ONCE;

/** A run of n conversations, simulated, and what it costs. */
export function runLoad(n: number, config: RunConfig = defaultConfig(), world: World = awsWorld): RunLoad {
  const outcome = simulate(planOf(n, config), world);
  const endSeconds = endSecondsOf(outcome.batches);
  return {
    ...outcome,
    n,
    seconds: outcome.seconds + endSeconds,
    endSeconds,
    historyEvents: EVENTS_PER_ROUND * outcome.rounds,
    cost: {
      lambda: outcome.gbSeconds * prices.lambdaGbSecond + outcome.invocations * prices.lambdaRequest,
      stepFunctions:
        (STATES_PER_CHILD * outcome.batches + STATES_PER_ROUND * outcome.rounds) * prices.standardTransition,
      // The end reads every part again.
      s3: (outcome.gets + outcome.batches) * prices.s3Get + outcome.puts * prices.s3Put,
      dynamodb:
        outcome.batches *
        (assumed.dynamodbReadsPerBatch * prices.dynamodbRead +
          assumed.dynamodbWritesPerBatch * prices.dynamodbWrite),
      storage: ((measured.runBytes / measured.conversations) * n * prices.s3GbMonth) / 1e9,
    },
  };
}

/** The longest batch of a round where nothing keeps it waiting, seconds. */
export function batchSeconds(row: PhaseRow, round: Round): number {
  const cpus = row.memoryMiB / awsWorld.memoryPerCpuMiB;
  return (
    (awsWorld.getsPerBatch + awsWorld.putsPerBatch) * awsWorld.s3Seconds +
    round.readBytes / awsWorld.s3BytesPerSecond +
    round.cpuSeconds / Math.max(Math.min(1, cpus), Math.min(cpus, round.threads)) +
    round.calls * awsWorld.modelSeconds
  );
}

const reduceSeconds = (round: Round): number => round.batches * awsWorld.s3Seconds + round.reduceSeconds;

/** A limit that a run of n conversations stays within or not. */
export interface Limit {
  readonly what: string;
  readonly fits: (n: number) => boolean;
}

const longest = (row: PhaseRow, n: number, of: (round: Round) => number): number =>
  Math.max(0, ...roundsOf(row, n, defaultConfig()).map(of));

export const limits: readonly Limit[] = [
  ...droppedRows.flatMap((row): Limit[] => [
    {
      what: `a batch of ${row.name} within its ${row.timeLimitSeconds} s`,
      fits: (n) => longest(row, n, (round) => batchSeconds(row, round)) <= row.timeLimitSeconds,
    },
    {
      what: `a reduce of ${row.name} within its ${row.timeLimitSeconds} s`,
      fits: (n) => longest(row, n, reduceSeconds) <= row.timeLimitSeconds,
    },
    {
      what: `memory of ${row.name}: ${row.memoryMiB} MiB`,
      fits: (n) => longest(row, n, ({ memoryMiB }) => memoryMiB) <= row.memoryMiB,
    },
  ]),
  {
    what: `the end within its ${END_SECONDS} s`,
    fits: (n) =>
      endSecondsOf(planOf(n).reduce((sum, { rounds }) => sum + sumOf(rounds, ({ batches }) => batches), 0)) <=
      END_SECONDS,
  },
  {
    what: "history of the execution: 25,000 events",
    fits: (n) =>
      EVENTS_PER_ROUND * planOf(n).reduce((sum, { rounds }) => sum + rounds.length, 0) <=
      quotas.historyEvents,
  },
  {
    what: "the run within the machine's 7 days",
    fits: (n) =>
      planOf(n).reduce(
        (sum, { row, rounds }) =>
          sum +
          sumOf(
            rounds,
            (round) => (round.batches * batchSeconds(row, round)) / round.concurrency + reduceSeconds(round),
          ),
        0,
      ) <=
      7 * 24 * 3600,
  },
];

const sumOf = (rounds: readonly Round[], of: (round: Round) => number): number =>
  rounds.reduce((sum, round) => sum + of(round), 0);

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
