import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseWordTable, serializeWordTable } from "../../shared/domain/word-table.ts";
import type { WordRow } from "../../shared/domain/word-table.ts";
import { ErrorName } from "../../shared/errors.ts";

const animals: WordRow[] = [
  { word: "cat", vector: [1, 0, 0] },
  { word: "dog", vector: [0.9, 0.1, 0] },
  { word: "tax", vector: [0, 0, 4] },
  { word: "été", vector: [0, 1, 0] },
];
const table = parseWordTable(serializeWordTable(animals));
const encode = (text: string): number[] => [...table.encode(text)];

/** Distinct words with vectors, some of them zero. */
const rows = fc.integer({ min: 1, max: 6 }).chain((dimensions) =>
  fc.uniqueArray(
    fc.record({
      word: fc.stringMatching(/^[a-z]{1,8}$/),
      vector: fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
        minLength: dimensions,
        maxLength: dimensions,
      }),
    }),
    { selector: ({ word }) => word, minLength: 1, maxLength: 20 },
  ),
);

describe("a word table", () => {
  it("sums the vectors of a text's words and scales the sum to length 1", () => {
    expect([table.size, table.dimensions]).toEqual([4, 3]);
    expect(encode("cat")).toEqual([1, 0, 0]);
    const [x = 0, y = 0, z = 0] = encode("a cat, 2 taxes and my TAX");
    expect(x / z).toBeCloseTo(1 / 4, 2);
    expect(y).toBe(0);
    expect(Math.hypot(x, y, z)).toBeCloseTo(1, 6);
  });

  it("ignores case, punctuation and endings behind an apostrophe", () => {
    for (const text of ["Cat!", "cat's", "CAT’S", "(cat)", "cat-unknown", "cat don't"]) {
      expect(encode(text), text).toEqual(encode("cat"));
    }
    expect(encode("ÉTÉ")).toEqual([0, 1, 0]);
  });

  it("gives zeros for a text without a known word", () => {
    for (const text of ["", "???", "zebra", "cat't", "\ud800"]) expect(encode(text), text).toEqual([0, 0, 0]);
  });

  it("keeps each number within half a step of its word's largest, and any text finite", () => {
    fc.assert(
      fc.property(rows, fc.string(), (words, text) => {
        const copy = parseWordTable(serializeWordTable(words));
        for (const { word, vector } of words) {
          const length = Math.hypot(...vector);
          const largest = Math.max(...vector.map(Math.abs));
          // A subnormal scale loses its own digits; such a word counts nothing in any text.
          if (largest < 1e-30) continue;
          // Half a step in every number, and as much again in the length that it is divided by.
          const tolerance = ((largest / 127) * (1 + Math.sqrt(vector.length)) * 0.51) / length + 1e-6;
          [...copy.encode(word)].forEach((value, i) =>
            expect(Math.abs(value - (vector[i] ?? 0) / length)).toBeLessThanOrEqual(tolerance),
          );
        }
        expect([...copy.encode(text)].every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it("does not remember the texts before", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("cat", "dog tax", "", "été cat dog", "none")), (texts) => {
        const alone = texts.map((text) => parseWordTable(serializeWordTable(animals)).encode(text));
        expect(texts.map((text) => table.encode(text))).toEqual(alone);
      }),
    );
  });

  it("reads bytes that start at an odd address", () => {
    const bytes = serializeWordTable(animals);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect([...parseWordTable(shifted.subarray(3)).encode("cat tax")]).toEqual(encode("cat tax"));
  });

  it("holds nothing when empty", () => {
    const empty = parseWordTable(serializeWordTable([]));
    expect([empty.size, empty.dimensions, empty.encode("cat").length]).toEqual([0, 0, 0]);
  });

  it("refuses a damaged file", () => {
    const good = serializeWordTable(animals);
    const changed = (at: number, value: number): Uint8Array =>
      good.map((byte, i) => (i === at ? value : byte));
    const repeated = serializeWordTable([animals[0], animals[0]].filter((row) => row !== undefined));
    const notFinite = changed(16 + 3, 0x7f).map((byte, i) => (i === 16 + 2 ? 0x80 : byte));
    for (const [what, bytes] of Object.entries({
      empty: new Uint8Array(),
      "other file": changed(0, 0),
      short: good.subarray(0, -1),
      long: Uint8Array.from([...good, 0]),
      "more words": changed(4, 5),
      "a word twice": repeated,
      "a scale of infinity": notFinite,
    })) {
      expect(() => parseWordTable(bytes), what).toThrowError(
        expect.objectContaining({ name: ErrorName.permanent, code: "word_table_damaged" }),
      );
    }
  });

  it("refuses vectors that it cannot hold", () => {
    expect(() => serializeWordTable([...animals, { word: "x", vector: [1] }])).toThrowError(RangeError);
    expect(() => serializeWordTable([{ word: "x", vector: [Number.POSITIVE_INFINITY] }])).toThrowError(
      RangeError,
    );
  });
});
