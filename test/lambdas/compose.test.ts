import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openCheck, openPhase, openStart } from "../../lambdas/compose.ts";
import type { keptProvider } from "../../lambdas/kept-provider.ts";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { runConfig, stageProvider } from "../../shared/config.ts";
import { facetsPhase } from "../../shared/phases/facets.ts";
import { recordingLog } from "../helpers/memory-run.ts";
import { hashingEmbedder, scriptedModel } from "../helpers/scripted-provider.ts";
import { scriptedHttp } from "../recipes/scripted-http.ts";
import type { ScriptedHttp } from "../recipes/scripted-http.ts";

const tools = { log: recordingLog(), clock: manualClock(0), count: () => {} };
const { signal } = new AbortController();

let secret = "{}";
/** As much of Secrets Manager as is asked here. */
let server: ScriptedHttp;

beforeAll(async () => {
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "none");
  vi.stubEnv("AWS_REGION", "eu-central-1");
  server = await scriptedHttp(() => ({ status: 200, body: { SecretString: secret } }));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server?.close();
});

const run = { CLIO_STAGE: "dev", CLIO_PRIVATE_BUCKET: "private", CLIO_RUN_TABLE: "runs" };
const asks = { provider: "openai", model: "gpt-4.1-mini", max_cost_usd: 3 } as const;
const settings = { CLIO_PROVIDER_SETTINGS: JSON.stringify(asks) };
const access = () => ({
  ...settings,
  CLIO_PROVIDER_SECRET: "keys",
  AWS_REGION: "eu-central-1",
  AWS_ENDPOINT_URL: server.url,
});

test("the functions that start and step know whom their stage asks, and fail where that cannot be read", () => {
  const stage = stageProvider.parse(asks);
  const machine = {
    CLIO_STATE_MACHINE: "arn:aws:states:eu-central-1:123456789012:stateMachine:ant-clio-dev",
  };
  expect(openStart({ ...run, ...settings, ...machine }, tools).stage).toEqual(stage);
  expect(openPhase(facetsPhase, {}, { ...run, ...settings }, tools).stage).toEqual(stage);
  expect(openPhase(facetsPhase, {}, run, tools).stage).toEqual(stageProvider.parse({}));
  expect(() => openPhase(facetsPhase, {}, { ...run, CLIO_PROVIDER_SETTINGS: "{" }, tools)).toThrow(
    expect.objectContaining({ code: "bad_stage" }),
  );
});

test("each provider that is opened has the keys of then, the function's region and its part of the limits", async () => {
  let worldOf: Parameters<typeof keptProvider>[0] | undefined;
  const provider: typeof keptProvider = (given) => {
    worldOf = given;
    return () => Promise.reject(new RangeError("not opened here"));
  };
  openPhase(facetsPhase, { provider }, { ...run, ...access() }, tools);
  const config = runConfig.parse({ ...asks, facet_max_concurrency: 4 });
  secret = '{"OPENAI_API_KEY": "first", "SOMETHING_ELSE": "x"}';
  const world = worldOf!(config, signal);
  expect(world.share).toBe(0.25);
  expect(await world.environment()).toEqual({ OPENAI_API_KEY: "first", AWS_REGION: "eu-central-1" });
  secret = '{"OPENAI_API_KEY": "second"}';
  expect(await worldOf!(config, signal).environment()).toMatchObject({ OPENAI_API_KEY: "second" });
});

test("the check opens the stage's provider, whole", async () => {
  const opened: unknown[] = [];
  const provider: typeof keptProvider = (worldOf) => async (config, aborted) => {
    opened.push(config, worldOf(config, aborted).share);
    return { model: scriptedModel(), embedder: hashingEmbedder() };
  };
  const check = openCheck(provider, { CLIO_STAGE: "dev", ...access() }, tools);
  expect(check.stage).toBe("dev");
  await check.open(signal);
  expect(opened).toEqual([runConfig.parse(asks), 1]);
});
