import { defaultConfig } from "../../shared/config.ts";
import type { RunConfig } from "../../shared/config.ts";
import { CLUSTER_LIMITS } from "../../shared/phases/cluster.ts";
import { CONVERSATIONS_PER_ROUND } from "../../shared/phases/facets.ts";
import { MAP_LIMITS } from "../../shared/phases/map.ts";
import { MAX_BATCHES_PER_ROUND } from "../../shared/pipeline.ts";
import { checks } from "./checks.ts";
import { assumed, measured, prices, quotas, world } from "./facts.ts";
import { batchSeconds, droppedRows, limits, planOf, reach, runLoad } from "./model.ts";
import type { RunLoad } from "./model.ts";
import { roundsOf } from "./rounds.ts";
import { bindingLimits } from "./simulate.ts";
import type { World } from "./simulate.ts";

const SIZES = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
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
/** An account that is new: ten functions at once. */
const newAccount: World = { ...world, lambdaConcurrency: 10 };

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
const broken = (n: number): boolean => limits.some(({ fits }) => !fits(n));

const total = ({ cost: { lambda, stepFunctions, s3, dynamodb } }: RunLoad): number =>
  lambda + stepFunctions + s3 + dynamodb;

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** The limits that would save the most if they were ten times as wide. */
function binding(n: number, config: RunConfig, of: World): string {
  return bindingLimits(planOf(n, config), of)
    .filter(({ saves }, i) => i === 0 || saves >= 0.1)
    .slice(0, 2)
    .map(({ wait, saves }) => `${wait} (${percent(saves)})`)
    .join(", ");
}

function totals(config: RunConfig, of: World = world): string {
  return table(
    [
      "conversations",
      "time",
      "what binds",
      "batches",
      "Lambda",
      "Step Functions",
      "S3 requests",
      "DynamoDB",
      "in all",
      "kept, a month",
    ],
    SIZES.map((n) => {
      const load = runLoad(n, config, of);
      const { lambda, stepFunctions, s3, dynamodb, storage } = load.cost;
      return [
        `${number(n)}${broken(n) ? " (does not fit)" : ""}`,
        time(load.seconds),
        binding(n, config, of),
        number(load.batches),
        ...[lambda, stepFunctions, s3, dynamodb, total(load), storage].map(usd),
      ];
    }),
  );
}

