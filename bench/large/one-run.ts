import { createWriteStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileInput } from "../../shared/adapters/directory/input-source.ts";
import { runConfig } from "../../shared/config.ts";
import { generateCorpus } from "../../shared/domain/mock/generate.ts";
import { runMetrics } from "../../shared/contracts/run.ts";
import { phasesOf } from "../../shared/pipeline.ts";
import { openStores } from "../../cli/compose.ts";
import { runToEnd } from "../../cli/run-flow.ts";
import { scriptedModel } from "../../test/helpers/scripted-provider.ts";
import { instantEmbedder } from "./instant-provider.ts";

/** One embedded run in a process of its own, so that its peak of memory is its own: what `bench/large-runs.ts` starts. Answers its metrics. */
const [folder, countText] = process.argv.slice(2);
if (folder === undefined || countText === undefined) throw new Error("which folder, how many?");
const count = Number(countText);
const silent = () => {};
const log = { debug: silent, info: silent, warn: silent };

await mkdir(folder, { recursive: true });
const path = join(folder, "input.jsonl");
await pipeline(
  Readable.from(
    (function* () {
      for (const { conversation } of generateCorpus({ count, seed: 1 }))
        yield `${JSON.stringify(conversation)}\n`;
    })(),
  ),
  createWriteStream(path),
);

const stores = openStores(join(folder, "runs"), log);
const config = runConfig.parse({});
const phase = { title: "", at: 0 };
const { run } = await runToEnd(
  {
    input: await fileInput(path),
    config,
    phases: phasesOf(["hierarchy", "privacy"]),
    runId: "large",
    resume: false,
  },
  {
    stores,
    provider: { model: scriptedModel(), embedder: instantEmbedder() },
    openProvider: () => Promise.reject(new Error("no run of this one starts another")),
    progress: {
      phaseStarted: (name) => {
        phase.title = name;
        phase.at = performance.now();
      },
      roundPlanned: silent,
      batchFinished: silent,
      phaseFinished: (name, seconds) =>
        process.stderr.write(
          `${count} ${name} ${seconds.toFixed(1)} s, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`,
        ),
      child: () => {
        throw new Error("no run of this one starts another");
      },
    },
    log,
    interrupt: new AbortController().signal,
    onStart: silent,
  },
);
if (run.failure !== null) throw new Error(`${run.failure.code}: ${run.failure.message}`);
const metrics = runMetrics.parse(
  JSON.parse(await readFile(join(folder, "runs", "large", "run_metrics.json"), "utf8")),
);
process.stdout.write(`${JSON.stringify({ counts: run.counts, metrics })}\n`);
