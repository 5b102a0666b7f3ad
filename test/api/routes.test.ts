import { beforeAll, describe, expect, test } from "vitest";
import { apiRoutes } from "../../shared/contracts/api.ts";
import { problem } from "../../shared/contracts/problem.ts";
import { publishedLatest } from "../../shared/contracts/published.ts";
import { changeRun } from "../../shared/engine/run-record.ts";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { memoryObjectStore } from "../../shared/adapters/memory/object-store.ts";
import { memoryRunStore } from "../../shared/adapters/memory/run-store.ts";
import { runPrefix } from "../../shared/keys.ts";
import { CAPABILITIES, aggregateApp, memoryServices, testApp } from "../helpers/api-app.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import type { MemoryRun } from "../helpers/memory-run.ts";
import { sampleManifest } from "../contracts/sample-run.ts";

const TOPICS = ["bake bread", "write an email", "fix the build", "plan a trip"];
const RUN = "api-run";
const WITH = { config: { k: 4, min_users: 2, min_conversations: 3 }, runId: RUN } as const;
let made: MemoryRun;

beforeAll(async () => {
  made = await memoryRun(jsonlOf(chatsAbout(TOPICS, 60)), WITH);
  expect(made.failure).toBeNull();
});

async function json(path: string, app = aggregateApp(made)): Promise<Record<string, never>> {
  const response = await app.request(`/api${path}`);
  expect(response.status, path).toBe(200);
  return (await response.json()) as Record<string, never>;
}

test("says what there is and what may be done", async () => {
  expect(await json("/health")).toEqual({ status: "ok", stage: "test", version: "0.0.0" });
  expect(await json("/capabilities")).toEqual(CAPABILITIES);
  const page = apiRoutes.listRuns.answer.parse(await json("/runs"));
  expect(page.runs.map(({ run_id: id, status }) => [id, status])).toEqual([[RUN, "done"]]);
  const run = apiRoutes.getRun.answer.parse(await json(`/runs/${RUN}`));
  expect(run.published?.run_id).toBe(RUN);
  expect(run.stop).toEqual({ allowed: false, reason: "it is not running" });
  expect(run.resume).toEqual({ allowed: true });
  expect(run).not.toHaveProperty("owner.id");
});

test("pages through runs by cursor, each once", async () => {
  const runs = memoryRunStore();
  for (let i = 0; i < 7; i++) await runs.create(sampleManifest(`run-${i}`));
  const app = aggregateApp({ runs, objects: memoryObjectStore() });
  const seen: string[] = [];
  let query = "?limit=3";
  for (let pages = 0; pages < 3; pages++) {
    const page = apiRoutes.listRuns.answer.parse(await json(`/runs${query}`, app));
    seen.push(...page.runs.map(({ run_id: id }) => id));
    query = `?limit=3&cursor=${encodeURIComponent(page.cursor ?? "")}`;
  }
  expect([...seen].sort()).toEqual(Array.from({ length: 7 }, (_, i) => `run-${i}`));
});

test("tells events after a cursor, in order and each once", async () => {
  const all = apiRoutes.events.answer.parse(await json(`/runs/${RUN}/events`));
  expect(all.events.map(({ sequence }) => sequence)).toEqual(all.events.map((_, i) => i));
  const later = apiRoutes.events.answer.parse(await json(`/runs/${RUN}/events?after=5&limit=2`));
  expect(later.events).toEqual(all.events.slice(5, 7));
  expect(later.next).toBe(7);
  expect(await json(`/runs/${RUN}/events?after=${all.next}`)).toEqual({ events: [], next: all.next });
});

test("lists a run's files, serves what anybody may have and says why not the rest", async () => {
  const app = aggregateApp(made);
  const { artifacts, missing } = apiRoutes.listArtifacts.answer.parse(await json(`/runs/${RUN}/artifacts`));
  expect(missing).toEqual([]);
  const paths = artifacts.map(({ path }) => path);
  expect(paths).toContain("published/latest.json");
  expect(paths.filter((path) => path.startsWith("private/"))).toEqual([]);
  for (const { path, holds, bytes } of artifacts) {
    const response = await app.request(`/api/runs/${RUN}/artifacts/${path}`);
    expect(response.status, path).toBe(holds === "raw" ? 403 : 206);
    if (holds !== "raw") expect((await response.arrayBuffer()).byteLength).toBe(bytes);
    expect(response.headers.get("content-disposition") ?? "attachment").toMatch(/^attachment/);
  }
  const latest = await app.request(`/api/runs/${RUN}/artifacts/published/latest.json`);
  expect(publishedLatest.parse(await latest.json()).run_id).toBe(RUN);
});

