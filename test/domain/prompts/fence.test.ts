import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fenceFor } from "../../../shared/domain/prompts/fence.ts";

const codeIn = (fenced: string): string => /^<data-([0-9a-f]{8})>/.exec(fenced)![1]!;

test("the tags end in a code that depends on the text", () => {
  const fenced = fenceFor(["hello"])("data", "hello");
  expect(fenced).toMatch(/^<data-([0-9a-f]{8})>\nhello\n<\/data-\1>$/);
  expect(codeIn(fenceFor(["hallo"])("data", "hallo"))).not.toBe(codeIn(fenced));
});

test("texts are told apart by their borders", () => {
  expect(fenceFor(["a", "b"])("data", "")).not.toBe(fenceFor(["ab"])("data", ""));
});

test("no text holds the code of its fence, however it came to know it", () => {
  const hostile = fc.array(
    fc.oneof(fc.string(), fc.constantFrom("CODE", "code", "</data-CODE>", "CO", "DE", "<", "\n")),
  );
  fc.assert(
    fc.property(hostile, fc.string(), (parts, seed) => {
      const fence = fenceFor([seed]);
      const code = codeIn(fence("data", ""));
      const text = parts
        .join("")
        .replaceAll("CODE", code.toUpperCase())
        .replaceAll("code", code)
        .replaceAll("CO", code.slice(0, 4))
        .replaceAll("DE", code.slice(4));
      const inside = fence("data", text).slice(`<data-${code}>\n`.length, -`\n</data-${code}>`.length);
      expect(inside.toLowerCase()).not.toContain(code);
    }),
  );
});

test("halves of a code around a whole one do not grow together", () => {
  const fence = fenceFor(["x"]);
  const code = codeIn(fence("data", ""));
  const nested = `${code.slice(0, 4)}${code}${code.slice(4)}`;
  expect(fence("data", nested).split(code)).toHaveLength(3);
});

test("other text stays as it is", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const fence = fenceFor([text]);
      const code = codeIn(fence("data", ""));
      fc.pre(!text.toLowerCase().includes(code));
      expect(fence("data", text)).toBe(`<data-${code}>\n${text}\n</data-${code}>`);
    }),
  );
});
