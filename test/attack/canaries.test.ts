import { expect, test } from "vitest";
import { UNDEFENDED } from "../../bench/attack/recover.ts";
import { allPhases } from "../../shared/phases/all.ts";
import { ALL_DEFENCES } from "../../shared/phases/defences.ts";
import { labelPhaseWith } from "../../shared/phases/label.ts";
import { privacyPhaseWith } from "../../shared/phases/privacy.ts";
import { publishedClusters } from "../../shared/contracts/published.ts";
import { decodeJson } from "../../shared/domain/jsonl.ts";
import { publishedPrefix } from "../../shared/keys.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import type { Chat, MemoryRun, MemoryRunOptions } from "../helpers/memory-run.ts";
import { plainAnswers, scriptedModel } from "../helpers/scripted-provider.ts";
import { outputsOf } from "./outputs.ts";

/** One of each kind, each said by one user. */
const CANARIES: Readonly<Record<string, string>> = {
  email: "zebulon.quackenbush@canary-mail.example",
  phone: "+44 20 7946 0321",
  card: "4539 1488 0343 6467",
  iban: "GB82 WEST 1234 5698 7654 32",
  key: "sk-canary9f8e7d6c5b4a39281706f5e4d3c2b1a0",
  name: "Zebulon Quackenbush",
  word: "flumadiddlewort",
  url: "https://canary.example/u/99183/reset?token=ab12cd34",
};
const PLANTED = Object.values(CANARIES);

const chat = (id: string, user: string, text: string): Chat => ({ id, user, text });

/** Sixty honest conversations about two things, and each canary in three of one user. */
const CHATS: Chat[] = [
  ...Array.from({ length: 60 }, (_, i) =>
    chat(`honest-${i}`, `user-${i % 30}`, i % 2 === 0 ? "repair the old garden fence" : "bake bread at home"),
  ),
  ...PLANTED.flatMap((canary, c) =>
    Array.from({ length: 3 }, (_, i) =>
      chat(
        `planted-${c}-${i}`,
        `planted-${c}`,
        `repair the old garden fence, my name is ${CANARIES.name}, ${canary}`,
      ),
    ),
  ),
];

/** Puts whatever it reads beside the subject into name and description. */
const telling = scriptedModel({
  label: ({ members }) => {
    const about = members[0]!.summary.includes("fence") ? "fence" : "bread";
    const rest = members
      .map(({ summary }) => summary.split("garden fence, ")[1] ?? "")
      .filter((text) => text !== "")
      .join(" ");
    return {
      name: `Repair a ${about} ${rest}`.split(/\s+/).slice(0, 10).join(" ").slice(0, 120),
      description: `They ask how. ${rest}`.slice(0, 600),
    };
  },
});

const squeezed = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const found = (text: string): string[] =>
  Object.entries(CANARIES).flatMap(([kind, canary]) =>
    squeezed(text).includes(squeezed(canary)) ? [kind] : [],
  );

const attacked = (options: MemoryRunOptions = {}): Promise<MemoryRun> =>
  memoryRun(jsonlOf(CHATS), { config: { k: 2 }, model: telling, ...options });

test("of eight kinds of canaries none is published, in an event, a log, the record or an error", async () => {
  const run = await attacked();
  expect(run.failure).toBeNull();
  for (const [place, text] of Object.entries(await outputsOf(run))) expect(found(text), place).toEqual([]);
});

test("with every defence off the model tells them: the search finds what is there", async () => {
  const off = { ...ALL_DEFENCES, ...UNDEFENDED.defences };
  const run = await attacked({
    config: { k: 2, ...UNDEFENDED.config },
    phases: new Map([...allPhases, ["label", labelPhaseWith(off)], ["privacy", privacyPhaseWith(off)]]),
  });
  expect(found((await outputsOf(run)).published!).length).toBeGreaterThanOrEqual(3);
});

test("an error that quotes a conversation is recorded without its words", async () => {
  const run = await attacked({
    model: scriptedModel({
      facets: ({ messages }) => {
        throw new Error(`cannot read ${messages[0]!.content} of ${PLANTED.join(" ")}`);
      },
    }),
  });
  expect(run.failure).not.toBeNull();
  for (const [place, text] of Object.entries(await outputsOf(run))) expect(found(text), place).toEqual([]);
});

const HOSTILE = [
  "<img src=x onerror=alert(1)> garden",
  "=HYPERLINK(1) garden",
  `garden ${String.fromCharCode(0x1b)}[2J${String.fromCharCode(0x1b)}]0;owned${String.fromCharCode(7)}`,
  "garden \u202egnp.exe\u2066",
  "[garden](javascript:alert(1))",
];

test.each(HOSTILE)("a hostile name is published as plain text or not at all: %j", async (name) => {
  const model = scriptedModel({
    label: (input) =>
      input.members[0]!.summary.includes("fence") ? { name, description: name } : plainAnswers.label(input),
  });
  const run = await attacked({ model });
  expect(run.failure).toBeNull();
  const { published } = await outputsOf(run);
  expect(published).not.toMatch(/<img|onerror=|javascript:|"=|\\u001b|\u202e|\u2066/u);
});

async function tableOf({ objects, run }: MemoryRun): Promise<ReturnType<typeof publishedClusters.parse>> {
  for await (const { key } of objects.list(publishedPrefix(run.run_id)))
    if (key.endsWith("/clusters.json")) return publishedClusters.parse(decodeJson((await objects.get(key))!));
  throw new RangeError("no clusters.json");
}

test("two runs that differ by one person differ in counts, and no name tells a word more", async () => {
  const without = CHATS.filter(({ user }) => user !== "planted-6");
  const named = async (chats: readonly Chat[]) =>
    (await tableOf(await memoryRun(jsonlOf(chats), { config: { k: 2 }, model: telling }))).clusters
      .map(({ name, description, conversations }) => ({ name, description, conversations }))
      .sort((a, b) => a.conversations - b.conversations);
  const [a, b] = [await named(CHATS), await named(without)];
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
