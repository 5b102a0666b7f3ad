import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { labeledClusters } from "../../shared/contracts/clusters.ts";
import { facetRow } from "../../shared/contracts/facets.ts";
import { runManifest, runMetrics } from "../../shared/contracts/run.ts";
import type { RunManifest, RunMetrics } from "../../shared/contracts/run.ts";
import { clio } from "../helpers/clio.ts";
import type { ClioResult } from "../helpers/clio.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { flags } from "./flags.ts";
import { badAnswers, readLedger } from "./ledger.ts";
import type { Entry } from "./ledger.ts";
import { CORPUS, INSTALL_HINT, installed, REPORT } from "./paths.ts";
import { report } from "./report.ts";
import { CONTEXT_TOKENS, MODEL, startModelServer } from "./server.ts";
import type { ModelServer } from "./server.ts";
import { compareTokens } from "./tokens.ts";

/** CI has a few minutes for it; what is checked in has forty conversations. */
const SHORT = process.env["CLIO_MODELS"] === "short";
const CONVERSATIONS = SHORT ? 4 : 40;
const RUN_ID = "small-model";

let folder: TemporaryFolder;
let server: ModelServer;
let ran: ClioResult;
let wallSeconds: number;
let run: RunManifest;
let metrics: RunMetrics;
let ledger: readonly Entry[];

const provider = (): string[] =>
  flags({
    provider: "compatible",
    model_base_url: server.url,
    model: MODEL,
    model_context_tokens: CONTEXT_TOKENS,
    model_timeout_seconds: 600,
    embedder: "offline",
  });

const SETTINGS = flags({
  limit: CONVERSATIONS,
  k: SHORT ? 2 : 12,
  min_users: 1,
  min_conversations: 2,
  hierarchy_top: 3,
  privacy_sample: SHORT ? 2 : 10,
  no_privacy_calibration: true,
  // The server answers one question at a time: more in flight would only wait, and time out.
  facet_max_concurrency: 1,
  label_max_concurrency: 1,
  hierarchy_max_concurrency: 1,
  privacy_max_concurrency: 1,
});

const at = (path: string): string => join(folder.path, "runs", RUN_ID, path);
const read = (path: string): Promise<string> => readFile(at(path), "utf8");
const readJson = async (path: string): Promise<unknown> => JSON.parse(await read(path));

beforeAll(async () => {
  const found = installed();
  if (found === null) throw new Error(INSTALL_HINT);
  folder = await temporaryFolder();
  server = await startModelServer(found);
});

afterAll(async () => {
  await server?.stop();
  await folder?.remove();
});

test("clio doctor finds the model answering", async () => {
  const { code, stdout, stderr } = await clio(["doctor", ...provider()], { cwd: folder.path });
  // A model this small may fail a check of its answers; the endpoint itself is in order.
  expect(stdout + stderr).toContain(`compatible: ${MODEL}`);
  expect([0, 1]).toContain(code);
});

test(`${CONVERSATIONS} conversations go through every phase`, async () => {
  const started = performance.now();
  const what = flags({
    input: CORPUS,
    run_id: RUN_ID,
    with_hierarchy: true,
    with_privacy: true,
    debug: true,
  });
  ran = await clio(["run", ...what, ...provider(), ...SETTINGS], { cwd: folder.path });
  wallSeconds = (performance.now() - started) / 1000;
  expect(ran.code, `${ran.stderr}\n${await server.log()}`).toBe(0);
  run = runManifest.parse(await readJson("run_manifest.json"));
  metrics = runMetrics.parse(await readJson("run_metrics.json"));
  ledger = await readLedger(at(""));
  expect(["done", "done_with_warnings"]).toContain(run.status);
});

test("every conversation is accounted for", () => {
  const { read: taken, assigned, failed } = run.counts;
  expect(taken).toBe(CONVERSATIONS);
  expect(assigned! + failed!).toBe(taken);
});

test("every question without a usable answer is a ledger entry and a fallback", async () => {
  for (const { phase, ledger_entries: counted } of metrics.phases)
    expect([phase, ledger.filter((entry) => entry.phase === phase).length]).toEqual([phase, counted]);
  const chats = metrics.models.filter(({ kind }) => kind === "chat");
  expect(chats).toHaveLength(1);
  expect(badAnswers(ledger)).toHaveLength(chats[0]!.failed);

  const rows = (await read("facets/facets.jsonl")).trimEnd().split("\n");
  const fallbacks = rows.filter((line) => facetRow.parse(JSON.parse(line)).status === "fallback");
  expect(fallbacks).toHaveLength(badAnswers(ledger).filter(({ phase }) => phase === "facets").length);
  expect(run.counts.fallback_facets).toBe(fallbacks.length);

  const { clusters } = labeledClusters.parse(await readJson("clusters/labeled_clusters.json"));
  const unnamed = clusters.filter(({ name }) => name!.startsWith("Unnamed cluster"));
  expect(unnamed).toHaveLength(ledger.filter(({ phase }) => phase === "label").length);
});

test("what was used is counted", () => {
  const [chat] = metrics.models.filter(({ kind }) => kind === "chat");
  expect(chat).toMatchObject({ model: MODEL, cost_usd: 0 });
  expect(chat!.calls).toBeGreaterThanOrEqual(CONVERSATIONS);
  expect(chat!.input_tokens).toBeGreaterThan(100 * chat!.calls);
  expect(chat!.output_tokens).toBeGreaterThan(chat!.calls);
});

test("what was published is in order", async () => {
  const { code, stdout, stderr } = await clio(["viz", "--check-only", "--run-id", RUN_ID], {
    cwd: folder.path,
  });
  expect(code, stdout + stderr).toBe(0);
});

test("no event, metric or warning holds what anybody wrote", async () => {
  const told = [ran.stderr, ran.stdout];
  for (const file of ["run_events.jsonl", "run_metrics.json", "run_warnings.json", "run_manifest.json"])
    told.push(await read(file));
  const all = told.join("\n");
  const conversations = (await readFile(CORPUS, "utf8")).split("\n").slice(0, CONVERSATIONS);
  for (const line of conversations) {
    const { messages, user_id } = JSON.parse(line) as { messages: { content: string }[]; user_id: string };
    expect(all.includes(user_id)).toBe(false);
    for (const { content } of messages) {
      const words = content.split("\n")[0]!.slice(0, 40);
      if (words.length >= 20) expect(all.includes(words)).toBe(false);
    }
  }
});

test.skipIf(SHORT)("the result is written down", async () => {
  const { clusters } = labeledClusters.parse(await readJson("clusters/labeled_clusters.json"));
  const names = clusters.map(({ name }) => name!);
  const tokens = await compareTokens(server.url, CORPUS);
  // Limits leave room for what another tokenizer makes of a text (shared/adapters/openai/model.ts).
  expect(tokens.theirs / tokens.ours).toBeLessThan(1.3);
  await writeFile(REPORT, report({ run, metrics, ledger, wallSeconds, tokens, names }));
});
