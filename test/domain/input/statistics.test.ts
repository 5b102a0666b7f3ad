import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conversation, type Conversation } from "../../../shared/contracts/conversation.ts";
import {
  datasetStatistics,
  statisticsPart,
  type StatisticsPart,
} from "../../../shared/contracts/validation.ts";
import {
  COUNTED_NUMBERS,
  addCounted,
  countRow,
  dayName,
  dayNumber,
  emptyStatistics,
  finishStatistics,
  mergeStatistics,
} from "../../../shared/domain/input/statistics.ts";
import { row, runs, validRow } from "./support.ts";

function of(rows: readonly Conversation[]): StatisticsPart {
  const part = emptyStatistics();
  for (const item of rows) {
    const numbers = new Int32Array(COUNTED_NUMBERS);
    countRow(item, numbers, 0);
    addCounted(part, numbers, 0);
  }
  return part;
}

const validRows = fc.array(
  validRow.map((fields) => conversation.parse(fields)),
  { maxLength: 12 },
);

describe("statistics", () => {
  it("count what a small dataset holds", () => {
    const rows = [
      row({ timestamp: "2026-09-18T23:30:00-02:00", metadata: {} }),
      row({ user_id: undefined, timestamp: "2026-09-01T00:00:00Z" }),
      row({
        timestamp: undefined,
        messages: [
          { role: "user", content: "four" },
          { role: "user", content: "" },
          { role: "tool", content: "x" },
        ],
      }),
    ].map((fields) => conversation.parse(fields));
    const statistics = finishStatistics(of(rows), 2);
    expect(statistics).toMatchObject({
      conversations: 3,
      messages: 7,
      users: 2,
      roles: { system: 0, developer: 0, user: 4, assistant: 2, tool: 1 },
      rows_with: { user_id: 2, timestamp: 2, metadata: 1 },
      first_day: "2026-09-01",
      // Half past eleven at night, two hours west of UTC.
      last_day: "2026-09-19",
      turns: { count: 3, sum: 4, min: 1, max: 2, mean: 4 / 3, median_estimate: 1 },
      characters: { min: 5, max: 35, sum: 75 },
    });
    expect(statistics.characters.histogram.slice(0, 8)).toEqual([0, 0, 0, 1, 0, 0, 2, 0]);
  });

  it("of nothing are zeros and nulls", () => {
    const empty = finishStatistics(emptyStatistics(), null);
    expect(datasetStatistics.parse(empty)).toMatchObject({
      conversations: 0,
      users: null,
      first_day: null,
      turns: { count: 0, min: null, max: null, mean: null, median_estimate: null },
    });
  });

  it("of parts merge into those of the whole, in any grouping", () => {
    fc.assert(
      fc.property(validRows, validRows, validRows, (a, b, c) => {
        const whole = of([...a, ...b, ...c]);
        expect(mergeStatistics(mergeStatistics(of(a), of(b)), of(c))).toEqual(whole);
        expect(mergeStatistics(of(c), mergeStatistics(of(b), of(a)))).toEqual(whole);
        expect(mergeStatistics(emptyStatistics(), whole)).toEqual(whole);
        expect(statisticsPart.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
        datasetStatistics.parse(finishStatistics(whole, 1));
      }),
      runs(200),
    );
  });

  it("estimate the median to a factor of two, inside what was seen", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3000), { minLength: 1, maxLength: 30 }), (lengths) => {
        const rows = lengths.map((n) =>
          conversation.parse(row({ messages: [{ role: "user", content: ".".repeat(n + 1) }] })),
        );
        const sorted = lengths.map((n) => n + 1).sort((a, b) => a - b);
        const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
        const { median_estimate: estimate, min, max } = finishStatistics(of(rows), null).characters;
        expect(estimate).toBeGreaterThan(median / 2);
        expect(estimate).toBeLessThan(median * 2);
        expect(estimate).toBeGreaterThanOrEqual(min ?? Infinity);
        expect(estimate).toBeLessThanOrEqual(max ?? -Infinity);
      }),
      runs(200),
    );
  });
});

describe("days", () => {
  it("are UTC days, and stay writable at the ends of the calendar", () => {
    expect(dayNumber("1970-01-01T00:00:00Z")).toBe(0);
    expect(dayName(dayNumber("1969-12-31T23:59:59Z"))).toBe("1969-12-31");
    expect(dayName(dayNumber("2026-09-18T00:30:00+02:00"))).toBe("2026-09-17");
    expect(dayName(dayNumber("0000-01-01T00:00:00+23:59"))).toBe("0000-01-01");
    expect(dayName(dayNumber("9999-12-31T23:59:59.999-23:59"))).toBe("9999-12-31");
  });

  it("exist for every timestamp that the contract accepts", () => {
    const two = (most: number): fc.Arbitrary<string> => fc.nat(most).map((n) => String(n).padStart(2, "0"));
    const text = fc
      .tuple(
        fc.nat(9999),
        two(13),
        two(32),
        two(25),
        two(61),
        two(61),
        fc.constantFrom("", ".5", ".123456789012"),
        fc.constantFrom("Z", "+00:00", "-23:59", "+14:00", "+24:00", ""),
      )
      .map(
        ([y, mo, d, h, mi, s, f, o]) => `${String(y).padStart(4, "0")}-${mo}-${d}T${h}:${mi}:${s}${f}${o}`,
      );
    fc.assert(
      fc.property(text, (timestamp) => {
        if (!conversation.shape.timestamp.safeParse(timestamp).success) return;
        expect(dayName(dayNumber(timestamp))).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }),
      runs(1000),
    );
  });
});
