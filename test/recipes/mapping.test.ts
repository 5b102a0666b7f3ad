import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, mapConversation, roleOf, textOf, timestampOf, userIdOf } from "../../docs/recipes/mapping.ts";
import type { SourceConversation } from "../../docs/recipes/mapping.ts";
import { validateChunks } from "../../shared/domain/input/validate.ts";
import { streamOf } from "../helpers/collect.ts";

const KEY = "a key of more than sixteen characters";

function source(parts: Partial<SourceConversation>): SourceConversation {
  return {
    id: "c-1",
    userId: "u-1",
    startedAt: null,
    messages: [{ role: "user", content: "hi" }],
    metadata: {},
    ...parts,
  };
}

async function issuesOf(row: unknown): Promise<unknown> {
  const bytes = new TextEncoder().encode(JSON.stringify(row));
  const report = await validateChunks(streamOf(bytes), { name: "row", users: "per-conversation" });
  return report.issues;
}

describe("a role", () => {
  test.each([
    ["human", "user"],
    ["Human", "user"],
    [" USER ", "user"],
    ["ai", "assistant"],
    ["bot", "assistant"],
    ["model", "assistant"],
    ["function", "tool"],
    ["system", "system"],
    ["developer", "developer"],
    ["agent", null],
    ["constructor", null],
    ["", null],
    [null, null],
    [1, null],
  ])("%j is %s", (word, role) => {
    expect(roleOf(word)).toBe(role);
  });
});

describe("a text", () => {
  test.each([
    ["plain", "plain"],
    ["a\0b", "ab"],
    ["cut \ud83d", "cut \ufffd"],
    ["\udc00cut", "\ufffdcut"],
    ["one\r\ntwo 🥚", "one\r\ntwo 🥚"],
    [
      ["one", { type: "text", text: "two" }, { type: "image_url", url: "x" }, { text: "thr\0ee" }, null],
      "one\ntwo\nthree",
    ],
    // Halves that meet only when the parts are joined are still two halves.
    [["a\ud83e", "\udd5a"], "a\ufffd\n\ufffd"],
    [null, ""],
    [{ text: "an object is no text" }, ""],
    [7, ""],
  ])("%j becomes %j", (content, text) => {
    expect(textOf(content)).toBe(text);
  });
});

describe("an id", () => {
  test.each([
    ["abc", "abc"],
    [" a ", " a "],
    [42, "42"],
    [9007199254740993n, "9007199254740993"],
    [2 ** 53, null],
    [1.5, null],
    ["", null],
    [" \t", null],
    [null, null],
    [undefined, null],
    [{ id: 1 }, null],
  ])("%s becomes %s", (value, id) => {
    expect(idOf(value)).toBe(id);
  });

  test("that the contract refuses becomes its hash, and different ids stay different", () => {
    const refused = ["a\0", "a\n", "a\u2028", "x".repeat(257), "y".repeat(257)];
    const ids = refused.map(idOf);
    for (const id of ids) expect(id).toMatch(/^sha256-[0-9a-f]{64}$/);
    expect(new Set(ids).size).toBe(refused.length);
    expect(refused.map(idOf)).toEqual(ids);
  });

  test("of a user becomes HMAC-SHA-256 under a key", () => {
    // RFC 4231, test case 2: key "Jefe", data "what do ya want for nothing?".
    expect(userIdOf("what do ya want for nothing?", "Jefe")).toBe("5bdcc146bf60754e6a042426089575c7");
    expect(userIdOf(42, KEY)).toBe(userIdOf("42", KEY));
    expect(userIdOf("42", KEY)).not.toBe(userIdOf("42", `${KEY}!`));
    expect(userIdOf(null, KEY)).toBeNull();
    expect(userIdOf("", KEY)).toBeNull();
    expect(userIdOf("u-1", undefined)).toBe("u-1");
  });
});

