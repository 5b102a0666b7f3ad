import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { directoryObjectStore } from "../../shared/adapters/directory/object-store.ts";
import { validationReport } from "../../shared/contracts/validation.ts";
import { RUNS_PREFIX, artifactKey } from "../../shared/keys.ts";
import { clio } from "../helpers/clio.ts";
import { hasMinistack } from "../helpers/ministack.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { DeployedStage, storedArtifacts } from "./stage.ts";

const corpus = (name: string): string => resolve(import.meta.dirname, "../../data/mock", name);
const DEMO = "conversations_2400.jsonl";
const SAMPLE = "conversations_llm_200.jsonl";

/** An emulator spends a tenth of a second on each call of a function; the other inputs are run in batches of the usual size. */
const LARGE_BATCHES = { facet_batch_size: 100, privacy_batch_size: 100 };

let folder: TemporaryFolder;
let stage: DeployedStage;

/** The same input on one machine, in one process: what a run stored. */
async function embedded(input: string, ...settings: string[]): Promise<Map<string, string>> {
  const runsDir = join(folder.path, "embedded");
  const runId = input.replaceAll(/[^a-z0-9]/g, "-");
  const what = ["--input", corpus(input), "--with-hierarchy", "--with-privacy"];
  const { code, stderr } = await clio([
    "run",
    ...what,
    "--runs-dir",
    runsDir,
    "--run-id",
    runId,
    ...settings,
  ]);
  expect(code, stderr).toBe(0);
  return storedArtifacts(directoryObjectStore({ dir: runsDir, prefix: RUNS_PREFIX }), runId);
}

/** Compared path by path, so that a difference names the file. */
function expectSame(found: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): void {
  expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
  const different = [...expected].filter(([path, text]) => found.get(path) !== text).map(([path]) => path);
  expect(different).toEqual([]);
}

const bytesOf = (name: string): Promise<Uint8Array> => readFile(corpus(name));

beforeAll(async () => {
  if (!hasMinistack()) throw new Error("npm run localstack:install first");
  folder = await temporaryFolder();
  stage = await DeployedStage.deploy(join(folder.path, "state"));
});

afterAll(async () => {
  await stage?.stop();
  await folder?.remove();
});

test("the demo corpus ends as on one machine: every artifact, everything published", async () => {
  await stage.drop(DEMO, await bytesOf(DEMO), LARGE_BATCHES);
  const expected = await embedded(DEMO, "--facet-batch-size", "100", "--privacy-batch-size", "100");
  const run = await stage.ended(DEMO);
  expect(run.failure).toBeNull();
  expect(run).toMatchObject({ attempt: 1, counts: { read: 2400, assigned: 2400, failed: 0 } });
  expectSame(await stage.artifacts(run.run_id), expected);

  const inspected = await stage.clio("inspect-run", "--run-id", run.run_id, "--json");
  expect(inspected.code, inspected.stderr).toBe(0);
  expect(JSON.parse(inspected.stdout)).toMatchObject({ run: { status: run.status }, unreadable: [] });
});

test("the same event again starts nothing", async () => {
  const event = await stage.drop(DEMO, await bytesOf(DEMO), LARGE_BATCHES);
  const { run_id: runId } = await stage.ended(DEMO);
  expect(await stage.invoke("start", event)).toEqual({ run_id: runId, started: false });
  expect(await stage.executions(runId)).toEqual([`${runId}-1`]);
  expect((await stage.runs.list({ limit: 10 })).runs).toHaveLength(1);
});

test("an invalid input ends as a failed run that says what is wrong, without quoting it", async () => {
  const lines = (await readFile(corpus(SAMPLE), "utf8")).split("\n").slice(0, 20);
  lines[6] = '{"conversation_id": "canary-4711", "user_id": "u", "messages": "my diagnosis is canary-4711"}';
  await stage.drop("broken.jsonl", Buffer.from(lines.join("\n")));
  const run = await stage.ended("broken.jsonl");
  expect(run).toMatchObject({ status: "failed", failure: { phase: "ingest", code: "invalid_input" } });
  expect(run.failure?.hint).not.toBeNull();
  const report = await stage.objects.get(artifactKey(run.run_id, "validation_report.json"));
  const { issues } = validationReport.parse(JSON.parse(Buffer.from(report!).toString()));
  expect(issues.map(({ line }) => line)).toContain(7);
  expect(JSON.stringify(run) + (await stage.emulatorLog())).not.toContain("canary-4711");
});

test("two inputs at once do not disturb each other", async () => {
  const whole = await readFile(corpus(SAMPLE), "utf8");
  const half = whole.split("\n").slice(0, 120).join("\n");
  await Promise.all([
    stage.drop("first.jsonl", Buffer.from(whole)),
    stage.drop("second.jsonl", Buffer.from(half)),
  ]);
  const [first, second] = await Promise.all([stage.ended("first.jsonl"), stage.ended("second.jsonl")]);
  expect([first.failure, second.failure]).toEqual([null, null]);
  expect([first.counts.read, second.counts.read]).toEqual([240, 120]);
});

