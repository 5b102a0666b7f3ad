import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStores } from "../../cli/compose.ts";
import { openProvider } from "../../shared/adapters/open-provider.ts";
import { silentLog } from "../../cli/log.ts";
import { generateCorpus } from "../../shared/domain/mock/generate.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { answerOf, clio, writeRows } from "./support.ts";
import type { ClioOptions, ClioResult } from "./support.ts";

const N = 60;

let folder: TemporaryFolder;
let first: ClioResult;
beforeAll(async () => {
  folder = await temporaryFolder();
  const rows = [...generateCorpus({ count: N, seed: 5, users: 30 })].map(({ conversation }) => conversation);
  await writeRows(folder.path, "chats.jsonl", rows);
  first = await run();
}, 120_000);
afterAll(() => folder.remove());

const at = (): ClioOptions => ({ cwd: folder.path, deps: { openProvider } });
const ALL = [
  "--input",
  "chats.jsonl",
  "--run-id",
  "all",
  "--with-hierarchy",
  "--with-privacy",
  "--min-conversations",
  "5",
  "--json",
];
const run = (...more: string[]): Promise<ClioResult> => clio(["run", ...ALL, ...more], at());

test("a small run goes through every phase with the packaged provider", () => {
  expect(first.code).toBe(0);
  const answer = answerOf(first) as unknown as {
    run: {
      status: string;
      counts: { read: number; assigned: number; base_clusters: number };
      phases: { status: string }[];
    };
    clusters: { source: string; conversations: number; tree: { size: number }[] };
    metrics: { total: { cost_usd: number } };
    privacy: { layers: unknown[] };
  };
  expect(answer.run.status).toMatch(/^done/);
  expect(answer.run.phases.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => "done"));
  expect(answer.run.counts).toMatchObject({ read: N, assigned: N });
  expect(answer.clusters.source).toBe("filtered_clusters");
  expect(answer.clusters.tree.reduce((sum, { size }) => sum + size, 0)).toBe(N);
  expect(answer.privacy.layers).toHaveLength(3);
  expect(answer.metrics.total.cost_usd).toBe(0);
});

test("says what it did, and nothing wider than the terminal but commands and paths", () => {
  const { stderr } = first;
  for (const words of [
    "Extract facets: done in",
    "Publish: done in",
    "Leak rate, cluster names",
    "clio inspect-run --run-id all",
  ]) {
    expect(stderr).toContain(words);
  }
  for (const line of stderr.split("\n"))
    if (!line.trim().startsWith("clio ")) expect(line.length).toBeLessThanOrEqual(80);
});

test("goes on without doing anything twice", async () => {
  const again = await run("--resume");
  expect(again.code).toBe(0);
  for (const title of ["Extract facets", "Embed facets", "Audit and screen"])
    expect(again.stderr).toContain(`${title}: kept from before`);
  const names = (result: ClioResult) => answerOf(result)["clusters"];
  expect(names(again)).toEqual(names(first));
  const record = await openStores(join(folder.path, "runs"), silentLog).runs.get("all");
  expect(record).toMatchObject({ attempt: 2, counts: { read: N } });
});

test("list-runs and inspect-run know it", async () => {
  expect((await clio(["list-runs"], at())).stderr).toMatch(/all +done.* 60 +\d+ +10\/10/);
  const { stderr } = await clio(["inspect-run"], at());
  expect(stderr).toContain("embeddings/summary_embeddings.npy");
  expect(stderr).not.toContain("is missing");
});
