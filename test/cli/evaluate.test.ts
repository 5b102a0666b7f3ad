import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { evaluationMetrics } from "../../shared/contracts/evaluation.ts";
import { hashingEmbedder, scriptedModel } from "../helpers/scripted-provider.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { answerOf, clio, conversation, writeRows } from "./support.ts";
import type { ClioOptions } from "./support.ts";

const TOPICS = [
  "boil eggs for breakfast",
  "repair a bicycle chain",
  "translate a french letter",
  "file an income tax return",
];
const COUNT = 240;

let folder: TemporaryFolder;
const at = (options: Partial<ClioOptions> = {}): ClioOptions => ({
  cwd: folder.path,
  deps: { openProvider: async () => ({ model: scriptedModel(), embedder: hashingEmbedder() }) },
  ...options,
});
const labels = Array.from({ length: COUNT }, (_, i) => ({
  conversation_id: `c-${i}`,
  label: TOPICS[i % 4]!,
  domain: i % 2 === 0 ? "home" : "desk",
  language: "en",
  concern: 1,
}));

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeRows(
    folder.path,
    "chats.jsonl",
    labels.map(({ label }, i) =>
      conversation(i, {
        messages: [
          { role: "user", content: label },
          { role: "assistant", content: "Done." },
        ],
      }),
    ),
  );
  await writeRows(folder.path, "labels.jsonl", labels);
  const run = [
    "run",
    "--input",
    "chats.jsonl",
    "--run-id",
    "good",
    "--with-hierarchy",
    "--k",
    "4",
    "--quiet",
  ];
  const result = await clio(run, at());
  expect(result.code, result.stderr).toBe(0);
  await clio(["run", "--input", "chats.jsonl", "--run-id", "bare", "--quiet"], at());
});
afterAll(() => folder.remove());

const evaluateGood = ["evaluate", "--run-id", "good", "--labels", "labels.jsonl"];

describe("clio evaluate", () => {
  test("scores a run beside the baselines, for people and for programs", async () => {
    const result = await clio([...evaluateGood, "--json"], at());
    expect(result.code, result.stderr).toBe(0);
    const { evaluation, gates } = answerOf(result) as { evaluation: unknown; gates: unknown };
    const { quality, labels: told } = evaluationMetrics.parse(evaluation);
    expect(told).toEqual({ given: COUNT, not_in_run: 0, unlabelled: 0 });
    expect(gates).toEqual([]);
    expect(quality.judged).toBe(true);
    expect(quality.levels[0]!.methods.map(({ method }) => method)).toEqual([
      "clio",
      "tfidf_kmeans",
      "random",
      "majority",
    ]);
    expect(quality.levels[0]!.methods[0]!.nmi.value).toBeCloseTo(1, 9);
    expect(result.stderr).toContain("Judged on 240 labelled conversations.");
    expect(result.stderr).toContain("Base clusters against 4 labels, 240 conversations");
    expect(result.stderr).toMatch(/clio +4 +1\.00 \(1\.00–1\.00\)/);
  });

  test("passes a gate, and ends with 1 when one is missed", async () => {
    const good = await clio([...evaluateGood, "--gate", "nmi>=0.6", "--gate", "language>=0.9"], at());
    expect(good.code).toBe(0);
    expect(good.stderr).toMatch(/nmi>=0\.6 +passed, 1\.000/);
    const shuffled = labels.map((row, i) => ({ ...row, label: TOPICS[Math.floor(i / 60)] }));
    await writeRows(folder.path, "shuffled.jsonl", shuffled);
    const missed = await clio(
      ["evaluate", "--run-id", "good", "--labels", "shuffled.jsonl", "--gate", "nmi>=0.6", "--json"],
      at(),
    );
    expect(missed.code).toBe(1);
    expect(answerOf(missed)).toMatchObject({
      ok: false,
      exit_code: 1,
      gates: [{ gate: "nmi>=0.6", passed: false }],
    });
    expect(missed.stderr).toMatch(/nmi>=0\.6 +missed, 0\.\d+/);
  });

  test("says when there are too few labels, and passes no gate on them", async () => {
    await writeRows(folder.path, "few.jsonl", labels.slice(0, 20));
    const few = ["evaluate", "--run-id", "good", "--labels", "few.jsonl"];
    const result = await clio(few, at());
    expect(result.code).toBe(0);
    expect(result.stderr).toContain("Too small to judge: 20 labelled conversations, and it takes 200.");
    expect(result.stderr).toContain("220 conversations without one.");
    expect((await clio([...few, "--gate", "nmi>=0.1"], at())).code).toBe(1);
  });

  test("writes report, metrics and figures into the run's folder when asked", async () => {
    const result = await clio([...evaluateGood, "--write"], at());
    expect(result.code).toBe(0);
    expect(result.stderr).toContain("eval/report.md");
    const written = join(folder.path, "runs/good/eval");
    evaluationMetrics.parse(JSON.parse(await readFile(join(written, "phase6_metrics.json"), "utf8")));
    const report = await readFile(join(written, "report.md"), "utf8");
    for (const [, figure] of report.matchAll(/\]\((\w+\.svg)\)/g))
      expect(await readFile(join(written, figure!), "utf8")).toContain("</svg>");
    expect(report).toContain("# Evaluation of good");
  });

  test("names the lines of a labels file that are wrong, and nothing that they say", async () => {
    await writeRows(folder.path, "bad.jsonl", [
      labels[0],
      "not json, top-secret",
      { ...labels[1], concern: 11 },
      labels[0],
    ]);
    const result = await clio(["evaluate", "--run-id", "good", "--labels", "bad.jsonl", "--json"], at());
    expect(result.code).toBe(2);
    const { error } = answerOf(result);
    expect(error?.code).toBe("bad_labels");
    expect(error?.message).toMatch(/line 2: is not JSON; line 3: concern: .*; line 4: a second label/);
    expect(result.stdout + result.stderr).not.toContain("top-secret");
  });

  test.each([
    [["evaluate", "--labels", "labels.jsonl"], "no_run_id"],
    [["evaluate", "--run-id", "good"], "no_labels_file"],
    [["evaluate", "--run-id", "good", "--labels", "none.jsonl"], "input_not_found"],
    [["evaluate", "--run-id", "nothing", "--labels", "labels.jsonl"], "unknown_run"],
    [["evaluate", "--run-id", "bare", "--labels", "labels.jsonl"], "no_clusters"],
    [[...evaluateGood, "--gate", "nmi"], "bad_gate"],
    [["evaluate", "--run-id", "good", "--labels", "others.jsonl"], "labels_of_other_conversations"],
    [["evaluate", "--run-id", "good", "--labels", "blank.jsonl"], "no_labels"],
  ])("%j is refused as %s, with what to do", async (argv, code) => {
    await writeRows(folder.path, "others.jsonl", [{ conversation_id: "elsewhere", label: "x" }]);
    await writeRows(folder.path, "blank.jsonl", [""]);
    const result = await clio([...argv, "--json"], at());
    expect(result.code).toBe(code === "unknown_run" ? 1 : 2);
    expect(answerOf(result).error).toMatchObject({ code });
    expect(answerOf(result).error?.hint).toBeTruthy();
  });
});
