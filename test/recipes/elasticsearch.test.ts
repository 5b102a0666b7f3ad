import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { scriptedHttp } from "./scripted-http.ts";
import type { Answered, Asked, ScriptedHttp } from "./scripted-http.ts";
import { countsOf, namesIn, readExport, runRecipe } from "./support.ts";

const RECORDED = resolve(import.meta.dirname, "recorded");
const exchanges = z.array(
  z.object({
    request: z.object({ method: z.string(), path: z.string(), body: z.unknown() }),
    status: z.number(),
    body: z.unknown(),
  }),
);
const snapshotIn = z.object({ pit: z.unknown() });
type Exchanges = z.infer<typeof exchanges>;
const recording = z.object({
  recorded_from: z.string(),
  everything: exchanges,
  window: exchanges,
  text_fields: exchanges,
  no_index: exchanges,
});

async function recorded(name: string): Promise<z.infer<typeof recording>> {
  return recording.parse(JSON.parse(await readFile(join(RECORDED, name), "utf8")));
}

let folder: TemporaryFolder;
let out: string;
const servers: ScriptedHttp[] = [];

beforeEach(async () => {
  folder = await temporaryFolder();
  out = join(folder.path, "chats.jsonl");
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await folder.remove();
});

async function serve(answer: (asked: Asked, index: number) => Answered): Promise<ScriptedHttp> {
  const server = await scriptedHttp(answer);
  servers.push(server);
  return server;
}

async function replay(list: Exchanges): Promise<ScriptedHttp> {
  return await serve((_asked, index) => list[index] ?? { status: 410, body: {} });
}

function requestsOf(list: Exchanges): unknown[] {
  return list.map(({ request }) => request);
}

function askedOf(server: ScriptedHttp): unknown[] {
  return server.asked.map(({ method, path, body }) => ({ method, path, body }));
}

const instant = (role: string, index: number) => ({
  role,
  content: `same instant ${index}`,
  timestamp: "2026-09-01T15:00:00.000Z",
});
const plain = (id: string, user: string, ...messages: [role: string, content: string, time: string][]) => ({
  conversation_id: id,
  user_id: user,
  timestamp: messages[0]?.[2],
  messages: messages.map(([role, content, timestamp]) => ({ role, content, timestamp })),
});

const INSIDE = [
  plain("w-2", "u-8", ["user", "began at the first instant", "2026-09-02T00:00:00.000Z"]),
  plain(
    "w-3",
    "u-9",
    ["user", "began inside", "2026-09-03T23:59:00.000Z"],
    ["assistant", "went on after", "2026-09-04T00:10:00.000Z"],
  ),
];

const EVERYTHING = [
  {
    conversation_id: "e-01",
    user_id: "42",
    timestamp: "2026-09-01T10:00:00.000Z",
    messages: [
      {
        role: "user",
        content: "Wie lange kocht ein Ei? 🥚 七分钟?\r\nBitte kurz.",
        timestamp: "2026-09-01T10:00:00.000Z",
      },
      { role: "assistant", content: "Sieben Minuten. 🧑‍🍳", timestamp: "2026-09-01T10:00:01.250Z" },
      { role: "user", content: "Danke", timestamp: "2026-09-01T10:00:02.000Z" },
      { role: "assistant", content: "Gern.", timestamp: "2026-09-01T10:00:03.000Z" },
    ],
    metadata: { channel: "web", model: "m-1", locale: "de-DE" },
  },
  {
    ...plain(
      "e-02",
      "u-2",
      ["user", "NUL  half \ufffd end", "2026-09-01T09:00:00.000Z"],
      ["assistant", "\ufffd", "2026-09-01T09:00:00.001Z"],
      ["assistant", "first part\nsecond part", "2026-09-01T09:00:00.003Z"],
    ),
    metadata: { channel: "app" },
  },
  {
    conversation_id: "e-05",
    timestamp: "2026-09-01T14:00:00.000Z",
    messages: [{ role: "user", content: "I have no name", timestamp: "2026-09-01T14:00:00.000Z" }],
  },
  {
    conversation_id: "e-06",
    user_id: "u-6",
    timestamp: "2026-09-01T15:00:00.000Z",
    messages: Array.from({ length: 9 }, (_, index) => instant(index % 2 === 0 ? "user" : "assistant", index)),
  },
  plain(
    "w-1",
    "u-7",
    ["user", "began before", "2026-09-01T23:50:00.000Z"],
    ["assistant", "went on inside", "2026-09-02T00:10:00.000Z"],
  ),
  ...INSIDE,
  plain("w-4", "u-9", ["user", "began at the last instant", "2026-09-04T00:00:00.000Z"]),
];

