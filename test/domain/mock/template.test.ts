import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressSpeaker,
  expandTemplate,
  fieldNames,
  parseTemplate,
} from "../../../shared/domain/mock/template.ts";
import { seededRandom } from "../../../shared/domain/random.ts";

function expand(source: string, values: Record<string, string> = {}, seed = 1): string {
  return expandTemplate(parseTemplate(source), (name) => values[name] ?? `<${name}>`, seededRandom(seed));
}

describe("templates", () => {
  test.each([
    ["Where is {item}?", "Where is my lamp?"],
    ["{^item} is late.", "My lamp is late."],
    ["I see: {~item} is late.", "I see: your lamp is late."],
    ["{^~item} is late.", "Your lamp is late."],
    ["{item}{item}", "my lampmy lamp"],
  ])("%s", (source, text) => {
    expect(expand(source, { item: "my lamp" })).toBe(text);
  });

  test("a choice gives each alternative, an empty one included, with fields and choices inside", () => {
    const seen = new Set(
      Array.from({ length: 200 }, (_, seed) => expand("a{|b|c{d|{x}}}", { x: "!" }, seed)),
    );
    expect([...seen].sort()).toEqual(["a", "ab", "ac!", "acd"]);
  });

  test("the values of fields are taken as they are", () => {
    expect(expand("{x}", { x: "\\d{1,3}|{y}" })).toBe("\\d{1,3}|{y}");
  });

  test("all fields are named, those of every alternative too", () => {
    expect([...fieldNames(parseTemplate("{a} {b|{^c}|{~d}} {a}"))].sort()).toEqual(["a", "c", "d"]);
  });

  test.each(["{a", "a}", "{a|b", "{}", "{A}", "{a b}", "{~^a}"])("%s is refused", (source) => {
    expect(() => parseTemplate(source)).toThrow(SyntaxError);
  });

  test("text without braces expands to itself", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[{}]/.test(text)),
        (text) => {
          expect(expand(text)).toBe(text);
        },
      ),
    );
  });
});

test.each([
  ["I'm tired of my job", "you're tired of your job"],
  ["I was refused a visa once", "you were refused a visa once"],
  ["I sleep eight hours and am still exhausted", "you sleep eight hours and are still exhausted"],
  ["my parents and me", "your parents and you"],
  ["crème fraîche", "crème fraîche"],
  ["Milan in summer", "Milan in summer"],
])("said back to its speaker: %s", (first, second) => {
  expect(addressSpeaker(first)).toBe(second);
});
