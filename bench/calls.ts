import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import * as z from "zod";
import { openProvider } from "../shared/adapters/open-provider.ts";
import { systemClock } from "../shared/adapters/system-clock.ts";
import { runConfig } from "../shared/config.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../test/helpers/memory-run.ts";
import { machine } from "./harness.ts";

/**
 * How well calls of a model are kept in flight: the facets of conversations through a server on loopback that takes a
 * fixed time for each.
 * node bench/calls.ts [--calls 10000] [--limit 64] [--latency 200] [--out bench/CALLS.md]
 */
const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "10000" },
    limit: { type: "string", default: "64" },
    latency: { type: "string", default: "200" },
    out: { type: "string", default: "bench/CALLS.md" },
  },
});
const [calls, limit, latencyMs] = [values.calls, values.limit, values.latency].map(Number) as [
  number,
  number,
  number,
];

const worker = new Worker(new URL("calls/server-thread.ts", import.meta.url), { workerData: { latencyMs } });
const [url] = z.tuple([z.string()]).parse(await once(worker, "message"));
const config = runConfig.parse({
  provider: "compatible",
  model: "instant-1",
  model_base_url: url,
  embedder: "offline",
  facet_max_concurrency: limit,
});
const provider = await openProvider(config, {
  environment: async () => ({}),
  clock: systemClock,
  random: Math.random,
  signal: new AbortController().signal,
  share: 1,
});
const input = jsonlOf(chatsAbout(["cooking", "gardening", "taxes", "bicycles"], calls));
const started = performance.now();
const run = await memoryRun(input, { config, only: ["ingest", "facets"], model: provider.model });
const wallMs = performance.now() - started;
if (run.failure !== null) throw new Error(run.failure.code);
worker.postMessage("end");
const [told] = z
  .tuple([z.object({ calls: z.number(), busyMs: z.number(), spanMs: z.number() })])
  .parse(await once(worker, "message"));
await worker.terminate();
await provider.embedder.close();

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
const idealMs = (calls / limit) * latencyMs;
const text = `# Calls in flight, measured

Made by \`node bench/calls.ts\` on ${machine()}.

The facets of ${calls} conversations, read, masked, asked, kept and written, through a server on loopback that takes ${latencyMs} ms for each call;
${limit} calls in flight at most. In flight as the server sees it.

| | |
|---|---|
| calls | ${told.calls} |
| wall | ${seconds(wallMs)} s |
| ideal, ${calls} x ${latencyMs} ms / ${limit} | ${seconds(idealMs)} s |
| wall / ideal | ${(wallMs / idealMs).toFixed(2)} |
| in flight on average, from the first request to the last answer | ${(told.busyMs / told.spanMs).toFixed(1)} |
| the same from the first byte of input to the last of output | ${(told.busyMs / wallMs).toFixed(1)} |
`;
process.stdout.write(text);
await writeFile(values.out, text);
