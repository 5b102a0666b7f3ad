import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { offlineModel } from "../../shared/adapters/offline/model.ts";
import { readSettingSources, resolveSettings } from "../../cli/settings.ts";
import type { RunConfig } from "../../shared/config.ts";
import type { CustomFacet, FacetAnswer } from "../../shared/contracts/facets.ts";
import { OTHER_VALUES, publishedBreakdowns } from "../../shared/contracts/published.ts";
import type { PublishedBreakdowns } from "../../shared/contracts/published.ts";
import { decodeJson } from "../../shared/domain/jsonl.ts";
import { partReader } from "../../shared/engine/parts.ts";
import { BadAnswerError } from "../../shared/errors.ts";
import { publishedPrefix } from "../../shared/keys.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import type { Chat, MemoryRun, MemoryRunOptions } from "../helpers/memory-run.ts";
import { hashingEmbedder, plainAnswers, scriptedModel } from "../helpers/scripted-provider.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

const AREA: CustomFacet = {
  id: "area",
  question: "Which part of the shop is it about?",
  type: "category",
  values: ["delivery", "payment"],
  patterns: {},
};
const REFUND: CustomFacet = { id: "refund", question: "Money back?", type: "boolean", patterns: [] };
const PATIENCE: CustomFacet = { id: "patience", question: "How patient?", type: "number", min: 0, max: 10 };
const MISSING: CustomFacet = { id: "missing", question: "What is missing?", type: "text" };
const ALL = [AREA, REFUND, PATIENCE, MISSING];

const TOPICS = ["bake bread", "fix python test", "track parcel"];
const INPUT = jsonlOf(chatsAbout(TOPICS, 60, 20));

/** A model that gives each conversation the custom answers of its first message. */
const answering = (custom: (text: string) => FacetAnswer["custom"]) =>
  scriptedModel({
    facets: (input) => ({ ...plainAnswers.facets(input), custom: custom(input.messages[0]!.content) }),
  });

const offline = () => offlineModel({ embedder: hashingEmbedder(), seed: 1 });

async function facetsRun(options: MemoryRunOptions): Promise<MemoryRun> {
  const done = await memoryRun(INPUT, { stages: ["facets"], ...options });
  expect(done.failure).toBeNull();
  return done;
}

async function ledgerCodes({ objects, run }: MemoryRun): Promise<string[]> {
  const fingerprint = run.phase_states.facets!.fingerprint!;
  const parts = partReader(objects, (round) => ({ runId: run.run_id, phase: "facets", fingerprint, round }));
  return (await Array.fromAsync(parts.ledger(0))).map(({ code }) => code);
}

/** Warnings of the facets phase by code, as the events tell them. */
async function warned({ runs, run }: MemoryRun): Promise<[unknown, unknown][]> {
  const events = await runs.readEvents(run.run_id, { after: 0, limit: 1000 });
  return events
    .filter(({ event, phase }) => event === "warning" && phase === "facets")
    .map(({ fields }) => [fields["code"], fields["count"]]);
}

async function warningTexts({ objects, run }: MemoryRun): Promise<string> {
  for await (const { key } of objects.list(`runs/${run.run_id}/facets/parts/`))
    if (key.endsWith(".reduce.json")) return JSON.stringify(decodeJson((await objects.get(key))!));
  throw new Error("the facets were not reduced");
}

async function breakdownsOf({ objects, run }: MemoryRun): Promise<PublishedBreakdowns["clusters"]> {
  for await (const { key } of objects.list(publishedPrefix(run.run_id)))
    if (key.endsWith("/breakdowns.json"))
      return publishedBreakdowns.parse(decodeJson((await objects.get(key))!)).clusters;
  throw new Error("nothing published");
}

test("answers that fit are kept, by id, and the definitions reach the model", async () => {
  const given = { area: "payment", refund: false, patience: 10, missing: "a dark mode" };
  const asked: unknown[] = [];
  const model = scriptedModel({
    facets: (input) => (asked.push(input.custom), { ...plainAnswers.facets(input), custom: given }),
  });
  const done = await facetsRun({ model, config: { custom_facets: ALL } });
  for (const row of await done.rows("facets")) expect(row).toMatchObject({ status: "ok", custom: given });
  expect(asked[0]).toEqual(ALL);
  expect(await ledgerCodes(done)).toEqual([]);
  expect(await warned(done)).toEqual([]);
});

