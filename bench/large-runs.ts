import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import * as z from "zod";
import { runMetrics } from "../shared/contracts/run.ts";
import { machine } from "./harness.ts";

/**
 * Whole runs in one process with a model that takes no time: what is left is ours, and should grow with the input and no faster.
 * node bench/large-runs.ts [--sizes 10000,100000,1000000] [--out bench/LARGE_RUNS.md]
 */
const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,100000,1000000" },
    out: { type: "string", default: "bench/LARGE_RUNS.md" },
  },
});
const sizes = values.sizes.split(",").map(Number);

const answer = z.object({
  counts: z.object({ assigned: z.int(), base_clusters: z.int() }),
  metrics: runMetrics,
});
type Answer = z.infer<typeof answer>;

async function oneRun(count: number): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), "clio-large-"));
  try {
    const script = join(import.meta.dirname, "large/one-run.ts");
    const running = promisify(execFile)(process.execPath, [script, folder, String(count)]);
    running.child.stderr?.pipe(process.stderr);
    return answer.parse(JSON.parse((await running).stdout));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const found: { count: number; answer: Answer }[] = [];
for (const count of sizes) found.push({ count, answer: await oneRun(count) });

const number = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 0 });
const seconds = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
const lines = found.map(({ count, answer: { counts, metrics } }, i) => {
  const before = found[i - 1];
  const growth =
    before === undefined
      ? ""
      : (metrics.wall_seconds / before.answer.metrics.wall_seconds / (count / before.count)).toFixed(2);
  return `| ${number(count)} | ${seconds(metrics.wall_seconds)} | ${growth} | ${((1e6 * metrics.wall_seconds) / count).toFixed(0)} | ${number(metrics.peak_rss_mib)} | ${number(counts.base_clusters)} | ${number(counts.assigned)} |`;
});
const phases = found[0]?.answer.metrics.phases.map(({ phase }) => phase) ?? [];
const byPhase = phases.map((name) => {
  const spent = found.map(({ answer: { metrics } }) => {
    const held = metrics.phases.find(({ phase }) => phase === name);
    return held === undefined ? "" : seconds(held.wall_seconds);
  });
  return `| ${name} | ${spent.join(" | ")} |`;
});
const text = `# Whole runs, large

Made by \`node bench/large-runs.ts --sizes ${values.sizes}\` on ${machine()}.

Generated conversations (\`clio-generate-mock-data\`), every phase, one process; the model answers at once and costs nothing, vectors have 512 columns.
Growth is time over time before, over rows over rows before: 1 is linear.

| conversations | wall, s | growth | us a conversation | peak memory, MiB | clusters | assigned |
|---|---|---|---|---|---|---|
${lines.join("\n")}

Seconds by phase (some run beside others):

| phase | ${sizes.map(number).join(" | ")} |
|---|${sizes.map(() => "---|").join("")}
${byPhase.join("\n")}
`;
process.stdout.write(text);
await writeFile(values.out, text);
