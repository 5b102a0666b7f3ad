import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exportConversations } from "../../docs/recipes/export.ts";
import type { SourceConversation } from "../../docs/recipes/mapping.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { namesIn, readExport } from "./support.ts";

let folder: TemporaryFolder;
let out: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  out = join(folder.path, "chats.jsonl");
});

afterEach(() => folder.remove());

function conversation(id: number, content = "hi"): SourceConversation {
  return { id, userId: "u", startedAt: null, messages: [{ role: "user", content }], metadata: {} };
}

async function* conversations(count: number, failAfter = Infinity): AsyncGenerator<SourceConversation> {
  for (let id = 0; id < count; id += 1) {
    if (id === failAfter) throw new Error("the source broke");
    yield conversation(id, "x".repeat(1000));
  }
}

test("an export is readable by its owner alone and replaces an older one", async () => {
  await writeFile(out, "older");
  const counts = await exportConversations(conversations(3), out, {});
  expect(counts).toMatchObject({ conversations: 3, messages: 3, withoutUserId: 0 });
  expect(await readExport(out)).toHaveLength(3);
  expect((await stat(out)).mode & 0o777).toBe(0o600);
  expect(await namesIn(folder.path)).toEqual(["chats.jsonl"]);
});

test("an export of nothing is an empty file", async () => {
  await exportConversations(conversations(0), out, {});
  expect(await readFile(out, "utf8")).toBe("");
});

test.each(["chats.jsonl", "chats.jsonl.gz"])("when the source breaks, %s keeps what it was", async (name) => {
  const path = join(folder.path, name);
  await writeFile(path, "older");
  // 1 kB each: far more than what the file's buffers hold.
  await expect(exportConversations(conversations(10_000, 5_000), path, {})).rejects.toThrow(
    "the source broke",
  );
  expect(await readFile(path, "utf8")).toBe("older");
  expect(await namesIn(folder.path)).toEqual([name]);
});

test("when the file cannot be put in place, the source is closed and nothing is left", async () => {
  await mkdir(out);
  let closed = false;
  async function* source(): AsyncGenerator<SourceConversation> {
    try {
      yield* conversations(10);
    } finally {
      closed = true;
    }
  }
  await expect(exportConversations(source(), out, {})).rejects.toMatchObject({ code: "EISDIR" });
  expect(closed).toBe(true);
  expect(await namesIn(folder.path)).toEqual(["chats.jsonl"]);
});

test("the source is not read ahead of the file", async () => {
  let read = 0;
  let open = 0;
  async function* source(): AsyncGenerator<SourceConversation> {
    for await (const item of conversations(2_000)) {
      read += 1;
      yield item;
      // What was asked for but not written yet lies in the buffers of the file, 64 KiB of lines of 1 kB.
      open = Math.max(open, read - Math.floor((await stat(`${out}.${process.pid}.partial`)).size / 1_100));
    }
  }
  await exportConversations(source(), out, {});
  expect(read).toBe(2_000);
  expect(open).toBeLessThan(500);
});

test("a line may be 8 MiB long and no longer", async () => {
  const line = JSON.stringify({
    conversation_id: "0",
    user_id: "u",
    messages: [{ role: "user", content: "" }],
  });
  // Of two bytes in UTF-8, so that counting characters would not do.
  const room = (8 * 1024 * 1024 - line.length) / 2;
  async function* source(): AsyncGenerator<SourceConversation> {
    yield conversation(0, "é".repeat(Math.floor(room)));
    yield conversation(1, "é".repeat(Math.floor(room) + 1));
  }
  const counts = await exportConversations(source(), out, {});
  expect(counts).toMatchObject({ conversations: 1, leftOut: { too_large: 1 } });
  expect(await readExport(out)).toHaveLength(1);
});
