import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { evaluationMetrics } from "../../shared/contracts/evaluation.ts";
import { runManifest } from "../../shared/contracts/run.ts";
import type { Embedder } from "../../shared/ports/embedder.ts";
import { plainAnswers, hashingEmbedder, scriptedModel } from "../helpers/scripted-provider.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { openStores } from "../../cli/compose.ts";
import type { Stores } from "../../cli/compose.ts";
import { silentLog } from "../../cli/log.ts";
import { stopReason } from "../../cli/runner.ts";
import { answerOf, clio, conversation, writeRows } from "./support.ts";

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
  await writeRows(
    folder.path,
    "chats.jsonl",
    Array.from({ length: 12 }, (_, i) => conversation(i)),
  );
});
afterEach(() => folder.remove());

const run = ["run", "--input", "chats.jsonl", "--run-id", "may", "--eval-count", "40", "--json"];
const providing = (model: ReturnType<typeof scriptedModel>) => ({
  deps: { openProvider: async () => ({ model, embedder: hashingEmbedder() }) },
});

test("clio run --with-eval makes runs of its own, scores them, and is not done again", async () => {
  const model = scriptedModel();
  const options = { cwd: folder.path, ...providing(model) };
  const result = await clio([...run, "--with-eval"], options);
  expect(result.code, result.stderr).toBe(0);
  const { evaluation } = answerOf(result) as { evaluation: unknown };
  expect(evaluationMetrics.parse(evaluation)).toMatchObject({
    source: "synthetic",
    quality: { n: 40, judged: false },
  });
  for (const [title, phase] of [
    ["quality (1 of 3)", "Extract facets"],
    ["stability (2 of 3)", "Build the hierarchy"],
    ["leaks (3 of 3)", "Publish"],
  ]) {
    expect(result.stderr).toContain(`  ${title} – ${phase}: started`);
    expect(result.stderr).toContain(`  ${title} – ${phase}: done in`);
  }
  expect(result.stderr).toContain("Too small to judge: 40 labelled conversations");
  expect(result.stderr).toMatch(/Canaries in published +0\.0 %/);
  const written = join(folder.path, "runs/may/eval");
  expect(await readFile(join(written, "report.md"), "utf8")).toContain("## Planted attack");
  expect(await readFile(join(written, "topics.svg"), "utf8")).toContain("</svg>");
  const listed = await clio(["list-runs", "--json"], options);
  expect(listed.stdout.match(/"run_id": "may-eval-[0-9a-f]{6}(-\w+)?"/g)).toHaveLength(3);

  const { facets } = model.calls;
  const more = await clio([...run, "--resume", "--with-facets"], options);
  expect(more.code, more.stderr).toBe(0);
  // Only the run's own twelve.
  expect(model.calls.facets).toBe(facets + 12);
});

test("Ctrl-C ends the runs that are under way; --resume goes on with them and asks nothing twice", async () => {
  const interrupt = new AbortController();
  let asked = 0;
  const model = scriptedModel({
    facets: (input) => {
      if (++asked === 50) interrupt.abort(stopReason("interrupted", "interrupted"));
      return plainAnswers.facets(input);
    },
  });
  const options = { cwd: folder.path, ...providing(model) };
  const stopped = await clio([...run, "--with-eval"], { ...options, interrupt: interrupt.signal });
  expect(stopped.code, stopped.stderr).toBe(130);
  const listed = await clio(["list-runs", "--json"], options);
  const { runs } = answerOf(listed) as { runs: { run_id: string; status: string }[] };
  expect(runs.map(({ status }) => status).sort()).toEqual(["done", "stopped", "stopped"]);
  const before = model.calls.facets;
  const resumed = await clio([...run, "--resume"], options);
  expect(resumed.code, resumed.stderr).toBe(0);
  // 40 for each of two seeds, and those with the attack's for the third; a batch of 8 in flight may be asked again.
  const id = resumed.stderr.length > 0 ? (await clio(["list-runs", "--json"], options)).stdout : "";
  const leaks = /may-eval-[0-9a-f]{6}-leaks/.exec(id)![0];
  const record = runManifest.parse(
    JSON.parse(await readFile(join(folder.path, "runs", leaks, "run_manifest.json"), "utf8")),
  );
  expect(model.calls.facets).toBeGreaterThanOrEqual(80 + record.counts.read!);
  expect(model.calls.facets).toBeLessThanOrEqual(80 + record.counts.read! + 64);
  expect(before).toBeGreaterThanOrEqual(50);
});

test("each run asks a model of its own seed; the embedder is one for all, and is closed once", async () => {
  const opened: { seed: number; model: ReturnType<typeof scriptedModel>; shared: boolean }[] = [];
  let closed = 0;
  const embedder = { ...hashingEmbedder(), close: async () => void closed++ };
  const options = {
    cwd: folder.path,
    deps: {
      openProvider: async ({ seed }: { seed: number }, _world: unknown, open?: Embedder) => {
        const model = scriptedModel();
        opened.push({ seed, model, shared: open === embedder });
        return { model, embedder: open ?? embedder };
      },
    },
  };
  const result = await clio([...run, "--with-eval"], options);
  expect(result.code, result.stderr).toBe(0);
  expect(opened.map(({ seed, shared }) => [seed, shared])).toEqual([
    [7, false],
    [7, true],
    [8, true],
    [7, true],
  ]);
  expect(opened.map(({ model }) => model.calls.facets > 0)).toEqual([false, true, true, true]);
  expect(closed).toBe(1);
});

test("a run on AWS is scored against labels", async () => {
  const stage: Stores = {
    ...openStores(join(folder.path, "runs"), silentLog),
    executions: {
      starter: { start: async () => "started", isRunning: async () => null, stop: async () => {} },
      dropAt: "s3://bucket/incoming/",
    },
  };
  const { deps } = providing(scriptedModel());
  const options = { cwd: folder.path, deps: { ...deps, openStage: async () => stage } };
  const made = await clio(
    ["run", "--input", "chats.jsonl", "--run-id", "may", "--with-clustering", "--quiet"],
    options,
  );
  expect(made.code, made.stderr).toBe(0);
  const aws = ["--target", "aws", "--run-id", "may", "--json"];
  await writeRows(folder.path, "labels.jsonl", [{ conversation_id: "c-1", label: "eggs" }]);
  const scored = await clio(["evaluate", "--labels", "labels.jsonl", ...aws], options);
  expect(scored.code, scored.stderr).toBe(0);
  expect(answerOf(scored)).toMatchObject({ evaluation: { quality: { n: 1, judged: false } } });
});

test.each(["19", "20001", "many"])("--eval-count %s is refused", async (count) => {
  const result = await clio(
    ["run", "--input", "chats.jsonl", "--with-eval", "--eval-count", count, "--json"],
    { cwd: folder.path },
  );
  expect(result.code).toBe(2);
  expect(answerOf(result).error).toMatchObject({
    code: "bad_setting",
    hint: "Allowed: a whole number from 20 to 20000.",
  });
});
