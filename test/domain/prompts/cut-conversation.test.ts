import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutConversation } from "../../../shared/domain/prompts/cut-conversation.ts";
import { cutText } from "../../../shared/domain/prompts/cut-text.ts";
import { countWords, roomFor } from "./words.ts";

interface Message {
  readonly role: string;
  readonly content: string;
}

const render = ({ role, content }: Message): string => `${role}: ${content}`;
const user = (content: string): Message => ({ role: "user", content });
const reply = (content: string): Message => ({ role: "assistant", content });
const many = (words: number, word = "word"): string => Array.from({ length: words }, () => word).join(" ");

const word = fc.stringMatching(/^[a-zé漢]{1,9}$/u);
const emoji = fc.constantFrom("😀", "👩‍👩‍👧", "𝒳");
const content = fc
  .array(fc.oneof({ weight: 8, arbitrary: word }, emoji), { maxLength: 60 })
  .map((parts) => parts.join(" "));
const message = fc.record({ role: fc.constantFrom("user", "assistant", "tool", "system"), content });
const messages = fc.array(message, { minLength: 1, maxLength: 30 });

describe("a conversation", () => {
  test("stays whole when it fits", () => {
    fc.assert(
      fc.property(messages, (list) => {
        const whole = list.map(render);
        const tokens = whole.reduce((sum, text) => sum + countWords(text) + 1, 0);
        expect(cutConversation(list, render, roomFor(tokens))).toEqual(whole);
      }),
    );
  });

  test("fits the room, whatever it is", () => {
    fc.assert(
      fc.property(messages, fc.nat(400), (list, room) => {
        expect(countWords(cutConversation(list, render, roomFor(room)).join("\n"))).toBeLessThanOrEqual(room);
      }),
    );
  });

  test("keeps its order, and every message is there, cut, or counted as left out", () => {
    fc.assert(
      fc.property(
        fc.array(content, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 60, max: 400 }),
        (texts, room) => {
          const numbered = texts.map((text, at) => user(`N${at}N ${text}`));
          const pieces = cutConversation(numbered, render, roomFor(room));
          const numbers = pieces.flatMap((piece) => {
            const found = /N(\d+)N/.exec(piece);
            return found === null ? [] : [Number(found[1])];
          });
          expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
          const leftOut = pieces
            .map((piece) => Number(/^\[\.\.\. (\d+) messages? left out \.\.\.\]$/.exec(piece)?.[1] ?? 0))
            .reduce((sum, count) => sum + count, 0);
          expect(leftOut + pieces.filter((piece) => piece.startsWith("user:")).length).toBe(texts.length);
        },
      ),
    );
  });

  test("loses its middle, not its first request nor its end", () => {
    const list = [
      { role: "system", content: many(50) },
      user("please mend my bicycle"),
      ...Array.from({ length: 20 }, (_, i) => reply(`${i} ${many(20)}`)),
      user("thanks, that was it"),
    ];
    const pieces = cutConversation(list, render, roomFor(150));
    expect(pieces.slice(0, 2)).toEqual(["[... 1 message left out ...]", "user: please mend my bicycle"]);
    expect(pieces.at(-1)).toBe("user: thanks, that was it");
    expect(pieces).toContainEqual(expect.stringMatching(/^\[\.\.\. \d+ messages left out \.\.\.\]$/));
    expect(pieces[2]).toBe(render(list[2]!));
    expect(pieces.at(-2)).toBe(render(list.at(-2)!));
  });

  test("of one message longer than the room keeps its beginning and end, marked", () => {
    const [piece, ...more] = cutConversation([user(`first ${many(500)} last`)], render, roomFor(60));
    expect(more).toEqual([]);
    expect(piece).toMatch(/^user: first word [^]* word\n\[\.\.\. text left out \.\.\.\]\nword [^]* last$/);
  });

  test("of a long first message and a short last one gives the first what the last leaves", () => {
    const pieces = cutConversation([user(many(500, "first")), reply("done")], render, roomFor(200));
    expect(pieces).toHaveLength(2);
    expect(countWords(pieces[0]!)).toBeGreaterThan(140);
    expect(pieces[1]).toBe("assistant: done");
  });

  test("counts each message about once", () => {
    let counted = 0;
    const list = Array.from({ length: 500 }, (_, i) => (i % 2 === 0 ? user(many(40)) : reply(many(40))));
    const whole = list.reduce((sum, { content: text }) => sum + text.length, 0);
    cutConversation(list, render, {
      room: 2000,
      countTokens: (text) => {
        counted += text.length;
        return countWords(text);
      },
    });
    expect(counted).toBeLessThan(2 * whole);
  });
});

describe("a text", () => {
  test.each(["x", " ", "漢", "x ".repeat(60) + "y".repeat(5000)])(
    "of repeated %j is counted no further than the room, in pieces a tokenizer can take",
    (unit) => {
      let [counted, longest] = [0, 0];
      const fit = {
        room: 1000,
        countTokens: (text: string): number => {
          counted += text.length;
          for (const [run] of text.matchAll(/\S+|\s+/g)) longest = Math.max(longest, run.length);
          return Math.ceil(text.length / 4);
        },
      };
      const cut = cutText(unit.repeat(8_000_000 / unit.length), fit);
      expect(cut.trim().length).toBeGreaterThan(unit === " " ? 10 : 3000);
      expect(cut.length).toBeLessThanOrEqual(4000);
      expect(longest).toBeLessThanOrEqual(100);
      expect(counted).toBeLessThan(100_000);
    },
  );

  test("keeps its beginning and end in the room, and splits no pair of surrogates", () => {
    const anything = fc.oneof(
      content,
      fc.string({ unit: "grapheme", maxLength: 3000 }),
      fc.constant("😀".repeat(900)),
    );
    fc.assert(
      fc.property(anything, fc.integer({ min: 20, max: 300 }), (text, room) => {
        const cut = cutText(text, roomFor(room));
        expect(countWords(cut)).toBeLessThanOrEqual(room);
        expect(cut.isWellFormed()).toBe(text.isWellFormed());
        if (cut !== text) {
          const [head, tail] = cut.split("\n[... text left out ...]\n");
          expect(text.startsWith(head!)).toBe(true);
          expect(text.endsWith(tail!)).toBe(true);
        }
      }),
    );
  });

  test("is empty where not even the mark fits", () => {
    expect(cutText(many(10), roomFor(3))).toBe("");
  });
});
