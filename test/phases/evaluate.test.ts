import { expect, test } from "vitest";
import { PermanentError } from "../../shared/errors.ts";
import { searchable } from "../../shared/domain/evaluation/leaks.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import { plainAnswers, scriptedModel } from "../helpers/scripted-provider.ts";

const INPUT = jsonlOf(chatsAbout(["bake bread"], 20));
const config = { eval_count: 60 };

/** Repeats the end of the user's first message, where canaries stand. */
const repeating = () =>
  scriptedModel({
    facets: (input) => {
      const text = input.messages.find(({ role }) => role === "user")!.content;
      return { ...plainAnswers.facets(input), summary: text.slice(-300).trim() || null };
    },
  });

test("an evaluation needs the first phase alone, and scores runs of its own", async () => {
  const done = await memoryRun(INPUT, { stages: ["eval"], config });
  expect(done.failure).toBeNull();
  expect(done.run.phases).toEqual(["ingest", "evaluate"]);
  const metrics = await done.json("evaluation_metrics");
  expect(metrics).toMatchObject({ source: "synthetic", labels: null, quality: { n: 60, judged: false } });
  expect(metrics.quality.levels[0]).toMatchObject({ level: 0, against: "label", n: 60 });
  expect(metrics.quality.levels.at(-1)).toMatchObject({ against: "domain" });
  expect(metrics.quality.language).toMatchObject({ n: 60 });
  expect(metrics.stability).toMatchObject({ seeds: [7, 8] });
  expect(metrics.leaks!.minimums).toEqual({ min_users: 5, min_conversations: 15 });
  const synthetic = await done.rows("synthetic_conversations");
  const truth = await done.rows("synthetic_truth");
  expect(truth.map((row) => row.conversation_id)).toEqual(synthetic.map((row) => row.conversation_id));
  expect(synthetic.length).toBeGreaterThan(60);
  const { runs } = await done.runs.list({ limit: 10 });
  expect(runs.map(({ run_id: id, status }) => `${id.replace(/[0-9a-f]{6}/, "…")} ${status}`).sort()).toEqual([
    "test-run done",
    "test-run-eval-… done",
    "test-run-eval-…-leaks done",
    "test-run-eval-…-seed done",
  ]);
});

test("a provider that repeats what it reads is caught: in facets, unless masking came before", async () => {
  const leaksIn = async (mask_pii: boolean) => {
    const done = await memoryRun(INPUT, {
      stages: ["eval"],
      config: { ...config, mask_pii },
      model: repeating(),
    });
    expect(done.failure).toBeNull();
    return (await done.json("evaluation_metrics")).leaks!.layers;
  };
  const [unmasked, masked] = [await leaksIn(false), await leaksIn(true)];
  expect(unmasked[0]!.leaked.rate).toBe(1);
  expect(masked[0]!.leaked.count).toBeLessThan(unmasked[0]!.leaked.count);
  expect(masked[0]!.kinds.find(({ kind }) => kind === "email")!.leaked.count).toBe(0);
  // Whatever names may hold, nothing of one conversation alone is published.
  expect(unmasked[2]).toMatchObject({ layer: "published", leaked: { count: 0 } });
});

test("metrics and report hold no canary", async () => {
  const done = await memoryRun(INPUT, { stages: ["eval"], config, model: repeating() });
  const report = Buffer.from((await done.objects.get("runs/test-run/eval/report.md"))!).toString();
  const all = searchable(
    report + JSON.stringify(await done.json("evaluation_metrics")) + done.log.lines.join(),
  );
  const canaries = (await done.rows("synthetic_truth")).flatMap(({ canary }) => canary?.value ?? []);
  expect(canaries.length).toBeGreaterThan(5);
  for (const value of canaries) expect(all).not.toContain(searchable(value));
});

test("a run of its own that fails fails it, says which, and is gone on with; finished work is kept", async () => {
  const model = scriptedModel();
  let broken = true;
  const failing = {
    ...model,
    ask: ((task, input, options) => {
      // The first run asks for 60 facets and no audit; only the third asks for one.
      if (broken && task === "audit")
        throw new PermanentError("the provider is closed", { code: "provider_closed" });
      return model.ask(task, input, options);
    }) as typeof model.ask,
  };
  const first = await memoryRun(INPUT, { stages: ["eval"], config, model: failing });
  expect(first.failure).toMatchObject({ phase: "evaluate", code: "provider_closed" });
  expect(first.failure!.message).toMatch(/^its run test-run-eval-[0-9a-f]{6}-leaks failed: /);
  const { facets } = model.calls;
  expect(facets).toBeGreaterThan(120);
  broken = false;
  const second = await memoryRun(INPUT, { stages: ["eval"], config, model: failing, earlier: first });
  expect(second.failure).toBeNull();
  expect(model.calls.facets).toBe(facets);
  const calls = { ...model.calls };
  const third = await memoryRun(INPUT, { stages: ["eval"], config, model: failing, earlier: second });
  expect(third.failure).toBeNull();
  expect(model.calls).toEqual(calls);
});

test("the same settings give the same report, byte for byte", async () => {
  const reportOf = async () => {
    const { objects } = await memoryRun(INPUT, { stages: ["eval"], config: { eval_count: 30 } });
    return Buffer.from((await objects.get("runs/test-run/eval/report.md"))!).toString();
  };
  expect(await reportOf()).toBe(await reportOf());
});
