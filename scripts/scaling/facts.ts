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
  /** A run's folder and its input, `clio run` over the same file. */
  runBytes: 29_670_942,
  inputBytes: 2_068_559,
} as const;

/** Nobody measured these; each is a round number to be replaced. */
export const assumed = {
  /** A model's answer to one call. */
  modelSeconds: 2,
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
  /** Decoding holds the bytes beside the matrix. */
  matrixCopies: 2,
  runtimeMiB: 300,
  /** CPU of placing one row on the map: cosines with 5,000 landmarks at the 4.2 GFLOP/s of bench/RESULTS.md. */
  placeSeconds: 0.0015,
} as const;
