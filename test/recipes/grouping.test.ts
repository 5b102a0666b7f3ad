import * as fc from "fast-check";
import { expect, test } from "vitest";
import { beganWithin, groupByConversation } from "../../docs/recipes/grouping.ts";
import type { MessageRow } from "../../docs/recipes/grouping.ts";
import type { SourceConversation } from "../../docs/recipes/mapping.ts";
import { collect } from "../helpers/collect.ts";

function row(conversationId: string, parts: Partial<MessageRow> = {}): MessageRow {
  return {
    conversationId,
    userId: null,
    startedAt: null,
    metadata: {},
    message: { role: "user", content: "hi" },
    ...parts,
  };
}

async function grouped(rows: Iterable<MessageRow>): Promise<SourceConversation[]> {
  async function* stream(): AsyncGenerator<MessageRow> {
    yield* rows;
  }
  return await collect(groupByConversation(stream()));
}

test("neighbouring rows of a conversation become one, in order, whatever their number", async () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(lengths, async (counts) => {
      const rows = counts.flatMap((count, index) =>
        Array.from({ length: count }, (_, at) =>
          row(`c-${index}`, { message: { role: "user", content: String(at) } }),
        ),
      );
      const conversations = await grouped(rows);
      expect(conversations.map(({ id }) => id)).toEqual(counts.map((_, index) => `c-${index}`));
      expect(conversations.map(({ messages }) => messages.map(({ content }) => content))).toEqual(
        counts.map((count) => Array.from({ length: count }, (_, at) => String(at))),
      );
    }),
    { numRuns: 50 },
  );
});

test("the first user and the first value of each field count", async () => {
  const [conversation] = await grouped([
    row("c", { metadata: { channel: null, model: "m-1" }, startedAt: 1 }),
    row("c", { userId: "u-1", metadata: { channel: "web", model: "m-2" }, startedAt: 2 }),
    row("c", { userId: "u-2" }),
  ]);
  expect(conversation).toMatchObject({
    userId: "u-1",
    startedAt: 1,
    metadata: { channel: "web", model: "m-1" },
  });
});

test("a row without a message makes a conversation without messages", async () => {
  expect(await grouped([row("a", { message: null }), row("b")])).toMatchObject([
    { id: "a", messages: [] },
    { id: "b", messages: [{ content: "hi" }] },
  ]);
});

test("a conversation that outgrows the contract lets its messages go", async () => {
  const big = { role: "user", content: "x".repeat(1024 * 1024) };
  const cut = await grouped([
    ...Array.from({ length: 9 }, () => row("long", { message: big })),
    ...Array.from({ length: 10_001 }, () => row("many")),
    row("one", { tooLarge: true }),
    row("one"),
    row("fine"),
  ]);
  expect(cut).toMatchObject([
    { id: "long", cut: "too_large", messages: [] },
    { id: "many", cut: "too_many_messages", messages: [] },
    { id: "one", cut: "too_large", messages: [] },
    { id: "fine", messages: [{ content: "hi" }] },
  ]);
  expect(cut[3]).not.toHaveProperty("cut");
});

test("a window takes its first instant and not its last", () => {
  const since = new Date("2026-09-02T00:00:00Z");
  const until = new Date("2026-09-04T00:00:00Z");
  const times = [
    "2026-09-01T23:59:59.999Z",
    "2026-09-02T00:00:00Z",
    "2026-09-03T23:59:59.999Z",
    "2026-09-04T00:00:00Z",
  ];
  expect(times.map((time) => beganWithin(time, since, until))).toEqual([false, true, true, false]);
  expect(times.map((time) => beganWithin(time, since, null))).toEqual([false, true, true, true]);
  expect(times.map((time) => beganWithin(time, null, until))).toEqual([true, true, true, false]);
  expect(beganWithin(null, null, null)).toBe(true);
  expect(beganWithin(null, since, null)).toBe(false);
});