test("a file is served by range, and beyond its end is told its length", async () => {
  const app = aggregateApp(made);
  const path = `/api/runs/${RUN}/artifacts/privacy/privacy_audit.json`;
  const whole = await (await app.request(path)).text();
  const part = await app.request(path, { headers: { range: "bytes=5-9" } });
  expect([part.status, await part.text()]).toEqual([206, whole.slice(5, 10)]);
  expect(part.headers.get("content-range")).toBe(`bytes 5-9/${whole.length}`);
  const last = await app.request(path, { headers: { range: "bytes=-4" } });
  expect(await last.text()).toBe(whole.slice(-4));
  for (const range of [`bytes=${whole.length}-`, "bytes=9-5", "bytes=1-2,4-5", "lines=1-2"]) {
    const beyond = await app.request(path, { headers: { range } });
    expect(beyond.status, range).toBe(416);
    expect(beyond.headers.get("content-range")).toBe(`bytes */${whole.length}`);
  }
});

test("an answer that has not changed is not sent again", async () => {
  const app = aggregateApp(made);
  const first = await app.request(`/api/runs/${RUN}`);
  const tag = first.headers.get("etag") ?? "";
  expect(tag).not.toBe("");
  const second = await app.request(`/api/runs/${RUN}`, { headers: { "if-none-match": tag } });
  expect([second.status, await second.text()]).toEqual([304, ""]);
});

describe("a run that is running", () => {
  async function running() {
    const runs = memoryRunStore();
    const clock = manualClock(0);
    await runs.create(sampleManifest("busy"));
    const owner = {
      id: "o",
      host: "elsewhere",
      pid: 1,
      pid_started: null,
      started_at: "2026-11-01T10:00:00Z",
    };
    await changeRun(runs, clock, "busy", (run) => ({ ...run, status: "running", attempt: 1, owner }));
    await runs.writeLock("busy", { owner, attempt: 1, lease_expires_at: "2026-11-01T13:00:00Z" });
    return { runs, app: aggregateApp({ runs, objects: memoryObjectStore() }) };
  }

  test("is asked to stop once, and is not deleted meanwhile", async () => {
    const { runs, app } = await running();
    const refused = await app.request("/api/runs/busy?dry_run=false", { method: "DELETE" });
    expect([refused.status, problem.parse(await refused.json()).reason]).toEqual([409, "run_active"]);
    const stopped = await app.request("/api/runs/busy/stop", { method: "POST" });
    expect(stopped.status).toBe(202);
    expect(apiRoutes.stopRun.answer.parse(await stopped.json()).stop).toMatchObject({ allowed: false });
    expect((await runs.get("busy"))?.stop_requested_at).not.toBeNull();
  });
});

test("deleting says first what would go, then takes all of it", async () => {
  const copy = await memoryRun(jsonlOf(chatsAbout(TOPICS, 60)), WITH);
  const app = aggregateApp(copy);
  const dry = await app.request(`/api/runs/${RUN}`, { method: "DELETE" });
  const planned = apiRoutes.deleteRun.answer.parse(await dry.json());
  expect(planned).toMatchObject({ dry_run: true, published: true });
  expect(planned.objects).toBeGreaterThan(20);
  expect(await copy.runs.get(RUN)).not.toBeNull();
  const done = await app.request(`/api/runs/${RUN}?dry_run=false`, { method: "DELETE" });
  expect(apiRoutes.deleteRun.answer.parse(await done.json())).toEqual({ ...planned, dry_run: false });
  expect(await copy.runs.get(RUN)).toBeNull();
  for await (const { key } of copy.objects.list(runPrefix(RUN))) expect(key).toBe("gone");
  expect((await app.request(`/api/runs/${RUN}`)).status).toBe(404);
});

test("a route that a deployment lacks, or whose right a function lacks, is not there", async () => {
  const { stopRun: _left, ...without } = memoryServices(made);
  for (const app of [testApp(without), testApp(memoryServices(made), { rights: ["open", "read"] })])
    expect((await app.request(`/api/runs/${RUN}/stop`, { method: "POST" })).status).toBe(404);
});

test("an answer that is not as its contract says is not sent", async () => {
  const app = testApp({ ...memoryServices(made), capabilities: async () => ({ secret: "x" }) as never });
  const response = await app.request("/api/capabilities");
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("secret");
});
