import { expect, test } from "vitest";
import type { TaskInput } from "../../shared/contracts/model-tasks.ts";
import type { WithheldReason } from "../../shared/contracts/privacy.ts";
import { decodeJson } from "../../shared/domain/jsonl.ts";
import { artifacts } from "../../shared/contracts/artifacts.ts";
import { calibrationSet } from "../../shared/domain/calibration/score.ts";
import { artifactKey, publishedPrefix } from "../../shared/keys.ts";
import { jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import type { Chat, MemoryRun } from "../helpers/memory-run.ts";
import { plainAnswers, scriptedModel } from "../helpers/scripted-provider.ts";

/** Two clusters of forty conversations and twenty users each; one user alone says "zyzzyva". */
const CHATS: Chat[] = Array.from({ length: 80 }, (_, i) => ({
  id: `chat-${i}`,
  user: `user-${i % 40 < 20 ? i % 20 : 20 + (i % 20)}${i < 40 ? "a" : "b"}`,
  text:
    i < 40
      ? "bake sourdough bread at home"
      : `repair the old garden fence${i === 41 ? " near zyzzyva lane while nobody but me was ever looking" : ""}`,
}));
const INPUT = jsonlOf(CHATS);
const CONFIG = { k: 2 } as const;
const FENCE = { name: "Repair a garden fence", description: "People repair fences. They ask how." };

/** A run in which the cluster about fences gets the name given. */
async function named(
  name: string,
  description = FENCE.description,
  answers: Parameters<typeof scriptedModel>[0] = {},
): Promise<MemoryRun> {
  const model = scriptedModel({
    label: (input: TaskInput<"label">) =>
      input.members[0]!.summary.includes("fence") ? { name, description } : plainAnswers.label(input),
    ...answers,
  });
  const done = await memoryRun(INPUT, { stages: ["privacy"], config: CONFIG, model });
  expect(done.failure).toBeNull();
  return done;
}

async function reasons(run: MemoryRun): Promise<WithheldReason[]> {
  return (await run.json("privacy_audit")).withheld.names.flatMap((withheld) => withheld.reasons);
}

async function publishedText({ objects, run }: MemoryRun): Promise<string> {
  const texts: string[] = [];
  for await (const { key } of objects.list(publishedPrefix(run.run_id)))
    texts.push(JSON.stringify(decodeJson((await objects.get(key))!)));
  return texts.join("\n");
}

test("a harmless name is shown", async () => {
  const run = await named(FENCE.name);
  expect(await reasons(run)).toEqual([]);
  expect(await publishedText(run)).toContain(FENCE.name);
});

test.each<[WithheldReason, string, string]>([
  ["personal_data", "Write to jane.roe@example.org", "Repair a garden fence"],
  ["rare_word", "Repair the fence near zyzzyva", "People repair fences."],
  ["verbatim_text", FENCE.name, "Someone repairs it near the lane while nobody but me was ever looking."],
])("%s hides the name and never the count", async (reason, name, description) => {
  const run = await named(name, description);
  expect(await reasons(run)).toContain(reason);
  const text = await publishedText(run);
  for (const secret of ["zyzzyva", "jane.roe", "nobody but me"]) expect(text).not.toContain(secret);
  const { clusters } = await run.json("filtered_clusters");
  expect(clusters.map(({ size }) => size)).toEqual([40, 40]);
  expect(clusters.filter(({ name: shown }) => shown === null)).toHaveLength(1);
});

test("the auditor hides what it rates below the pass mark, and what it did not rate", async () => {
  const low = await named(FENCE.name, FENCE.description, {
    audit: ({ layer, text }) => ({
      rating: layer === "cluster" && text.includes("fence") ? 2 : 5,
      reason: "",
    }),
  });
  expect(await reasons(low)).toEqual(["audit_rating"]);
  expect((await low.json("privacy_audit")).layers[2]).toMatchObject({
    layer: "cluster",
    sampled: 2,
    leaks: { count: 1, n: 2 },
  });
  const silent = await named(FENCE.name, FENCE.description, {
    audit: ({ layer }) => ({ rating: layer === "cluster" ? 7 : 5, reason: "" }),
  });
  expect(await reasons(silent)).toEqual(["not_audited", "not_audited"]);
});

test("a cluster named from a facet that fails its audit is named again without it", async () => {
  const seen: string[][] = [];
  const run = await named(FENCE.name, FENCE.description, {
    label: ({ members }) => {
      const summaries = members.map(({ summary }) => summary);
      seen.push(summaries);
      return summaries.some((summary) => summary.includes("zyzzyva"))
        ? { name: "Repair the zyzzyva fence", description: "People repair fences." }
        : {
            name: summaries[0]!.includes("fence") ? "Repair a fence" : "Bake bread",
            description: "They ask how.",
          };
    },
    audit: ({ text }) => ({ rating: text.includes("zyzzyva") ? 1 : 5, reason: "" }),
  });
  const audit = await run.json("privacy_audit");
  expect(audit.relabeled).toHaveLength(1);
  expect(seen.at(-1)!.some((summary) => summary.includes("zyzzyva"))).toBe(false);
  expect(audit.withheld.names).toEqual([]);
  expect((await run.json("filtered_clusters")).clusters.map(({ name }) => name)).toContain("Repair a fence");
});

test("words that need users are in no text that names; those that enough say are listed, to name again as well", async () => {
  const asked: TaskInput<"label">[] = [];
  await named(FENCE.name, FENCE.description, {
    label: (input) => {
      asked.push(input);
      return input.members[0]!.summary.includes("fence") ? FENCE : { name: "Bake", description: "They ask." };
    },
    audit: ({ text }) => ({ rating: text.includes("zyzzyva") ? 1 : 5, reason: "" }),
  });
  // Two clusters, and the one about fences again.
  expect(asked).toHaveLength(3);
  for (const { members, outsiders } of asked)
    expect(JSON.stringify([members, outsiders])).not.toMatch(/sourdough|zyzzyva/);
  const lists = asked.map(({ members, words }) => [members[0]!.summary.includes("fence"), words]);
  expect(lists).toEqual(
    expect.arrayContaining([
      [true, []],
      [false, ["sourdough"]],
    ]),
  );
});

test("personal data is masked before any model sees it, unless masking is switched off", async () => {
  const input = jsonlOf(
    CHATS.map((chat) => ({ ...chat, text: `${chat.text}, write to jane.roe@example.org` })),
  );
  const texts: string[] = [];
  const model = scriptedModel({
    facets: (asked) => {
      texts.push(...asked.messages.map(({ content }) => content));
      return plainAnswers.facets(asked);
    },
    audit: ({ text }) => {
      texts.push(text);
      return { rating: 5, reason: "" };
    },
  });
  const whole = await memoryRun(input, { stages: ["privacy"], config: CONFIG, model });
  expect((await whole.json("privacy_audit")).layers[0]).toMatchObject({ layer: "raw", sampled: 80 });
  expect(texts.filter((text) => text.includes("jane.roe"))).toEqual([]);
  texts.length = 0;
  await memoryRun(input, { stages: ["facets"], model, config: { mask_pii: false } });
  expect(texts.filter((text) => text.includes("jane.roe"))).toHaveLength(80);
});

test("no id, user or time reaches the model or the embedder", async () => {
  const asked: string[] = [];
  const model = scriptedModel();
  const spying = {
    ...model,
    ask: (async (task, input, call) => (
      asked.push(JSON.stringify(input)),
      model.ask(task, input, call)
    )) as typeof model.ask,
  };
  const chats = CHATS.map((chat, i) => ({
    ...chat,
    id: `conv-id-${i}`,
    user: `user-id-${i % 40}`,
    timestamp: "2026-09-03T10:11:12Z",
  }));
  await memoryRun(jsonlOf(chats), { config: CONFIG, model: spying });
  expect(asked.length).toBeGreaterThan(100);
  expect(asked.filter((text) => /conv-id-|user-id-|2026-09/.test(text))).toEqual([]);
});

test("a new generation replaces the old one: nothing of it is left to subtract", async () => {
  const first = await named(FENCE.name);
  const second = await memoryRun(INPUT, {
    stages: ["privacy"],
    config: { ...CONFIG, map_grid: 8 },
    earlier: first,
    model: scriptedModel(),
  });
  const generations = new Set<string>();
  for await (const { key } of second.objects.list(publishedPrefix("test-run")))
    if (!key.endsWith("latest.json")) generations.add(key.split("/")[3]!);
  expect(generations.size).toBe(1);
});

/** The page for the data-protection officer. */
async function reportOf({ objects, run }: MemoryRun): Promise<string> {
  const bytes = await objects.get(artifactKey(run.run_id, artifacts.privacy_report.path));
  return new TextDecoder().decode(bytes);
}

test("the run's auditor is calibrated on the bundled texts, and the numbers are published", async () => {
  const asked: string[] = [];
  const run = await named(FENCE.name, FENCE.description, {
    audit: ({ text }) => {
      asked.push(text);
      return { rating: text.includes("Marta") ? 1 : 5, reason: "" };
    },
  });
  for (const { text } of calibrationSet()) expect(asked.filter((each) => each === text)).toHaveLength(1);
  const { calibration } = await run.json("privacy_audit");
  // One text of each layer names her; the other 69 that should fail pass.
  expect(calibration).toMatchObject({
    texts: 126,
    rated: 126,
    false_pass: { count: 69, n: 72 },
    false_alarm: { count: 0, n: 54 },
  });
  expect(await publishedText(run)).toContain(`"calibration":${JSON.stringify(calibration)}`);
  expect(await reportOf(run)).toContain("69 of 72");
});

test("a text of the calibration set leaks nothing into names, layers or reasons", async () => {
  const run = await named(FENCE.name, FENCE.description, { audit: () => ({ rating: 5, reason: "" }) });
  const { layers, withheld } = await run.json("privacy_audit");
  expect(layers.map(({ sampled }) => sampled)).toEqual([80, 80, 2]);
  expect(withheld.names).toEqual([]);
});

test("without calibration the audit and the report say so", async () => {
  const asked: string[] = [];
  const model = scriptedModel({
    audit: ({ text }) => {
      asked.push(text);
      return { rating: 5, reason: "" };
    },
  });
  const run = await memoryRun(INPUT, {
    stages: ["privacy"],
    config: { ...CONFIG, privacy_calibration: false },
    model,
  });
  expect((await run.json("privacy_audit")).calibration).toBeNull();
  expect(asked).toHaveLength(2 * 80 + 2);
  expect(await reportOf(run)).toContain("was not measured");
});

test("the report holds numbers, and nothing that was planted", async () => {
  const planted = CHATS.map((chat, i) => ({
    ...chat,
    id: `chat-${i}-flumadiddle`,
    user: `${chat.user}-quackenbush`,
    text: `${chat.text}, zebulon@canary.example 4539 1488 0343 6467`,
  }));
  const model = scriptedModel({
    label: () => ({ name: "Write to zebulon@canary.example", description: "People ask for zebulon." }),
    audit: () => ({ rating: 1, reason: "zebulon@canary.example" }),
  });
  const run = await memoryRun(jsonlOf(planted), { stages: ["privacy"], config: CONFIG, model });
  const report = await reportOf(run);
  expect(report).toContain("| names and descriptions withheld ");
  expect(report).not.toMatch(/zebulon|canary|quackenbush|flumadiddle|4539|fence|bread/i);
  expect(report).not.toMatch(/[0-9a-f]{32}/); // hashes of users
});
