import type { World } from "./simulate.ts";

/** Every number that the scaling page rests on and the code does not say itself: what it costs, what AWS allows, what was measured, what is assumed. */

/** List prices of us-east-1 in US dollars, looked up in November 2026; no free tier, no discount. */
export const prices = {
  source: {
    lambda: "https://aws.amazon.com/lambda/pricing/",
    stepFunctions: "https://aws.amazon.com/step-functions/pricing/",
    s3: "https://aws.amazon.com/s3/pricing/",
    dynamodb: "https://aws.amazon.com/dynamodb/pricing/on-demand/",
  },
  /** ARM, first tier. */
  lambdaGbSecond: 0.0000133334,
  lambdaRequest: 0.2e-6,
  standardTransition: 25e-6,
  s3Put: 5e-6,
  s3Get: 0.4e-6,
  s3GbMonth: 0.023,
  dynamodbWrite: 0.625e-6,
  dynamodbRead: 0.125e-6,
} as const;

/** AWS's default quotas (Lambda and Step Functions developer guides, "Quotas"). */
export const quotas = {
  /** Sandboxes of one function: 1,000 every 10 s ("Scaling behavior"). */
  sandboxesPerSecond: 100,
  /** StartExecution in us-east-1, which begins children too: 300 a second, 1,300 at once ("Quotas"). */
  childStartsPerSecond: 300,
  childStartBurst: 1_300,
  /** Of one prefix ("Best practices design patterns" of S3). */
  s3GetsPerSecond: 5_500,
  s3PutsPerSecond: 3_500,
  /** Of one partition of a table on demand ("Partitions"). */
  dynamodbWritesPerSecond: 1_000,
  /** Lambda: this much memory is one processor. */
  memoryPerCpuMiB: 1_769,
  lambdaConcurrency: 1_000,
  lambdaMemoryMiB: 10_240,
  payloadBytes: 256 * 1024,
  historyEvents: 25_000,
} as const;

/**
 * CPU seconds of `node bench/step-times.ts data/mock/conversations_2400.jsonl`, 26 November 2026, 2 cores (Intel Xeon),
 * Node 24.21.0, offline provider, stores in memory: 2,400 conversations, 80 clusters asked for, 74 kept.
 * One CPU second is taken as one second of a function with 1,769 MiB, which is one vCPU.
 */
export const measured = {
  conversations: 2_400,
  dimensions: 612,
  clustersAsked: 80,
  clusters: 74,
  audits: 886,
  hierarchyCalls: 90,
  batches: {
    ingest: 0.16,
    facets: 1.7,
    embed: 33.59,
    cluster: 0.36,
    map: 1.12,
    annotate: 0,
    label: 1.96,
    hierarchy: 3.56,
    privacy: 0.63,
    publish: 0.07,
    // Not by a drop (`droppedRows` in model.ts).
    evaluate: 0,
  },
  reduce: {
    ingest: 0.12,
    facets: 0.04,
    embed: 0.05,
    cluster: 0.05,
    map: 0.03,
    annotate: 0.15,
    label: 0.04,
    hierarchy: 0.03,
    privacy: 0.04,
    publish: 0.01,
    evaluate: 0,
  },
  /** k-means, seconds of one processor a row, cluster, column and start: 13.4 s on two for 100,000 x 1,024, k = 1,000 (bench/RESULTS.md). */
  kmeansSecondsPerNumber: 2.6e-10,
  /** A product of a row and another, a column: 65 GFLOP/s of one processor (bench/RESULTS.md). */
  productSecondsPerNumber: 3.1e-11,
  /** The map, seconds of one processor a row: 23.5 s on two for 100,000 x 1,024. */
  mapSecondsPerRow: 4.5e-4,
  /** By `node bench/large-runs.ts`, rounded up: a pass of the samples over all rows, the texts of a row, a row screened. */
  passSecondsPerRow: 4e-5,
  sampleSecondsPerRow: 1.4e-4,
  screenSecondsPerRow: 3e-4,
  /** A run's folder and its input, `clio run` over the same file. */
  runBytes: 29_670_942,
  inputBytes: 2_068_559,
} as const;

/** Nobody measured these; each is a round number to be replaced. */
export const assumed = {
  /** A model's answer to one call, how far it spreads (standard deviation, in parts), and its tokens. */
  modelSeconds: 2,
  modelSpread: 0.5,
  tokensPerCall: 1_500,
  /** What an account that has paid for a while is given. */
  tokensPerMinute: 2_000_000,
  /** One request to S3 from a function, as the engine sends them: one after another. */
  s3Seconds: 0.03,
  /** Bytes of a matrix a second from S3 into one function. */
  s3BytesPerSecond: 90e6,
  /** A cold start, once per function in flight and phase. */
  coldStartSeconds: 2,
  /** Requests of one batch: its part, its plan, its rows with their index, another artifact. */
  getsPerBatch: 6,
  putsPerBatch: 1,
  /** The run's record, 8 KB, read consistently; one item for the batch. */
  dynamodbReadsPerBatch: 2,
  dynamodbWritesPerBatch: 1,
  runtimeMiB: 300,
} as const;

/** AWS as a run meets it. */
export const world: World = {
  lambdaConcurrency: quotas.lambdaConcurrency,
  sandboxesPerSecond: quotas.sandboxesPerSecond,
  coldStartSeconds: assumed.coldStartSeconds,
  childStartsPerSecond: quotas.childStartsPerSecond,
  childStartBurst: quotas.childStartBurst,
  stateSeconds: 0.05,
  s3Seconds: assumed.s3Seconds,
  s3BytesPerSecond: assumed.s3BytesPerSecond,
  s3GetsPerSecond: quotas.s3GetsPerSecond,
  s3PutsPerSecond: quotas.s3PutsPerSecond,
  getsPerBatch: assumed.getsPerBatch,
  putsPerBatch: assumed.putsPerBatch,
  dynamodbSeconds: 0.005,
  dynamodbWritesPerSecond: quotas.dynamodbWritesPerSecond,
  modelSeconds: assumed.modelSeconds,
  modelSpread: assumed.modelSpread,
  tokensPerCall: assumed.tokensPerCall,
  tokensPerMinute: assumed.tokensPerMinute,
  cpuSpeed: 1,
  reduceSpeed: 1,
  memoryPerCpuMiB: quotas.memoryPerCpuMiB,
};

/** Runs with the offline provider on a machine with two cores, seconds: `clio run` and bench/EMULATOR.md. */
export const measuredRuns: readonly {
  readonly where: "embedded" | "emulator";
  readonly conversations: number;
  readonly seconds: number;
}[] = [
  { where: "embedded", conversations: 2_400, seconds: 32 },
  { where: "embedded", conversations: 20_000, seconds: 208 },
  { where: "emulator", conversations: 20_000, seconds: 372 },
];