test.each<[string, Record<string, unknown>]>([
  ["a value that is not listed", { area: "returns" }],
  ["a value of another type", { area: 1 }],
  ["text for a boolean", { refund: "no" }],
  ["a number out of range", { patience: 11 }],
  ["a number that is not whole", { patience: 1.5 }],
  ["a text that is too long", { missing: "x".repeat(601) }],
  ["an empty text", { missing: "" }],
  ["a list", { missing: ["a", "b"] }],
])("%s becomes null and a ledger entry, and costs nothing else", async (_what, wrong) => {
  const good = { area: "delivery", refund: true, patience: 3, missing: null };
  const done = await facetsRun({
    model: answering((text) => (text.endsWith("number 3") ? { ...good, ...wrong } : good)),
    config: { custom_facets: ALL },
  });
  const cleared = Object.fromEntries(Object.keys(wrong).map((id) => [id, null]));
  for (const { status, summary, custom } of await done.rows("facets")) {
    expect(status).toBe("ok");
    expect(custom).toEqual(summary!.endsWith("number 3") ? { ...good, ...cleared } : good);
  }
  expect(await ledgerCodes(done)).toEqual(Array.from({ length: 9 }, () => "invalid_custom_facet"));
  expect(await warned(done)).toEqual([["invalid_custom_facet", 9]]);
});

test("what is missing is null, what was not asked is left out, and neither is a fault", async () => {
  // "constructor" is a property of every object, and not an answer.
  const facet: CustomFacet = { ...REFUND, id: "constructor" };
  const done = await facetsRun({
    model: answering((text) => (text.startsWith("bake") ? undefined : { other: 1 })),
    config: { custom_facets: [facet, AREA] },
  });
  for (const { custom } of await done.rows("facets"))
    expect(custom).toEqual({ constructor: null, area: null });
  expect(await ledgerCodes(done)).toEqual([]);
  expect(await warned(done)).toEqual([]);
});

test("placeholder facets have null for each custom facet", async () => {
  const model = scriptedModel({
    facets: () => {
      throw new BadAnswerError("no JSON", { code: "invalid_json" });
    },
  });
  const done = await facetsRun({ model, config: { custom_facets: [AREA, PATIENCE] } });
  for (const row of await done.rows("facets"))
    expect(row).toMatchObject({ status: "fallback", custom: { area: null, patience: null } });
  expect(new Set(await ledgerCodes(done))).toEqual(new Set(["invalid_json"]));
});

test("offline, each facet without any answer is warned of once, with the reason", async () => {
  const unmatched: CustomFacet = { ...AREA, id: "unmatched", patterns: { payment: ["zyzzyva"] } };
  const matched: CustomFacet = { ...AREA, id: "matched", patterns: { delivery: ["parcel"] } };
  const done = await facetsRun({
    model: offline(),
    config: { custom_facets: [...ALL, unmatched, matched], facet_batch_size: 7 },
  });
  expect(await warned(done)).toEqual(Array.from({ length: 5 }, () => ["unanswered_facet", 60]));
  const text = await warningTexts(done);
  expect(text).toContain("facet area is not answerable offline without patterns");
  expect(text).toContain("facet refund is not answerable offline without patterns");
  expect(text).toContain("facet patience is not answerable offline: a number needs");
  expect(text).toContain("facet missing is not answerable offline: a text needs");
  expect(text).toContain("no pattern of the custom facet unmatched occurs");
  expect(text).not.toContain("facet matched");
});

test("the facets are made anew when custom_facets change, and not otherwise", async () => {
  const model = answering(() => ({ area: "payment" }));
  const first = await facetsRun({ model, config: { custom_facets: [AREA] } });
  const same = await facetsRun({
    model,
    config: { custom_facets: [structuredClone(AREA)], k: 2 },
    earlier: first,
  });
  expect(model.calls.facets).toBe(60);
  expect(same.run.phase_states.facets?.status).toBe("reused");
  const other = { ...AREA, question: "Where in the shop?" };
  const changed = await facetsRun({ model, config: { custom_facets: [other] }, earlier: same });
  expect(model.calls.facets).toBe(120);
  expect(changed.run.phase_states).toMatchObject({
    ingest: { status: "reused" },
    facets: { status: "done" },
  });
});

/** Forty conversations of forty users about one thing, numbered in their text. */
const NUMBERED: Chat[] = Array.from({ length: 40 }, (_, i) => ({
  id: `c${i}`,
  user: `u${i}`,
  text: `track parcel ${i}`,
}));
const numberIn = (text: string): number => Number(/\d+$/.exec(text)?.[0]);

