import { execFile } from "node:child_process";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { BSON } from "mongodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mapConversation } from "../../docs/recipes/mapping.ts";
import { fromDocument } from "../../docs/recipes/mongodb-mapping.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { DOC, docBlocks } from "./doc-blocks.ts";
import { readExport, runRecipe } from "./support.ts";

const run = promisify(execFile);

describe("what the page shows holds:", () => {
  test("MongoDB's document becomes the row", async () => {
    const [document] = await docBlocks("MongoDB", "json");
    const [row] = await docBlocks("MongoDB", "jsonl");
    const source = fromDocument(BSON.EJSON.parse(document ?? "") as Record<string, unknown>);
    expect(mapConversation(source, {})).toEqual({
      kind: "conversation",
      conversation: JSON.parse(row ?? "") as object,
      dropped: { emptyMessages: 0, timestamps: 0, metadataValues: 0 },
    });
  });

  test("Elasticsearch's index is the one that the answers were recorded with", async () => {
    const [index] = await docBlocks("Elasticsearch and OpenSearch", "json");
    const recorded = await readFile(resolve(import.meta.dirname, "recorded/documents.json"), "utf8");
    expect(JSON.parse(recorded)).toMatchObject({ index: JSON.parse(index ?? "") as object });
  });

  test.each(["postgresql.ts", "mongodb.ts", "elasticsearch.ts"])(
    "it names every variable of %s",
    async (script) => {
      const { code, stdout } = await runRecipe(script, ["--help"]);
      expect(code).toBe(0);
      const page = await readFile(DOC, "utf8");
      const variables = stdout.match(/\b[A-Z]+_[A-Z_]+\b|\bPG[A-Z]+\b/g) ?? [];
      expect(variables).toContain("PSEUDONYM_KEY");
      for (const variable of variables) expect(page).toContain(variable);
    },
  );
});

const HOW = "jq is not installed; on Debian and Ubuntu: apt-get install jq";
const jq = await run("jq", ["--version"]).then(
  () => true,
  () => false,
);
if (!jq) {
  if (process.env["CI"] === "true") throw new Error(HOW);
  console.warn(`Skipped: ${HOW}`);
}

describe.skipIf(!jq)("any other source", () => {
  let folder: TemporaryFolder;

  beforeEach(async () => {
    folder = await temporaryFolder();
    const program = "messages-to-conversations.jq";
    await copyFile(join(DOC, "../recipes", program), join(folder.path, program));
  });

  afterEach(() => folder.remove());

  async function inFolder(command: string | undefined): Promise<void> {
    await run("bash", ["-euc", command ?? "false"], { cwd: folder.path });
  }

  test("messages as the page shows them become a conversation", async () => {
    const [rows] = await docBlocks("Any other source", "jsonl");
    const [, group] = await docBlocks("Any other source", "sh");
    await writeFile(join(folder.path, "messages.jsonl"), rows ?? "");
    await inFolder(group);
    expect(await readExport(join(folder.path, "chats.jsonl"), "required")).toEqual([
      {
        conversation_id: "c-1",
        user_id: "u-17",
        timestamp: "2026-09-18T16:09:00Z",
        messages: [
          { role: "user", content: "How long do eggs boil?", timestamp: "2026-09-18T16:09:00Z" },
          { role: "assistant", content: "Seven minutes.", timestamp: "2026-09-18T16:09:02Z" },
        ],
      },
    ]);
  });

  test("a CSV file with quotes, line breaks and gaps becomes conversations", async () => {
    const [toRows, group] = await docBlocks("Any other source", "sh");
    const csv = [
      "\ufeffconversation_id,user_id,role,content,created_at,email",
      'c-2,u-2,human,"two, ""quoted""\r\nlines 🥚",2026-09-01T10:00:01Z,jane@example.org',
      "c-1,u-1,AI,late,2026-09-01T10:00:02Z,",
      "c-1,,Human,early,2026-09-01T10:00:01Z,",
      "c-3,u-3,bot,nobody asked,2026-09-01T10:00:01Z,",
      "c-2,u-2,bot,,2026-09-01T10:00:03Z,",
      ",u-4,human,of no conversation,2026-09-01T10:00:03Z,",
      "c-5,,human,no user and no time,,",
    ];
    await writeFile(join(folder.path, "messages.csv"), `${csv.join("\r\n")}\r\n`);
    await inFolder(toRows);
    await inFolder(group);
    expect(await readExport(join(folder.path, "chats.jsonl"))).toEqual([
      {
        conversation_id: "c-1",
        user_id: "u-1",
        timestamp: "2026-09-01T10:00:01Z",
        messages: [
          { role: "user", content: "early", timestamp: "2026-09-01T10:00:01Z" },
          { role: "assistant", content: "late", timestamp: "2026-09-01T10:00:02Z" },
        ],
      },
      {
        conversation_id: "c-2",
        user_id: "u-2",
        timestamp: "2026-09-01T10:00:01Z",
        messages: [{ role: "user", content: 'two, "quoted"\r\nlines 🥚', timestamp: "2026-09-01T10:00:01Z" }],
      },
      { conversation_id: "c-5", messages: [{ role: "user", content: "no user and no time" }] },
    ]);
  });
});
