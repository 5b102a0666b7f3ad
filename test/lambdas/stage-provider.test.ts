import { expect, test } from "vitest";
import { objection, readStageProvider, requireOfStage } from "../../lambdas/stage-provider.ts";
import { providerSettings, runConfig, stageProvider } from "../../shared/config.ts";

const stage = stageProvider.parse({ provider: "openai", model: "gpt-4.1-mini", embedder: "jina" });

/** Another value than the stage's of each setting that it fixes. */
const others = {
  provider: "compatible",
  model: "gpt-4.1",
  model_base_url: "https://elsewhere.example/v1",
  embedder: "openai",
  embedder_model: "another",
  embedder_base_url: "https://elsewhere.example/v1",
  embedder_dimensions: 256,
  embedder_task: "retrieval",
  trace_content: true,
  price_input: 0,
  price_output: 0,
  price_embedder: 0,
};

test("a stage that says nothing asks the offline provider, and nobody else", () => {
  const silent = readStageProvider(undefined);
  expect(silent).toMatchObject({ provider: "offline", model_base_url: null, max_cost_usd: null });
  expect(objection(runConfig.parse({}), silent)).toBeNull();
  expect(objection(runConfig.parse({ provider: "openai" }), silent)).toMatchObject({
    code: "provider_not_of_stage",
  });
});

test.each(["{", "null", '{"provider":"nobody"}', '{"seed":1}'])("a stage that says %s is refused", (text) => {
  expect(() => readStageProvider(text)).toThrow(expect.objectContaining({ code: "bad_stage" }));
});

test("every setting of whom is asked is fixed, and its value is not told", () => {
  expect(Object.keys(others).sort()).toEqual(Object.keys(providerSettings.shape).sort());
  for (const [key, value] of Object.entries(others)) {
    const found = objection(runConfig.parse({ ...stage, [key]: value }), stage);
    expect(found, key).toMatchObject({
      code: "provider_not_of_stage",
      message: expect.stringContaining(key),
    });
    expect(JSON.stringify(found)).not.toContain("elsewhere");
  }
});

test("what is no matter of the provider may be set by each run", () => {
  const config = runConfig.parse({
    ...stage,
    seed: 9,
    model_context_tokens: 8000,
    model_requests_per_minute: 10,
    facet_max_concurrency: 2,
    max_cost_usd: 100,
  });
  expect(objection(config, stage)).toBeNull();
});

test.each([
  [10, null],
  [9.5, null],
  [10.01, "cost_above_stage"],
  [null, "cost_above_stage"],
])("a stage that allows 10 dollars says to %s: %s", (maxCostUsd, code) => {
  const limited = { ...stage, max_cost_usd: 10 };
  const config = runConfig.parse({ ...limited, max_cost_usd: maxCostUsd });
  expect(objection(config, limited)?.code ?? null).toBe(code);
  if (code !== null)
    expect(() => requireOfStage(config, limited)).toThrow(
      expect.objectContaining({ name: "ClioPermanentError", code }),
    );
});
