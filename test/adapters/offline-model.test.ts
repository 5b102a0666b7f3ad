import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offlineModel } from "../../shared/adapters/offline/model.ts";
import { hashString } from "../../shared/domain/random.ts";
import type { Label, LabelMember, ModelTask, TaskInput } from "../../shared/contracts/model-tasks.ts";
import { modelTasks } from "../../shared/contracts/model-tasks.ts";
import { findPersonalData } from "../../shared/domain/masking.ts";
import type { Embedder } from "../../shared/ports/embedder.ts";

const call = { signal: new AbortController().signal };

/** Sums a fixed direction for every word: texts that share words are near, without the encoder's half a gigabyte. */
const DIMENSIONS = 64;
function wordVector(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const word of text.toLowerCase().match(/[a-z]{3,}/g) ?? ["none"]) {
    for (let i = 0; i < 4; i++) vector[hashString(`${word}/${i}`) % DIMENSIONS]! += 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
const embedder: Embedder = {
  identity: { provider: "test", model: "words", version: "1" },
  dimensions: DIMENSIONS,
  embed: (texts) => {
    const data = new Float32Array(texts.length * DIMENSIONS);
    texts.forEach((text, i) => data.set(wordVector(text), i * DIMENSIONS));
    return Promise.resolve({
      rows: texts.length,
      cols: DIMENSIONS,
      data,
      usage: { calls: 1, input_tokens: 0, output_tokens: 0, cost_usd: 0 },
    });
  },
  close: () => Promise.resolve(),
};
const model = offlineModel({ embedder, seed: 1 });

/** Asks, and checks the answer against the task's own schema. */
async function ask<T extends ModelTask>(task: T, input: TaskInput<T>) {
  const { answer, usage } = await model.ask(task, input, call);
  expect(modelTasks[task].answer.parse(answer)).toEqual(answer);
  expect(usage).toEqual({ calls: 1, input_tokens: 0, output_tokens: 0, cost_usd: 0 });
  return answer;
}

const member = (request: string, task = request): LabelMember => ({
  request,
  task,
  topic: null,
  summary: `The user asked: ${request}.`,
});
const alarms = [
  "set an alarm for 7",
  "set my alarm to 8 am",
  "please set an alarm",
  "set alarm for monday",
  "set a loud alarm",
  "turn my alarm off",
].map((text) => member(text));
const weather = [
  "weather in rome",
  "is it raining",
  "the weather forecast for today",
  "will it snow",
  "weather this weekend",
].map((text) => member(text, `find out ${text}`));
const cluster = (name: string, description = `Users write about ${name}.`): Label => ({ name, description });

describe("label", () => {
  it("names what sets the members apart, with their verb", async () => {
    const { name, description } = await ask("label", {
      members: alarms,
      outsiders: weather,
      words: [],
      taken: [],
    });
    expect(name).toMatch(/^Set (?:an? )?alarm/);
    expect(description).toContain("alarm");
  });

  it("asks about what the members ask about", async () => {
    const { name } = await ask("label", { members: weather, outsiders: alarms, words: [], taken: [] });
    expect(name).toMatch(/^Ask about .*weather/);
  });

  it("differs from every name taken", async () => {
    const taken: string[] = [];
    for (let i = 0; i < 6; i++) {
      const { name } = await ask("label", { members: alarms, outsiders: weather, words: [], taken });
      expect(taken.map((other) => other.toLowerCase())).not.toContain(name.toLowerCase());
      taken.push(name);
    }
  });

  it("shows no word of one or two members that is not common English", async () => {
    const members = [
      "flumadiddlewort pump repair",
      "flumadiddlewort pump noise",
      "pump repair",
      "pump repair cost",
      "pump leaks",
    ].map((text) => member(text));
    const { name, description } = await ask("label", { members, outsiders: weather, words: [], taken: [] });
    expect(`${name} ${description}`).not.toMatch(/flumadiddlewort/i);
    expect(name).toMatch(/pump/i);
  });

  it("calls what says nothing small talk", async () => {
    const empty: LabelMember = {
      request: null,
      task: null,
      topic: null,
      summary: "Nothing notable was asked.",
    };
    const { name } = await ask("label", {
      members: [empty, empty, empty],
      outsiders: alarms,
      words: [],
      taken: [],
    });
    expect(name).toBe("Small talk and other short messages");
  });
});

describe("hierarchy", () => {
  const clusters = [
    cluster("Book flights"),
    cluster("Change flights"),
    cluster("Cancel flights"),
    cluster("Reset password"),
    cluster("Change password"),
    cluster("Forgotten password"),
  ];

  it("proposes parents with distinct names from what the children share", async () => {
    const { parents } = await ask("propose_parents", {
      clusters,
      outsiders: [cluster("Bake cakes")],
      wanted: 2,
    });
    const names = parents.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(parents.length);
    expect(names.some((name) => name.includes("flight"))).toBe(true);
    expect(names.some((name) => name.includes("password"))).toBe(true);
  });

  it("keeps about as many candidates as wanted, each of them one of the candidates", async () => {
    const candidates = [...clusters, cluster("book FLIGHTS")];
    const { parents } = await ask("deduplicate_parents", { candidates, wanted: 2 });
    expect(parents.length).toBeLessThanOrEqual(2);
    for (const parent of parents) expect(candidates).toContainEqual(parent);
  });

  it("drops equal names even below the number wanted", async () => {
    const { parents } = await ask("deduplicate_parents", {
      candidates: [cluster("Flights"), cluster("flights")],
      wanted: 5,
    });
    expect(parents).toEqual([cluster("Flights")]);
  });

  it("assigns one of the parents given, whatever their order", async () => {
    const parents = [cluster("Cooking"), cluster("Flights"), cluster("Passwords")];
    for (const order of [parents, parents.toReversed()]) {
      const { parent } = await ask("assign_parent", { cluster: cluster("Change flights"), parents: order });
      expect(parent).toBe("Flights");
    }
  });

  it("renames by the largest children and avoids names taken", async () => {
    const children = [
      { ...cluster("Book flights"), size: 90 },
      { ...cluster("Change flights"), size: 50 },
      { ...cluster("Rent cars"), size: 10 },
    ];
    const first = await ask("rename_parent", { children, taken: [] });
    expect(first.name).toMatch(/^Flights/);
    const second = await ask("rename_parent", { children, taken: [first.name] });
    expect(second.name).not.toBe(first.name);
  });
});

describe("audit", () => {
  it.each([
    ["write to jane@example.com", 1],
    ["card 4111 1111 1111 1111", 1],
    ["from 84.23.11.9", 2],
    ["my name is Ottoline Varga", 2],
    ["a letter to Ottoline Varga about rent", 2],
    ["I am 34, diagnosed with HIV and live in a small village", 2],
    ["I have diabetes and my wife is worried", 3],
    ["how do I set an alarm", 5],
    ["Set alarms and timers", 5],
  ])("%s is %i", async (text, rating) => {
    const answer = await ask("audit", { layer: "raw", text });
    expect(answer.rating).toBe(rating);
  });

  it("gives codes for reasons, never words of the text", async () => {
    const { reason } = await ask("audit", { layer: "facet", text: "jane@example.com has cancer" });
    expect(reason).toMatch(/^[a-z_:+;]+$/);
    expect(reason).not.toMatch(/jane|cancer/);
  });
});

describe("any input", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom("set alarm", "mail a@example.com", "订单", "the", "reset my password", "Dr Jane Smith"),
  );
  const nullable = fc.option(text, { nil: null });
  const members = fc.array(fc.record({ request: nullable, task: nullable, topic: nullable, summary: text }), {
    minLength: 1,
    maxLength: 12,
  });
  const name = text
    .map((value) => value.split(/\s+/u).slice(0, 10).join(" ").slice(0, 120))
    .filter((value) => modelTasks.label.answer.shape.name.safeParse(value).success);
  const labels = fc.array(fc.record({ name, description: text.filter((value) => value !== "") }), {
    minLength: 1,
    maxLength: 8,
  });

  it("labels by the schema, without personal data, twice the same", async () => {
    await fc.assert(
      fc.asyncProperty(
        members,
        members,
        fc.array(name, { maxLength: 4 }),
        async (inside, outsiders, taken) => {
          const answer = await ask("label", { members: inside, outsiders, words: [], taken });
          expect(taken).not.toContain(answer.name);
          expect(findPersonalData(`${answer.name}. ${answer.description}`)).toEqual([]);
          expect(await ask("label", { members: inside, outsiders, words: [], taken })).toEqual(answer);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("answers every hierarchy task by its schema", async () => {
    await fc.assert(
      fc.asyncProperty(labels, fc.integer({ min: 1, max: 6 }), async (clusters, wanted) => {
        const { parents } = await ask("propose_parents", { clusters, outsiders: [], wanted });
        expect(parents.length).toBeLessThanOrEqual(Math.max(wanted, 1) + 1);
        await ask("deduplicate_parents", { candidates: parents, wanted });
        const [first] = clusters;
        if (!first) return;
        const { parent } = await ask("assign_parent", { cluster: first, parents });
        expect(parents.map((other) => other.name)).toContain(parent);
        await ask("rename_parent", {
          children: clusters.map((child) => ({ ...child, size: 3 })),
          taken: parents.map((other) => other.name),
        });
      }),
      { numRuns: 100 },
    );
  });

  it("stops when aborted", async () => {
    const reason = new Error("stop");
    await expect(
      model.ask("audit", { layer: "raw", text: "a" }, { signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });
});
