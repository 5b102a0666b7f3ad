import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { apiRoutes } from "../../shared/contracts/api.ts";
import { problem } from "../../shared/contracts/problem.ts";
import { publishedLatest } from "../../shared/contracts/published.ts";
import { siteConfig } from "../../shared/contracts/site.ts";
import { fileNameOf } from "../../shared/domain/input/upload-plan.ts";
import { clio } from "../helpers/clio.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { startViz } from "../browser/support/viz.ts";
import type { Viz } from "../browser/support/viz.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SAMPLE = join(ROOT, "data/mock/conversations_llm_200.jsonl");
let folder: TemporaryFolder;
let done = "";
const servers: Viz[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  done = join(folder.path, "done");
  const made = await clio([
    "run",
    "--input",
    SAMPLE,
    "--with-privacy",
    "--run-id",
    "seen",
    "--runs-dir",
    done,
    "--quiet",
  ]);
  expect(made.code).toBe(0);
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
afterAll(() => folder.remove());

async function viz(runsDir: string, flags: readonly string[] = []): Promise<Viz> {
  const started = await startViz(runsDir, flags);
  servers.push(started);
  return started;
}
const emptyDir = (): Promise<string> => mkdtemp(join(folder.path, "runs-"));

function asker({ origin, token }: Viz) {
  return (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(origin + path, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
}
const post = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** Looks now and then until it is so; how long that takes says nothing. */
async function until<T>(look: () => Promise<T | null>): Promise<T> {
  return vi.waitFor(
    async () => {
      const found = await look();
      if (found === null) throw new Error("not yet");
      return found;
    },
    { interval: 200, timeout: 150_000 },
  );
}

describe("the site", () => {
  test("is there for every page, and what is no page is not", async () => {
    const { origin } = await viz(done);
    const index = await (await fetch(`${origin}/`)).text();
    expect(index).toContain('<div id="root">');
    for (const page of ["/runs", "/runs/seen/map", "/ingest"])
      expect(await (await fetch(origin + page)).text()).toBe(index);
    for (const file of [
      "/assets/nothing.js",
      "/favicon.ico",
      "/runs/seen/map.json",
      "/../package.json",
      "/%2e%2e/package.json",
    ])
      expect((await fetch(origin + file)).status, file).toBe(file.includes("package") ? 404 : 404);
    const [, asset = ""] = /src="(\/assets\/[^"]+)"/.exec(index) ?? [];
    const script = await fetch(origin + asset);
    expect([script.status, script.headers.get("cache-control")]).toEqual([
      200,
      "public, max-age=31536000, immutable",
    ]);
    expect(script.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect(script.headers.get("content-security-policy")).not.toMatch(/unsafe|https?:/);
  });

  test("is told where everything is", async () => {
    const { origin } = await viz(done);
    expect(siteConfig.parse(await (await fetch(`${origin}/config.json`)).json()).auth).toEqual({
      mode: "token",
    });
  });

  test("answers its own name and token alone", async () => {
    const started = await viz(done);
    const { origin, token } = started;
    const paths = ["/api/runs", "/api/capabilities", "/data/runs/seen/published/latest.json"];
    for (const path of paths) {
      expect((await fetch(origin + path)).status, path).toBe(401);
      expect((await fetch(origin + path, { headers: { authorization: `Bearer ${token}x` } })).status).toBe(
        401,
      );
      expect((await asker(started)(path)).status, path).toBe(200);
    }
    expect(new URL(started.origin).hostname).toBe("127.0.0.1");
  });
});

describe("what is published", () => {
  test("is served by its keys, and nothing beside it", async () => {
    const started = await viz(done);
    const ask = asker(started);
    const pointer = await ask("/data/runs/seen/published/latest.json");
    const { generation } = publishedLatest.parse(await pointer.json());
    const file = await ask(`/data/runs/seen/published/${generation}/clusters.json`);
    expect(file.headers.get("cache-control")).toContain("immutable");
    expect(await file.text()).toBe(
      await readFile(join(done, "seen/published", generation, "clusters.json"), "utf8"),
    );
    for (const key of [
      "runs/seen/conversation.jsonl",
      "runs/seen/private/users.jsonl",
      "runs/seen/published/../conversation.jsonl",
      "runs/seen/published/%2e%2e/conversation.jsonl",
      "runs/seen/published/..%2fconversation.jsonl",
      `runs/seen/published/${generation}/nothing.json`,
      "runs/other/published/latest.json",
      "config/clio.json",
    ])
      expect((await ask(`/data/${key}`)).status, key).toBe(404);
  });
});

describe("an upload", () => {
  const MIB16 = 16 * 2 ** 20;
  const part = (id: string, number: number): string => `/api/uploads/${id}/parts/${number}`;
  async function begun(ask: ReturnType<typeof asker>, name: string, bytes: number): Promise<string> {
    const answer = await ask("/api/uploads", post({ name, bytes }));
    expect(answer.status).toBe(201);
    return apiRoutes.createUpload.answer.parse(await answer.json()).upload_id;
  }

  test("comes in parts of any order, twice and at once, and is whole when all are there", async () => {
    const runsDir = await emptyDir();
    const ask = asker(await viz(runsDir));
    const body = Buffer.alloc(MIB16 + 1000);
    for (let i = 0; i < body.length; i += 997) body[i] = i % 251;
    const id = await begun(ask, "big.jsonl", body.length);
    const second = body.subarray(MIB16);
    expect((await ask(part(id, 2), { method: "PUT", body: second })).status).toBe(204);
    const early = await ask(`/api/uploads/${id}/complete`, { method: "POST" });
    expect(problem.parse(await early.json())).toMatchObject({ status: 409, reason: "incomplete_upload" });
    const puts = [1, 2, 1].map((number) =>
      ask(part(id, number), { method: "PUT", body: number === 1 ? body.subarray(0, MIB16) : second }),
    );
    expect((await Promise.all(puts)).map(({ status }) => status)).toEqual([204, 204, 204]);
    const whole = apiRoutes.completeUpload.answer.parse(
      await (await ask(`/api/uploads/${id}/complete`, { method: "POST" })).json(),
    );
    expect(whole).toMatchObject({ received: [1, 2], complete: true });
    const kept = join(runsDir, ".uploads", id);
    const hash = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
    expect(hash(await readFile(join(kept, "big.jsonl")))).toBe(hash(body));
    expect((await stat(kept)).mode & 0o077).toBe(0);
  });

  test("of the wrong length, of no such part or of nobody's is refused", async () => {
    const ask = asker(await viz(await emptyDir()));
    const id = await begun(ask, "a.jsonl", 10);
    const put = (path: string, body: string) => ask(path, { method: "PUT", body });
    for (const [path, body, status] of [
      [part(id, 1), "too long for it", 400],
      [part(id, 1), "short", 400],
      [part(id, 2), "0123456789", 400],
      [part(id, 0), "0123456789", 404],
      [part("0".repeat(32), 1), "0123456789", 404],
      [part("..%2f..%2fx", 1), "0123456789", 404],
    ] as const)
      expect((await put(path, body)).status, path).toBe(status);
    const huge = await fetch(`${servers[0]!.origin}${part(id, 1)}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${servers[0]!.token}` },
      body: Buffer.alloc(MIB16 + 1),
    });
    expect(huge.status).toBe(413);
  });

  test.each([
    ["../../etc/passwd", "passwd.jsonl"],
    ["C:\\Users\\me\\chats.JSONL", "chats.jsonl"],
    ["CON.jsonl", "upload-CON.jsonl"],
    ["", "upload.jsonl"],
    ["...", "upload.jsonl"],
    ["\u202Egnp.jsonl", "_gnp.jsonl"],
    ["chats.jsonl.gz", "chats.jsonl.gz"],
    ["会話 2026.jsonl", "会話 2026.jsonl"],
    [`${"x".repeat(300)}.jsonl`, `${"x".repeat(100)}.jsonl`],
    ["a\u0000b\n.jsonl", "a_b_.jsonl"],
  ])("named %j lies under a harmless name", (given, kept) => {
    expect(fileNameOf(given)).toBe(kept);
  });

  test("is checked on the server as in the page, compressed too", async () => {
    const ask = asker(await viz(await emptyDir()));
    const zipped = gzipSync(await readFile(SAMPLE));
    const id = await begun(ask, "chats.jsonl.gz", zipped.length);
    expect((await ask(part(id, 1), { method: "PUT", body: zipped })).status).toBe(204);
    await ask(`/api/uploads/${id}/complete`, { method: "POST" });
    const report = apiRoutes.validation.answer.parse(
      await (await ask(`/api/uploads/${id}/validation`, post({ users: "required" }))).json(),
    );
    expect(report).toMatchObject({ ok: true, input: { complete: true } });
    const estimate = apiRoutes.estimate.answer.parse(
      await (
        await ask(
          "/api/estimate",
          post({ input: { kind: "upload", upload_id: id }, stages: ["privacy"], settings: {} }),
        )
      ).json(),
    );
    expect(estimate).toMatchObject({
      billed: false,
      conversations: { count: report.counts.valid, exact: true },
    });
  });
});

