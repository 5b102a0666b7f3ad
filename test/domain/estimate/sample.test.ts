import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseRows, meanOf } from "../../../shared/domain/estimate/sample.ts";
import { seededRandom } from "../../../shared/domain/random.ts";

const anyLengths = fc.array(fc.integer({ min: 1, max: 8_000_000 }), { minLength: 1, maxLength: 2000 });

/** Bytes of `n` rows with a heavy tail: of 2,000 the longest hundred hold about half of the text. */
function heavyTail(n: number, seed: number): number[] {
  const random = seededRandom(seed, "lengths");
  return Array.from({ length: n }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.round(200 + 1500 * Math.exp(1.5 * normal));
  });
}

describe("the rows that are looked at", () => {
  test("stand for every row once", () => {
    fc.assert(
      fc.property(anyLengths, fc.integer({ min: 2, max: 500 }), (lengths, most) => {
        const sample = chooseRows(lengths, most);
        expect(sample.length).toBe(Math.min(most, lengths.length));
        expect(new Set(sample.map(({ at }) => at)).size).toBe(sample.length);
        expect(sample.reduce((sum, { weight }) => sum + weight, 0)).toBe(lengths.length);
      }),
    );
  });

  test("are all of a small input, and then the mean is exact", () => {
    fc.assert(
      fc.property(anyLengths, (lengths) => {
        const sample = chooseRows(lengths, 2000);
        const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
        const found = meanOf(
          sample,
          sample.map(({ at }) => lengths[at]!),
        );
        expect(found.mid / mean).toBeCloseTo(1, 9);
        expect(found.low).toBe(found.mid);
        expect(found.high).toBe(found.mid);
      }),
    );
  });

  test.each([1, 2, 3, 4, 5])("tell the mean of a heavy tail to a few per cent, seed %i", (seed) => {
    const lengths = heavyTail(20_000, seed);
    const random = seededRandom(seed, "noise");
    // Tokens follow bytes, a fifth up or down, cut at a model's room.
    const tokens = lengths.map((bytes) => 900 + Math.min(14_000, (bytes / 4) * (0.8 + 0.4 * random())));
    const mean = tokens.reduce((sum, count) => sum + count, 0) / tokens.length;
    const sample = chooseRows(lengths, 300);
    const found = meanOf(
      sample,
      sample.map(({ at }) => tokens[at]!),
    );
    expect(Math.abs(found.mid / mean - 1)).toBeLessThan(0.03);
    expect(found.low).toBeLessThan(mean);
    expect(found.high).toBeGreaterThan(mean);
    expect(found.high - found.low).toBeLessThan(0.2 * mean);
  });
});
