import { defaultConfig } from "../../shared/config.ts";
import type { RunConfig } from "../../shared/config.ts";
import { MAX_BATCHES_PER_ROUND } from "../../shared/pipeline.ts";
import { assumed, measured, prices, quotas } from "./facts.ts";
import { droppedRows, limits, phaseLoad, reach, runLoad } from "./model.ts";
import type { RunLoad } from "./model.ts";

const SIZES = [1_000, 100_000, 1_000_000, 10_000_000];
/** Calls in flight that a provider with generous limits and half the account's concurrency allow. */
const MANY = 500;

const many: RunConfig = {
  ...defaultConfig(),
  facet_max_concurrency: MANY,
  embed_max_concurrency: 100,
  label_max_concurrency: MANY,
  hierarchy_max_concurrency: MANY,
  privacy_max_concurrency: MANY,
};

const number = (value: number): string => Math.round(value).toLocaleString("en-US");
const usd = (value: number): string => `$${value < 10 ? value.toFixed(2) : number(value)}`;

function time(seconds: number): string {
  if (seconds < 90) return `${number(seconds)} s`;
  if (seconds < 5_400) return `${number(seconds / 60)} min`;
  if (seconds < 48 * 3_600) return `${number(seconds / 3_600)} h`;
  return `${number(seconds / 86_400)} days`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

/** What of a run does not fit, in the order of the table. */
function broken(n: number): string[] {
  return limits
    .filter(({ fits, what }) => !fits(n) && !what.includes("Lambda's most"))
    .map(({ what }) => what);
}

const total = ({ cost: { lambda, stepFunctions, s3, dynamodb } }: RunLoad): number =>
  lambda + stepFunctions + s3 + dynamodb;

function totals(config: RunConfig): string {
  return table(
    [
      "conversations",
      "time",
      "batches",
      "Lambda",
      "Step Functions",
      "S3 requests",
      "DynamoDB",
      "in all",
      "kept, a month",
    ],
    SIZES.map((n) => {
      const load = runLoad(n, config);
      const { lambda, stepFunctions, s3, dynamodb, storage } = load.cost;
      return [
        `${number(n)}${broken(n).length > 0 ? " (does not fit)" : ""}`,
        time(load.wallSeconds),
        number(load.batches),
        ...[lambda, stepFunctions, s3, dynamodb, total(load), storage].map(usd),
      ];
    }),
  );
}

function phases(n: number): string {
  return table(
    ["phase", "batches", "longest batch", "reduce", "limit", "memory needed of given, MiB"],
    droppedRows.map((row) => {
      const load = phaseLoad(row, n);
      const mark = (seconds: number): string =>
        seconds > row.timeLimitSeconds ? `**${time(seconds)}**` : time(seconds);
      const memory = `${number(load.memoryMiB)} of ${number(row.memoryMiB)}`;
      return [
        row.name,
        number(load.batches),
        mark(load.batchSeconds),
        mark(load.reduceSeconds),
        `${row.timeLimitSeconds} s`,
        load.memoryMiB > row.memoryMiB ? `**${memory}**` : memory,
      ];
    }),
  );
}

/** `docs/scaling.md`, computed. */
export function scalingPage(): string {
  const bounds = limits
    .map((limit) => ({ what: limit.what, reach: reach(limit) }))
    .filter((bound): bound is { what: string; reach: number } => bound.reach !== null)
    .sort((a, b) => a.reach - b.reach);
  const first = bounds[0]!;
  const numbers = JSON.stringify(Array.from({ length: MAX_BATCHES_PER_ROUND }, (_, n) => n)).length;
  const results = 3 * MAX_BATCHES_PER_ROUND;
  const perMillion = 3 * prices.standardTransition * 1e6;
  return `# Scaling

What a run of every phase takes on AWS: computed by \`node scripts/scaling.ts\` from \`shared/pipeline.ts\`, the defaults of \`shared/config.ts\` and the numbers in
\`scripts/scaling/facts.ts\`. **Nothing here was measured on AWS.** Good to a factor of two or three; its use is to say what breaks first. What a model or an
embedding service charges is not in it; the time that functions wait for it is.

## What it costs

With the defaults (${defaultConfig().facet_max_concurrency} model calls in flight):

${totals(defaultConfig())}

With ${MANY} calls in flight, if the provider allows (\`facet_max_concurrency\` and the others like it), and 100 embedding batches:

${totals(many)}

A size that does not fit is there to show where the money would go; such a run fails. At ten million
most of it is k-means as it is today. CloudWatch logs, data transfer and the free tier are left out.

## What binds first

With today's code and defaults, up to how many conversations each limit allows; limits beyond 100 million are left out:

${table(
  ["limit", "conversations"],
  bounds.map(({ what, reach: n }) => [what, number(n)]),
)}

So today a run on AWS reaches **${number(first.reach)} conversations**: ${first.what}. In words:

- **k-means in one function.** Its work grows with rows times clusters, and clusters with rows. Above ${number(reach(limits.find(({ what }) => what.startsWith("a batch of cluster"))!)!)} rows it needs the two levels of
  \`shared/domain/kmeans/two-level.ts\` as rounds of batches, which the phase does not do yet. Fewer \`kmeans_restarts\` or a smaller \`k\` reach further.
- **Facets grow their batches.** Above ${number(MAX_BATCHES_PER_ROUND * defaultConfig().facet_batch_size)} conversations a batch holds more than ${defaultConfig().facet_batch_size}, one call after another, until they take longer than a batch may; they have to
  spill into further rounds instead. With ${defaultConfig().facet_max_concurrency} calls in flight a million conversations take ${time((1e6 * assumed.modelSeconds) / defaultConfig().facet_max_concurrency)}.
- **Reduces pass every row through one function**, and ask for parts one after another. They hold out longest.
- **Memory** of cluster and map: ${assumed.matrixCopies} x n x ${measured.dimensions} x 4 bytes and ${assumed.runtimeMiB} MiB.

## By phase

Bold: beyond the limit.

${SIZES.map((n) => `### ${number(n)} conversations\n\n${phases(n)}`).join("\n\n")}

## Quotas that do not bind

- **${number(MAX_BATCHES_PER_ROUND)} batches a round** is our own limit: their numbers are ${number(numbers)} bytes and the children's answers ${number(results)}, of the ${number(quotas.payloadBytes)} a state may have.
- **Execution history**, ${number(quotas.historyEvents)} events: at most ${number(Math.max(...SIZES.map((n) => runLoad(n).historyEvents)))} here, since each child has its own; an evaluation that waits for its runs looks at each again after a tenth of its age: 9 events a look, some 900 for a run of seven days.
- **Concurrency of Lambda**, ${number(quotas.lambdaConcurrency)} in the account (new accounts: far less): plans ask for less, and what is throttled waits 16 minutes in all before it counts as a failed try.
- **Standard children** cost ${usd(perMillion)} a million batches; express ones would save most of that, and end after five minutes. No row says express today.

## Defaults that follow

- Phases that ask a model keep \`timeLimitSeconds\` at 600 s or more: 8 calls of ${assumed.modelSeconds} s and four tries at rate limits are far below.
- Cluster and map have ${number(
    phaseLoad(
      droppedRows.find(({ name }) => name === "cluster")!,
      1,
    ).row.memoryMiB,
  )} MiB: more than the rows that fit in time need, for k-means that is faster than today's.
- Calls in flight are the provider's to allow, so that the default stays at ${defaultConfig().facet_max_concurrency}; above 10,000 conversations set it.

## Where the numbers are from

- Measured: \`node bench/step-times.ts data/mock/conversations_2400.jsonl\`, CPU seconds on two cores, offline provider, 26 November 2026. k-means is scaled by
  rows x clusters as if it needed no more passes on more rows, which flatters it. Embedding is the offline encoder's.
- Assumed: a model answers in ${assumed.modelSeconds} s; a request to S3 takes ${assumed.s3Seconds * 1000} ms; S3 gives a function ${number(assumed.s3BytesPerSecond / 1e6)} MB/s; a cold start takes ${assumed.coldStartSeconds} s; conversations of ${number(measured.inputBytes / measured.conversations)} bytes as in the bundled
  sample (${number(measured.runBytes / measured.conversations)} bytes kept of each).
- Prices: us-east-1, November 2026: [Lambda](${prices.source.lambda}) on ARM ${prices.lambdaGbSecond} a GB-second and ${usd(prices.lambdaRequest * 1e6)} a million requests; [Step Functions](${prices.source.stepFunctions})
  ${usd(prices.standardTransition * 1e6)} a million transitions; [S3](${prices.source.s3}) ${usd(prices.s3Put * 1e6)} a million writes, ${usd(prices.s3Get * 1e6)} a million reads, $${prices.s3GbMonth} a GB and month; [DynamoDB](${prices.source.dynamodb})
  on demand $${prices.dynamodbWrite * 1e6} a million writes, $${prices.dynamodbRead * 1e6} a million reads. They were read from copies of these pages and from articles about them, not from AWS's price list.
`;
}
