import { expect, test } from "vitest";
import {
  CANARIES,
  CANARY_CHATS,
  canariesIn,
  canaryPlaces,
  canaryRun,
  tellingModel,
} from "../../bench/attack/canaries.ts";
import { WITHOUT, without } from "../../bench/attack/defended-phases.ts";
import { publishedClusters } from "../../shared/contracts/published.ts";
import { decodeJson } from "../../shared/domain/jsonl.ts";
import { publishedPrefix } from "../../shared/keys.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import type { Chat, MemoryRun } from "../helpers/memory-run.ts";
import { hashingEmbedder, plainAnswers, scriptedModel } from "../helpers/scripted-provider.ts";
import { outputsOf } from "./outputs.ts";

const KINDS = Object.keys(CANARIES);
const PLANTED = Object.values(CANARIES);

async function expectNoCanaries(run: MemoryRun): Promise<void> {
  for (const [place, text] of Object.entries(await outputsOf(run)))
    expect(canariesIn(text), place).toEqual([]);
}

test("of eight kinds of canaries none is published, in an API body, an event, a log, a report, the record or an error", async () => {
  const run = await canaryRun();
  expect(run.failure).toBeNull();
  await expectNoCanaries(run);
});

test("with every defence off the model tells all of them: the search finds what is there", async () => {
  expect(await canaryPlaces(without())).toEqual({ facets: KINDS, names: KINDS, published: KINDS });
});

test.each(Object.keys(WITHOUT))(
  "without %s alone, what gets through is no more than is stated",
  async (name) => {
    // A minimum of one user lets every word pass: docs/privacy.md.
    expect((await canaryPlaces(without([name]))).published).toEqual(name === "minimums" ? ["word"] : []);
  },
);

/** Six clusters, so that there are parents. */
const PARENTED: Chat[] = [
  ...chatsAbout(
    ["bake bread", "mend a fence", "plan a trip", "fix a bicycle", "mow the lawn", "sew a dress"],
    240,
    60,
  ),
  ...CANARY_CHATS.filter(({ user }) => user.startsWith("planted")),
];

const quoting = (): never => {
  throw new Error(`cannot read ${PLANTED.join(", ")}`);
};

test.each([
  "facets",
  "label",
  "propose_parents",
  "deduplicate_parents",
  "assign_parent",
  "rename_parent",
  "audit",
] as const)(
  "an error of the step %s that quotes conversations is recorded without their words",
  async (task) => {
    const run = await memoryRun(jsonlOf(PARENTED), {
      config: { k: 6, hierarchy_top: 3 },
      model: scriptedModel({ [task]: quoting }),
    });
    expect(run.failure).not.toBeNull();
    await expectNoCanaries(run);
  },
);

test("neither is one of the embedder", async () => {
  const run = await canaryRun({}, { embedder: { ...hashingEmbedder(), embed: async () => quoting() } });
  expect(run.failure).not.toBeNull();
  await expectNoCanaries(run);
});

test("an answer that is none, and quotes conversations, is recorded without their words", async () => {
  const answer = { name: PLANTED.join(" "), description: "" };
  const run = await canaryRun({}, { model: scriptedModel({ label: () => answer }) });
  expect(run.failure).toBeNull();
  await expectNoCanaries(run);
});

test("lines that are no conversations are reported without their words", async () => {
  const broken = PLANTED.flatMap((canary) => [
    canary,
    JSON.stringify({ [canary]: canary }),
    JSON.stringify({
      conversation_id: canary,
      user_id: canary,
      timestamp: canary,
      messages: [{ role: canary, content: canary }],
    }),
  ]);
  const input = new TextEncoder().encode(`${broken.join("\n")}\n`);
  const run = await memoryRun(input);
  expect(run.failure).not.toBeNull();
  await expectNoCanaries(run);
});

const HOSTILE = [
  "<img src=x onerror=alert(1)> garden",
  "=HYPERLINK(1) garden",
  `garden ${String.fromCharCode(0x1b)}[2J${String.fromCharCode(0x1b)}]0;owned${String.fromCharCode(7)}`,
  "garden \u202egnp.exe\u2066",
  "[garden](javascript:alert(1))",
];

/** What a page, a sheet, a terminal or a reader would take for more than a name. */
const HOSTILE_TEXT = /<img|onerror=|javascript:|"=|\\u001b|\u202e|\u2066/u;

test.each(HOSTILE)("a hostile name is published as plain text or not at all: %j", async (name) => {
  const model = scriptedModel({
    label: (input) =>
      input.members[0]!.summary.includes("fence") ? { name, description: name } : plainAnswers.label(input),
  });
  const run = await canaryRun({}, { model });
  expect(run.failure).toBeNull();
  const { published } = await outputsOf(run);
  expect(published).not.toMatch(HOSTILE_TEXT);
});

test("a hostile name of a parent is published as plain text or not at all", async () => {
  let asked = 0;
  const model = scriptedModel({
    rename_parent: () => {
      const name = HOSTILE[asked++ % HOSTILE.length]!;
      return { name, description: name };
    },
  });
  const run = await memoryRun(jsonlOf(PARENTED), { config: { k: 6, hierarchy_top: 3 }, model });
  expect(run.failure).toBeNull();
  expect(asked).toBeGreaterThan(1);
  expect((await outputsOf(run)).published).not.toMatch(HOSTILE_TEXT);
});

async function tableOf({ objects, run }: MemoryRun): Promise<ReturnType<typeof publishedClusters.parse>> {
  for await (const { key } of objects.list(publishedPrefix(run.run_id)))
    if (key.endsWith("/clusters.json")) return publishedClusters.parse(decodeJson((await objects.get(key))!));
  throw new RangeError("no clusters.json");
}

test("two runs that differ by one person differ in counts, and no name tells a word more", async () => {
  const one = CANARY_CHATS.find(({ text }) => text.includes(CANARIES.word!))!.user;
  const others = CANARY_CHATS.filter(({ user }) => user !== one);
  const named = async (chats: readonly Chat[]) =>
    (await tableOf(await memoryRun(jsonlOf(chats), { config: { k: 2 }, model: tellingModel }))).clusters
      .map(({ name, description, conversations }) => ({ name, description, conversations }))
      .sort((a, b) => a.conversations - b.conversations);
  const [a, b] = [await named(CANARY_CHATS), await named(others)];
  const words = (all: typeof a): Set<string> =>
    new Set(all.flatMap(({ name, description }) => `${name} ${description}`.split(/[^\p{L}\p{N}]+/u)));
  expect([...words(a).difference(words(b))]).toEqual([]);
  // Stated in docs/privacy.md: whoever sees both runs and knows everybody else sees that somebody was there.
  expect(a.map(({ conversations }) => conversations)).not.toEqual(
    b.map(({ conversations }) => conversations),
  );
});

test("a parent less its children leaves nothing over to subtract", async () => {
  const topics = [
    "bake bread",
    "repair a fence",
    "plan a trip",
    "fix a bicycle",
    "water the lawn",
    "sew a dress",
  ];
  const run = await memoryRun(jsonlOf(chatsAbout(topics, 240, 60)), { config: { k: 6, hierarchy_top: 3 } });
  const { clusters } = await tableOf(run);
  expect(clusters.some(({ parent_id: parent }) => parent !== null)).toBe(true);
  const left = clusters.map(({ id, conversations }) => {
    const children = clusters.filter(({ parent_id: parent }) => parent === id);
    return children.length === 0
      ? 0
      : conversations - children.reduce((sum, child) => sum + child.conversations, 0);
  });
  expect(left.filter((n) => n !== 0)).toEqual([]);
});