test("functions killed, the emulator ended and started again, then a second attempt: the same end, nothing finished done again", async () => {
  const expected = await embedded(SAMPLE);
  await stage.drop(SAMPLE, await bytesOf(SAMPLE));
  const started = await stage.run(SAMPLE, (run) => run.phase_states.facets?.status === "running");
  const { run_id: runId } = started;
  expect(await stage.killFunctions()).toBeGreaterThan(0);
  await stage.run(SAMPLE, (run) => run.phase_states.facets?.status === "done");
  const before = await stage.parts(runId);
  await stage.restart();

  const resumed = await stage.clio("run", "--run-id", runId, "--resume");
  expect(resumed.code, resumed.stderr).toBe(0);
  const run = await stage.ended(SAMPLE, 2);
  expect(run.failure).toBeNull();
  expect(run.attempt).toBe(2);
  expectSame(await stage.artifacts(runId), expected);
  const after = await stage.parts(runId);
  expect(before.size).toBeGreaterThan(0);
  expect([...before].filter(([key, bytes]) => after.get(key) !== bytes).map(([key]) => key)).toEqual([]);
});

test("a function that runs out of time leaves a marked run, which goes on when it gets more", async () => {
  await stage.setTimeLimit("embed", 1);
  const half = (await readFile(corpus(SAMPLE), "utf8")).split("\n").slice(0, 100).join("\n");
  await stage.drop("slow.jsonl", Buffer.from(half));
  const failed = await stage.ended("slow.jsonl");
  expect(failed).toMatchObject({ status: "failed", failure: { phase: "embed" } });
  expect(["step_lost", "batches_missing"]).toContain(failed.failure?.code);

  await stage.setTimeLimit("embed", 600);
  const resumed = await stage.clio("run", "--run-id", failed.run_id, "--resume");
  expect(resumed.code, resumed.stderr).toBe(0);
  expect((await stage.ended("slow.jsonl", 2)).failure).toBeNull();
});

test("an evaluation is three more executions of the machine, and scores as on one machine", async () => {
  const name = "evaluated.jsonl";
  const few = (await readFile(corpus(SAMPLE), "utf8")).split("\n").slice(0, 40).join("\n");
  await stage.drop(name, Buffer.from(few), LARGE_BATCHES);
  const { run_id: runId, failure } = await stage.ended(name);
  expect(failure).toBeNull();
  const asked = await stage.clio("run", "--run-id", runId, "--resume", "--with-eval", "--eval-count", "100");
  expect(asked.code, asked.stderr).toBe(0);
  const run = await stage.ended(name, 2);
  expect(run.failure).toBeNull();
  expect(run.phase_states).toMatchObject({ publish: { status: "reused" }, evaluate: { status: "done" } });
  const started = (await stage.executions(runId)).map((each) => each.replace(/-eval-[0-9a-f]{6}/, "-eval"));
  expect(started.sort()).toEqual(
    ["-1", "-2", "-eval-1", "-eval-leaks-1", "-eval-seed-1"].map((end) => runId + end).sort(),
  );

  const input = join(folder.path, name);
  const runsDir = join(folder.path, "evaluated");
  await writeFile(input, few);
  const sizes = ["--facet-batch-size", "100", "--privacy-batch-size", "100"];
  const where = ["--input", input, "--runs-dir", runsDir, "--run-id", "on-one-machine"];
  const here = await clio(["run", ...where, "--with-eval", "--eval-count", "100", ...sizes]);
  expect(here.code, here.stderr).toBe(0);
  const scored = (stored: ReadonlyMap<string, string>): Map<string, string> =>
    new Map([...stored].filter(([path]) => path.startsWith("eval/")));
  const expected = await storedArtifacts(
    directoryObjectStore({ dir: runsDir, prefix: RUNS_PREFIX }),
    "on-one-machine",
  );
  expect([...scored(expected).keys()]).toContain("eval/report.md");
  expectSame(scored(await storedArtifacts(stage.objects, runId)), scored(expected));
});

test("an execution that is stopped is marked by the backstop, and pruning leaves nothing of a run", async () => {
  const half = (await readFile(corpus(SAMPLE), "utf8")).split("\n").slice(0, 60).join("\n");
  await stage.drop("stopped.jsonl", Buffer.from(half));
  const { run_id: runId } = await stage.run("stopped.jsonl", (run) => run.status === "running");
  await stage.stopExecution(`${runId}-1`);
  await stage.invoke("backstop", { detail: { name: `${runId}-1`, status: "ABORTED" } });
  expect(await stage.ended("stopped.jsonl")).toMatchObject({ status: "stopped", owner: null });

  const { runs } = await stage.runs.list({ limit: 100 });
  const pruned = await stage.clio("prune-runs", "--keep-last", "1", "--yes", "--json");
  expect(pruned.code, pruned.stderr).toBe(0);
  const left = (await stage.runs.list({ limit: 100 })).runs;
  expect(left.map((run) => run.run_id)).toEqual([runs[0]?.run_id]);
  for (const store of [stage.objects, stage.published]) {
    const ids = new Set<string>();
    for await (const { key } of store.list(RUNS_PREFIX)) ids.add(key.split("/")[1] ?? "");
    expect([...ids].filter((id) => id !== runs[0]?.run_id)).toEqual([]);
  }
  // Inputs are the user's to delete.
  expect(await stage.objects.head("incoming/stopped.jsonl")).not.toBeNull();
});
