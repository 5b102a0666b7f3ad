import { beforeEach, expect, test } from "vitest";
import { apiRoutes } from "../../shared/contracts/api.ts";
import { problem } from "../../shared/contracts/problem.ts";
import { estimateTools } from "../../shared/adapters/estimate-tools.ts";
import { bytesInput } from "../../shared/adapters/memory/bytes-input.ts";
import { encodeDocument } from "../../shared/domain/jsonl.ts";
import { inputLocationKey, runPrefix, uploadFileKey, uploadRecordKey } from "../../shared/keys.ts";
import { privateServices } from "../../lambdas/api/private-services.ts";
import type { PrivateDeps } from "../../lambdas/api/private-services.ts";
import { executionOwner } from "../../shared/engine/execution.ts";
import { sampleManifest } from "../contracts/sample-run.ts";
import { testApp } from "../helpers/api-app.ts";
import { collect } from "../helpers/collect.ts";
import { chatsAbout, jsonlOf } from "../helpers/memory-run.ts";
import { memoryAws } from "../helpers/memory-aws.ts";

const CANARY = "zanzibarquux";
const UPLOAD = "a".repeat(32);
const OTHER = "b".repeat(32);
const KEY = uploadFileKey(UPLOAD, "chats.jsonl");
const RUN = "some-run";
const post = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

let aws: ReturnType<typeof memoryAws>;
beforeEach(() => {
  aws = memoryAws();
});

function privately(input: Uint8Array, more: Partial<PrivateDeps> = {}) {
  const { objects, runs, clock, starter } = aws;
  const location = { bucket: "private", key: KEY, etag: "e" };
  return testApp(
    privateServices({
      life: {
        runs,
        clock,
        starter,
        me: executionOwner("api", 1, "2026-11-01T00:00:00Z"),
        isAlive: () => true,
      },
      stores: { objects, published: objects, runs, abortUploads: async () => {} },
      locate: async () => location,
      openInput: async () => bytesInput(input),
      tools: estimateTools,
      stage: aws.start.stage,
      deadline: () => new AbortController().signal,
      ...more,
    }),
  );
}

test("an upload is checked, and what is wrong is told without what anybody wrote", async () => {
  const good = jsonlOf(chatsAbout([`about ${CANARY}`], 3));
  const bad = new TextEncoder().encode(`{"conversation_id":"x","messages":"${CANARY}"}\n`);
  const app = privately(Buffer.concat([good, bad]));
  const response = await app.request(`/api/uploads/${UPLOAD}/validation`, post({ users: "required" }));
  const text = await response.text();
  const report = apiRoutes.validation.answer.parse(JSON.parse(text));
  expect(report).toMatchObject({ ok: false, counts: { valid: 3, invalid: 1 } });
  expect(text).not.toContain(CANARY);
  expect(response.headers.get("cache-control")).toBe("no-store");
});

test("a check that would take longer than anybody waits says so, and what to do", async () => {
  const over = new AbortController();
  over.abort(new Error("time is up"));
  const app = privately(jsonlOf(chatsAbout(["cakes"], 3)), { deadline: () => over.signal });
  const response = await app.request(`/api/uploads/${UPLOAD}/validation`, post({ users: "required" }));
  expect(response.status).toBe(409);
  expect(problem.parse(await response.json()).reason).toBe("too_long_to_check");
});

test("an estimate is of a run of this stage", async () => {
  aws = memoryAws({ stage: { provider: "openai", model: "gpt-4.1-mini", embedder: "openai" } });
  const app = privately(jsonlOf(chatsAbout(["cakes", "trains"], 30)));
  const given = { input: { kind: "upload", upload_id: UPLOAD }, stages: ["facets"], settings: {} };
  const answer = await (await app.request("/api/estimate", post(given))).json();
  expect(apiRoutes.estimate.answer.parse(answer)).toMatchObject({
    billed: true,
    conversations: { count: 30, exact: true },
  });
  const sample = await app.request("/api/estimate", post({ ...given, input: { kind: "sample" } }));
  expect(sample.status).toBe(400);
});

test("a run goes with what was uploaded for it, once it is said for certain, and nothing else does", async () => {
  const { objects, runs } = aws;
  await runs.create({ ...sampleManifest(RUN), status: "done", finished_at: "2026-11-01T00:00:00Z" });
  const put = (key: string): Promise<number> => objects.put(key, new Uint8Array(3));
  await put(`${runPrefix(RUN)}conversation.jsonl`);
  await put(KEY);
  await put(uploadRecordKey(UPLOAD));
  await put(uploadFileKey(OTHER, "chats.jsonl"));
  await put("incoming/chats.jsonl");
  await objects.put(inputLocationKey(RUN), encodeDocument({ bucket: "private", key: KEY, etag: "e" }));
  const app = privately(new Uint8Array(0));
  const keys = async (): Promise<string[]> => (await collect(objects.list(""))).map(({ key }) => key).sort();
  const before = await keys();

  const dry = await app.request(`/api/runs/${RUN}`, { method: "DELETE" });
  expect(await dry.json()).toMatchObject({ dry_run: true, objects: 2 });
  expect(await keys()).toEqual(before);

  expect((await app.request(`/api/runs/${RUN}?dry_run=false`, { method: "DELETE" })).status).toBe(200);
  expect(await keys()).toEqual(["incoming/chats.jsonl", uploadFileKey(OTHER, "chats.jsonl")]);
  expect(await runs.get(RUN)).toBeNull();
});
