import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { cutProxy } from "./cut-proxy.ts";
import { docBlocks } from "./doc-blocks.ts";
import { findPostgresql, startPostgresql } from "./postgresql-server.ts";
import type { PostgresqlServer } from "./postgresql-server.ts";
import { countsOf, namesIn, readExport, runRecipe } from "./support.ts";

const binaries = await findPostgresql();
const HOW = "PostgreSQL's server is not installed; on Debian and Ubuntu: apt-get install postgresql";
if (binaries === null) {
  if (process.env["CI"] === "true") throw new Error(HOW);
  console.warn(`Skipped: ${HOW}`);
}

/** Above 2^53: as a number it would become the id of its neighbour. */
const BIG_ID = "9007199254740993";
const HOSTILE = "'; DROP TABLE messages; -- \\ \" \u202e 🧑‍🍳 e\u0301 \uffff one\r\ntwo";

type MessageValues = readonly [role: string, content: string | null, at: string];

const SAMPLE: readonly {
  id: string;
  user: string | null;
  at: string;
  fields?: readonly (string | null)[];
  messages: readonly MessageValues[];
}[] = [
  {
    id: "1",
    user: "u-1",
    at: "2026-09-01T10:00:00+02:00",
    fields: ["web", "m-1", "de-DE"],
    messages: [
      ["system", "Be brief.", "2026-09-01T10:00:00+02:00"],
      ["Human", "Wie lange kocht ein Ei? 🥚 七分钟?", "2026-09-01T10:00:00.250+02:00"],
      ["AI", "Sieben Minuten.", "2026-09-01T10:00:01+02:00"],
    ],
  },
  {
    id: BIG_ID,
    user: "u-2",
    at: "2026-09-02T00:00:00Z",
    fields: [null, "m-2", null],
    messages: [
      ["user", HOSTILE, "2026-09-02T00:00:00Z"],
      ["bot", "   ", "2026-09-02T00:00:01Z"],
      ["bot", null, "2026-09-02T00:00:01Z"],
      // Of one instant: the id decides.
      ["bot", "first", "2026-09-02T00:00:02Z"],
      ["user", "second", "2026-09-02T00:00:02Z"],
      ["bot", "third", "2026-09-02T00:00:02Z"],
    ],
  },
  { id: "3", user: "u-1", at: "2026-09-02T12:00:00Z", messages: [["user", "again", "2026-09-02T12:00:00Z"]] },
  { id: "4", user: null, at: "2026-09-02T13:00:00Z", messages: [["user", "nobody", "2026-09-02T13:00:00Z"]] },
  { id: "5", user: "u-3", at: "2026-09-02T14:00:00Z", messages: [] },
  { id: "6", user: "u-3", at: "2026-09-02T15:00:00Z", messages: [["bot", "Hello?", "2026-09-02T15:00:00Z"]] },
  {
    id: "7",
    user: "u-3",
    at: "2026-09-02T16:00:00Z",
    messages: [["agent", "Hello?", "2026-09-02T16:00:00Z"]],
  },
  {
    id: "8",
    user: "u-3",
    at: "2026-09-02T17:00:00Z",
    messages: [
      ["user", "x".repeat(9 * 1024 * 1024), "2026-09-02T17:00:00Z"],
      ["bot", "too long", "2026-09-02T17:00:01Z"],
    ],
  },
  {
    id: "9",
    user: "u-3",
    at: "2026-09-03T00:00:00Z",
    messages: [["user", "é".repeat(2 * 1024 * 1024), "infinity"]],
  },
];

