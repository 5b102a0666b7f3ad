import { expect, test } from "vitest";
import { dropLastStop, typeCasually, typeKeywords } from "../../../shared/domain/mock/style.ts";
import { seededRandom } from "../../../shared/domain/random.ts";

function versions(type: (seed: number) => string): string[] {
  return [...new Set(Array.from({ length: 300 }, (_, seed) => type(seed)))];
}

test("casual sentences begin in lower case, but names of code keep theirs", () => {
  for (const text of versions((seed) =>
    typeCasually("My build fails. TypeError again! R is odd. Why?", false, seededRandom(seed)),
  )) {
    expect(text).toBe("my build fails. TypeError again! R is odd. why?");
  }
});

test("English gets short forms and swapped letters, with the same letters otherwise", () => {
  const texts = versions((seed) => typeCasually("Please help, I don't know.", true, seededRandom(seed)));
  expect(texts.some((text) => text.startsWith("pls "))).toBe(true);
  expect(texts.some((text) => text.includes("dont"))).toBe(true);
  const words = versions((seed) => typeCasually("wonderful", true, seededRandom(seed)));
  expect(words.length).toBeGreaterThan(3);
  const letters = (word: string): string => word.split("").sort().join("");
  for (const word of words) expect(letters(word)).toBe(letters("wonderful"));
});

test("pasted text stays as it is", () => {
  for (const text of versions((seed) =>
    typeCasually("Fix this.\n\nPlease Don't Touch.", true, seededRandom(seed)),
  )) {
    expect(text.endsWith("\n\nPlease Don't Touch.")).toBe(true);
  }
});

test("search words lose articles, unless code or a quotation is in them", () => {
  expect(versions((seed) => typeKeywords("plan a trip to the sea", false, seededRandom(seed)))).toEqual([
    "plan a trip to the sea",
  ]);
  expect(versions((seed) => typeKeywords("plan a trip to the sea", true, seededRandom(seed)))).toContain(
    "plan trip to sea",
  );
  for (const text of versions((seed) => typeKeywords('fix: "a the"', true, seededRandom(seed)))) {
    expect(text).toContain('"a the"');
  }
});

test.each([
  ["It fails.", "It fails"],
  ["Wait...", "Wait..."],
  ["Why?", "Why?"],
])("the last full stop of %s", (text, typed) => {
  expect(dropLastStop(text)).toBe(typed);
});
