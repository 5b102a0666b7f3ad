import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { generateCorpus } from "../../../shared/domain/mock/generate.ts";

const FOLDER = resolve(import.meta.dirname, "../../../data/mock");

/** The corpora of data/README.md: made with these options, so that they cannot drift from the generator. */
describe.each([
  { name: "conversations_llm_200", count: 240, seed: 7 },
  { name: "conversations_2400", count: 2_400, seed: 7 },
])("$name", ({ name, count, seed }) => {
  const read = (suffix: string): Promise<string> => readFile(resolve(FOLDER, `${name}${suffix}`), "utf8");
  const corpus = [...generateCorpus({ count, seed })];
  const lines = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

  test("is what the generator makes", async () => {
    const wanted = lines(corpus.map(({ conversation }) => conversation));
    // Not toBe: a difference of two megabytes helps nobody.
    expect((await read(".jsonl")) === wanted, "run clio-generate-mock-data again, see data/README.md").toBe(
      true,
    );
  });

  test("has its labels beside it", async () => {
    const wanted = lines(corpus.map(({ truth }) => truth));
    expect((await read(".labels.jsonl")) === wanted, "run clio-generate-mock-data again").toBe(true);
  });
});