describe.skipIf(binaries === null)("PostgreSQL", () => {
  let server: PostgresqlServer;
  let admin: Client;
  let folder: TemporaryFolder;
  let out: string;

  beforeAll(async () => {
    server = await startPostgresql(binaries ?? "");
    admin = new Client({ ...connection(), database: "postgres" });
    await admin.connect();
    const [schema, reader] = await docBlocks("PostgreSQL", "sql");
    await admin.query(schema ?? "");
    await admin.query((reader ?? "").replace("'...'", "'reader password'"));
    let messageId = 0;
    const rows: unknown[][] = [];
    for (const { id, user, at, fields = [null, null, null], messages } of SAMPLE) {
      await admin.query("INSERT INTO conversations VALUES ($1, $2, $3, $4, $5, $6)", [
        id,
        user,
        at,
        ...fields,
      ]);
      for (const [role, content, created] of messages) {
        messageId += 1;
        rows.push([messageId, id, role, content, created]);
      }
    }
    // Every other one, then the rest, so that the order of the export is that of the query and not of the table,
    // read from either end.
    const isEven = (_row: unknown, index: number): boolean => index % 2 === 1;
    const isOdd = (_row: unknown, index: number): boolean => index % 2 === 0;
    for (const row of [...rows.filter(isEven), ...rows.filter(isOdd)]) {
      await admin.query("INSERT INTO messages VALUES ($1, $2, $3, $4, $5)", row);
    }
  }, 120_000);

  afterAll(async () => {
    await admin?.end();
    await server?.stop();
  });

  beforeEach(async () => {
    folder = await temporaryFolder();
    out = join(folder.path, "chats.jsonl");
  });

  afterEach(() => folder.remove());

  function connection() {
    return { host: "127.0.0.1", port: server.port, user: server.user, password: server.password };
  }

  /** As the user that the page makes. */
  function env(): Record<string, string> {
    return {
      PGHOST: "127.0.0.1",
      PGPORT: String(server.port),
      PGUSER: "clio_export",
      PGPASSWORD: "reader password",
      PGDATABASE: "postgres",
    };
  }

  test("exports what the contract allows and counts the rest", async () => {
    const result = await runRecipe("postgresql.ts", ["--out", out], { env: env() });
    expect(result).toMatchObject({ code: 0 });
    expect(await readExport(out)).toEqual([
      {
        conversation_id: "1",
        user_id: "u-1",
        timestamp: "2026-09-01T08:00:00.000Z",
        messages: [
          { role: "system", content: "Be brief.", timestamp: "2026-09-01T08:00:00.000Z" },
          {
            role: "user",
            content: "Wie lange kocht ein Ei? 🥚 七分钟?",
            timestamp: "2026-09-01T08:00:00.250Z",
          },
          { role: "assistant", content: "Sieben Minuten.", timestamp: "2026-09-01T08:00:01.000Z" },
        ],
        metadata: { channel: "web", model: "m-1", locale: "de-DE" },
      },
      {
        conversation_id: "3",
        user_id: "u-1",
        timestamp: "2026-09-02T12:00:00.000Z",
        messages: [{ role: "user", content: "again", timestamp: "2026-09-02T12:00:00.000Z" }],
      },
      {
        conversation_id: "4",
        timestamp: "2026-09-02T13:00:00.000Z",
        messages: [{ role: "user", content: "nobody", timestamp: "2026-09-02T13:00:00.000Z" }],
      },
      {
        conversation_id: "9",
        user_id: "u-3",
        timestamp: "2026-09-03T00:00:00.000Z",
        messages: [{ role: "user", content: "é".repeat(2 * 1024 * 1024) }],
      },
      {
        conversation_id: BIG_ID,
        user_id: "u-2",
        timestamp: "2026-09-02T00:00:00.000Z",
        messages: [
          { role: "user", content: HOSTILE, timestamp: "2026-09-02T00:00:00.000Z" },
          { role: "assistant", content: "first", timestamp: "2026-09-02T00:00:02.000Z" },
          { role: "user", content: "second", timestamp: "2026-09-02T00:00:02.000Z" },
          { role: "assistant", content: "third", timestamp: "2026-09-02T00:00:02.000Z" },
        ],
        metadata: { model: "m-2" },
      },
    ]);
    expect(countsOf(result)).toEqual({
      conversations: 5,
      messages: 10,
      withoutUserId: 1,
      no_user_message: 2,
      unknown_role: 1,
      too_large: 1,
      emptyMessages: 2,
      timestamps: 1,
    });
    expect(result.stderr).toContain("1 conversations left out: with a role that is not known");
  });

  test("gives the same whatever the page size and the plan, compressed or not, from a URL or from variables", async () => {
    const encoded = encodeURIComponent("reader password");
    const url = `postgresql://clio_export:${encoded}@127.0.0.1:${server.port}/postgres`;
    const compressed = `${out}.gz`;
    // As if there were no index.
    const PGOPTIONS = "-c enable_indexscan=off -c enable_bitmapscan=off";
    await runRecipe("postgresql.ts", ["--out", out], { env: { ...env(), PGOPTIONS } });
    const withoutIndex = await readExport(out);
    await runRecipe("postgresql.ts", ["--out", out], { env: env() });
    expect(await readExport(out)).toEqual(withoutIndex);
    const paged = await runRecipe("postgresql.ts", ["--out", compressed], {
      env: { DATABASE_URL: url, PAGE_SIZE: "2" },
    });
    expect(paged.code).toBe(0);
    expect(await readExport(compressed)).toEqual(await readExport(out));
    expect((await stat(compressed)).size).toBeLessThan((await stat(out)).size / 100);
    expect(await namesIn(folder.path)).toEqual(["chats.jsonl", "chats.jsonl.gz"]);
  });

  test("exports those that began at --since or later and before --until", async () => {
    const ids = async (...flags: string[]): Promise<string[]> => {
      await runRecipe("postgresql.ts", ["--out", out, ...flags], { env: env() });
      return (await readExport(out)).map(({ conversation_id: id }) => id);
    };
    expect(await ids("--since", "2026-09-02", "--until", "2026-09-03")).toEqual(["3", "4", BIG_ID]);
    expect(await ids("--since", "2026-09-02T14:30:00+02:00")).toEqual(["4", "9"]);
    expect(await ids("--until", "2026-09-02")).toEqual(["1"]);
  });

  test("gives each user the same pseudonym each time, under the same key", async () => {
    const users = async (key: string): Promise<(string | undefined)[]> => {
      const result = await runRecipe("postgresql.ts", ["--out", out], {
        env: { ...env(), PSEUDONYM_KEY: key },
      });
      expect(result.code).toBe(0);
      expect(await readFile(out, "utf8")).not.toMatch(/u-[123]/);
      return (await readExport(out)).map(({ user_id: id }) => id);
    };
    const [first, second, none, third, fourth] = await users("a secret of enough length");
    expect(second).toBe(first);
    expect(none).toBeUndefined();
    expect(new Set([first, third, fourth]).size).toBe(3);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    const others = await users("another secret of such length");
    expect(others).not.toContain(first);
  });

  test("writes nothing when the connection breaks in the middle", async () => {
    await writeFile(out, "older");
    // Past the login and the first rows, amid the last conversation but one, of 4 MiB.
    const proxy = await cutProxy(server.port, 1024 * 1024, "cut");
    const result = await runRecipe("postgresql.ts", ["--out", out], {
      env: { ...env(), PGPORT: String(proxy.port), PAGE_SIZE: "1" },
    });
    await proxy.close();
    expect(result).toMatchObject({ code: 1, stdout: "" });
    expect(result.stderr).toMatch(/^postgresql\.ts: .*run it again/);
    expect(await readFile(out, "utf8")).toBe("older");
    expect(await namesIn(folder.path)).toEqual(["chats.jsonl"]);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("writes nothing after %s, even if the server hangs", async (signal, code) => {
    const proxy = await cutProxy(server.port, 1024 * 1024, "hang");
    let partial: string[] = [];
    const result = await runRecipe("postgresql.ts", ["--out", out], {
      env: { ...env(), PGPORT: String(proxy.port), PAGE_SIZE: "1" },
      onStart: (child) =>
        void proxy.reached.then(async () => {
          partial = await namesIn(folder.path);
          child.kill(signal);
        }),
    });
    await proxy.close();
    expect(partial).toMatchObject([expect.stringMatching(/^chats\.jsonl\.\d+\.partial$/)]);
    expect(result).toMatchObject({ code, stdout: "", stderr: "Stopped; nothing was written.\n" });
    expect(await namesIn(folder.path)).toEqual([]);
  });

  test("says what is wrong, without secrets or rows", async () => {
    const fails = async (change: Record<string, string>): Promise<string> => {
      const result = await runRecipe("postgresql.ts", ["--out", out], { env: { ...env(), ...change } });
      expect(result).toMatchObject({ code: 1, stdout: "" });
      expect(result.stderr.trimEnd().split("\n")).toHaveLength(1);
      expect(result.stderr).not.toMatch(/s3cret|reader/);
      return result.stderr;
    };
    expect(await fails({ PGPASSWORD: "s3cret" })).toContain("refused the user or the password");
    expect(await fails({ PGDATABASE: "nowhere" })).toContain("no such database");
    expect(await fails({ PGDATABASE: "template1" })).toContain("adapt SQL in postgresql.ts");
    expect(await fails({ PGPORT: "1" })).toContain("cannot be reached");
    expect(await fails({ DATABASE_URL: "postgresql://u:s3cret@[/x" })).toContain("not a URL");
    expect(await namesIn(folder.path)).toEqual([]);
  });

  test("says that the user may not read a table, and changes none", async () => {
    await admin.query("REVOKE SELECT ON messages FROM clio_export");
    const result = await runRecipe("postgresql.ts", ["--out", out], { env: env() });
    await admin.query("GRANT SELECT ON messages TO clio_export");
    expect(result.code).toBe(1);
    expect(result.stderr).toContain("may not read one of the tables");
  });

  test("exports far more than the memory it may use", async () => {
    await admin.query("CREATE DATABASE large");
    const large = new Client({ ...connection(), database: "large" });
    await large.connect();
    try {
      const [schema] = await docBlocks("PostgreSQL", "sql");
      await large.query(schema ?? "");
      await large.query(
        "INSERT INTO conversations SELECT n, n % 100, now(), 'web', 'm', 'en' FROM generate_series(1, 12000) n",
      );
      await large.query(
        "INSERT INTO messages SELECT n, n, 'user', n || repeat(' word', 2000), now() FROM generate_series(1, 12000) n",
      );
    } finally {
      await large.end();
    }
    // 120 MB of text through a heap of 32 MB.
    const result = await runRecipe("postgresql.ts", ["--out", out], {
      env: {
        ...env(),
        PGUSER: server.user,
        PGPASSWORD: server.password,
        PGDATABASE: "large",
        PAGE_SIZE: "100",
      },
      nodeFlags: ["--max-old-space-size=32"],
    });
    expect(result).toMatchObject({ code: 0 });
    expect(countsOf(result)).toEqual({ conversations: 12_000, messages: 12_000 });
    expect((await stat(out)).size).toBeGreaterThan(120_000_000);
  });
});
