import { expect, test } from "vitest";
import { runMetrics } from "../../shared/contracts/run.ts";
import type { RunMetrics } from "../../shared/contracts/run.ts";
import { decodeJson } from "../../shared/domain/jsonl.ts";
import { summarizeRun } from "../../shared/engine/summary.ts";
import type { CostEstimate } from "../../shared/engine/summary.ts";
import { BadAnswerError } from "../../shared/errors.ts";
import { runFile } from "../../shared/keys.ts";
import type { Embedder } from "../../shared/ports/embedder.ts";
import { billedModel } from "../helpers/billed-model.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import type { MemoryRun } from "../helpers/memory-run.ts";
import { hashingEmbedder } from "../helpers/scripted-provider.ts";

const INPUT = jsonlOf(chatsAbout(["cooking", "gardening", "taxes"], 60, 20));
const CONFIG = { min_users: 2, min_conversations: 3, k: 14, hierarchy_top: 3 } as const;

async function metricsOf({ objects, run }: MemoryRun, estimate: CostEstimate | null): Promise<RunMetrics> {
  await summarizeRun(objects, run, { total: 1, phases: new Map(), peakRssMib: 0, estimate });
  const bytes = await objects.get(runFile(run.run_id, "metrics"));
  if (bytes === null) throw new Error("no metrics");
  return runMetrics.parse(decodeJson(bytes));
}

function billedEmbedder(): Embedder {
  const plain = hashingEmbedder();
  return {
    ...plain,
    async embed(texts, call) {
      const usage = { calls: 1, input_tokens: texts.length, output_tokens: 0, cost_usd: texts.length * 1e-6 };
      return { ...(await plain.embed(texts, call)), usage };
    },
  };
}

test("the metrics say what each model used in each phase, the chat model and the embedder apart", async () => {
  const model = billedModel();
  const run = await memoryRun(INPUT, {
    stages: ["hierarchy"],
    config: CONFIG,
    model,
    embedder: billedEmbedder(),
  });
  expect(run.failure).toBeNull();
  const metrics = await metricsOf(run, null);

  const of = (name: string) => metrics.phases.find(({ phase }) => phase === name)!;
  expect(of("ingest").models).toEqual([]);
  expect(of("facets").models).toEqual([
    {
      kind: "chat",
      model: "plain",
      calls: 60,
      input_tokens: 600,
      output_tokens: 300,
      cost_usd: expect.closeTo(0.06),
      failed: 0,
    },
  ]);
  expect(of("embed").models.map(({ kind }) => kind)).toEqual(["embedding"]);
  const { models, usage } = of("hierarchy");
  expect(models.map(({ kind }) => kind).sort()).toEqual(["chat", "embedding"]);
  for (const phase of metrics.phases) {
    expect(phase.models.reduce((sum, { calls }) => sum + calls, 0)).toBe(phase.usage.calls);
    expect(phase.models.reduce((sum, { cost_usd }) => sum + cost_usd, 0)).toBeCloseTo(
      phase.usage.cost_usd,
      12,
    );
  }
  expect(usage.calls).toBeGreaterThan(0);
  expect(metrics.models.find(({ kind }) => kind === "chat")?.calls).toBe(model.total());
  expect(metrics.models.reduce((sum, { cost_usd }) => sum + cost_usd, 0)).toBeCloseTo(
    metrics.total.cost_usd,
    12,
  );
  expect(metrics.estimate).toBeNull();
});

test("questions without a usable answer are counted with what they cost", async () => {
  let asked = 0;
  const model = billedModel({
    label: () => {
      asked++;
      throw new BadAnswerError("no", {
        usage: { calls: 2, input_tokens: 9, output_tokens: 9, cost_usd: 0.5 },
      });
    },
  });
  const run = await memoryRun(INPUT, { stages: ["labeling"], config: CONFIG, model });
  const metrics = await metricsOf(run, { lowUsd: 1, likelyUsd: 2, highUsd: 3 });
  const label = metrics.phases.find(({ phase }) => phase === "label");
  expect(asked).toBeGreaterThan(0);
  expect(label?.models).toMatchObject([{ kind: "chat", calls: 2 * asked, failed: asked }]);
  expect(label?.usage.cost_usd).toBeCloseTo(asked * 0.5);
  expect(metrics.estimate).toEqual({
    low_usd: 1,
    likely_usd: 2,
    high_usd: 3,
    actual_usd: metrics.total.cost_usd,
    ratio: metrics.total.cost_usd / 2,
  });
});
