import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateCorpus } from "../../shared/domain/mock/generate.ts";
import { clio } from "../helpers/clio.ts";
import { recount } from "./recompute.ts";

/** "all" also runs the 2,400 conversations of the demo and CLINC150 (minutes); a path is that of a run to count again. */
const ASKED = process.env["CLIO_RECOUNT"] ?? "";
const CLINC = resolve(import.meta.dirname, "../../../shared/data/clinc150/conversations.jsonl");
const DEMO = resolve(import.meta.dirname, "../../data/mock/conversations_2400.jsonl");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "clio-recount-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function published(id: string, input: string, ...more: string[]): Promise<string> {
  const runs = join(folder, "runs");
  const args = [
    "run",
    "--input",
    input,
    "--with-hierarchy",
    "--with-privacy",
    "--runs-dir",
    runs,
    "--run-id",
    id,
  ];
  const { code, stderr } = await clio([...args, ...more]);
  expect(code, stderr).toBe(0);
  const check = await clio(["viz", "--check-only", "--run-id", id, "--runs-dir", runs]);
  expect(check.code, check.stderr).toBe(0);
  return join(runs, id);
}

/** What is wrong with the numbers of a run; those behind them are to reach the minimums. */
async function checked(run: string, minimums = { users: 5, conversations: 15 }): Promise<readonly string[]> {
  const found = await recount(run);
  expect(found.numbers).toBeGreaterThan(50);
  expect(found.fewestConversations).toBeGreaterThanOrEqual(minimums.conversations);
  expect(found.fewestUsers).toBeGreaterThanOrEqual(minimums.users);
  if (ASKED !== "") console.log(JSON.stringify(found));
  return found.wrong;
}

async function sample(): Promise<string> {
  const input = join(folder, "sample.jsonl");
  const lines = Array.from(generateCorpus({ count: 240, seed: 5 }), ({ conversation }) =>
    JSON.stringify(conversation),
  );
  await writeFile(input, `${lines.join("\n")}\n`);
  return input;
}

test("every number of 240 conversations is what the private side holds, with both minimums behind it", async () => {
  // Lower minimums and few clusters: more cells, and cross-tabs that name values.
  const run = await published(
    "sample",
    await sample(),
    "--min-users",
    "3",
    "--min-conversations",
    "6",
    "--k",
    "4",
  );
  expect(await checked(run, { users: 3, conversations: 6 })).toEqual([]);
  expect((await recount(run)).namedCrossCells).toBeGreaterThan(0);

  const latest = JSON.parse(await readFile(join(run, "published/latest.json"), "utf8")) as {
    generation: string;
  };
  const path = join(run, "published", latest.generation, "crosstabs.json");
  const changed = (await readFile(path, "utf8")).replace(
    /"conversations": ?(\d+)/,
    (_, n) => `"conversations":${Number(n) + 1}`,
  );
  await writeFile(path, changed);
  expect((await recount(run)).wrong).toHaveLength(2);
});

test.runIf(ASKED === "all")("the 2,400 conversations of the demo", async () => {
  expect(await checked(await published("demo", DEMO))).toEqual([]);
});

test.runIf(ASKED === "all" && existsSync(CLINC))("CLINC150", async () => {
  expect(await checked(await published("clinc", CLINC))).toEqual([]);
});

test.runIf(ASKED.includes("/"))("the run asked for", async () => {
  expect(await checked(ASKED, { users: 1, conversations: 1 })).toEqual([]);
});