describe("a run that the page starts", () => {
  const started = (stages: readonly string[], n: number, settings: Record<string, unknown> = {}) =>
    post({ request_id: uuid(n), input: { kind: "sample" }, stages, settings });
  const run = async (ask: ReturnType<typeof asker>, runId: string) => {
    const answer = await ask(`/api/runs/${runId}`);
    expect(answer.status, await answer.clone().text()).toBe(200);
    return apiRoutes.getRun.answer.parse(await answer.json());
  };

  test("is one, however often it is asked for, and outlives the server", async () => {
    const runsDir = await emptyDir();
    const first = await startViz(runsDir);
    const answers = await Promise.all(
      [1, 2, 3].map(
        async () =>
          (await asker(first)("/api/runs", started(["privacy"], 1))).json() as Promise<{
            run_id: string;
            started: boolean;
          }>,
      ),
    );
    const [{ run_id: runId } = { run_id: "" }] = answers;
    expect(new Set(answers.map((answer) => answer.run_id)).size).toBe(1);
    expect(answers.filter((answer) => answer.started)).toHaveLength(1);
    await first.close();

    const ask = asker(await viz(runsDir));
    const ended = await until(async () => {
      const seen = await run(ask, runId);
      return seen.finished_at === null ? null : seen;
    });
    expect(ended.status).toMatch(/^done/);
    expect((await ask(`/data/runs/${runId}/published/latest.json`)).status).toBe(
      ended.published === null ? 404 : 200,
    );
    const log = await (await ask(`/api/runs/${runId}/log`)).text();
    expect(log).toContain('"event":"batch_finished"');
    const sample = await readFile(SAMPLE, "utf8");
    const texts = sample
      .split("\n")
      .slice(0, 20)
      .filter((line) => line !== "")
      .map((line) => (JSON.parse(line) as { messages: { content: string }[] }).messages[0]!.content);
    for (const text of texts) expect(log).not.toContain(text.slice(0, 40));
    expect((await readdir(runsDir)).filter((name) => name.startsWith("run-"))).toEqual([runId]);

    const resumed = await ask(`/api/runs/${runId}/resume`, post({ stages: ["hierarchy"], settings: {} }));
    expect(resumed.status).toBe(202);
    const again = await until(async () => {
      const seen = await run(ask, runId);
      return seen.finished_at === null ? null : seen;
    });
    expect(again.attempt).toBe(2);
    expect(again.phases).toContain("hierarchy");

    const removed = await ask(`/api/runs/${runId}?dry_run=false`, { method: "DELETE" });
    expect(removed.status).toBe(200);
    expect((await ask(`/api/runs/${runId}`)).status).toBe(404);
  });

  test("that cannot begin says why, leaves nothing, and may be tried again", async () => {
    const runsDir = await emptyDir();
    const ask = asker(await viz(runsDir));
    const refused = await ask("/api/runs", started(["privacy"], 2, { provider: "azure" }));
    expect(refused.status).toBe(400);
    const told = problem.parse(await refused.json());
    expect(told.hint).toMatch(/_API_KEY/);
    expect((await readdir(runsDir)).filter((name) => name.startsWith("run-"))).toEqual([]);
    const wrong = await ask("/api/runs", started([], 3, { min_users: "many", no_such: 1 }));
    expect(problem.parse(await wrong.json())).toMatchObject({ status: 400, reason: "bad_config" });
    expect((await ask("/api/runs", started([], 2))).status).toBe(202);
  });

  test("goes on from the command line without being told its input again", async () => {
    const runsDir = await emptyDir();
    const ask = asker(await viz(runsDir));
    const { run_id: runId } = (await (await ask("/api/runs", started(["facets"], 4))).json()) as {
      run_id: string;
    };
    await until(async () => ((await run(ask, runId)).finished_at === null ? null : true));
    const resumed = await clio([
      "run",
      "--run-id",
      runId,
      "--resume",
      "--with-clustering",
      "--runs-dir",
      runsDir,
      "--quiet",
    ]);
    expect(resumed.code).toBe(0);
  });
});

