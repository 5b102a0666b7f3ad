import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { openStores } from "../../cli/compose.ts";
import { openInput } from "../../cli/input.ts";
import { runToEnd } from "../../cli/run-flow.ts";
import { openProvider } from "../../shared/adapters/open-provider.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { runConfig } from "../../shared/config.ts";
import { partHeader } from "../../shared/contracts/wire.ts";
import { storedLines } from "../../shared/domain/jsonl.ts";
import { phasesOf } from "../../shared/pipeline.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import { countingObjects, countingRuns } from "./counting-stores.ts";
import type { StoreCalls } from "./counting-stores.ts";

/** One whole run in a process of its own; its last line of output is what it took, as JSON. */
const { values } = parseArgs({
  options: {
    input: { type: "string" },
    url: { type: "string" },
    limit: { type: "string", default: "64" },
  },
});
const {
  input: path,
  url,
  limit,
} = z.object({ input: z.string(), url: z.string(), limit: z.coerce.number() }).parse(values);

const RUN = "whole";
const folder = await mkdtemp(join(tmpdir(), "clio-bench-"));
const log = { debug: () => {}, info: () => {}, warn: () => {} };
const interrupt = new AbortController().signal;
const config = runConfig.parse({
  provider: "compatible",
  model: "instant-1",
  model_base_url: url,
  embedder: "compatible",
  embedder_model: "vectors-1",
  embedder_base_url: url,
  facet_max_concurrency: limit,
  embed_max_concurrency: limit,
  label_max_concurrency: limit,
  hierarchy_max_concurrency: limit,
  privacy_max_concurrency: limit,
});
const world = {
  environment: async () => ({}),
  clock: systemClock,
  random: Math.random,
  signal: interrupt,
  share: 1,
};

/** Calls of the model and the embedder per phase and round, from the headers of the parts. */
async function callsOf(
  objects: ObjectStore,
): Promise<{ phase: string; round: number; kind: string; calls: number }[]> {
  const sums = new Map<string, { phase: string; round: number; kind: string; calls: number }>();
  for await (const { key } of objects.list(`runs/${RUN}/`)) {
    if (!/\/parts\/.*\.jsonl$/.test(key)) continue;
    for await (const line of storedLines(objects.stream(key))) {
      const { phase, round, models } = partHeader.parse(JSON.parse(line));
      for (const { kind, calls } of models) {
        const at = `${phase} ${round} ${kind}`;
        const held = sums.get(at) ?? { phase, round, kind, calls: 0 };
        held.calls += calls;
        sums.set(at, held);
      }
      break;
    }
  }
  return [...sums.values()];
}

try {
  const stores = openStores(folder, log);
  const storeCalls: StoreCalls = new Map();
  const started = performance.now();
  const provider = await openProvider(config, world);
  const input = await openInput({ cwd: folder, packageDir: folder }, path);
  const counted = {
    ...stores,
    objects: countingObjects(stores.objects, storeCalls),
    runs: countingRuns(stores.runs, storeCalls),
  };
  const begun = new Map<string, number>();
  const spans: { phase: string; from: number; to: number }[] = [];
  const now = (): number => (performance.now() - started) / 1000;
  const progress = {
    phaseStarted: (phase: string) => void begun.set(phase, now()),
    roundPlanned: () => {},
    batchFinished: () => {},
    phaseFinished: (phase: string) => void spans.push({ phase, from: begun.get(phase)!, to: now() }),
  };
  const { run, summary } = await runToEnd(
    { input: input.source, config, phases: phasesOf(["hierarchy", "privacy"]), runId: RUN, resume: false },
    {
      stores: counted,
      provider,
      openProvider: async (settings, open) => openProvider(settings, world, open),
      progress: { ...progress, child: () => progress },
      log,
      interrupt,
      onStart: () => {},
    },
  );
  const seconds = now();
  const cpu = process.cpuUsage();
  process.stdout.write(
    `${JSON.stringify({
      status: run.status,
      failure: run.failure,
      seconds,
      cpuSeconds: (cpu.user + cpu.system) / 1e6,
      rssMib: process.resourceUsage().maxRSS / 1024,
      spans,
      batches: summary.phases.map(({ phase, batches, rounds }) => ({ phase, batches, rounds })),
      counts: run.counts,
      storeCalls: Object.fromEntries(storeCalls),
      calls: await callsOf(stores.objects),
    })}\n`,
  );
  await provider.embedder.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
