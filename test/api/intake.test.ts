import { beforeEach, expect, test } from "vitest";
import { apiRoutes } from "../../shared/contracts/api.ts";
import type { LaunchEvent, ProviderCheck } from "../../shared/contracts/aws.ts";
import { problem } from "../../shared/contracts/problem.ts";
import { ConflictError, TransientError } from "../../shared/errors.ts";
import { BUCKET_CONFIG_KEY, uploadFileKey } from "../../shared/keys.ts";
import { doctorService, launchServices } from "../../lambdas/api/intake-services.ts";
import type { IntakeDeps } from "../../lambdas/api/intake-services.ts";
import { start } from "../../lambdas/start-run.ts";
import { testApp } from "../helpers/api-app.ts";
import { chatsAbout, jsonlOf } from "../helpers/memory-run.ts";
import { memoryAws } from "../helpers/memory-aws.ts";

const CHATS = jsonlOf(chatsAbout(["track a parcel", "reset a password"], 40));
const UPLOAD = "a".repeat(32);
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const post = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const asked = (n: number, more: object = {}): RequestInit =>
  post({
    request_id: uuid(n),
    input: { kind: "upload", upload_id: UPLOAD },
    stages: ["privacy"],
    settings: {},
    ...more,
  });

const CHECKED: ProviderCheck = {
  ok: true,
  stage: "test",
  provider: {
    ok: true,
    model: { provider: "openai", model: "m", version: "1" },
    embedder: { provider: "openai", model: "e", version: "1" },
  },
  embedding: { ok: true, dimensions: 3 },
  question: { ok: true, cost_usd: 0 },
};

let aws: ReturnType<typeof memoryAws>;
let handedOver: LaunchEvent[];

function intake(more: Partial<IntakeDeps> = {}, stage: Parameters<typeof memoryAws>[0] = {}) {
  aws = memoryAws(stage);
  handedOver = [];
  const { detail } = aws.drop(uploadFileKey(UPLOAD, "chats.jsonl"), CHATS);
  const deps: IntakeDeps = {
    runs: aws.runs,
    clock: aws.clock,
    starter: aws.starter,
    log: aws.log,
    stage: aws.start.stage,
    bucketSettings: () => aws.objects.get(BUCKET_CONFIG_KEY),
    identify: aws.start.identify,
    locate: async () => ({ bucket: detail.bucket.name, key: detail.object.key, etag: detail.object.etag }),
    handOver: async (event) => {
      handedOver.push(event);
    },
    checkProvider: async () => CHECKED,
    ...more,
  };
  return testApp({ ...launchServices(deps), ...doctorService(deps) });
}
let app: ReturnType<typeof intake>;
beforeEach(() => {
  app = intake();
});

const started = async (response: Response) => apiRoutes.createRun.answer.parse(await response.json());
const refused = async (response: Response) => problem.parse(await response.json());

test("an upload becomes a run: recorded at once, handed over, started where inputs may be read", async () => {
  const response = await app.request("/api/runs", asked(1, { settings: { min_users: 3 } }));
  expect(response.status).toBe(202);
  const { run_id: runId, started: first } = await started(response);
  expect(first).toBe(true);
  expect(await aws.runs.get(runId)).toMatchObject({ status: "pending", config: { min_users: 3 } });

  expect(handedOver).toHaveLength(1);
  expect(await start(handedOver[0]!, aws.start, aws.call)).toEqual({ run_id: runId, started: true });
  expect(await aws.runs.get(runId)).toMatchObject({
    status: "running",
    attempt: 1,
    dataset: { name: "chats.jsonl", bytes: CHATS.length },
    phases: ["ingest", "facets", "embed", "cluster", "map", "annotate", "label", "privacy", "publish"],
  });
  expect([...aws.executions.keys()]).toEqual([`${runId}-1`]);
});

test("the same request again, or many at once, start one run", async () => {
  const answers = await Promise.all(
    [1, 2, 3, 4].map(async () => started(await app.request("/api/runs", asked(1)))),
  );
  expect(new Set(answers.map(({ run_id: id }) => id)).size).toBe(1);
  expect(answers.filter(({ started: first }) => first)).toHaveLength(1);
  for (const event of handedOver) await start(event, aws.start, aws.call);
  expect(aws.executions.size).toBe(1);
  const again = await started(await app.request("/api/runs", asked(1)));
  expect(again.started).toBe(false);
  expect(await start(handedOver[0]!, aws.start, aws.call)).toMatchObject({ started: false });
  expect((await started(await app.request("/api/runs", asked(2)))).run_id).not.toBe(again.run_id);
});

