import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs, promisify } from "node:util";
import { setTimeout } from "node:timers/promises";
import { runManifest, runMetrics } from "../shared/contracts/run.ts";
import type { RunManifest } from "../shared/contracts/run.ts";
import { decodeJson } from "../shared/domain/jsonl.ts";
import { artifactKey } from "../shared/keys.ts";
import { phaseRow } from "../shared/pipeline.ts";
import { DeployedStage } from "../test/aws-e2e/stage.ts";

/** The same generated conversations through the emulator and in one process, one after the other: how long, as a ratio. */

/** An emulator spends a tenth of a second on each call of a function; both runs get these. */
const BATCHES = { facet_batch_size: 100, privacy_batch_size: 100 };

/** Functions in flight, by the settings' defaults and the phases' plans. */
const FUNCTIONS = 2;
const LOOK_MS = 500;

/** 20,000 conversations took 25 minutes on a busy machine. */
const GIVE_UP_MS = 3 * 3600 * 1000;

const { values } = parseArgs({
  options: { count: { type: "string", default: "20000" }, out: { type: "string" } },
});
const count = Number(values.count);
const folder = await mkdtemp(join(tmpdir(), "clio-emulator-"));
const input = join(folder, "generated.jsonl");

/** Runs one of the project's commands from source. */
async function command(...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 });
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** Notes the largest resident set of each function until it is told to end. */
async function watchMemory(
  stage: DeployedStage,
  peaks: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    for (const { entry, peakMiB } of await stage.functionMemory())
      peaks.set(entry, Math.max(peaks.get(entry) ?? 0, peakMiB));
    await setTimeout(LOOK_MS);
  }
}

function accounted({ counts: { read, assigned, failed } }: RunManifest): string {
  return `${read ?? 0} read = ${assigned ?? 0} assigned + ${failed ?? 0} failed`;
}

try {
  await command("cli/generate-mock-data.ts", "--count", String(count), "--output", input);
  const runs = join(folder, "runs");
  const where = ["--quiet", "--runs-dir", runs, "--run-id", "embedded"];
  const settings = Object.entries(BATCHES).flatMap(([key, size]) => [
    `--${key.replaceAll("_", "-")}`,
    String(size),
  ]);
  const alone = await seconds(() =>
    command(
      "cli/clio.ts",
      "run",
      "--input",
      input,
      "--with-hierarchy",
      "--with-privacy",
      ...settings,
      ...where,
    ),
  );
  const embedded = runManifest.parse(
    JSON.parse(await readFile(join(runs, "embedded", "run_manifest.json"), "utf8")),
  );

  const stage = await DeployedStage.deploy(join(folder, "state"));
  try {
    const body = await readFile(input);
    let run: RunManifest | undefined;
    const peaks = new Map<string, number>();
    const watch = new AbortController();
    const watching = watchMemory(stage, peaks, watch.signal);
    const emulated = await seconds(async () => {
      await stage.drop("generated.jsonl", body, BATCHES);
      run = await stage.ended("generated.jsonl", 1, GIVE_UP_MS);
    });
    watch.abort();
    await watching;
    if (run === undefined || run.failure !== null)
      throw new Error(`the run did not end well: ${run?.failure?.code ?? "no run"}`);
    const { run_id: runId } = run;
    const stored = await stage.objects.get(artifactKey(runId, "run_metrics.json"));
    if (stored === null) throw new Error("the run left no metrics");
    const { phases } = runMetrics.parse(decodeJson(stored));
    const payloads = await Promise.all(
      (await stage.executions(runId)).map((name) => stage.longestPayload(name)),
    );
    const byPhase = phases.map(({ phase, rounds, batches, wall_seconds: wall, batch_seconds: own }) => {
      const overhead = batches === 0 ? "" : (1000 * Math.max(0, wall * FUNCTIONS - own)) / batches;
      const peak = peaks.get(phase);
      return `| ${phase} | ${rounds} | ${batches} | ${wall.toFixed(1)} | ${own.toFixed(1)} | ${overhead === "" ? "" : overhead.toFixed(0)} | ${peak === undefined ? "" : peak.toFixed(0)} | ${phaseRow(phase).memoryMiB} |`;
    });
    const page = `# The emulator beside one process

\`node bench/emulator.ts --count ${count}\`: ${count.toLocaleString("en")} generated conversations, every phase, the offline provider, batches of ${BATCHES.facet_batch_size}.
MiniStack, two functions at a time; Node ${process.version}; a machine with two cores. The ratio is the price of a process per function and of
stores behind HTTP, on a machine that has to run the emulator as well; it says nothing about AWS.

| | wall s | ratio | conversations | status |
|---|---|---|---|---|
| one process (\`clio run\`) | ${alone.toFixed(0)} | 1.00 | ${accounted(embedded)} | ${embedded.status} |
| the emulator (drop to end) | ${emulated.toFixed(0)} | ${(emulated / alone).toFixed(2)} | ${accounted(run)} | ${run.status} |

The longest input or output of a state: ${Math.max(...payloads).toLocaleString("en")} bytes.

By phase, in the emulator. Overhead of a batch is what is left of the phase's time on ${FUNCTIONS} functions without the batches' own, over the batches: starting
functions, plan and reduce, stores. Memory is the largest of the phase's processes, beside what its function is given on AWS.

| phase | rounds | batches | wall s | batches' own s | overhead of a batch, ms | peak MiB | given MiB |
|---|---|---|---|---|---|---|---|
${byPhase.join("\n")}
`;
    process.stdout.write(page);
    if (values.out !== undefined) await writeFile(values.out, page);
  } finally {
    await stage.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
