import { expect, test } from "vitest";
import { estimateRun } from "../../shared/engine/estimate/started-runs.ts";
import { defaultConfig } from "../../shared/config.ts";
import { synthesise } from "../../shared/domain/evaluation/synthetic.ts";
import { phasesOf } from "../../shared/pipeline.ts";

const evaluating = (eval_count: number) =>
  estimateRun(phasesOf(["eval"]), { ...defaultConfig(), eval_count }, 240);

test("an evaluation of 2,000 is told the time that was measured, to a quarter", () => {
  // 127 and 136 s on two cores, seeds 42 and 7.
  expect(Math.abs(evaluating(2000).seconds - 132)).toBeLessThan(33);
});

test.each([20, 500, 3000])("an evaluation of %i asks of the attack's conversations once as well", (n) => {
  const all = [...synthesise(n, 7)].length;
  expect(all).toBeGreaterThan(n);
  expect(evaluating(n).calls.find(({ what }) => what === "facet")?.n).toBe(2 * n + all);
});

test("a run of its own is told the time that was measured, to a third", () => {
  // 41 s for the demo.
  const { seconds } = estimateRun(phasesOf(["hierarchy", "privacy"]), defaultConfig(), 2400);
  expect(Math.abs(seconds - 41)).toBeLessThan(14);
});
