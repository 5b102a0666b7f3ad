import { writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dollars, spread, tokens } from "../../cli/render/money.ts";
import { sampleOf, surveyInput } from "../../shared/engine/estimate/survey.ts";
import { bytesInput } from "../../shared/adapters/memory/bytes-input.ts";
import { fileInput } from "../../shared/adapters/directory/input-source.ts";
import { directoryBudget } from "../../shared/adapters/directory/budget.ts";
import { billedModel } from "../helpers/billed-model.ts";
import { chatsAbout, jsonlOf } from "../helpers/memory-run.ts";
import { hashingEmbedder } from "../helpers/scripted-provider.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { answerOf, clio } from "./support.ts";
import type { ClioResult } from "./support.ts";

const CHATS = jsonlOf(chatsAbout(["cooking", "gardening", "taxes"], 60, 20));

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, "chats.jsonl"), CHATS);
});
afterEach(() => folder.remove());

/** The command line with a provider that bills a tenth of a cent a call. */
const billed = (...args: string[]): Promise<ClioResult> =>
  clio(args, {
    cwd: folder.path,
    columns: 200,
    deps: { openProvider: async () => ({ model: billedModel(), embedder: hashingEmbedder() }) },
  });

const estimate = (...args: string[]): Promise<ClioResult> =>
  clio(["estimate", "--input", "chats.jsonl", ...args], { cwd: folder.path, columns: 200 });

describe("amounts", () => {
  test.each([
    [0, "$0"],
    [0.000_001_2, "$0.000001"],
    [0.0042, "$0.0042"],
    [0.13, "$0.13"],
    [1.449, "$1.45"],
    [128.4, "$128"],
  ])("%d dollars", (usd, words) => {
    expect(dollars(usd)).toBe(words);
  });

  test("tokens and ranges", () => {
    expect([850, 12_340, 1_234_000, 2e9].map(tokens)).toEqual(["850", "12.3 k", "1.23 M", "2 G"]);
    expect(spread({ low: 1, mid: 2, high: 3 }, dollars)).toBe("$1.00 to $3.00");
    expect(spread({ low: 1, mid: 1, high: 1 }, dollars)).toBe("$1.00");
  });
});

describe("a run that may cost so much", () => {
  test("stops, says what it spent and how to go on, and then does", async () => {
    const run = ["run", "--input", "chats.jsonl", "--with-facets", "--run-id", "may"];
    const stopped = await billed(...run, "--max-cost-usd", "0.03");
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(
      /Stopped after .*: \$0\.0\d+ of \$0\.0300 is spent, and the next call may cost \$0\.0040/,
    );
    expect(stopped.stderr).toContain("Go on with twice as much");
    expect(stopped.stderr).toContain(
      "clio run --input chats.jsonl --run-id may --resume --max-cost-usd 0.06",
    );

    const listed = answerOf(await billed("inspect-run", "--run-id", "may", "--json"));
    expect(JSON.stringify(listed)).toContain('"status":"stopped"');

    const done = await billed(...run, "--resume", "--max-cost-usd", "1");
    expect(done.code).toBe(0);
    expect(done.stderr).toMatch(/\$0\.0\d+ of \$1\.00 is spent\./);
    expect(done.stderr).toContain("max_cost_usd 0.03 → 1");
    expect(done.stderr + done.stdout).toMatch(/60 model calls, 600 tokens in and 300 out: \$0\.060\./);
  });

  test("says what an attempt that was killed had set aside", async () => {
    const run = ["run", "--input", "chats.jsonl", "--run-id", "may", "--max-cost-usd", "1"];
    expect((await billed(...run)).code).toBe(0);
    await directoryBudget({ dir: join(folder.path, "runs") }).reserve("may", 250_000, 1_000_000);
    const { stderr } = await billed(...run, "--resume", "--with-facets");
    expect(stderr).toContain("$0 of $1.00 is spent; $0.25 more counts as spent: an attempt that was cut off");
  });

  test("is refused while no price is known", async () => {
    const { code, stderr } = await clio(
      [
        "run",
        "--input",
        "chats.jsonl",
        "--with-facets",
        "--provider",
        "openai",
        "--model",
        "my-own",
        "--embedder",
        "openai",
        "--max-cost-usd",
        "1",
      ],
      { cwd: folder.path, env: { OPENAI_API_KEY: "sk-test" }, columns: 200, deps: await realProvider() },
    );
    expect(code).toBe(2);
    expect(stderr).toContain("no price of my-own is known");
    expect(stderr).toContain("--price-input and --price-output");
  });

  test("offline says nothing of money", async () => {
    const { stderr, stdout } = await clio(["run", "--input", "chats.jsonl"], { cwd: folder.path });
    expect(stderr + stdout).not.toMatch(/model call|most likely/i);
  });
});

async function realProvider() {
  const { openProvider } = await import("../../shared/adapters/open-provider.ts");
  return { openProvider };
}

