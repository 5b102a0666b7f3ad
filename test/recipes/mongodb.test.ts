import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BSON } from "mongodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PROJECTION } from "../../docs/recipes/mongodb-mapping.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { BROKEN, scriptedMongodb } from "./mongodb-server.ts";
import type { Script, ScriptedMongodb } from "./mongodb-server.ts";
import { countsOf, namesIn, readExport, runRecipe } from "./support.ts";

const { Long, ObjectId, UUID } = BSON;
const at = (time: string): Date => new Date(`2026-09-${time}Z`);

const DOCUMENTS = [
  {
    _id: new ObjectId("68b55f200000000000000001"),
    userId: new UUID("1b4e28ba-2fa1-41d2-883f-0016d3cca427"),
    createdAt: at("01T10:00:00"),
    channel: "web",
    model: "m-1",
    locale: "de-DE",
    messages: [
      {
        role: "Human",
        content: "Wie lange kocht ein Ei? 🥚 七分钟?\r\nBitte kurz.",
        createdAt: at("01T10:00:00.250"),
      },
      {
        role: "ai",
        content: [
          { type: "text", text: "Sieben" },
          { type: "image_url", image_url: {} },
          { text: "Minuten" },
        ],
      },
      { role: "ai", content: "" },
      { role: "user", content: `NUL \0 and ${BROKEN} bytes` },
      "not a message",
    ],
  },
  // Above 2^53, and an id that somebody chose.
  {
    _id: Long.fromString("9007199254740993"),
    userId: Long.fromNumber(42),
    createdAt: at("01T11:00:00"),
    channel: { name: "web" },
    messages: [{ role: "user", content: "hi" }],
  },
  { _id: "chosen", userId: "u-3", createdAt: "yesterday", messages: [{ role: "user", content: "hi" }] },
  { _id: 4, createdAt: at("01T12:00:00"), messages: [{ role: "user", content: "nobody" }] },
  { _id: 5, userId: "u-5", messages: "none" },
  { _id: 6, userId: "u-5", messages: [{ role: "bot", content: "hi" }] },
  { _id: 7, userId: "u-5", messages: [{ role: "agent", content: "hi" }] },
  { _id: 8, userId: "u-5", messages: [{ role: "user", content: "x".repeat(9 * 1024 * 1024) }] },
  { _id: { a: 1 }, userId: "u-5", messages: [{ role: "user", content: "hi" }] },
];

let folder: TemporaryFolder;
let out: string;
const servers: ScriptedMongodb[] = [];

beforeEach(async () => {
  folder = await temporaryFolder();
  out = join(folder.path, "chats.jsonl");
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await folder.remove();
});

async function serve(
  script: Partial<Script> = {},
): Promise<{ server: ScriptedMongodb; env: Record<string, string> }> {
  const server = await scriptedMongodb({ documents: DOCUMENTS, ...script });
  servers.push(server);
  return { server, env: { MONGODB_URI: `mongodb://127.0.0.1:${server.port}/shop`, PAGE_SIZE: "2" } };
}

test("exports what the contract allows and counts the rest", async () => {
  const { server, env } = await serve();
  const result = await runRecipe("mongodb.ts", ["--out", out], { env });
  expect(result).toMatchObject({ code: 0 });
  expect(await readExport(out)).toEqual([
    {
      conversation_id: "68b55f200000000000000001",
      user_id: "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
      timestamp: "2026-09-01T10:00:00.000Z",
      messages: [
        {
          role: "user",
          content: "Wie lange kocht ein Ei? 🥚 七分钟?\r\nBitte kurz.",
          timestamp: "2026-09-01T10:00:00.250Z",
        },
        { role: "assistant", content: "Sieben\nMinuten" },
        { role: "user", content: `NUL  and ${"\ufffd".repeat(BROKEN.length)} bytes` },
      ],
      metadata: { channel: "web", model: "m-1", locale: "de-DE" },
    },
    {
      conversation_id: "9007199254740993",
      user_id: "42",
      timestamp: "2026-09-01T11:00:00.000Z",
      messages: [{ role: "user", content: "hi" }],
    },
    { conversation_id: "chosen", user_id: "u-3", messages: [{ role: "user", content: "hi" }] },
    {
      conversation_id: "4",
      timestamp: "2026-09-01T12:00:00.000Z",
      messages: [{ role: "user", content: "nobody" }],
    },
  ]);
  expect(countsOf(result)).toEqual({
    conversations: 4,
    messages: 6,
    withoutUserId: 1,
    no_user_message: 2,
    unknown_role: 1,
    bad_id: 1,
    too_large: 1,
    emptyMessages: 1,
    timestamps: 1,
    metadataValues: 1,
  });
  // Nine documents, two at a time: the last page is short.
  const [find, ...more] = server.commands;
  expect(find).toMatchObject({
    find: "conversations",
    $db: "shop",
    filter: {},
    projection: PROJECTION,
    sort: { createdAt: 1, _id: 1 },
    batchSize: 2,
  });
  expect(more.map((command) => command["getMore"])).toHaveLength(4);
  expect(await namesIn(folder.path)).toEqual(["chats.jsonl"]);
});