test("categories, booleans and numbers are published under the minimums; texts are not", async () => {
  const model = answering((text) => {
    const i = numberIn(text);
    return {
      area: i < 20 ? "delivery" : i < 37 ? null : "payment",
      refund: i < 20,
      patience: i % 11,
      missing: `secret wish ${i}`,
    };
  });
  const done = await memoryRun(jsonlOf(NUMBERED), { model, config: { custom_facets: ALL, k: 1 } });
  expect(done.failure).toBeNull();
  const [cluster, ...others] = await breakdownsOf(done);
  expect(others).toEqual([]);
  expect(cluster?.cells).toMatchObject({
    // Three of "payment" are too few, and so would "other" be alone.
    "facet:area": [
      { value: "delivery", conversations: 20 },
      { value: OTHER_VALUES, conversations: 20 },
    ],
    "facet:refund": [
      { value: "false", conversations: 20 },
      { value: "true", conversations: 20 },
    ],
    "facet:patience": [{ value: OTHER_VALUES, conversations: 40 }],
  });
  expect(Object.keys(cluster!.cells).sort()).toEqual(
    ["concern", "facet:area", "facet:patience", "facet:refund", "frustration", "language", "week"].sort(),
  );
  for await (const { key } of done.objects.list(publishedPrefix(done.run.run_id)))
    expect(JSON.stringify(decodeJson((await done.objects.get(key))!))).not.toContain("secret wish");
});

test("an answer of few users is not published, however often they give it", async () => {
  const chats = NUMBERED.map((chat, i) => (i < 20 ? { ...chat, user: `u${i % 4}` } : chat));
  const model = answering((text) => ({ area: numberIn(text) < 20 ? "delivery" : "payment" }));
  const done = await memoryRun(jsonlOf(chats), { model, config: { custom_facets: [AREA], k: 1 } });
  const [cluster] = await breakdownsOf(done);
  expect(cluster?.cells["facet:area"]).toEqual([{ value: OTHER_VALUES, conversations: 40 }]);
});

test("conversations without an answer are published as none, and parents are sums", async () => {
  const topics = ["bake bread", "fix python test", "track parcel", "plan trip", "train dog", "learn guitar"];
  const model = answering((text) => ({ area: /bake|fix|learn/.test(text) ? "delivery" : null }));
  const done = await memoryRun(jsonlOf(chatsAbout(topics, 180)), {
    model,
    config: { custom_facets: [AREA], k: 6, hierarchy_top: 3 },
  });
  const { clusters } = await done.json("filtered_clusters");
  const cells = new Map(
    (await breakdownsOf(done)).map((row) => [row.cluster_id, row.cells["facet:area"] ?? []]),
  );
  const total = (value: string, level: number): number =>
    clusters
      .filter((cluster) => cluster.level === level)
      .flatMap(({ id }) => cells.get(id) ?? [])
      .filter((cell) => cell.value === value)
      .reduce((sum, { conversations }) => sum + conversations, 0);
  const top = Math.max(...clusters.map(({ level }) => level));
  expect(top).toBeGreaterThan(0);
  for (const level of [0, top]) expect([total("delivery", level), total("none", level)]).toEqual([90, 90]);
});

/** The settings in the page's example, read as the command line reads them. */
async function documented(): Promise<RunConfig> {
  const page = await readFile(resolve(import.meta.dirname, "../../docs/custom-facets.md"), "utf8");
  const example = /^```json\n([\s\S]*?)^```$/m.exec(page)?.[1];
  if (example === undefined) throw new Error("the page has no example");
  const folder = await temporaryFolder();
  try {
    await writeFile(join(folder.path, "clio.config.json"), example);
    return resolveSettings(await readSettingSources({ cwd: folder.path, env: {} }, null), {}).config;
  } finally {
    await folder.remove();
  }
}

test("the example of the page does offline what the page says", async () => {
  const config = await documented();
  const texts = [
    "Where is my parcel? The TRACKING NUMBER says nothing, and I want my money back.",
    "I forgot my password.",
    "How do I write an invoice?",
    "Are refunds slow?",
  ];
  const chats: Chat[] = Array.from({ length: 80 }, (_, i) => ({
    id: `c${i}`,
    user: `u${i}`,
    text: texts[i % 4]!,
  }));
  const done = await memoryRun(jsonlOf(chats), {
    stages: ["privacy"],
    model: offline(),
    config: { ...config, k: 1 },
  });
  expect(done.failure).toBeNull();
  const rows = await done.rows("facets");
  expect(rows.slice(0, 4).map(({ custom }) => custom)).toEqual([
    { area: "delivery", wants_refund: true, patience: null, missing_feature: null },
    { area: "account", wants_refund: false, patience: null, missing_feature: null },
    { area: "payment", wants_refund: false, patience: null, missing_feature: null },
    { area: null, wants_refund: false, patience: null, missing_feature: null },
  ]);
  expect(await warned(done)).toEqual([
    ["unanswered_facet", 80],
    ["unanswered_facet", 80],
  ]);
  const [cluster] = await breakdownsOf(done);
  expect(cluster?.cells).toMatchObject({
    "facet:area": ["account", "delivery", "none", "payment"].map((value) => ({ value, conversations: 20 })),
    "facet:wants_refund": [
      { value: "false", conversations: 60 },
      { value: "true", conversations: 20 },
    ],
    "facet:patience": [{ value: "none", conversations: 80 }],
  });
  expect(cluster?.cells).not.toHaveProperty("facet:missing_feature");
});
