import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import * as z from "zod";
import { generateCorpus } from "../shared/domain/mock/generate.ts";
import { machine } from "./harness.ts";
import { runKura } from "./peers.ts";

/**
 * A whole run through a model server on loopback that takes a fixed time for each call, beside the time that the model
 * alone would take, and beside Kura on the same server, conversations and limit of calls in flight.
 * node bench/whole-run.ts [--count 10000] [--limit 64] [--latency 200] [--skip-peer] [--out bench/WHOLE_RUN.md]
 */
const { values } = parseArgs({
  options: {
    count: { type: "string", default: "10000" },
    limit: { type: "string", default: "64" },
    latency: { type: "string", default: "200" },
    "skip-peer": { type: "boolean", default: false },
    out: { type: "string", default: "bench/WHOLE_RUN.md" },
  },
});
const { count, limit, latency } = z
  .object({ count: z.coerce.number(), limit: z.coerce.number(), latency: z.coerce.number() })
  .parse(values);

const told = z.object({
  tasks: z.record(z.string(), z.object({ calls: z.number(), promptTokens: z.number() })),
});
type Told = z.infer<typeof told>;
const ourRun = z.object({
  status: z.string(),
  seconds: z.number(),
  cpuSeconds: z.number(),
  rssMib: z.number(),
  spans: z.array(z.object({ phase: z.string(), from: z.number(), to: z.number() })),
  batches: z.array(z.object({ phase: z.string(), batches: z.number(), rounds: z.number() })),
  storeCalls: z.record(z.string(), z.number()),
  calls: z.array(z.object({ phase: z.string(), round: z.number(), kind: z.string(), calls: z.number() })),
});

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "clio-bench-"));
const input = join(folder, "conversations.jsonl");
await writeFile(
  input,
  Array.from(
    generateCorpus({ count, seed: 1 }),
    ({ conversation }) => `${JSON.stringify(conversation)}\n`,
  ).join(""),
);
const server = fork(resolve(import.meta.dirname, "whole-run/server.ts"), [String(latency)]);
const [{ url }] = z.tuple([z.object({ url: z.string() })]).parse((await once(server, "message")).slice(0, 1));
async function whatWasAsked(): Promise<Told> {
  server.send("what was asked?");
  const [message] = (await once(server, "message")) as unknown[];
  return told.parse(message);
}

const { stdout } = await run(process.execPath, [
  resolve(import.meta.dirname, "whole-run/ours.ts"),
  "--input",
  input,
  "--url",
  url,
  "--limit",
  String(limit),
]);
const ours = ourRun.parse(JSON.parse(stdout));
const oursAsked = await whatWasAsked();
const theirs = values["skip-peer"] ? null : await runKura(input, url, limit);
const theirsAsked = await whatWasAsked();
server.disconnect();
await rm(folder, { recursive: true, force: true });

/** Seconds that the model takes for the calls of each round, one round after another. */
const idealOf = (phase: string | null): number =>
  ours.calls
    .filter((round) => phase === null || round.phase === phase)
    .reduce((sum, { calls }) => sum + (Math.ceil(calls / limit) * latency) / 1000, 0);

const FOLDERS: Readonly<Record<string, string>> = {
  facets: "facets",
  embed: "embeddings",
  label: "labels",
  hierarchy: "hierarchy",
  privacy: "privacy",
};
const phaseLines = ours.spans
  .toSorted((a, b) => a.from - b.from)
  .map(({ phase, from, to }) => {
    const { batches = 0, rounds = 0 } = ours.batches.find((row) => row.phase === phase) ?? {};
    return `| ${phase} | ${from.toFixed(1)} | ${(to - from).toFixed(1)} | ${idealOf(phase).toFixed(1)} | ${rounds} | ${batches} |`;
  });
const storeLines = Object.entries(FOLDERS).map(([phase, name]) => {
  const batches = ours.batches.find((row) => row.phase === phase)?.batches ?? 0;
  const of = (...operations: string[]): number =>
    operations.reduce((sum, operation) => sum + (ours.storeCalls[`${name} ${operation}`] ?? 0), 0);
  const perBatch = (calls: number): string => (calls / Math.max(1, batches)).toFixed(2);
  const cells = [
    of("get"),
    of("head"),
    of("put"),
    of("list"),
    of("answer get", "answer put", "answer append", "answer list", "answer delete"),
  ].map(perBatch);
  return `| ${phase} | ${batches} | ${cells.join(" | ")} |`;
});
const sumOf = (asked: Told, what: "calls" | "promptTokens"): number =>
  Object.values(asked.tasks).reduce((sum, task) => sum + task[what], 0);
