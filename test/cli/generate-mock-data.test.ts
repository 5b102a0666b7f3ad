import { execFile } from "node:child_process";
import { once } from "node:events";
import { lstat, mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { Writable } from "node:stream";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../../cli/generate-mock-data.ts";
import { generateCorpus } from "../../shared/domain/mock/generate.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(() => folder.remove());

class Memory extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(argv: readonly string[], interrupt = new AbortController().signal): Promise<Result> {
  const [stdout, stderr] = [new Memory(), new Memory()];
  const code = await main(argv, { stdout, stderr, cwd: folder.path, interrupt });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

const read = (name: string): Promise<string> => readFile(join(folder.path, name), "utf8");

const expected = [...generateCorpus({ count: 40, seed: 3 })];
const conversations = expected.map(({ conversation }) => `${JSON.stringify(conversation)}\n`).join("");
const labels = expected.map(({ truth }) => `${JSON.stringify(truth)}\n`).join("");
const FLAGS = ["--count", "40", "--seed", "3"];

describe("clio-generate-mock-data", () => {
  test("writes conversations and labels, and leaves nothing else behind", async () => {
    const result = await run([...FLAGS, "--output", "a.jsonl", "--labels-output", "sub/b.jsonl"]);
    expect(result).toMatchObject({ code: 0, stdout: "" });
    expect(result.stderr).toContain("40 conversations of 5 users in a.jsonl");
    expect(await read("a.jsonl")).toBe(conversations);
    expect(await read("sub/b.jsonl")).toBe(labels);
    expect(await readdir(folder.path, { recursive: true })).toHaveLength(3);
  });

  test("writes the same whatever the size of its writes", async () => {
    // More than one chunk of 256 Ki characters.
    await run(["--count", "700", "--output", "a.jsonl"]);
    const rows = Array.from(
      generateCorpus({ count: 700, seed: 7 }),
      ({ conversation }) => `${JSON.stringify(conversation)}\n`,
    );
    expect((await read("a.jsonl")) === rows.join("")).toBe(true);
  });

  test("writes to standard output", async () => {
    expect(await run([...FLAGS, "--output", "-"])).toMatchObject({ code: 0, stdout: conversations });
    expect(await readdir(folder.path)).toEqual([]);
  });

  test("takes a number of users", async () => {
    const { stdout } = await run([...FLAGS, "--users", "2", "--output", "-"]);
    const users = stdout
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { user_id: string }).user_id);
    expect(new Set(users).size).toBe(2);
  });

  test("answers with one object under --json", async () => {
    const { code, stdout } = await run([...FLAGS, "--output", "a.jsonl", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      output: "a.jsonl",
      labels_output: null,
      count: 40,
      seed: 3,
      users: 5,
      languages: { en: expected.filter(({ truth }) => truth.language === "en").length },
    });
  });

  test("replaces a file only with --force", async () => {
    await writeFile(join(folder.path, "a.jsonl"), "mine");
    const refused = await run([...FLAGS, "--output", "a.jsonl"]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("--force");
    expect(await read("a.jsonl")).toBe("mine");
    expect(await run([...FLAGS, "--output", "a.jsonl", "--force"])).toMatchObject({ code: 0 });
    expect(await read("a.jsonl")).toBe(conversations);
  });

  test("replaces what a link leads to, and keeps the link", async () => {
    await writeFile(join(folder.path, "real.jsonl"), "mine");
    await symlink("real.jsonl", join(folder.path, "link.jsonl"));
    expect(await run([...FLAGS, "--output", "link.jsonl", "--force"])).toMatchObject({ code: 0 });
    expect(await read("real.jsonl")).toBe(conversations);
    expect((await lstat(join(folder.path, "link.jsonl"))).isSymbolicLink()).toBe(true);
  });

  test("never replaces what is no ordinary file, such as a device, a pipe or a socket", async () => {
    const server = createServer().listen(join(folder.path, "socket"));
    await once(server, "listening");
    try {
      const result = await run([...FLAGS, "--output", "socket", "--force"]);
      expect(result.code).toBe(2);
      expect(result.stderr).toContain("socket is no ordinary file");
      expect((await lstat(join(folder.path, "socket"))).isSocket()).toBe(true);
    } finally {
      server.close();
    }
  });

  test("writes neither file when one of them exists", async () => {
    await writeFile(join(folder.path, "b.jsonl"), "mine");
    expect(await run([...FLAGS, "--output", "a.jsonl", "--labels-output", "b.jsonl"])).toMatchObject({
      code: 1,
    });
    expect(await readdir(folder.path)).toEqual(["b.jsonl"]);
  });

  test("fails with a reason where it cannot write", async () => {
    await writeFile(join(folder.path, "file"), "");
    const result = await run([...FLAGS, "--output", "file/a.jsonl"]);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/^error: cannot write file\/a\.jsonl \(E[A-Z]+\)\n$/);
  });

  test("repeats a name without its escape codes", async () => {
    await mkdir(join(folder.path, "\u001b[31mred"));
    const refused = await run([...FLAGS, "--output", "\u001b[31mred"]);
    expect([refused.code, refused.stderr.includes("\u001b")]).toEqual([2, false]);
    expect(refused.stderr).toContain("red is a folder");
  });

  test("leaves no trace when interrupted", async () => {
    const result = await run([...FLAGS, "--output", "a.jsonl"], AbortSignal.abort());
    expect(result).toMatchObject({ code: 130, stderr: "error: interrupted\n" });
    expect(await readdir(folder.path)).toEqual([]);
  });

  test.each([
    [[], "--output"],
    [["--output"], "argument missing"],
    [["--output", "a", "--count", "0"], "whole number from 1"],
    [["--output", "a", "--count", "1e3"], "whole number from 1"],
    [["--output", "a", "--seed", "-1"], "whole number from 0"],
    [["--output", "a", "--seed", "4294967296"], "to 4294967295"],
    [["--output", "a", "--users", "x"], "whole number from 1"],
    [["--output", "a", "--count", "3", "--users", "4"], "more users than conversations"],
    [["--output", "a", "--labels-output", "./a"], "the same file"],
    [["--output", "a", "--labels-output", "-"], "to a file"],
    [["--output", "-", "--json"], "standard output"],
    [["--output", "a", "extra"], "too many arguments"],
    [["--output", "a", "--use-llm"], "unknown option"],
    [["--output", "."], "is a folder"],
  ])("refuses %j", async (argv, reason) => {
    const result = await run(argv);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain(reason);
    expect(await readdir(folder.path)).toEqual([]);
  });

  test("shows its help with examples on standard output", async () => {
    const { code, stdout, stderr } = await run(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("--labels-output");
    expect(stdout).toContain("Examples:");
  });

  test("runs as a program, also through a link", async () => {
    const bin = join(folder.path, "bin");
    await mkdir(bin);
    const link = join(bin, "clio-generate-mock-data.ts");
    await symlink(resolve(import.meta.dirname, "../../cli/generate-mock-data.ts"), link);
    const { stdout } = await promisify(execFile)(process.execPath, [link, ...FLAGS, "--output", "-"]);
    expect(stdout).toBe(conversations);
  });
});
