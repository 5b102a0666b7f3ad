import { readFile } from "node:fs/promises";
import { offlineEmbedder } from "../shared/adapters/offline/embedder.ts";
import { offlineModel } from "../shared/adapters/offline/model.ts";
import { defaultConfig } from "../shared/config.ts";
import type { PhaseName } from "../shared/contracts/run.ts";
import { allPhases } from "../shared/phases/all.ts";
import type { Phase } from "../shared/phases/phase.ts";
import { memoryRun } from "../test/helpers/memory-run.ts";

/**
 * Seconds of CPU per phase and verb, from a run in memory with the offline provider: `node bench/step-times.ts FILE`. CPU
 * and not time of day, since other programs share the machine; all threads of the process count.
 */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("which input?");

const spent = new Map<string, number>();
let running = { what: "start", since: process.cpuUsage() };

function mark(what: string): void {
  const { user, system } = process.cpuUsage(running.since);
  spent.set(running.what, (spent.get(running.what) ?? 0) + (user + system) / 1e6);
  running = { what, since: process.cpuUsage() };
}

// A plan runs to the end of the round's batches, a reduce to the next plan: what the engine writes of its answer is part of it.
const watched = new Map<PhaseName, Phase>(
  Array.from(allPhases, ([name, phase]) => [
    name,
    {
      ...phase,
      plan: (context, round) => {
        mark(`${name} batches`);
        return phase.plan(context, round);
      },
      reduce: (context, round) => {
        mark(`${name} reduce`);
        return phase.reduce(context, round);
      },
    },
  ]),
);

const input = await readFile(file);
const embedder = offlineEmbedder();
const model = offlineModel({ embedder, seed: defaultConfig().seed });
const { run, failure } = await memoryRun(input, { phases: watched, embedder, model });
mark("end");
await embedder.close();
if (failure !== null) throw new Error(failure.message);
const { read, base_clusters: clusters } = run.counts;
process.stdout.write(`${read} conversations, ${input.length} bytes, ${clusters} clusters\n`);
for (const [what, seconds] of spent) process.stdout.write(`${what.padEnd(20)} ${seconds.toFixed(2)} s\n`);
