import { expect, test } from "vitest";
import {
  WordSupport,
  supportNeeded,
  supportToList,
  supportedText,
  wordsInNeed,
} from "../../shared/domain/support.ts";
import { isSensitive } from "../../shared/domain/text/sensitive-words.ts";

test("whoever has fewer than min_users accounts cannot reach the support with one person more", () => {
  for (const minUsers of [2, 5, 30]) expect(minUsers - 1 + 1).toBeLessThan(supportNeeded(minUsers));
  expect(supportNeeded(1)).toBe(1);
});

test("what they list has min_users members beside the target who are none of theirs", () => {
  for (const minUsers of [2, 5, 30])
    expect(supportToList(minUsers) - (minUsers - 1)).toBeGreaterThanOrEqual(minUsers + 1);
  expect(supportToList(1)).toBe(1);
});

test.each([
  ["Plan a garden with Zyzzyva about flights and lupus", ["zyzzyva", "lupus"]],
  ["Manage diabetes, HIV or an appendectomy", ["diabete", "hiv", "appendectomy"]],
  ["Fix 2 tests in 24 hours, not 2024", ["2024"]],
  ["Ｄｉａｂｅｔｅｓ and Diabetes’s cost", ["diabete"]],
])("needs users unless common and harmless: %s", (text, needed) => {
  expect([...wordsInNeed(text, "public")]).toEqual(needed);
});

test("under the strict rule every word but those of the closed list needs users, by stem", () => {
  expect([...wordsInNeed("Users ask for help about flights to the garden", "shared")]).toEqual([
    "flight",
    "garden",
  ]);
});

test("scripts without spaces are told apart word by word", () => {
  expect(wordsInNeed("我有糖尿病", "public").has("糖尿病")).toBe(true);
  expect(supportedText("我有糖尿病", "public", (word) => word !== "糖尿病")).not.toContain("糖尿病");
});

test("what has too few users leaves a gap, one for words in a row; the rest stays", () => {
  const kept = supportedText(
    "I am Zyzzyva Quux, with epilepsy: how do I plan a garden?",
    "public",
    (word) => word === "epilepsy",
  );
  expect(kept).toBe("I am …, with epilepsy: how do I plan a garden?");
});

test("support counts users, each once, and only words that were asked about", () => {
  const support = new WordSupport<number>(2);
  support.ask(["lupus"]);
  for (let i = 0; i < 9; i++) support.add(1, ["lupus", "asthma"]);
  expect(support.reaches("lupus")).toBe(false);
  support.add(2, ["lupus"]);
  expect(support.reaches("lupus")).toBe(true);
  expect(support.reaches("asthma")).toBe(false);
});

test("words that say nothing about a person are not sensitive, inflected ones that do are", () => {
  expect(["diabetics", "widows", "muslims", "tonsillectomy", "lymphoma"].filter(isSensitive)).toEqual([
    "diabetics",
    "widows",
    "muslims",
    "tonsillectomy",
    "lymphoma",
  ]);
  expect(
    ["garden", "invoice", "python", "recipe", "hospital", "economy", "aroma", "diploma"].filter(isSensitive),
  ).toEqual([]);
});
