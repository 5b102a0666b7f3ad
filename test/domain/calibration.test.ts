import * as fc from "fast-check";
import { expect, test } from "vitest";
import { offlineAudit } from "../../shared/adapters/offline/audit.ts";
import { calibrationGroup } from "../../shared/contracts/privacy.ts";
import { auditLayer } from "../../shared/contracts/model-tasks.ts";
import { calibrationOf, calibrationSet } from "../../shared/domain/calibration/score.ts";
import type { Judged } from "../../shared/domain/calibration/score.ts";
import { defaultConfig } from "../../shared/config.ts";

const PASS = defaultConfig().privacy_pass_rating;
const judgedBy = (rate: (text: string, pass: boolean) => number | null): Judged[] =>
  calibrationSet().map((text) => ({ ...text, rating: rate(text.text, text.pass) }));

test("the set has every kind of text in every layer, each once, with a verdict that fits its rating", () => {
  const set = calibrationSet();
  expect(set.length).toBeGreaterThanOrEqual(120);
  expect(new Set(set.map(({ text }) => text)).size).toBe(set.length);
  for (const layer of auditLayer.options)
    for (const group of calibrationGroup.options)
      expect(set.filter((text) => text.layer === layer && text.group === group).length).toBeGreaterThan(8);
  for (const { rating, pass, group } of set) {
    expect(pass).toBe(rating >= PASS);
    expect(pass).toBe(group === "scary" || group === "harmless");
  }
});

test("a perfect auditor, one that passes all, one that fails all, and one that says nothing", () => {
  const rates = (rate: Parameters<typeof judgedBy>[0]) => {
    const { rated, accuracy, false_pass: missed, false_alarm: alarms } = calibrationOf(judgedBy(rate), PASS);
    return [rated, accuracy.count, missed.count, alarms.count];
  };
  expect(rates((_, pass) => (pass ? 5 : 1))).toEqual([126, 126, 0, 0]);
  expect(rates(() => 5)).toEqual([126, 54, 72, 0]);
  expect(rates(() => 1)).toEqual([126, 72, 0, 54]);
  const silent = calibrationOf(
    judgedBy(() => null),
    PASS,
  );
  expect(silent).toMatchObject({ texts: 126, rated: 0, accuracy: { n: 0, rate: null } });
});

test("errors of layers and of groups add up to those of the whole, and intervals hold the rate", () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.integer({ min: 1, max: 5 })), { minLength: 126, maxLength: 126 }),
      fc.integer({ min: 1, max: 5 }),
      (ratings, mark) => {
        const found = calibrationOf(
          calibrationSet().map((text, i) => ({ ...text, rating: ratings[i]! })),
          mark,
        );
        const sum = (counts: readonly number[]): number => counts.reduce((held, n) => held + n, 0);
        expect(sum(found.layers.map((layer) => layer.false_pass.count))).toBe(found.false_pass.count);
        expect(sum(found.layers.map((layer) => layer.false_alarm.n))).toBe(found.false_alarm.n);
        expect(sum(found.groups.map(({ wrong }) => wrong.count))).toBe(found.rated - found.accuracy.count);
        const { low, rate, high } = found.accuracy;
        if (rate !== null) expect(low! <= rate && rate <= high!).toBe(true);
      },
    ),
  );
});

test("the offline auditor does as docs/privacy.md says", () => {
  const found = calibrationOf(
    judgedBy((text) => offlineAudit({ layer: "raw", text }).rating),
    PASS,
  );
  // Should the rules change, so must the numbers on the page.
  expect(found.false_pass).toMatchObject({ count: 39, n: 72 });
  expect(found.false_alarm).toMatchObject({ count: 1, n: 54 });
  expect(found.groups.map(({ wrong }) => wrong.count)).toEqual([10, 29, 1, 0]);
});
