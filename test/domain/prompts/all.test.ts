import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { customAnswerOf } from "../../../shared/contracts/facets.ts";
import { modelTasks } from "../../../shared/contracts/model-tasks.ts";
import type { ModelTask, TaskInput } from "../../../shared/contracts/model-tasks.ts";
import { prompts } from "../../../shared/domain/prompts/all.ts";
import type { Prompt } from "../../../shared/domain/prompts/prompt.ts";
import { strictSchema } from "../../../shared/domain/prompts/strict-schema.ts";
import type { StrictSchema } from "../../../shared/domain/prompts/strict-schema.ts";
import { customFacets, samples } from "./samples.ts";
import { countWords, roomFor } from "./words.ts";

const tasks = Object.keys(modelTasks) as ModelTask[];

/** A prompt with its sample, for tests that hold for every task. */
function promptOf(task: ModelTask): { prompt: Prompt<ModelTask>; input: TaskInput<ModelTask> } {
  return { prompt: prompts[task], input: samples[task] };
}

/** Values that a schema of the subset allows. */
function valueOf(schema: StrictSchema): fc.Arbitrary<unknown> {
  if ("anyOf" in schema) return fc.oneof(...schema.anyOf.map(valueOf));
  switch (schema.type) {
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(valueOf(schema.items), { maxLength: 12 });
    case "object":
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, valueOf(value)])),
      );
    case "boolean":
      return fc.boolean();
    case "string":
    case "number":
    case "integer": {
      if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
      if (schema.type === "integer") return fc.integer();
      if (schema.type === "number") return fc.double({ noNaN: true });
      return fc.oneof(
        fc.string(),
        fc.string({ unit: "grapheme", minLength: 500, maxLength: 900 }),
        fc.lorem(),
      );
    }
  }
}

/** What strict mode is documented to know everywhere, looked at key by key. */
function expectStrict(schema: unknown, depth = 0): number {
  const found = z.record(z.string(), z.unknown()).parse(schema);
  const known = ["type", "enum", "items", "properties", "required", "additionalProperties", "anyOf"];
  expect(known).toEqual(expect.arrayContaining(Object.keys(found)));
  expect(depth).toBeLessThan(10);
  const { anyOf, properties, items, enum: values } = found;
  let inEnums = Array.isArray(values) ? values.length : 0;
  if (found["type"] === "object") {
    expect(found["additionalProperties"]).toBe(false);
    expect(found["required"]).toEqual(Object.keys(properties as object));
  }
  const below = [
    ...(Array.isArray(anyOf) ? anyOf : []),
    ...Object.values(properties ?? {}),
    ...(items === undefined ? [] : [items]),
  ];
  for (const inner of below) inEnums += expectStrict(inner, depth + 1);
  return inEnums;
}