test("raw messages are there with --allow-raw-messages alone, and each look is written down first", async () => {
  const runsDir = await emptyDir();
  await cp(done, runsDir, { recursive: true });
  const open = asker(await viz(runsDir));
  const reveal = post({ reason: "a user asked us to look" });
  expect((await open("/api/runs/seen/conversations/3/reveal", reveal)).status).toBe(404);
  expect((await open("/api/runs/seen/artifacts/conversation.jsonl")).status).toBe(403);
  const trusted = asker(await viz(runsDir, ["--allow-raw-messages"]));
  const shown = apiRoutes.reveal.answer.parse(
    await (await trusted("/api/runs/seen/conversations/3/reveal", reveal)).json(),
  );
  expect(shown.messages.length).toBeGreaterThan(0);
  const [line = ""] = (await readFile(join(runsDir, "seen/private/reveals.jsonl"), "utf8")).split("\n");
  expect(JSON.parse(line)).toMatchObject({
    run_id: "seen",
    row: 3,
    reason: "a user asked us to look",
    subject: "local",
  });
});

test("a port that is taken is said, and one that nobody named is searched", async () => {
  const { origin } = await viz(await emptyDir());
  const { port } = new URL(origin);
  const taken = await clio(["viz", "--port", port, "--runs-dir", await emptyDir(), "--json"]);
  expect(taken.code).toBe(2);
  expect(taken.stderr).toContain("--port");
  await mkdir(join(folder.path, "x"));
  await writeFile(join(folder.path, "x", "y"), "");
  for (const flags of [
    ["--refresh-seconds", "0"],
    ["--port", "99999"],
    ["--run-id", "no-such-run"],
  ])
    expect((await clio(["viz", "--runs-dir", await emptyDir(), ...flags])).code, flags.join(" ")).not.toBe(0);
});
