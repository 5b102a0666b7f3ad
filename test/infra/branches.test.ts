import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stepsOf } from "../../infra/branches.ts";
import type { Step } from "../../infra/branches.ts";
import { phaseRow, pipeline, startsAfter } from "../../shared/pipeline.ts";
import type { PhaseRow } from "../../shared/pipeline.ts";

type Shown = (string | Shown[])[];
const shown = (steps: readonly Step[]): Shown =>
  steps.map((step) => ("phase" in step ? step.phase.name : step.branches.map(shown)));

const namesOf = (step: Step): string[] =>
  "phase" in step ? [step.phase.name] : step.branches.flatMap((branch) => branch.flatMap(namesOf));

/** Pairs of phases, the first of which has ended before the second starts. */
function pairs(steps: readonly Step[]): [string, string][] {
  const inner = steps.flatMap((step) => ("phase" in step ? [] : step.branches.flatMap(pairs)));
  const outer = steps.flatMap((step, i) =>
    steps
      .slice(0, i)
      .flatMap(namesOf)
      .flatMap((before) => namesOf(step).map((after): [string, string] => [before, after])),
  );
  return [...inner, ...outer];
}

test("of the table: the map and what it needs beside the phases that ask the model", () => {
  expect(shown(stepsOf(pipeline))).toEqual([
    "ingest",
    "facets",
    "embed",
    "cluster",
    [
      ["map", "annotate"],
      ["label", "hierarchy", "privacy"],
    ],
    "publish",
    "evaluate",
  ]);
});

test("whatever waits for what, each phase is there once, after all that it waits for", () => {
  const names = pipeline.map(({ name }) => name);
  fc.assert(
    fc.property(
      fc.array(fc.subarray(names), { minLength: names.length, maxLength: names.length }),
      (afters) => {
        const rows: PhaseRow[] = pipeline.map((row, i) => ({
          ...row,
          needs: [],
          after: afters[i]!.filter((name) => names.indexOf(name) < i),
        }));
        const steps = stepsOf(rows);
        const ordered = new Set(pairs(steps).map((pair) => pair.join(" ")));
        for (const row of rows)
          for (const before of startsAfter(row, rows)) expect(ordered).toContain(`${before} ${row.name}`);
        expect(steps.flatMap(namesOf).sort()).toEqual([...names].sort());
      },
    ),
  );
});

test("phases that have nothing to do with one another are side by side", () => {
  const rows = (["facets", "embed", "map"] as const).map((name) => ({ ...phaseRow(name), after: [] }));
  expect(shown(stepsOf(rows))).toEqual([[["facets"], ["embed"], ["map"]]]);
});
