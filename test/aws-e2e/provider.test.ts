import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runMetrics } from "../../shared/contracts/run.ts";
import { publishedLatestKey, runFile } from "../../shared/keys.ts";
import { hasMinistack } from "../helpers/ministack.ts";
import { goodReply, openAiServer } from "../helpers/openai-server.ts";
import type { OpenAiServer } from "../helpers/openai-server.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { DeployedStage } from "./stage.ts";

const CORPUS = resolve(import.meta.dirname, "../../data/mock/conversations_2400.jsonl");
const MODEL_KEY = "canary-model-key";
const EMBEDDER_KEY = "canary-embedder-key";
const MOST_USD = 5;

let folder: TemporaryFolder;
let model: OpenAiServer;
/** Where nobody may be sent. */
let elsewhere: OpenAiServer;
let stage: DeployedStage;

async function chats(from: number, to: number): Promise<Uint8Array> {
  const lines = (await readFile(CORPUS, "utf8")).split("\n");
  return Buffer.from(lines.slice(from, to).join("\n"));
}

beforeAll(async () => {
  if (!hasMinistack()) throw new Error("npm run localstack:install first");
  folder = await temporaryFolder();
  model = await openAiServer((asked) => goodReply(asked, 32));
  elsewhere = await openAiServer();
  stage = await DeployedStage.deploy(join(folder.path, "state"), {
    provider: "compatible",
    model: "scripted",
    modelBaseUrl: model.url,
    embedder: "compatible",
    embedderModel: "vectors",
    embedderBaseUrl: model.url,
    priceInput: "1",
    priceOutput: "2",
    priceEmbedder: "0.1",
    maxCostUsd: String(MOST_USD),
  });
  await stage.setKeys({ CLIO_MODEL_API_KEY: MODEL_KEY, CLIO_EMBEDDER_API_KEY: EMBEDDER_KEY });
});

afterAll(async () => {
  await stage?.stop();
  await Promise.all([model?.close(), elsewhere?.close()]);
  await folder?.remove();
});

test("the check asks the stage's provider, whatever its event says, with the keys of the stage's secret", async () => {
  const event = { settings: { provider: "compatible", model: "other", model_base_url: elsewhere.url } };
  expect(await stage.invoke("check-provider", event)).toMatchObject({
    ok: true,
    stage: "local",
    provider: { ok: true, model: { provider: "compatible", model: "scripted" } },
    embedding: { ok: true, dimensions: 32 },
    question: { ok: true },
  });
  const keys = new Set(model.asked.map(({ headers }) => headers.authorization));
  expect(keys).toEqual(new Set([`Bearer ${EMBEDDER_KEY}`, `Bearer ${MODEL_KEY}`]));
  expect(elsewhere.asked).toEqual([]);
});

test("a dropped file is asked about and published; what it cost is counted", async () => {
  const before = model.asked.length;
  await stage.drop("asked.jsonl", await chats(0, 60), { max_cost_usd: 1 });
  const run = await stage.ended("asked.jsonl");
  expect(run.failure).toBeNull();
  expect(["done", "done_with_warnings"]).toContain(run.status);
  expect(run).toMatchObject({
    offline: false,
    model: { provider: "compatible", model: "scripted" },
    config: { model_base_url: model.url, max_cost_usd: 1 },
    counts: { read: 60, assigned: 60, fallback_facets: 0 },
  });
  expect(model.asked.length - before).toBeGreaterThan(60);
  expect(await stage.published.head(publishedLatestKey(run.run_id))).not.toBeNull();
  const metrics = await stage.objects.get(runFile(run.run_id, "metrics"));
  const { total } = runMetrics.parse(JSON.parse(Buffer.from(metrics!).toString()));
  expect(total.cost_usd).toBeGreaterThan(0);
  expect(total.cost_usd).toBeLessThan(1);
  expect(JSON.stringify(run) + (await stage.emulatorLog())).not.toMatch(/canary-(model|embedder)-key/);
});

test("a settings file cannot send conversations or keys to another address, nor raise the limit", async () => {
  await stage.drop("sent.jsonl", await chats(60, 100), { model_base_url: elsewhere.url });
  await stage.drop("dear.jsonl", await chats(100, 140), { max_cost_usd: MOST_USD + 1 });
  const failed = async (code: string) =>
    stage.until(({ status, failure }) => status === "failed" && failure?.code === code);
  expect(await failed("provider_not_of_stage")).toMatchObject({ attempt: 1, dataset: null });
  expect(await failed("cost_above_stage")).toMatchObject({ attempt: 1, dataset: null });
  expect(elsewhere.asked).toEqual([]);
});

test("a run that is resumed with another address is refused by the functions before they ask anybody", async () => {
  const { run_id: runId } = await stage.ended("asked.jsonl");
  const asked = model.asked.length;
  const args = ["--run-id", runId, "--resume", "--model-base-url", elsewhere.url];
  const resumed = await stage.clio("run", ...args);
  expect(resumed.code, resumed.stderr).toBe(0);
  const run = await stage.ended("asked.jsonl", 2);
  expect(run).toMatchObject({
    status: "failed",
    failure: { phase: "facets", code: "provider_not_of_stage" },
  });
  expect(elsewhere.asked).toEqual([]);
  expect(model.asked.length).toBe(asked);
});
