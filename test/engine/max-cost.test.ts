import { describe, expect, test } from "vitest";
import { memoryBudget } from "../../shared/adapters/memory/budget.ts";
import { BadAnswerError } from "../../shared/errors.ts";
import { billedModel, COST_USD, WORST_USD } from "../helpers/billed-model.ts";
import { machineRun } from "../helpers/machine-run.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";

const INPUT = jsonlOf(chatsAbout(["cooking", "gardening", "taxes"], 60, 20));
const CONFIG = { min_users: 2, min_conversations: 3, privacy_sample: 20 } as const;

const spentOn = async ({ budget }: { budget: ReturnType<typeof memoryBudget> }): Promise<number> =>
  (await budget.read("test-run")).spent / 1e6;

describe("a run whose cost is limited", () => {
  test("stops before it would exceed the limit, and a resumed one does the rest without paying twice", async () => {
    const whole = billedModel();
    const unlimited = await memoryRun(INPUT, { config: CONFIG, model: whole });
    expect(unlimited.failure).toBeNull();

    const model = billedModel();
    const stopped = await memoryRun(INPUT, { config: { ...CONFIG, max_cost_usd: 0.03 }, model });
    expect(stopped.failure).toMatchObject({
      code: "budget_spent",
      phase: "facets",
      hint: "Raise --max-cost-usd and resume: clio run --run-id test-run --resume --max-cost-usd N",
    });
    expect(await spentOn(stopped)).toBeLessThanOrEqual(0.03);
    expect(await spentOn(stopped)).toBeGreaterThan(0.03 - WORST_USD);
    expect(await spentOn(stopped)).toBeCloseTo(model.total() * COST_USD, 9);

    const resumed = await memoryRun(INPUT, {
      config: { ...CONFIG, max_cost_usd: 10 },
      model,
      earlier: stopped,
    });
    expect(resumed.failure).toBeNull();
    expect(await resumed.json("labeled_clusters")).toEqual(await unlimited.json("labeled_clusters"));
    expect(model.total()).toBe(whole.total());
    expect(await spentOn(resumed)).toBeCloseTo(model.total() * COST_USD, 9);
  });

  test("counts what a killed attempt had set aside as spent", async () => {
    const budget = memoryBudget();
    await budget.reserve("test-run", 29_000, 30_000);
    const { objects, runs } = await memoryRun(INPUT, { only: ["ingest"] });
    const model = billedModel();
    const { failure } = await memoryRun(INPUT, {
      config: { ...CONFIG, max_cost_usd: 0.03 },
      model,
      earlier: { objects, runs, budget },
    });
    expect(failure?.message).toContain("$0.0290 more is set aside by calls elsewhere or cut off");
    expect(model.total()).toBe(0);
  });

  test("of a provider that bills nothing runs on", async () => {
    const { failure, budget } = await memoryRun(INPUT, { config: { ...CONFIG, max_cost_usd: 0 } });
    expect(failure).toBeNull();
    expect(await budget.read("test-run")).toEqual({ spent: 0, reserved: 0 });
  });

  test("pays for bad answers as well", async () => {
    const usage = { calls: 2, input_tokens: 1, output_tokens: 1, cost_usd: 0.002 };
    const model = billedModel({
      facets: () => {
        throw new BadAnswerError("no JSON", { usage });
      },
    });
    const run = await memoryRun(INPUT, { only: ["ingest", "facets"], config: { max_cost_usd: 10 }, model });
    expect(run.failure).toBeNull();
    expect(await spentOn(run)).toBeCloseTo(60 * 0.002, 9);
  });

  test("draws on the budget of the run it is part of", async () => {
    const parent = await memoryRun(INPUT, { only: ["ingest"], runId: "parent" });
    const model = billedModel();
    const child = await memoryRun(INPUT, {
      runId: "child",
      within: parent,
      budgetRunId: "parent",
      config: { max_cost_usd: 0.02 },
      only: ["ingest", "facets"],
      model,
    });
    expect(child.failure).toMatchObject({ code: "budget_spent" });
    expect(child.failure?.hint).toContain("--run-id parent ");
    expect((await parent.budget.read("parent")).spent).toBe(model.total() * 1000);
    expect((await parent.budget.read("child")).spent).toBe(0);
  });

  test("stops when a run of its evaluation may spend no more, and says how the run itself goes on", async () => {
    const model = billedModel();
    const config = { ...CONFIG, eval_count: 20, max_cost_usd: 0.02 };
    const stopped = await memoryRun(INPUT, { stages: ["eval"], config, model });
    expect(stopped.failure).toMatchObject({ code: "budget_spent", phase: "evaluate" });
    expect(stopped.failure?.hint).toContain("--run-id test-run --resume");
    expect(await spentOn(stopped)).toBeCloseTo(model.total() * COST_USD, 9);
    expect(await spentOn(stopped)).toBeLessThanOrEqual(0.02);
  });

  test("ends as stopped on AWS too, and every batch still answers the empty object", async () => {
    const { run, answers } = await machineRun(INPUT, {
      config: { ...CONFIG, max_cost_usd: 0.03 },
      model: billedModel(),
    });
    expect(run.status).toBe("stopped");
    expect(run.failure).toMatchObject({ code: "budget_spent", phase: "facets" });
    expect(answers).toContainEqual({});
    expect(answers).toContainEqual({ next: "failed" });
  });
});
