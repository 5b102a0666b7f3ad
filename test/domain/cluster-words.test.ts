import { expect, test } from "vitest";
import { ClusterWords } from "../../shared/domain/cluster-words.ts";

/** The list of a cluster whose texts, one of each user, are all asked about. */
function listOf(texts: readonly string[], limit: number): string[] {
  const words = new ClusterWords<number>("public", limit);
  for (const text of texts) words.ask(text);
  texts.forEach((text, user) => words.add(user, text));
  return words.list();
}

test("lists the words that enough users say, and no others", () => {
  expect(listOf(["I have lupus and zyzzyva", "lupus again", "a garden for lupus"], 3)).toEqual(["lupus"]);
  expect(listOf(["I have lupus", "lupus again"], 3)).toEqual([]);
});

test("the order says nothing of who says how much", () => {
  const texts = ["epilepsy", "epilepsy and asthma", "epilepsy and asthma", "lupus, asthma", "lupus"];
  expect(listOf(texts, 2)).toEqual(["asthma", "epilepsy", "lupus"]);
  expect(listOf([...texts, "lupus", "lupus", "lupus"], 2)).toEqual(["asthma", "epilepsy", "lupus"]);
});

test("a word is written as enough users write it, and as its stem where they differ", () => {
  expect(listOf(["Tumours", "tumours", "tumour"], 2)).toEqual(["tumours"]);
  expect(listOf(["tumours", "tumour"], 2)).toEqual(["tumour"]);
  expect(listOf(["diabetes", "Diabetes", "diabetes's"], 3)).toEqual(["diabetes"]);
});

test("users of words that nobody asked about are not counted", () => {
  const words = new ClusterWords<number>("public", 1);
  words.ask("lupus");
  words.add(1, "lupus and asthma");
  expect(words.list()).toEqual(["lupus"]);
});