test("asks for those that began at --since or later and before --until", async () => {
  const since = at("02T00:00:00");
  const until = at("03T12:00:00");
  const filters: [string[], object][] = [
    [
      ["--since", "2026-09-02", "--until", "2026-09-03T14:00:00+02:00"],
      { createdAt: { $gte: since, $lt: until } },
    ],
    [["--since", "2026-09-02"], { createdAt: { $gte: since } }],
  ];
  for (const [flags, filter] of filters) {
    const { server, env } = await serve();
    const result = await runRecipe("mongodb.ts", ["--out", out, ...flags], { env });
    expect(result.code).toBe(0);
    expect(server.commands[0]?.["filter"]).toEqual(filter);
  }
});

test("gives pseudonyms under a key, in a compressed file too", async () => {
  const { env } = await serve();
  const path = `${out}.gz`;
  const key = "a secret of enough length";
  const result = await runRecipe("mongodb.ts", ["--out", path], { env: { ...env, PSEUDONYM_KEY: key } });
  expect(result.code).toBe(0);
  const users = (await readExport(path)).map(({ user_id: id }) => id);
  expect(users).toEqual([
    expect.stringMatching(/^[0-9a-f]{32}$/),
    expect.stringMatching(/^[0-9a-f]{32}$/),
    expect.stringMatching(/^[0-9a-f]{32}$/),
    undefined,
  ]);
  expect(new Set(users).size).toBe(4);
});

test.each([
  [
    "refuses a page",
    { ok: 0, code: 43, codeName: "CursorNotFound", errmsg: "cursor of hi" },
    "closed the cursor",
  ],
  ["wants an index", { ok: 0, code: 292, codeName: "Memory", errmsg: "sort of hi" }, "create the index"],
  ["may not be read", { ok: 0, code: 13, codeName: "Unauthorized", errmsg: "not for hi" }, "may not read"],
  ["breaks the connection", "cut", "connection broke"],
] as const)("writes nothing when the server %s", async (_what, answer, words) => {
  await writeFile(out, "older");
  const { env } = await serve({ failAt: { page: 2, answer } });
  const result = await runRecipe("mongodb.ts", ["--out", out], { env });
  expect(result).toMatchObject({ code: 1, stdout: "" });
  expect(result.stderr).toContain(words);
  expect(result.stderr).not.toContain("hi");
  expect(await readFile(out, "utf8")).toBe("older");
  expect(await namesIn(folder.path)).toEqual(["chats.jsonl"]);
});

describe("without secrets, says", () => {
  test("that the password is wrong", async () => {
    const { server, env } = await serve({ login: { ok: 0, code: 18, errmsg: "no s3cret" } });
    const MONGODB_URI = `mongodb://clio:s3cret@127.0.0.1:${server.port}/shop?authMechanism=SCRAM-SHA-256`;
    const result = await runRecipe("mongodb.ts", ["--out", out], { env: { ...env, MONGODB_URI } });
    expect(result.code).toBe(1);
    expect(result.stderr).toContain("refused the user or the password");
    expect(result.stderr).not.toContain("s3cret");
  });

  test("that the connection string is none", async () => {
    const result = await runRecipe("mongodb.ts", ["--out", out], {
      env: { MONGODB_URI: "mongodb://u:s3cret@/" },
    });
    expect(result.code).toBe(1);
    expect(result.stderr).toContain("MONGODB_URI is not a connection string");
    expect(result.stderr).not.toContain("s3cret");
  });

  test("that there is no connection string", async () => {
    const result = await runRecipe("mongodb.ts", ["--out", out]);
    expect(result).toMatchObject({ code: 2, stderr: "mongodb.ts: Set MONGODB_URI; see --help.\n" });
    expect(await namesIn(folder.path)).toEqual([]);
  });
});
