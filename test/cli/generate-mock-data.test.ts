import { execFile } from "node:child_process";
import { once } from "node:events";
import { lstat, mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { Writable } from "node:stream";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../../cli/generate-mock-data.ts";
import type { openProvider } from "../../shared/adapters/open-provider.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import type { ModelTask, TaskAnswer, TaskInput } from "../../shared/contracts/model-tasks.ts";
import { generateCorpus } from "../../shared/domain/mock/generate.ts";
import { BadAnswerError, PermanentError, TransientError } from "../../shared/errors.ts";
import { hashingEmbedder, plainAnswers, scriptedModel } from "../helpers/scripted-provider.ts";
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

interface World {
  readonly interrupt?: AbortSignal;
  readonly env?: Record<string, string>;
  /** Opened for --use-llm. */
  readonly open?: typeof openProvider;
}

async function run(argv: readonly string[], { interrupt, env = {}, open }: World = {}): Promise<Result> {
  const [stdout, stderr] = [new Memory(), new Memory()];
  const io = {
    stdout,
    stderr,
    env,
    cwd: folder.path,
    clock: { ...systemClock, sleep: async () => {} },
    interrupt: interrupt ?? new AbortController().signal,
  };
  const code = await main(argv, io, open);
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
    const result = await run([...FLAGS, "--output", "a.jsonl"], { interrupt: AbortSignal.abort() });
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
    [["--output", "a", "--use-llm"], "CLIO_PROVIDER"],
    [["--output", "a", "--use-llm", "--provider", "skynet"], "--provider"],
    [["--output", "a", "--llm-model", "m"], "for --use-llm"],
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

describe("with --use-llm", () => {
  type Task = "synthesise_conversation";
  type Write = (input: TaskInput<Task>) => TaskAnswer<Task>;
  const LLM = [...FLAGS, "--use-llm", "--output", "a.jsonl", "--labels-output", "b.jsonl"];
  const plain = plainAnswers.synthesise_conversation;

  /** A provider that writes so, and what was asked of it. */
  function provider(write: Write = plain) {
    const asked: TaskInput<ModelTask & Task>[] = [];
    const model = scriptedModel({
      synthesise_conversation: (input) => {
        asked.push(input);
        return write(input);
      },
    });
    const opened: (string | null)[] = [];
    const open: typeof openProvider = async ({ model: name }) => {
      opened.push(name);
      return { model, embedder: hashingEmbedder() };
    };
    return { open, asked, opened };
  }

  const rows = async () =>
    (await read("a.jsonl"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as (typeof expected)[number]["conversation"]);

  test("only the messages come from the model; labels, ids, users and times stay, in their order", async () => {
    const { open, asked } = provider();
    const { code, stderr } = await run(LLM, { open });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("40 written by scripted plain; 40 calls, 600 tokens, $0.04");
    expect(await read("b.jsonl")).toBe(labels);
    const written = await rows();
    expect(written.map(({ messages: _messages, ...rest }) => rest)).toEqual(
      expected.map(({ conversation: { messages: _messages, ...rest } }) => rest),
    );
    written.forEach(({ messages }, i) => {
      const template = expected[i]!.conversation.messages;
      const first = template.find(({ role }) => role === "user")!;
      expect(messages.find(({ role }) => role === "user")!.content).toContain(
        `Put otherwise: ${first.content}`,
      );
      expect(messages.filter(({ role }) => role === "system")).toEqual(
        template.filter(({ role }) => role === "system"),
      );
    });
    expect(asked.map(({ language }) => language)).toEqual(expected.map(({ truth }) => truth.language));
  });

  test("asks that planted personal data stays word for word", async () => {
    const { open, asked } = provider();
    await run(LLM, { open });
    expected.forEach(({ truth, brief }, i) => {
      expect(asked[i]!.verbatim).toEqual(brief.planted);
      expect(brief.planted.length > 0).toBe(truth.planted.length > 0);
    });
    expect(asked.some(({ verbatim }) => verbatim.length > 0)).toBe(true);
  });

  test("takes a conversation from its template when no valid one came, and counts it", async () => {
    let calls = 0;
    const { open } = provider((input) => {
      calls++;
      if (calls % 4 === 1) throw new BadAnswerError("not to its schema");
      if (calls % 4 === 2) return { messages: [{ role: "user", content: " " }] };
      return plain(input);
    });
    const { code, stderr, stdout } = await run([...LLM, "--json"], { open });
    expect(code).toBe(0);
    expect(stderr).toContain("20 written by scripted plain, 20 from templates");
    expect(JSON.parse(stdout)).toMatchObject({ llm: { written: 20, from_templates: 20 } });
    const written = await rows();
    expect(
      written.filter((row, i) => JSON.stringify(row) === JSON.stringify(expected[i]!.conversation)),
    ).toHaveLength(20);
  });

  test("tries again after a passing error, and gives up a conversation after a few", async () => {
    const tries = new Map<string, number>();
    const { open } = provider((input) => {
      const key = JSON.stringify(input);
      tries.set(key, (tries.get(key) ?? 0) + 1);
      if (input.language === "en" || tries.get(key) === 1) throw new TransientError("busy");
      return plain(input);
    });
    const english = expected.filter(({ truth }) => truth.language === "en").length;
    const { code, stderr } = await run(LLM, { open });
    expect(code).toBe(0);
    expect(stderr).toContain(`${40 - english} written by scripted plain, ${english} from templates`);
    expect(new Set(tries.values())).toEqual(new Set([2, 4]));
  });

  test("ends with an error that is there to stay, and leaves no file", async () => {
    const { open } = provider(() => {
      throw new PermanentError("the key is not valid", { hint: "check it" });
    });
    const { code, stderr } = await run(LLM, { open });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "error: the key is not valid\nhint: check it\n" });
    expect(await readdir(folder.path)).toEqual([]);
  });

  test("keeps few calls in flight", async () => {
    let [inFlight, most] = [0, 0];
    const model = scriptedModel();
    const slow: typeof model = {
      ...model,
      ask: async (task, input, call) => {
        most = Math.max(most, ++inFlight);
        await new Promise(setImmediate);
        inFlight--;
        return model.ask(task, input, call);
      },
    };
    await run(LLM, { open: async () => ({ model: slow, embedder: hashingEmbedder() }) });
    expect(most).toBe(8);
  });

  test("stops when interrupted, and leaves no file", async () => {
    const interrupt = new AbortController();
    const { open } = provider((input) => {
      interrupt.abort();
      return plain(input);
    });
    expect(await run(LLM, { open, interrupt: interrupt.signal })).toMatchObject({ code: 130 });
    expect(await readdir(folder.path)).toEqual([]);
  });

  test("hands on the model that is named", async () => {
    const { open, opened } = provider();
    await run([...LLM, "--llm-model", "small"], { open });
    expect(opened).toEqual(["small"]);
  });
});