describe.each(tasks)("the prompt of %s", (task) => {
  const { prompt, input } = promptOf(task);
  const schema = strictSchema(prompt.wire(input));

  test("is for that task, and its sample is an input of it", () => {
    expect(prompt.task).toBe(task);
    expect(modelTasks[task].input.safeParse(input).success).toBe(true);
  });

  test("asks for an object in the strict subset", () => {
    expect(schema).toMatchObject({ type: "object" });
    expectStrict(schema);
  });

  test("has a JSON schema that accepts what the wire schema accepts", () => {
    const wire = prompt.wire(input);
    const json = z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema);
    fc.assert(
      fc.property(fc.oneof(valueOf(schema), fc.jsonValue()), (value) => {
        const accepted = wire.safeParse(value);
        expect(!accepted.success || json.safeParse(accepted.data).success).toBe(true);
      }),
    );
  });

  test("reads what the schema allows as an answer of the task, or says what is wrong with it", () => {
    let read = 0;
    fc.assert(
      fc.property(valueOf(schema), (value) => {
        try {
          const answer = prompt.read(value, input);
          expect(modelTasks[task].answer.parse(answer)).toEqual(answer);
          read++;
        } catch (error) {
          expect(error).toBeInstanceOf(z.ZodError);
        }
      }),
    );
    // A random conversation does not hold what it must.
    if (task !== "synthesise_conversation") expect(read).toBeGreaterThan(0);
  });

  test.each([null, "text", [], {}, { answer: 1 }].map((value) => [value]))("does not read %j", (value) => {
    expect(() => prompt.read(value, input)).toThrow(z.ZodError);
  });

  test("has two messages; what is the user's alone is in the second", () => {
    const [system, user] = prompt.messages(input, roomFor(10_000));
    expect([system.role, user.role]).toEqual(["system", "user"]);
    expect(system.content).toMatch(/JSON object/);
    expect(system.content).not.toMatch(/parcel|Paket/);
    expect(user.content).toMatch(/parcel|Paket/);
  });

  test("fits the room, once its own words do", () => {
    const [system] = prompt.messages(input, roomFor(0));
    const least = countWords(system.content) + 120;
    fc.assert(
      fc.property(fc.integer({ min: least, max: least + 300 }), (room) => {
        const long = { ...input, ...longer(task) };
        const contents = prompt.messages(long, roomFor(room)).map((message) => message.content);
        expect(countWords(contents.join("\n"))).toBeLessThanOrEqual(room);
      }),
    );
  });

  test("reserves tokens for an answer", () => {
    expect(prompt.maxOutputTokens(input)).toBeGreaterThanOrEqual(100);
    expect(prompt.maxOutputTokens(input)).toBeLessThanOrEqual(16_000);
  });
});

/** Much more text of the kinds that are cut. */
function longer(task: ModelTask): object {
  const text = "one more thing about it ".repeat(12).trim();
  const list = <T>(item: T): T[] => Array.from({ length: 60 }, () => item);
  const label = { name: "Ask one more thing", description: text };
  return {
    facets: { messages: list({ role: "user", content: text }) },
    label: {
      members: list({ summary: text, request: null, task: null, topic: null }),
      outsiders: list({ summary: text, request: null, task: null, topic: null }),
    },
    propose_parents: { clusters: list(label), outsiders: list(label) },
    deduplicate_parents: { candidates: list(label) },
    assign_parent: { parents: list(label) },
    rename_parent: { children: list({ ...label, size: 3 }) },
    audit: { text: list(text).join("\n") },
    synthesise_conversation: {},
  }[task];
}

describe("custom facets", () => {
  const answered = (rest: { custom?: unknown }) =>
    prompts.facets.read(
      { summary: "x", language: "en", frustration: 1, concern_score: 1, ...rest },
      samples.facets,
    ).custom ?? {};

  test("what the strict schema allows is what their definitions allow, but for ranges of numbers", () => {
    const schema = strictSchema(prompts.facets.wire(samples.facets));
    fc.assert(
      fc.property(valueOf(schema), (value) => {
        const given = answered({ custom: (value as { custom: unknown }).custom });
        for (const facet of customFacets.filter(({ id }) => id !== "price"))
          expect(customAnswerOf(facet).safeParse(given[facet.id]).success, facet.id).toBe(true);
      }),
    );
  });

  test("a value that looks like nothing is a value; a text that does is none", () => {
    expect(answered({ custom: { part: "N/A", missing: "N/A" } })).toEqual({ part: "N/A", missing: null });
  });

  test("a wrong one costs no other, and none at all costs nothing", () => {
    expect(answered({ custom: { part: 7, refund: true } })).toEqual({ part: 7, refund: true });
    expect(answered({})).toEqual({});
  });

  test("all that a config may ask stays within what strict schemas may hold", () => {
    const values = Array.from({ length: 50 }, (_, i) => `value ${i}`);
    const custom = Array.from(
      { length: 20 },
      (_, i) => ({ ...customFacets[0]!, id: `f${i}`, values }) as (typeof customFacets)[number],
    );
    const schema = strictSchema(prompts.facets.wire({ messages: [], custom }));
    expect(expectStrict(schema)).toBeLessThanOrEqual(500);
  });
});