test("a request that was cut off before it was handed over is handed over when it is sent again", async () => {
  let broken = true;
  app = intake({
    handOver: async (event) => {
      if (broken) throw new TransientError("not now", { code: "unreachable" });
      handedOver.push(event);
    },
  });
  expect((await app.request("/api/runs", asked(1))).status).toBe(503);
  broken = false;
  expect((await app.request("/api/runs", asked(1))).status).toBe(202);
  expect(handedOver).toHaveLength(1);
});

test("settings of the bucket hold unless the request says otherwise", async () => {
  await aws.objects.put(BUCKET_CONFIG_KEY, utf8('{"min_users": 20, "seed": 4}'));
  const { run_id: runId } = await started(
    await app.request("/api/runs", asked(1, { settings: { seed: 5 } })),
  );
  expect((await aws.runs.get(runId))?.config).toMatchObject({ min_users: 20, seed: 5 });
});

test.each([
  ["a setting that there is not", { settings: { minimum: 3 } }, "bad_config"],
  ["a value that does not fit", { settings: { min_users: "many" } }, "bad_config"],
  ["another provider than the stage's", { settings: { provider: "openai" } }, "provider_not_of_stage"],
  ["the sample, which is on laptops", { input: { kind: "sample" } }, "input_not_found"],
])("%s is refused before anything is recorded", async (_what, more, reason) => {
  const response = await app.request("/api/runs", asked(1, more));
  expect(response.status).toBe(400);
  expect((await refused(response)).reason).toBe(reason);
  expect((await aws.runs.list({ limit: 1 })).runs).toEqual([]);
  expect(handedOver).toEqual([]);
});

test("more than the stage may cost is refused", async () => {
  app = intake({}, { stage: { max_cost_usd: 1 } });
  const response = await app.request("/api/runs", asked(1, { settings: { max_cost_usd: 2 } }));
  expect((await refused(response)).reason).toBe("cost_above_stage");
});

test("an upload that is not complete starts nothing", async () => {
  app = intake({
    locate: () => Promise.reject(new ConflictError("not complete", { code: "incomplete_upload" })),
  });
  expect((await app.request("/api/runs", asked(1))).status).toBe(409);
  expect((await aws.runs.list({ limit: 1 })).runs).toEqual([]);
});

test("a run whose record was changed to ask somebody else ends when it is to start, with the reason", async () => {
  const { run_id: runId } = await started(await app.request("/api/runs", asked(1)));
  const held = (await aws.runs.get(runId))!;
  await aws.runs.swap({
    ...held,
    revision: held.revision + 1,
    config: { ...held.config, provider: "openai", model: "m" },
  });
  expect(await start(handedOver[0]!, aws.start, aws.call)).toEqual({ run_id: runId, started: false });
  expect(await aws.runs.get(runId)).toMatchObject({
    status: "failed",
    failure: { code: "provider_not_of_stage" },
  });
});

test("a run that ended goes on with other settings and more phases; one that runs does not", async () => {
  const { run_id: runId } = await started(await app.request("/api/runs", asked(1, { stages: ["facets"] })));
  await start(handedOver[0]!, aws.start, aws.call);
  const resume = (more: object): Promise<Response> =>
    Promise.resolve(
      app.request(`/api/runs/${runId}/resume`, post({ stages: ["clustering"], settings: {}, ...more })),
    );
  expect((await resume({})).status).toBe(409);

  await aws.starter.stop(runId, 1);
  expect((await resume({ settings: { provider: "openai" } })).status).toBe(400);
  expect((await resume({ settings: { k: 3 } })).status).toBe(202);
  expect(await aws.runs.get(runId)).toMatchObject({
    attempt: 2,
    status: "running",
    config: { k: 3 },
    phases: ["ingest", "facets", "embed", "cluster", "map", "annotate"],
  });
  expect([...aws.executions.keys()]).toEqual([`${runId}-1`, `${runId}-2`]);
});

test("the doctor says what the provider's check found, and that it found nothing", async () => {
  const checks = async (more: Partial<IntakeDeps>) => {
    const response = await intake(more).request("/api/doctor");
    return apiRoutes.doctor.answer.parse(await response.json());
  };
  expect(await checks({})).toMatchObject({
    ok: true,
    checks: [{ name: "Run table" }, { detail: "m, e" }, {}, {}],
  });
  const failed = { ...CHECKED, ok: false, question: { ok: false, code: "no_key", hint: "Put it there." } };
  expect(await checks({ checkProvider: async () => failed })).toMatchObject({
    ok: false,
    checks: [{}, {}, {}, { name: "Model", status: "fail", detail: "no_key", hint: "Put it there." }],
  });
  const silent = (): Promise<never> => Promise.reject(new TransientError("no answer", { code: "deadline" }));
  expect(await checks({ checkProvider: silent })).toMatchObject({
    ok: false,
    checks: [{ status: "ok" }, { name: "Provider", status: "fail" }],
  });
});
