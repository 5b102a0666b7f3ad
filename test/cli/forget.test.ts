import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { filesBelow } from "../helpers/run-folder.ts";
import { hashingEmbedder, scriptedModel } from "../helpers/scripted-provider.ts";
import { chatsAbout, jsonlOf } from "../helpers/memory-run.ts";
import type { Chat } from "../helpers/memory-run.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { answerOf, clio } from "./support.ts";
import type { ClioResult } from "./support.ts";

const CHATS = chatsAbout(["track a parcel", "reset a password"], 60, 12);
const CANARY = "canary-4711 is my diagnosis";
/** Two conversations of one user, of which each text is unlike all others. */
const THEIRS: Chat[] = [1, 2].map((n) => ({
  id: `theirs-${n}`,
  user: "u-forget-me",
  text: `${CANARY} ${n}`,
}));

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, "chats.jsonl"), jsonlOf([...CHATS, ...THEIRS]));
});
afterEach(() => folder.remove());

function run(...args: string[]): Promise<ClioResult> {
  return clio(args, {
    cwd: folder.path,
    columns: 200,
    deps: { openProvider: async () => ({ model: scriptedModel(), embedder: hashingEmbedder() }) },
  });
}

const makeRun = (runId: string, ...more: string[]): Promise<ClioResult> =>
  run("run", "--input", "chats.jsonl", "--with-privacy", "--run-id", runId, "--quiet", ...more);

async function everything(): Promise<string> {
  const runs = join(folder.path, "runs");
  const texts = await Promise.all(
    (await filesBelow(runs)).map((path) => readFile(join(runs, path), "latin1")),
  );
  return texts.join("\n");
}

test("without --yes it says which runs hold the user, and changes nothing", async () => {
  await makeRun("may");
  const before = await everything();
  const result = await run("forget", "--user", "u-forget-me", "--json");
  expect(result.code).toBe(0);
  expect(answerOf(result)).toMatchObject({
    done: false,
    runs: [{ run_id: "may", conversations: 2, made_again: null }],
  });
  expect(await everything()).toBe(before);
  expect(result.stdout + result.stderr).not.toContain("u-forget-me");
});

test("with --yes nothing of the user is left: the run is made again without them, published anew", async () => {
  await makeRun("may");
  expect(await everything()).toContain(CANARY);
  const result = await run("forget", "--user", "u-forget-me", "--yes", "--json");
  expect(result.code, result.stderr).toBe(0);
  expect(answerOf(result)).toMatchObject({ done: true, runs: [{ made_again: { runId: "may-again-1" } }] });
  expect(await everything()).not.toContain("canary-4711");
  const runs = answerOf(await run("list-runs", "--json")).runs as {
    run_id: string;
    counts: { read: number; users: number };
  }[];
  expect(runs.map((each) => each.run_id)).toEqual(["may-again-1"]);
  expect(runs[0]?.counts).toMatchObject({ read: 60, users: 12 });
  const files = await filesBelow(join(folder.path, "runs/may-again-1"));
  expect(files.some((file) => file.startsWith("published/"))).toBe(true);
});

test("a run made again can be searched and made again", async () => {
  await makeRun("may");
  await run("forget", "--user", "u-forget-me", "--yes");
  expect(answerOf(await run("forget", "--conversation", "chat-3", "--json"))).toMatchObject({
    runs: [{ run_id: "may-again-1", conversations: 1 }],
  });
  // By the id of the first input still, although the second input knows users by pseudonyms.
  await run("forget", "--user", "user-3", "--yes");
  const runs = answerOf(await run("list-runs", "--json")).runs as {
    run_id: string;
    counts: { read: number };
  }[];
  expect(runs).toMatchObject([{ run_id: "may-again-2", counts: { read: 55 } }]);
  await run("forget", "--user", "user-4", "--yes");
  expect(answerOf(await run("list-runs", "--json")).runs).toMatchObject([
    { run_id: "may-again-3", counts: { read: 50, users: 10 } },
  ]);
});

test("somebody who is in no run", async () => {
  await makeRun("may");
  const result = await run("forget", "--user", "nobody", "--yes");
  expect(result.code).toBe(0);
  expect(result.stdout + result.stderr).toContain("Nobody like that in 1 run");
});

test("where nobody else is left the run goes without another", async () => {
  await writeFile(join(folder.path, "chats.jsonl"), jsonlOf(THEIRS));
  await run("run", "--input", "chats.jsonl", "--run-id", "may", "--quiet");
  const result = await run("forget", "--user", "u-forget-me", "--yes", "--json");
  expect(answerOf(result)).toMatchObject({ runs: [{ made_again: { runId: null, status: "nobody left" } }] });
  expect(answerOf(await run("list-runs", "--json")).runs).toEqual([]);
});

test("a run whose input was never read is named: it may hold anybody", async () => {
  await writeFile(join(folder.path, "broken.jsonl"), "{\n");
  await run("run", "--input", "broken.jsonl", "--run-id", "broken", "--quiet");
  const result = await run("forget", "--user", "u-forget-me", "--json");
  expect(answerOf(result)).toMatchObject({ runs: [], unsearchable: ["broken"] });
  expect((await run("forget", "--user", "u-forget-me", "--yes")).code).toBe(1);
});

test.each([[[]], [["--user", "a", "--conversation", "b"]], [["--user", ""]]])(
  "%j does not say who",
  async (args) => {
    const { code, stderr } = await run("forget", ...args);
    expect(code).toBe(2);
    expect(stderr).toContain("--user");
  },
);

test("runs can be pruned by age", async () => {
  await makeRun("may");
  expect(answerOf(await run("prune-runs", "--older-than", "1", "--json"))).toMatchObject({ runs: [] });
  const later = { now: () => Date.now() + 2 * 86_400_000, elapsed: () => 0, sleep: async () => {} };
  const pruned = await clio(["prune-runs", "--older-than", "1", "--yes", "--json"], {
    cwd: folder.path,
    clock: later,
  });
  expect(answerOf(pruned)).toMatchObject({ removed: true, runs: [{ run_id: "may" }] });
});