describe.each(["elasticsearch-7.17.json", "opensearch-2.19.json"])("as recorded in %s", (name) => {
  test("exports what the contract allows, page by page, and counts the rest", async () => {
    const { everything } = await recorded(name);
    const server = await replay(everything);
    const result = await runRecipe("elasticsearch.ts", ["--out", out], {
      env: { ELASTICSEARCH_URL: `${server.url}/`, PAGE_SIZE: "5" },
    });
    expect(result).toMatchObject({ code: 0 });
    expect(await readExport(out)).toEqual(EVERYTHING);
    expect(countsOf(result)).toEqual({
      conversations: 8,
      messages: 23,
      withoutUserId: 1,
      no_user_message: 1,
      unknown_role: 1,
      emptyMessages: 1,
    });
    expect(result.stderr).toContain("2 documents of the whole index left out: without conversation_id");
    // 27 messages, five at a time, each page after the last; the snapshot is closed.
    expect(askedOf(server)).toEqual(requestsOf(everything));
    expect(server.asked.filter(({ path }) => path === "/_search")).toHaveLength(6);
    expect(server.asked.at(-1)?.method).toBe("DELETE");
    expect(await namesIn(folder.path)).toEqual(["chats.jsonl"]);
  });

  test("exports whole those that began at --since or later and before --until", async () => {
    const { window } = await recorded(name);
    const server = await replay(window);
    const path = `${out}.gz`;
    const result = await runRecipe(
      "elasticsearch.ts",
      ["--out", path, "--since", "2026-09-02", "--until", "2026-09-04"],
      { env: { ELASTICSEARCH_URL: server.url } },
    );
    expect(result).toMatchObject({ code: 0 });
    expect(await readExport(path, "required")).toEqual(INSIDE);
    expect(askedOf(server)).toEqual(requestsOf(window));
  });

  test.each([
    ["text_fields", "compare the index mapping with the one in the recipe. (400 illegal_argument_exception)"],
    [
      "no_index",
      "There is no index chat-messages, or its snapshot has expired; run it again. (404 index_not_found_exception)",
    ],
  ] as const)("says what is wrong: %s", async (kind, words) => {
    const server = await replay((await recorded(name))[kind]);
    const result = await runRecipe("elasticsearch.ts", ["--out", out], {
      env: { ELASTICSEARCH_URL: server.url, PAGE_SIZE: "5" },
    });
    expect(result).toMatchObject({ code: 1, stdout: "" });
    expect(result.stderr).toContain(words);
    expect(await namesIn(folder.path)).toEqual([]);
  });
});

const SHARDS = { total: 1, successful: 1, skipped: 0, failed: 0 };
const hit = (conversation: string, message: string, content: string, more: object = {}) => ({
  _source: { conversation_id: conversation, user_id: "u-1", role: "user", content, ...more },
  fields: { "@timestamp": ["2026-09-01T10:00:00.000Z"] },
  sort: [conversation, 1, message],
});

/** An index of these pages, each of two hits; `search` may answer in place of a page. */
function indexOf(
  pages: readonly object[][],
  search: (page: number, attempt: number) => Answered | null = () => null,
): (asked: Asked) => Answered {
  let page = 0;
  let attempt = 0;
  return ({ path }) => {
    if (path.endsWith("/_count")) return { status: 200, body: { count: 0 } };
    if (path.includes("/_pit")) return { status: 200, body: { id: "snapshot" } };
    attempt += 1;
    const instead = search(page, attempt);
    if (instead !== null) return instead;
    page += 1;
    const hits = pages[page - 1] ?? [];
    return {
      status: 200,
      body: { pit_id: `snapshot ${page}`, timed_out: false, _shards: SHARDS, hits: { hits } },
    };
  };
}

const PAGES = [
  [hit("a", "1", "one"), hit("a", "2", "two")],
  [hit("b", "3", "three"), hit("c", "4", "four")],
  [hit("d", "5", "five")],
];
const BUSY = { status: 503, headers: { "retry-after": "0" }, body: { error: "secret content" } };