describe("clio estimate", () => {
  const all = ["--with-hierarchy", "--with-privacy"];
  const openai = ["--provider", "openai", "--embedder", "openai"];

  test("offline there is nothing to pay", async () => {
    const { code, stdout, stderr } = await estimate(...all);
    expect(code).toBe(0);
    expect(stdout + stderr).toMatch(/\d+ questions, answered by rules on this machine: nothing to pay/);
  });

  test("needs no key, and shows each phase from low to high", async () => {
    const { code, stderr } = await estimate(...all, ...openai);
    expect(code).toBe(0);
    const lines = stderr.split("\n").map((line) => line.trim());
    const of = (name: string): string => lines.find((line) => line.startsWith(name)) ?? "";
    expect(of("facets")).toMatch(/^facets +60 to 66 +[\d.]+ k to [\d.]+ k .*\$0\.0\d+ to \$0\.0\d+/);
    for (const phase of ["vectors", "audits", "in all"]) expect(of(phase)).toContain("$");
  });

  test("as JSON the phases add up to the total", async () => {
    interface Cost {
      readonly calls: { mid: number };
      readonly usd: { low: number; mid: number; high: number };
    }
    const answer = answerOf(await estimate(...all, ...openai, "--json")) as unknown as {
      billed: boolean;
      by_phase: Cost[];
      total: Cost;
      prices: { model: string; chat: { input: number } };
    };
    expect(answer).toMatchObject({
      ok: true,
      billed: true,
      prices: { model: "gpt-4.1-mini", chat: { input: 0.4 } },
    });
    expect(answer.by_phase.reduce((sum, { usd }) => sum + usd.mid, 0)).toBeCloseTo(answer.total.usd.mid, 9);
    expect(answer.total.usd.low).toBeLessThan(answer.total.usd.high);
  });

  test("with another price costs another sum", async () => {
    const usd = async (...more: string[]): Promise<number> =>
      (
        answerOf(await estimate("--with-facets", ...openai, ...more, "--json"))["total"] as {
          usd: { mid: number };
        }
      ).usd.mid;
    const listed = await usd();
    expect(await usd("--price-input", "0.8", "--price-output", "3.2")).toBeCloseTo(2 * listed, 6);
    expect(await usd("--price-input", "0", "--price-output", "0")).toBe(0);
  });

  test("says which price is missing", async () => {
    const { stderr } = await estimate("--with-clustering", "--provider", "openai", "--model", "my-own");
    expect(stderr).toMatch(/facets .* \? /);
    expect(stderr).toContain("No price of my-own and jina-embeddings-v3 is known");
  });

  test("is what a run shows first", async () => {
    const { stderr } = await billed(
      "run",
      "--input",
      "chats.jsonl",
      "--with-facets",
      ...openai,
      "--max-cost-usd",
      "5",
    );
    expect(stderr).toMatch(/Calls +about 61 \(facets 61\)/);
    expect(stderr).toMatch(
      /Cost +\$0\.0\d+ to \$0\.0\d+, most likely \$0\.0\d+; the run stops before \$5\.00/,
    );
  });
});

describe("a look over an input", () => {
  const positions = (n: number): Set<number> => new Set(Array.from({ length: n }, (_, at) => at));

  test("counts a small file exactly, and reads what it is asked for", async () => {
    const survey = await surveyInput(bytesInput(CHATS, "chats.jsonl"));
    expect(survey?.rows).toEqual({ n: 60, exact: true });
    const found = await survey!.read(new Set([0, 59]));
    expect([...found.keys()]).toEqual([0, 59]);
    expect(found.get(59)?.[0]?.content).toContain("taxes");
  });

  test("counts an archive by what is in it", async () => {
    await writeFile(join(folder.path, "chats.jsonl.gz"), gzipSync(CHATS));
    const survey = await surveyInput(await fileInput(join(folder.path, "chats.jsonl.gz")));
    expect(survey?.rows).toEqual({ n: 60, exact: true });
  });

  test("leaves out what is no conversation", async () => {
    const broken = Buffer.concat([Buffer.from('{"no":1}\n\n'), CHATS]);
    const survey = await surveyInput(bytesInput(broken, "chats.jsonl"));
    expect(survey?.lengths).toHaveLength(61);
    expect((await survey!.read(positions(61))).has(0)).toBe(false);
    const { sample, messages } = await sampleOf(survey!, 100, 16_000);
    expect(sample).toHaveLength(60);
    expect(messages).toHaveLength(60);
  });

  test("looks all over a large file, and tells its rows to a few per cent", async () => {
    // Short rows first, long ones after: the beginning alone would tell three times too many.
    const row = (at: number, words: number): string =>
      JSON.stringify({
        conversation_id: `c${at}`,
        user_id: "u",
        messages: [{ role: "user", content: "word ".repeat(words) }],
      });
    const rows = Array.from({ length: 24_000 }, (_, at) => row(at, at < 12_000 ? 100 : 700));
    const path = join(folder.path, "large.jsonl");
    await writeFile(path, `${rows.join("\n")}\n`);
    const survey = await surveyInput(await fileInput(path));
    expect(survey?.rows.exact).toBe(false);
    expect(Math.abs(survey!.rows.n / rows.length - 1)).toBeLessThan(0.1);
    const { messages, sample } = await sampleOf(survey!, 50, 1000);
    expect(sample).toHaveLength(50);
    expect(Math.max(...messages.map(([first]) => first!.content.length))).toBe(3500);
  });

  test("cuts what no model would see", async () => {
    const long = jsonlOf([{ id: "a", user: "u", text: "x".repeat(100_000) }]);
    const survey = await surveyInput(bytesInput(long, "chats.jsonl"));
    const { messages } = await sampleOf(survey!, 10, 1000);
    expect(messages).toEqual([[{ role: "user", content: "x".repeat(16_000) }]]);
  });
});
