import { expect, test } from "vitest";
import { decodeJson } from "../../shared/domain/jsonl.ts";
import { publishedKey, publishedPrefix } from "../../shared/keys.ts";
import { publishedClusters, publishedIndex } from "../../shared/contracts/published.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import type { MemoryRun } from "../helpers/memory-run.ts";
import { hashingEmbedder } from "../helpers/scripted-provider.ts";

const TOPICS = ["bake bread", "fix python test", "track parcel"];

async function published({ objects, run }: MemoryRun) {
  for await (const { key } of objects.list(publishedPrefix(run.run_id))) {
    if (!key.endsWith("/index.json")) continue;
    const index = publishedIndex.parse(decodeJson((await objects.get(key))!));
    const clusters = publishedClusters.parse(
      decodeJson((await objects.get(publishedKey(run.run_id, index.generation, "clusters.json")))!),
    );
    return { index, clusters: clusters.clusters };
  }
  throw new Error("nothing published");
}

test("conversations that are all the same are one cluster", async () => {
  const done = await memoryRun(
    jsonlOf(chatsAbout(["bake bread"], 40).map((chat) => ({ ...chat, text: "bake bread" }))),
  );
  expect(done.failure).toBeNull();
  expect(done.run.counts).toMatchObject({ read: 40, assigned: 40, base_clusters: 1 });
});

test("the conversations of one user are counted and not published", async () => {
  const done = await memoryRun(jsonlOf(chatsAbout(TOPICS, 90, 1)));
  expect(done.failure).toBeNull();
  const { index, clusters } = await published(done);
  expect(clusters).toEqual([]);
  expect(index.totals).toMatchObject({ read: 90, published: 0, withheld: 90 });
});

test("each conversation can stand for one user, and the published index says so", async () => {
  const chats = chatsAbout(TOPICS, 90, 1);
  const done = await memoryRun(jsonlOf(chats), { config: { users: "per-conversation" } });
  const { index, clusters } = await published(done);
  expect(index.users).toBe("per-conversation");
  expect(clusters.length).toBeGreaterThan(0);
});

test("conversations that cannot be embedded are failed, in the ledger, and counted", async () => {
  const embedder = hashingEmbedder();
  const partly = {
    ...embedder,
    embed: async (texts: readonly string[], call: { signal: AbortSignal }) =>
      embedder.embed(
        texts.map((text) => (text.includes("number 3") ? "" : text)),
        call,
      ),
  };
  const done = await memoryRun(jsonlOf(chatsAbout(TOPICS, 70)), { embedder: partly });
  expect(done.failure).toBeNull();
  expect(done.run.counts).toMatchObject({ read: 70, assigned: 60, failed: 10 });
  const rows = await done.rows("assignments");
  expect(rows.filter(({ cluster_id }) => cluster_id === null)).toHaveLength(10);
});

test("a run of which nothing could be embedded ends with nothing published, not with a crash", async () => {
  const embedder = hashingEmbedder();
  const none = {
    ...embedder,
    embed: async (texts: readonly string[], call: { signal: AbortSignal }) =>
      embedder.embed(
        texts.map(() => ""),
        call,
      ),
  };
  const done = await memoryRun(jsonlOf(chatsAbout(TOPICS, 30)), { embedder: none });
  expect(done.failure).toBeNull();
  expect(done.run.counts).toMatchObject({ read: 30, assigned: 0, failed: 30, base_clusters: 0 });
  expect((await published(done)).clusters).toEqual([]);
});

test("a row without user_id refuses the file and names the way out", async () => {
  const bytes = new TextEncoder().encode(
    '{"conversation_id":"a","messages":[{"role":"user","content":"hello"}]}\n',
  );
  const done = await memoryRun(bytes);
  expect(done.failure).toMatchObject({
    phase: "ingest",
    code: "missing_user_id",
    hint: expect.stringContaining("--users per-conversation"),
  });
  expect((await done.json("validation_report")).ok).toBe(false);
});

test("invalid rows refuse the file, or are left out, counted and listed when asked for", async () => {
  const bytes = Buffer.concat([
    jsonlOf(chatsAbout(TOPICS, 40)),
    Buffer.from('{"conversation_id":"chat-1","user_id":"u"}\nnot json\n'),
  ]);
  const refused = await memoryRun(bytes);
  expect(refused.failure).toMatchObject({ phase: "ingest", code: "invalid_input" });
  expect(await refused.has("conversations")).toBe(false);
  const left = await memoryRun(bytes, { config: { skip_invalid: true } });
  expect(left.failure).toBeNull();
  expect(left.run.counts).toMatchObject({ read: 40, invalid: 2 });
});

test("a duplicate id in another byte range is found, with its line", async () => {
  const filler = "x".repeat(3_000_000);
  const chats = ["a", "b", "c", "d"].map((id) => ({ id, user: id, text: filler }));
  const bytes = jsonlOf([...chats, { id: "a", user: "z", text: "again" }]);
  const done = await memoryRun(bytes, { stages: ["ingest"] });
  const report = await done.json("validation_report");
  expect(report.issues).toMatchObject([{ line: 5, code: "duplicate_id" }]);
  expect(report.counts).toMatchObject({ read: 5, valid: 4, invalid: 1 });
});

test("a row that repeats an id and is left out is in no statistic and no artifact", async () => {
  const chats = chatsAbout(TOPICS, 20);
  const bytes = jsonlOf([...chats, { ...chats[0]!, text: "y".repeat(5000) }]);
  const done = await memoryRun(bytes, { stages: ["ingest"], config: { skip_invalid: true } });
  const alone = await memoryRun(jsonlOf(chats), { stages: ["ingest"] });
  expect((await done.json("validation_report")).statistics).toEqual(
    (await alone.json("validation_report")).statistics,
  );
  const idsIn = async (name: "conversations" | "users" | "days"): Promise<string[]> =>
    (await done.rows(name)).map(({ conversation_id }) => conversation_id);
  for (const name of ["conversations", "users", "days"] as const)
    expect(await idsIn(name)).toEqual(chats.map(({ id }) => id));
  expect(await done.rows("conversations")).toEqual(await alone.rows("conversations"));
});

test("a limit reads that many conversations and says that the input was not read to its end", async () => {
  const done = await memoryRun(jsonlOf(chatsAbout(TOPICS, 100)), {
    stages: ["ingest"],
    config: { limit: 30 },
  });
  expect(done.run.counts.read).toBe(30);
  expect((await done.json("validation_report")).input.complete).toBe(false);
});
