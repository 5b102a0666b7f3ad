import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { batchesAtOnce } from "../../cli/runner.ts";
import { defaultConfig } from "../../shared/config.ts";
import { randomInt, seededRandom } from "../../shared/domain/random.ts";
import { clio, debugEvent } from "../helpers/clio.ts";
import { comparable } from "../helpers/run-folder.ts";

const INPUT = resolve(import.meta.dirname, "../../data/mock/conversations_llm_200.jsonl");
/** Six in CI; `npm run test:kill` asks for thirty. */
const KILLS = Number(process.env["CLIO_KILLS"] ?? 6);

/** Batches of a phase that a killed process may have had under way: the most of any that asks a model. */
const MOST_UNDER_WAY = Math.max(
  ...(
    [
      ["facets", "facet_max_concurrency"],
      ["label", "label_max_concurrency"],
      ["hierarchy", "hierarchy_max_concurrency"],
      ["privacy", "privacy_max_concurrency"],
    ] as const
  ).map(([phase, key]) => batchesAtOnce(phase, defaultConfig()[key], availableParallelism())),
);

let folder: string;
let reference: Map<string, string>;
/** Batch events of a whole run, in the order in which they came. */
let moments: number;

function runArgs(runsDir: string, ...more: string[]): string[] {
  return [
    "run",
    "--input",
    INPUT,
    "--with-hierarchy",
    "--with-privacy",
    "--runs-dir",
    runsDir,
    "--run-id",
    "the-run",
    "--debug",
    ...more,
  ];
}

function isBatchEvent(line: string): boolean {
  return String(debugEvent(line)?.["event"]).startsWith("batch_");
}

/** The batches that a run's stderr says were in some state, as "phase/round/batch". */
function batches(stderr: string, event: string): Set<string> {
  const found = stderr
    .split("\n")
    .map(debugEvent)
    .filter((entry) => entry?.["event"] === event);
  return new Set(
    found.map(
      (entry) => `${String(entry?.["phase"])}/${String(entry?.["round"])}/${String(entry?.["batch"])}`,
    ),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "clio-kill-"));
  const whole = await clio(runArgs(join(folder, "whole")));
  expect(whole.code, whole.stderr).toBe(0);
  moments = whole.stderr.split("\n").filter(isBatchEvent).length;
  reference = await comparable(join(folder, "whole", "the-run"));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test("the same input and seed give the same artifacts", async () => {
  const again = await clio(runArgs(join(folder, "again")));
  expect(again.code).toBe(0);
  expect(await comparable(join(folder, "again", "the-run"))).toEqual(reference);
}, 120_000);

test.each(Array.from({ length: KILLS }, (_, i) => i))(
  "killed at seeded moment %i, resumed at once: the same artifacts, nothing finished is done again",
  async (kill) => {
    const runsDir = join(folder, `killed-${kill}`);
    // One moment in each of KILLS equal stretches of the run, so that every phase gets its share.
    const at =
      Math.floor((moments * kill) / KILLS) +
      randomInt(seededRandom(7, `kill/${kill}`), Math.max(1, Math.floor(moments / KILLS)));
    let seen = 0;
    const killed = await clio(runArgs(runsDir), {
      onStderrLine: (line, child) => {
        if (isBatchEvent(line) && seen++ === at) child.kill("SIGKILL");
      },
    });
    expect(killed.code).toBeNull();
    const resumed = await clio(runArgs(runsDir, "--resume"));
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(await comparable(join(runsDir, "the-run"))).toEqual(reference);

    const startedAgain = batches(resumed.stderr, "batch_started");
    expect([...batches(killed.stderr, "batch_finished")].filter((batch) => startedAgain.has(batch))).toEqual(
      [],
    );
    const twice = [...batches(killed.stderr, "batch_started")].filter((batch) => startedAgain.has(batch));
    // Phases side by side have their own batches under way.
    for (const [, ofPhase] of Map.groupBy(twice, (batch) => batch.split("/")[0]))
      expect(ofPhase.length).toBeLessThanOrEqual(MOST_UNDER_WAY);
    await rm(runsDir, { recursive: true, force: true });
  },
  120_000,
);

test("a second run on the same run id is refused, naming the owner; Ctrl-C ends with 130 and can be resumed", async () => {
  const runsDir = join(folder, "interrupted");
  let second: ReturnType<typeof clio> | undefined;
  const first = await clio(runArgs(runsDir), {
    onStderrLine: (line, child) => {
      if (second !== undefined || !isBatchEvent(line)) return;
      second = clio(runArgs(runsDir, "--resume"));
      void second.then(() => child.kill("SIGINT"));
    },
  });
  const refused = await second!;
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toMatch(/is being run by process \d+ on/);
  expect(first.code, first.stderr).toBe(130);
  expect(first.stderr).toContain("--resume");
  const resumed = await clio(runArgs(runsDir, "--resume"));
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(await comparable(join(runsDir, "the-run"))).toEqual(reference);
}, 120_000);

test("a changed input is refused with what changed", async () => {
  const other = resolve(import.meta.dirname, "../../data/mock/conversations_2400.jsonl");
  const args = runArgs(join(folder, "whole"), "--resume").map((arg) => (arg === INPUT ? other : arg));
  const refused = await clio(args);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/another input/);
  expect(refused.stderr).toMatch(/bytes/);
});
