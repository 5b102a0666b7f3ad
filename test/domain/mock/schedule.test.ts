import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  CORPUS_DAYS,
  awakeness,
  createSchedule,
  formatTimestamp,
} from "../../../shared/domain/mock/schedule.ts";

const START = Date.parse("2026-09-01T00:00:00Z");
const END = START + CORPUS_DAYS * 86_400_000;

test("times grow with the share and stay within the month", () => {
  const schedule = createSchedule(START);
  const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(share, share, (a, b) => {
      const [early, late] = [schedule(Math.min(a, b)), schedule(Math.max(a, b))];
      expect(early).toBeLessThanOrEqual(late);
      expect(early).toBeGreaterThanOrEqual(START);
      expect(late).toBeLessThan(END);
    }),
  );
});

test("a Sunday is quieter than the Wednesday after it, and a night than a day", () => {
  const schedule = createSchedule(START);
  const times = Array.from({ length: 20_000 }, (_, at) => new Date(schedule((at + 0.5) / 20_000)));
  const on = (day: number): number => times.filter((time) => time.getUTCDate() === day).length;
  expect(on(6)).toBeLessThan(0.75 * on(9));
  const at = (hour: number): number => times.filter((time) => time.getUTCHours() === hour).length;
  expect(at(4)).toBeLessThan(0.5 * at(14));
});

test("people are awake by their own clock", () => {
  const noonInTokyo = Date.parse("2026-09-02T12:00:00+09:00");
  expect(awakeness(noonInTokyo, 540)).toBeGreaterThan(5 * awakeness(noonInTokyo, 60));
});

test.each([
  [0, "2026-09-01T12:00:05+00:00"],
  [120, "2026-09-01T14:00:05+02:00"],
  [-210, "2026-09-01T08:30:05-03:30"],
  [840, "2026-09-02T02:00:05+14:00"],
])("with an offset of %i minutes: %s", (offset, text) => {
  expect(formatTimestamp(Date.parse("2026-09-01T12:00:05.900Z"), offset)).toBe(text);
});

test("a written time is the same moment, to the second", () => {
  fc.assert(
    fc.property(fc.integer({ min: START, max: END }), fc.integer({ min: -720, max: 840 }), (time, offset) => {
      expect(Date.parse(formatTimestamp(time, offset))).toBe(Math.floor(time / 1000) * 1000);
    }),
  );
});