function phases(n: number): string {
  const outcomes = new Map(runLoad(n, many).phases.map((outcome) => [outcome.row.name, outcome]));
  return table(
    ["phase", "time", "batches", "longest batch", "longest reduce", "limit", "memory needed of given, MiB"],
    droppedRows.map((row) => {
      const outcome = outcomes.get(row.name)!;
      const alone = Math.max(0, ...roundsOf(row, n, many).map((round) => batchSeconds(row, round)));
      const mark = (seconds: number): string =>
        seconds > row.timeLimitSeconds ? `**${time(seconds)}**` : time(seconds);
      const memory = `${number(outcome.memoryMiB)} of ${number(row.memoryMiB)}`;
      return [
        row.name,
        time(outcome.seconds),
        number(outcome.batches),
        mark(outcome.batches === 0 ? 0 : alone),
        mark(outcome.longestReduceSeconds),
        `${row.timeLimitSeconds} s`,
        outcome.memoryMiB > row.memoryMiB ? `**${memory}**` : memory,
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

What a run of every phase takes on AWS, simulated by \`node scripts/scaling.ts\`: the phases and rounds of \`shared/pipeline.ts\` followed batch by batch through cold starts,
Lambda's ramp, Step Functions' start rate, S3, DynamoDB and a model with a token limit, with the defaults of \`shared/config.ts\` and the numbers of
\`scripts/scaling/facts.ts\`. **Nothing here was measured on AWS.** Good to a factor of two or three; its use is to say what breaks first and what to widen. What a
model or an embedding service charges is not in it; the time that functions wait for it is.

## What it costs, and what binds

With the defaults (${defaultConfig().facet_max_concurrency} model calls in flight). *What binds*: the limit that would save the most time if it alone were ten times as wide, and how much.

${totals(defaultConfig())}

With ${MANY} calls in flight, if the provider allows (\`facet_max_concurrency\` and the others like it), and 100 embedding batches:

${totals(many)}

The same in a new account, which may run ten functions at once:

${totals(many, newAccount)}

A size that does not fit is there to show where the money would go; such a run fails. CloudWatch logs, data transfer and the free tier are left out.

## How far it goes

With today's code and defaults, up to how many conversations each limit allows; limits beyond 100 million are left out:

${table(
  ["limit", "conversations"],
  bounds.map(({ what, reach: n }) => [what, number(n)]),
)}

So today a run on AWS reaches **${number(first.reach)} conversations**: ${first.what}. In words:

- **Facets grow their batches** above ${number(MAX_BATCHES_PER_ROUND * defaultConfig().facet_batch_size)} conversations, up to 100 calls each, and take a further round for each ${number(CONVERSATIONS_PER_ROUND)}.
- **Clusters** above ${number(CLUSTER_LIMITS.together)} rows, **the map** above ${number(MAP_LIMITS.together)} go by shards and cells: no function holds more than a part of the rows.
- **Samples for names** read all vectors and facets in each of a few functions, one after another.
- **Reduces pass every row through one function**, and ask for parts one after another.

## By phase

With ${MANY} calls in flight. Bold: beyond the limit.

${SIZES.map((n) => `### ${number(n)} conversations\n\n${phases(n)}`).join("\n\n")}

## Beside what was run

${table(
  ["run", "predicted", "measured", "predicted / measured"],
  checks().map(({ what, predicted, seconds }) => [
    what,
    time(predicted),
    time(seconds),
    (predicted / seconds).toFixed(2),
  ]),
)}

On a machine with two cores, the offline provider in every phase. The emulator takes a tenth of a second for each call of a function and runs two at a time. What the
model leaves out of it: each of its functions is a process that loads the encoder anew, which is most of its 245 s of embedding; and other work ran beside.

## Quotas that do not bind

- **${number(MAX_BATCHES_PER_ROUND)} batches a round** is our own limit: their numbers are ${number(numbers)} bytes and the children's answers ${number(results)}, of the ${number(quotas.payloadBytes)} a state may have.
- **Execution history**, ${number(quotas.historyEvents)} events: at most ${number(Math.max(...SIZES.map((n) => runLoad(n).historyEvents)))} here, since each child has its own; an evaluation that waits for its runs looks at each again after a tenth of its age: 9 events a look, some 900 for a run of seven days.
- **Standard children** cost ${usd(perMillion)} a million batches; express ones would save most of that, and end after five minutes. No row says express today.

## Defaults that follow

- Calls in flight bind at every size with the defaults: they are the provider's to allow, so that the default stays at ${defaultConfig().facet_max_concurrency}; above 10,000 conversations set it.
- Phases that ask a model keep \`timeLimitSeconds\` at 600 s or more: ${defaultConfig().facet_batch_size} calls of ${assumed.modelSeconds} s and four tries at rate limits are far below.
- Cluster and map have 8,192 MiB for its processors, more than for what they hold; numeric rounds ask for 50 functions.

## Where the numbers are from

- Measured: \`node bench/step-times.ts data/mock/conversations_2400.jsonl\`, CPU seconds on two cores, offline provider; k-means, products and the map from
  \`bench/RESULTS.md\`, samples and screens from \`bench/LARGE_RUNS.md\`. Embedding is the offline encoder's.
- Assumed: a model answers in ${assumed.modelSeconds} s (spread ${percent(assumed.modelSpread)}) and takes ${number(assumed.tokensPerCall)} tokens, of ${number(assumed.tokensPerMinute)} a minute; a request to S3 takes ${assumed.s3Seconds * 1000} ms; S3 gives a function ${number(assumed.s3BytesPerSecond / 1e6)} MB/s; a cold start takes ${assumed.coldStartSeconds} s;
  conversations of ${number(measured.inputBytes / measured.conversations)} bytes as in the bundled sample (${number(measured.runBytes / measured.conversations)} bytes kept of each).
- Quotas: Lambda ${number(quotas.lambdaConcurrency)} functions at once, ${quotas.sandboxesPerSecond} new ones a second; Step Functions ${quotas.childStartsPerSecond} children a second after ${number(quotas.childStartBurst)}; S3 ${number(quotas.s3GetsPerSecond)} reads and ${number(quotas.s3PutsPerSecond)} writes a second and
  prefix; DynamoDB ${number(quotas.dynamodbWritesPerSecond)} writes a second and partition. From the developer guides' pages on quotas, as far as articles and copies of them tell.
- Prices: us-east-1, November 2026: [Lambda](${prices.source.lambda}) on ARM ${prices.lambdaGbSecond} a GB-second and ${usd(prices.lambdaRequest * 1e6)} a million requests; [Step Functions](${prices.source.stepFunctions})
  ${usd(prices.standardTransition * 1e6)} a million transitions; [S3](${prices.source.s3}) ${usd(prices.s3Put * 1e6)} a million writes, ${usd(prices.s3Get * 1e6)} a million reads, $${prices.s3GbMonth} a GB and month; [DynamoDB](${prices.source.dynamodb})
  on demand $${prices.dynamodbWrite * 1e6} a million writes, $${prices.dynamodbRead * 1e6} a million reads. They were read from copies of these pages and from articles about them, not from AWS's price list.
`;
}
