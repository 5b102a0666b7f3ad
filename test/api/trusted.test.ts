import { beforeAll, expect, test } from "vitest";
import { apiRoutes } from "../../shared/contracts/api.ts";
import type { Reveal } from "../../lambdas/api/trusted-services.ts";
import { CAPABILITIES, aggregateApp, memoryServices, testApp } from "../helpers/api-app.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import type { MemoryRun } from "../helpers/memory-run.ts";

const TRUSTED = { ...CAPABILITIES, tier: "trusted" } as const;
const CANARY = "zanzibarquux";
const RUN = "raw-run";
let made: MemoryRun;

beforeAll(async () => {
  const chats = chatsAbout(["bake bread", "write an email", "fix the build"], 60);
  chats[7] = { ...chats[7]!, text: `bake bread for ${CANARY} please` };
  const config = { k: 3, min_users: 2, min_conversations: 3 };
  made = await memoryRun(jsonlOf(chats), { config, runId: RUN });
  expect(made.failure).toBeNull();
});

const send = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const REASON = { reason: "a user asked us to look" };

test("without trust there are neither conversations nor messages", async () => {
  const app = aggregateApp(made);
  expect((await app.request(`/api/runs/${RUN}/conversations`)).status).toBe(404);
  expect((await app.request(`/api/runs/${RUN}/conversations/7/reveal`, send(REASON))).status).toBe(404);
});

test("trusted people see which conversations are in a group, each once over all pages", async () => {
  const app = testApp(memoryServices(made, TRUSTED));
  const { clusters } = await made.json("hierarchy");
  const assigned = await made.rows("assignments");
  for (const { id, size } of clusters) {
    const rows: number[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const page: Response = await app.request(
        `/api/runs/${RUN}/conversations?cluster=${id}&limit=7&after=${after}`,
      );
      const read = apiRoutes.conversations.answer.parse(await page.json());
      rows.push(...read.rows.map(({ row }) => row));
      after = read.next;
    }
    expect(rows).toHaveLength(size);
    expect(new Set(rows).size).toBe(size);
    if (id.startsWith("c")) for (const row of rows) expect(assigned[row]?.cluster_id).toBe(id);
  }
});

test("messages are shown with a reason alone, after it was recorded, and never kept", async () => {
  const reveals: Reveal[] = [];
  const app = testApp(
    memoryServices(made, TRUSTED, async (reveal) => {
      reveals.push(reveal);
    }),
  );
  const path = `/api/runs/${RUN}/conversations/7/reveal`;
  expect((await app.request(path, send({ reason: "x" }))).status).toBe(400);
  expect(reveals).toEqual([]);
  const response = await app.request(path, send(REASON));
  expect(response.headers.get("cache-control")).toBe("no-store");
  const { messages } = apiRoutes.reveal.answer.parse(await response.json());
  expect(messages[0]?.content).toContain(CANARY);
  expect(reveals).toEqual([{ at: expect.any(String), subject: "anybody", run_id: RUN, row: 7, ...REASON }]);
  expect(JSON.stringify(reveals)).not.toContain(CANARY);
});

test("what cannot be recorded is not shown", async () => {
  const app = testApp(memoryServices(made, TRUSTED, () => Promise.reject(new Error("the disk is full"))));
  const response = await app.request(`/api/runs/${RUN}/conversations/7/reveal`, send(REASON));
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain(CANARY);
});

test("where a group is asked for, others see nothing", async () => {
  const open = (groups: string[]) =>
    testApp(memoryServices(made, TRUSTED), {
      revealGroup: "clio-trusted",
      authenticate: async () => ({ subject: "somebody", groups }),
    });
  const path = `/api/runs/${RUN}/conversations/7/reveal`;
  expect((await open([]).request(path, send(REASON))).status).toBe(403);
  expect((await open(["clio-trusted"]).request(path, send(REASON))).status).toBe(200);
});

test("no answer of the open tier holds what somebody said, a user or a conversation's id", async () => {
  const app = aggregateApp(made);
  const { artifacts } = apiRoutes.listArtifacts.answer.parse(
    await (await app.request(`/api/runs/${RUN}/artifacts`)).json(),
  );
  const ofRun = ["", "/metrics", "/events", "/evaluation", "/log", "/artifacts", "/conversations"];
  const files = artifacts.map(({ path }) => `/artifacts/${path}`);
  const paths = ["/runs", "/capabilities", ...[...ofRun, ...files].map((rest) => `/runs/${RUN}${rest}`)];
  for (const path of paths) {
    const body = await (await app.request(`/api${path}`)).text();
    expect(body, path).not.toContain(CANARY);
    expect(body, path).not.toMatch(/user-\d|chat-\d/);
  }
});
