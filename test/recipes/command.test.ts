import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { namesIn, runRecipe } from "./support.ts";

let folder: TemporaryFolder;
let out: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  out = join(folder.path, "chats.jsonl");
});

afterEach(() => folder.remove());

describe("called wrongly, a recipe says so and does nothing:", () => {
  test.each<[string, readonly string[], Record<string, string>]>([
    ["Say where to write with --out FILE.", [], {}],
    ["Say where to write with --out FILE.", ["--out", ""], {}],
    ["There is an argument that is not known", ["--out", "OUT", "--url", "postgresql://u:s3cret@h/d"], {}],
    ["There is an argument that is not known", ["--out", "OUT", "postgresql://u:s3cret@h/d"], {}],
    ["--since is a day like 2026-09-01", ["--out", "OUT", "--since", "yesterday"], {}],
    ["--since is a day like 2026-09-01", ["--out", "OUT", "--since", "2026-13-01"], {}],
    // Without an offset it would mean another time on another machine.
    ["--until is a day like 2026-09-01", ["--out", "OUT", "--until", "2026-09-01T00:00:00"], {}],
    [
      "--since must be before --until.",
      ["--out", "OUT", "--since", "2026-09-02", "--until", "2026-09-02"],
      {},
    ],
    ["PSEUDONYM_KEY must have at least 16 characters.", ["--out", "OUT"], { PSEUDONYM_KEY: "s3cret" }],
    ["PAGE_SIZE is a whole number from 1 to 10000.", ["--out", "OUT"], { PAGE_SIZE: "0" }],
    ["PAGE_SIZE is a whole number from 1 to 10000.", ["--out", "OUT"], { PAGE_SIZE: "many" }],
  ])("%s %j %j", async (words, args, env) => {
    const flags = args.map((arg) => (arg === "OUT" ? out : arg));
    const result = await runRecipe("elasticsearch.ts", flags, { env });
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain(words);
    expect(result.stderr).not.toContain("s3cret");
    expect(await namesIn(folder.path)).toEqual([]);
  });
});

test("a folder that is not there is said before the source is asked", async () => {
  const result = await runRecipe("mongodb.ts", ["--out", join(folder.path, "no", "chats.jsonl")]);
  expect(result).toMatchObject({ code: 1, stdout: "" });
  expect(result.stderr).toContain(
    "There is no such folder: that of --out, or one in the connection string. (Error ENOENT open)",
  );
});

test.each(["127.0.0.1", "/nowhere"])("a server that is not at %s is said", async (host) => {
  const result = await runRecipe("postgresql.ts", ["--out", out], {
    env: { PGHOST: host, PGPORT: "1", PGUSER: "nobody" },
  });
  expect(result).toMatchObject({ code: 1, stdout: "" });
  expect(result.stderr).toContain("The server cannot be reached");
  expect(await namesIn(folder.path)).toEqual([]);
});
