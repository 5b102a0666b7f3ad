import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { commonDirection, rankWeight, readWordVectors, tableRows } from "../../scripts/word-vectors.ts";
import type { WordVectors } from "../../scripts/word-vectors.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

/** All words share the first direction; what they mean lies in the other two. */
const words = ["the", ",", "cat", "dog", "it's", "Tax", "tax"];
const meanings = [
  [5, 0, 0],
  [5, 0, 0],
  [3, 1, 0],
  [3, 0.9, 0.1],
  [3, 0, 0],
  [3, 0, 1],
  [3, 0, 1],
];
const vectors: WordVectors = {
  source: "test@1",
  dimensions: 3,
  words,
  data: Float32Array.from(meanings.flat()),
};

describe("the word vectors of the table", () => {
  it("lose the direction that all texts share", () => {
    const direction = commonDirection(vectors, () => 1);
    expect(Math.hypot(...direction)).toBeCloseTo(1, 9);
    expect(Math.abs(direction[0] ?? 0)).toBeGreaterThan(0.99);
    for (const { vector } of tableRows(vectors, 10)) {
      const own = commonDirection(vectors, rankWeight);
      expect(own.reduce((sum, part, i) => sum + part * (vector[i] ?? 0), 0)).toBeCloseTo(0, 9);
    }
  });

  it("are those of single lower-case words, most frequent first", () => {
    expect(tableRows(vectors, 10).map(({ word }) => word)).toEqual(["the", "cat", "dog", "tax"]);
    expect(tableRows(vectors, 2).map(({ word }) => word)).toEqual(["the", "cat"]);
  });

  it("count the more, the rarer the word; a stop word counts a tenth", () => {
    const weights = [0, 10, 1000, 40_000].map((rank) => rankWeight("zebra", rank, 300_000));
    expect(weights).toEqual(weights.toSorted((a, b) => a - b));
    expect(weights.at(-1)).toBeGreaterThan(0.99);
    expect(weights[0]).toBeLessThan(0.02);
    expect(rankWeight("please", 1000, 300_000)).toBeCloseTo((weights[2] ?? 0) / 10, 9);
  });

  it("are read from an unpacked package, and only when each word has its own", async () => {
    const { path: folder, remove } = await temporaryFolder();
    onTestFinished(remove);
    const write = async (second: number): Promise<void> => {
      const data = {
        size: 2,
        dimensions: 2,
        words: ["a", "b"],
        vectors: { a: [1, 2, 0, 0], b: [3, 4, 0, second] },
      };
      await writeFile(join(folder, "data.json"), JSON.stringify(data));
    };
    await writeFile(
      join(folder, "package.json"),
      JSON.stringify({ name: "w", version: "1.2.3", main: "data.json" }),
    );
    await write(1);
    const read = await readWordVectors(folder);
    expect([read.source, read.words, [...read.data]]).toEqual(["w@1.2.3", ["a", "b"], [1, 2, 3, 4]]);
    await write(0);
    await expect(readWordVectors(folder)).rejects.toThrow("word 1");
  });
});