describe("a timestamp", () => {
  test.each([
    [new Date("2026-09-18T16:09:00Z"), "2026-09-18T16:09:00.000Z"],
    ["2026-09-18T18:09:00.250+02:00", "2026-09-18T16:09:00.250Z"],
    ["2026-09-18T16:09:00.123456Z", "2026-09-18T16:09:00.123Z"],
    [1_789_747_740, "2026-09-18T16:09:00.000Z"],
    [1_789_747_740_000, "2026-09-18T16:09:00.000Z"],
    ["2028-02-29T00:00:00Z", "2028-02-29T00:00:00.000Z"],
    // Without an offset, or not a date.
    ["2026-09-18T16:09:00", null],
    ["2026-09-18", null],
    ["2026-02-30T00:00:00Z", null],
    ["2026-09-18T25:00:00Z", null],
    ["yesterday", null],
    // What pg gives for PostgreSQL's "infinity", and years that RFC 3339 cannot write.
    [Infinity, null],
    [new Date("+012026-01-01T00:00:00Z"), null],
    [new Date("-000044-03-15T00:00:00Z"), null],
    [new Date(Number.NaN), null],
    [null, null],
  ])("%s becomes %s", (value, text) => {
    expect(timestampOf(value)).toBe(text);
  });
});

describe("a conversation", () => {
  test("is mapped field by field", () => {
    const mapped = mapConversation(
      {
        id: 7n,
        userId: "u-1",
        startedAt: new Date("2026-09-18T16:09:00Z"),
        messages: [
          { role: "human", content: "hi", at: "2026-09-18T18:09:01+02:00" },
          { role: "ai", content: "  " },
          { role: "nobody", content: null },
          { role: "ai", content: "hello", at: "noon" },
        ],
        metadata: {
          channel: "we\0b",
          tags: ["a", 1, true],
          empty: null,
          none: undefined,
          nested: { a: 1 },
          no: [null],
        },
      },
      {},
    );
    expect(mapped).toEqual({
      kind: "conversation",
      conversation: {
        conversation_id: "7",
        user_id: "u-1",
        timestamp: "2026-09-18T16:09:00.000Z",
        messages: [
          { role: "user", content: "hi", timestamp: "2026-09-18T16:09:01.000Z" },
          { role: "assistant", content: "hello" },
        ],
        metadata: { channel: "web", tags: ["a", 1, true] },
      },
      dropped: { emptyMessages: 2, timestamps: 1, metadataValues: 2 },
    });
  });

  test("without a start began with its first message", () => {
    const messages = [
      { role: "system", content: "be brief" },
      { role: "user", content: "hi", at: "2026-09-18T16:09:00Z" },
    ];
    expect(mapConversation(source({ messages }), {})).toMatchObject({
      conversation: { timestamp: "2026-09-18T16:09:00.000Z" },
    });
  });

  test.each([
    ["no_user_message", source({ messages: [] })],
    ["no_user_message", source({ messages: [{ role: "assistant", content: "hi" }] })],
    ["no_user_message", source({ messages: [{ role: "user", content: "\0 \n" }] })],
    [
      "unknown_role",
      source({
        messages: [
          { role: "user", content: "hi" },
          { role: "agent", content: "hi" },
        ],
      }),
    ],
    ["bad_id", source({ id: null })],
    ["too_large", source({ cut: "too_large" })],
    [
      "too_many_messages",
      source({ messages: Array.from({ length: 10_001 }, () => ({ role: "user", content: "hi" })) }),
    ],
  ])("is left out: %s", (reason, item) => {
    expect(mapConversation(item, {})).toEqual({ kind: "left out", reason });
  });

  test("of anything at all is valid or left out", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\0", "\ud83d", "\udc00", " ", "a\u2028"),
    );
    const value = fc.oneof(text, fc.integer(), fc.double(), fc.date({ noInvalidDate: false }), fc.anything());
    const role = fc.constantFrom("user", "human", "ai", "tool");
    const item = fc.record({
      id: value,
      userId: value,
      startedAt: value,
      messages: fc.array(fc.record({ role, content: fc.oneof(text, fc.array(value)), at: value }), {
        maxLength: 5,
      }),
      metadata: fc.record({ a: value, b: fc.array(value, { maxLength: 3 }) }),
    });
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(item, fc.constantFrom(undefined, KEY), async (input, pseudonymKey) => {
        const mapped = mapConversation(input, { pseudonymKey });
        if (mapped.kind === "left out") return;
        kept += 1;
        expect(await issuesOf(mapped.conversation)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(kept).toBeGreaterThan(50);
  });
});
