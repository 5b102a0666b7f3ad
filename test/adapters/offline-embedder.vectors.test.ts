import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import * as fc from "fast-check";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { offlineEmbedder } from "../../shared/adapters/offline/embedder.ts";
import { joinVectors } from "../../shared/adapters/offline/join-vectors.ts";
import { loadWordTable } from "../../shared/adapters/offline/load-word-table.ts";
import { sha256Hex } from "../../shared/domain/hash.ts";
import { cosine } from "../../shared/domain/vectors.ts";
import { ErrorName } from "../../shared/errors.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

const call = { signal: new AbortController().signal };
const embedder = offlineEmbedder({ threads: 2 });
afterAll(() => embedder.close());

/** Of many lengths, in words and in word pieces. */
const TEXTS = [
  "hi",
  "reset my password",
  "write a cover letter for a nurse",
  "why does my sourdough not rise",
  "explain the difference between a left join and an inner join, with an example of two tables",
  "Donaudampfschifffahrtsgesellschaftskapitän",
  "plan a trip to Lisbon for four days in May with two children who like trams and do not like museums",
  "fix the bug in this function ".repeat(30),
  "的".repeat(50),
];

async function rows(texts: readonly string[]): Promise<Float32Array[]> {
  const { cols, data } = await embedder.embed(texts, call);
  return texts.map((_, i) => data.slice(i * cols, (i + 1) * cols));
}

describe("a vector of the offline embedder", () => {
  it("depends on its text alone, bit by bit", async () => {
    const alone = new Map<string, Float32Array>();
    for (const text of TEXTS) for (const vector of await rows([text])) alone.set(text, vector);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 40 }),
        fc.array(fc.stringMatching(/^[a-z ]{1,40}$/), { maxLength: 20 }),
        async (known, others) => {
          const vectors = await rows([...known, ...others]);
          known.forEach((text, i) => expect(vectors[i]).toEqual(alone.get(text)));
        },
      ),
      { numRuns: 10 },
    );
  });

  it("is computed once for a text that comes again in a request", async () => {
    const texts = Array.from({ length: 20_000 }, (_, i) =>
      i % 2 === 0 ? "reset my password" : " reset my password ",
    );
    const vectors = await rows(texts);
    expect(vectors.every((vector) => vector.every((value, j) => value === vectors[0]?.[j]))).toBe(true);
  });

  it("is named after the table that it is made with", async () => {
    const bytes = await readFile(new URL("../../data/encoder/word-table.bin", import.meta.url));
    expect(embedder.identity.version).toBe(`0.2.0+${sha256Hex(bytes).slice(0, 8)}`);
    expect(embedder.dimensions).toBe(512 + (await loadWordTable()).dimensions);
  });
});

describe("joinVectors", () => {
  const unit = fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
    .filter((values) => Math.hypot(...values) > 0.1)
    .map((values) => Float32Array.from(values, (value) => value / Math.hypot(...values)));

  it("makes the cosine the weighted mean of both cosines", () => {
    fc.assert(
      fc.property(
        unit,
        unit,
        unit,
        unit,
        fc.double({ min: 0, max: 2, noNaN: true }),
        (a, b, c, d, weight) => {
          const share = weight * weight;
          const wanted = (cosine(a, b) + share * cosine(c, d)) / (1 + share);
          expect(cosine(joinVectors(a, c, weight), joinVectors(b, d, weight))).toBeCloseTo(wanted, 5);
        },
      ),
    );
  });

  it("has length 1 when no word is known, and is zero without a sentence", () => {
    expect([...joinVectors(Float32Array.of(0, 2), new Float32Array(1))]).toEqual([0, 1, 0]);
    expect([...joinVectors(new Float32Array(2), Float32Array.of(1))]).toEqual([0, 0, 0]);
    expect([...joinVectors(Float32Array.of(Number.NaN, 1), Float32Array.of(1))]).toEqual([0, 0, 0]);
  });
});

describe("loadWordTable", () => {
  it("knows words of many kinds of request", async () => {
    const table = await loadWordTable();
    const near = (a: string, b: string): number => cosine(table.encode(a), table.encode(b));
    expect(table.size).toBe(50_000);
    expect(near("bake bread", "a cake recipe")).toBeGreaterThan(near("bake bread", "a tax return") + 0.2);
    expect(near("please help me with this", "an electrical fuse")).toBeLessThan(0.5);
  });

  it("says when the table is not installed", async () => {
    const { path: folder, remove } = await temporaryFolder();
    onTestFinished(remove);
    const base = pathToFileURL(`${folder}/a/b/c/program.js`);
    await expect(loadWordTable(base)).rejects.toMatchObject({
      name: ErrorName.permanent,
      code: "word_table_missing",
    });
  });
});