const ratio = (a: number, b: number): string => (a / b).toFixed(2);
const row = (name: string, a: number, b: number, digits: number): string =>
  `| ${name} | ${a.toFixed(digits)} | ${b.toFixed(digits)} | ${ratio(a, b)} |`;

const peer =
  theirs === null
    ? []
    : [
        `## Beside Kura

Kura 0.5.4 (\`bench/peers/kura_run.py\`: its defaults, ${limit} calls in flight, k-means groups of 50, 256 texts a request, no checkpoints) on the same server and
conversations. It does less: no masking, no minimums, no audits, no map of conversations (it projects clusters only), nothing kept that a killed
process could go on with. Prompt tokens are characters / 4 of what the server got.

| | ant-clio | Kura | ant-clio / Kura |
|---|---|---|---|
${row("wall, s", ours.seconds, theirs.seconds, 1)}
${row("without our audits, which Kura has not, and without Kura's map, s", ours.seconds - spanOf("privacy"), theirs.seconds - (theirs.spans["map"] ?? 0), 1)}
${row("calls", sumOf(oursAsked, "calls"), sumOf(theirsAsked, "calls"), 0)}
${row("prompt tokens, thousands", sumOf(oursAsked, "promptTokens") / 1000, sumOf(theirsAsked, "promptTokens") / 1000, 0)}
${row("processor time, s", ours.cpuSeconds, theirs.cpuSeconds, 1)}
${row("peak memory, MiB", ours.rssMib, theirs.rssMib, 0)}

Kura's map compiles umap-learn's kernels as it begins. Kura's steps: ${Object.entries(theirs.spans)
          .map(([name, seconds]) => `${name} ${seconds.toFixed(1)} s`)
          .join(", ")}; ${theirs.clusters} clusters, ${theirs.roots} roots.
`,
      ];

function spanOf(phase: string): number {
  const span = ours.spans.find((each) => each.phase === phase);
  return span === undefined ? 0 : span.to - span.from;
}

/** Kura 0.5.4 with httpx 0.28.1 and httpcore 1.0.9: seen at limits of 16 and 64, with and without the server ending idle connections. */
const NO_PEER = `## Beside Kura

No comparison. At 400 conversations neither side builds a hierarchy, and most of Kura's time is its map being compiled. At 2,000 it waits for ever: the server has
answered all that it was asked, 40 names of clusters the last, and has sent every answer to its end; Kura's tasks wait for the first byte of them.
\`--skip-peer\` left out tries it again.
`;

const text = `# A whole run, measured

Made by \`node bench/whole-run.ts\` on ${machine()}.

${count} generated conversations through every phase with hierarchy and audits, on disk, with a model and embedder (512 dimensions) on a server of its own
process on loopback that takes ${latency} ms for each call; ${limit} calls in flight at most in every phase. The model's ideal time is, summed over rounds, calls / ${limit} rounded
up x ${latency} ms. Status: ${ours.status}.

**Wall ${ours.seconds.toFixed(1)} s, ideal ${idealOf(null).toFixed(1)} s, wall / ideal ${ratio(ours.seconds, idealOf(null))}.** Processor time ${ours.cpuSeconds.toFixed(1)} s, peak memory ${ours.rssMib.toFixed(0)} MiB.

| phase | begins, s | takes, s | ideal, s | rounds | batches |
|---|---|---|---|---|---|
${phaseLines.join("\n")}

The map is laid out beside names: \`begins\` and \`takes\` overlap.

## Calls of the object store per batch

Of the phase's own folder, its reduce included; answers are those kept until the batch's part is there.

| phase | batches | get | head | put | list | answers |
|---|---|---|---|---|---|---|
${storeLines.join("\n")}

The run's record was read ${ours.storeCalls["record get"] ?? 0} times, swapped ${ours.storeCalls["record swap"] ?? 0} times; ${ours.storeCalls["record append"] ?? 0} events were appended.

${peer.length === 0 ? NO_PEER : peer.join("\n")}`;
process.stdout.write(text);
await writeFile(values.out, text);