describe("a page that fails", () => {
  test("is asked for again", async () => {
    const server = await serve(indexOf(PAGES, (page, attempt) => (page === 1 && attempt < 5 ? BUSY : null)));
    const result = await runRecipe("elasticsearch.ts", ["--out", out], {
      env: { ELASTICSEARCH_URL: server.url, PAGE_SIZE: "2" },
    });
    expect(result).toMatchObject({ code: 0 });
    expect((await readExport(out)).map(({ messages }) => messages.length)).toEqual([2, 1, 1, 1]);
    const searches = server.asked.filter(({ path }) => path === "/_search").map(({ body }) => body);
    expect(searches).toHaveLength(6);
    expect(searches[4]).toEqual(searches[1]);
    // Each time by the name that the server gave last.
    expect(searches.map((body) => snapshotIn.parse(body).pit)).toEqual(
      ["snapshot", ...Array.from({ length: 4 }, () => "snapshot 1"), "snapshot 2"].map((id) => ({
        id,
        keep_alive: "5m",
      })),
    );
    expect(server.asked.at(-1)).toMatchObject({ method: "DELETE", body: { id: "snapshot 3" } });
  });

  test.each([
    ["each time", BUSY, "overloaded or down; run it again later. (503)"],
    [
      "in one shard",
      {
        status: 200,
        body: { timed_out: false, _shards: { ...SHARDS, failed: 1 }, hits: { hits: PAGES[1] } },
      },
      "A part of the index did not answer",
    ],
    [
      "by being slow",
      { status: 200, body: { timed_out: true, _shards: SHARDS, hits: { hits: PAGES[1] } } },
      "A part of the index did not answer",
    ],
    [
      "by being something else",
      { status: 200, body: { _shards: SHARDS } },
      "not one of Elasticsearch or OpenSearch",
    ],
  ])("%s writes nothing", async (_how, instead, words) => {
    await writeFile(out, "older");
    const server = await serve(indexOf(PAGES, (page) => (page === 1 ? instead : null)));
    const result = await runRecipe("elasticsearch.ts", ["--out", out], {
      env: { ELASTICSEARCH_URL: server.url, PAGE_SIZE: "2" },
    });
    expect(result).toMatchObject({ code: 1, stdout: "" });
    expect(result.stderr).toContain(words);
    expect(result.stderr).not.toMatch(/secret|three/);
    expect(await readFile(out, "utf8")).toBe("older");
    expect(await namesIn(folder.path)).toEqual(["chats.jsonl"]);
  });
});

test("a huge message costs its conversation, not the export", async () => {
  const huge = hit("b", "2", "x".repeat(9 * 1024 * 1024));
  const server = await serve(
    indexOf([[hit("a", "1", "one"), huge], [hit("b", "3", "more"), hit("c", "4", "four")], []]),
  );
  const result = await runRecipe("elasticsearch.ts", ["--out", out], {
    env: { ELASTICSEARCH_URL: server.url, PAGE_SIZE: "2" },
  });
  expect(countsOf(result)).toEqual({ conversations: 2, messages: 2, too_large: 1 });
  expect((await readExport(out, "required")).map(({ conversation_id: id }) => id)).toEqual(["a", "c"]);
});

describe("the key", () => {
  const secret = { ELASTICSEARCH_API_KEY: "s3cret" };

  test("goes to the server in each request, as does a user", async () => {
    const server = await serve(indexOf(PAGES));
    const env = { ELASTICSEARCH_URL: server.url, PAGE_SIZE: "2", PSEUDONYM_KEY: "a secret of enough length" };
    const result = await runRecipe("elasticsearch.ts", ["--out", out], { env: { ...env, ...secret } });
    expect(result.code).toBe(0);
    expect(new Set(server.asked.map(({ authorization }) => authorization))).toEqual(
      new Set(["ApiKey s3cret"]),
    );
    expect(await readFile(out, "utf8")).not.toContain("u-1");

    const other = await serve(indexOf(PAGES));
    const pair = { ELASTICSEARCH_USERNAME: "clio", ELASTICSEARCH_PASSWORD: "päss" };
    await runRecipe("elasticsearch.ts", ["--out", out], {
      env: { ...env, ...pair, ELASTICSEARCH_URL: other.url },
    });
    const basic = `Basic ${Buffer.from("clio:päss").toString("base64")}`;
    expect(new Set(other.asked.map(({ authorization }) => authorization))).toEqual(new Set([basic]));
  });

  test.each([
    [401, "refused the key"],
    [403, "may not read the index"],
  ])("is not shown when it is refused with %i", async (status, words) => {
    const body = { error: { type: "security_exception", reason: "key s3cret", root_cause: [] }, status };
    const server = await serve(() => ({ status, body }));
    const result = await runRecipe("elasticsearch.ts", ["--out", out], {
      env: { ELASTICSEARCH_URL: server.url, ...secret },
    });
    expect(result).toMatchObject({ code: 1, stdout: "" });
    expect(result.stderr).toContain(words);
    expect(result.stderr).toContain(`(${status} security_exception)`);
    expect(result.stderr).not.toContain("s3cret");
  });

  test.each<[Record<string, string>, string]>([
    [{}, "Set ELASTICSEARCH_URL"],
    [{ ELASTICSEARCH_URL: "https://elastic:s3cret@search.example.org" }, "Put no user in ELASTICSEARCH_URL"],
    [{ ELASTICSEARCH_URL: "ftp://search.example.org" }, "begins with https:// or http://"],
    [
      { ELASTICSEARCH_URL: "https://127.0.0.1", ELASTICSEARCH_USERNAME: "s3cret" },
      "Set ELASTICSEARCH_PASSWORD",
    ],
  ])("is not shown when the settings are wrong: %j", async (env, words) => {
    const result = await runRecipe("elasticsearch.ts", ["--out", out], {
      env: { ...env },
    });
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain(words);
    expect(result.stderr).not.toContain("s3cret");
    expect(await namesIn(folder.path)).toEqual([]);
  });
});
