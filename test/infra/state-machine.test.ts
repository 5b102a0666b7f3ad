import { expect, test } from "vitest";
import { allStates, machinesIn } from "../../infra/states-language.ts";
import type { Definition, PassState, State, States, TaskState } from "../../infra/states-language.ts";
import { functionSeconds, longestWaits, stateMachineDefinition } from "../../infra/state-machine.ts";
import { batchAnswer, executionInput, planAnswer } from "../../shared/contracts/aws.ts";
import { MAX_BATCHES_PER_ROUND, pipeline } from "../../shared/pipeline.ts";
import type { PhaseRow } from "../../shared/pipeline.ts";

const PAYLOAD_BYTES = 256 * 1024;
const ALLOWED = ["Task", "Map", "Parallel", "Choice", "Wait", "Pass", "Succeed", "Fail"];

const options = { functionArn: (entry: string) => `arn:${entry}`, staticMapConcurrency: null };
const machine = stateMachineDefinition(pipeline, options);

/** By name, those inside maps and branches too: names are unique. */
const everyState: States = Object.fromEntries(allStates(machine.States));
/** The machine itself and every machine within. */
const machines = [machine, ...allStates(machine.States).flatMap(([, state]) => machinesIn(state))];
/** Machines of branches. */
const branches = allStates(machine.States).flatMap(([, state]) =>
  state.Type === "Parallel" ? state.Branches : [],
);

function nextOf(state: State): string[] {
  const next = "Next" in state ? [state.Next] : [];
  const caught = "Catch" in state ? (state.Catch ?? []).map(({ Next }) => Next) : [];
  const chosen = state.Type === "Choice" ? [...state.Choices.map(({ Next }) => Next), state.Default] : [];
  return [...next, ...caught, ...chosen];
}

function reachable(states: States, from: string): Set<string> {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const state = states[name];
    expect(state, `${name} is named as a next state`).toBeDefined();
    open.push(...nextOf(state!));
  }
  return seen;
}

const utf8Bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

test("only state types that AWS and the emulators run alike, under names of their own", () => {
  const named = allStates(machine.States);
  expect([...new Set(named.map(([, { Type }]) => Type))].sort()).toEqual([...ALLOWED].sort());
  const names = named.map(([name]) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => name.length <= 80)).toBe(true);
  expect(utf8Bytes(machine)).toBeLessThan(1024 * 1024);
});

test("every state is reached, in the machine, its maps and its branches", () => {
  for (const { StartAt, States: inner } of machines)
    expect(reachable(inner, StartAt)).toEqual(new Set(Object.keys(inner)));
});

test("no path around the end: without it nothing terminal is reached, and from everywhere it can be", () => {
  const { end: _, ...others } = machine.States;
  const cut: States = { ...others, end: { Type: "Fail", Error: "", Cause: "" } };
  const before = reachable(cut, machine.StartAt);
  const terminal = [...before].filter((name) => ["Succeed", "Fail"].includes(machine.States[name]!.Type));
  expect(terminal).toEqual([]);
  for (const name of before) expect(reachable(machine.States, name)).toContain("end");
});

test("whatever a plan, a reduce or a map throws is caught, and leads to a mark or to reduce", () => {
  for (const { name } of pipeline) {
    for (const verb of ["plan", "reduce"]) {
      const task = everyState[`${name}.${verb}`]!;
      expect(task).toMatchObject({
        Type: "Task",
        Catch: [{ ErrorEquals: ["States.ALL"], Next: `${name}.lost` }],
      });
    }
    expect(everyState[`${name}.batches`]).toMatchObject({
      ToleratedFailurePercentage: 100,
      Catch: [{ ErrorEquals: ["States.ALL"], Next: `${name}.reduce` }],
      ResultPath: null,
    });
    for (const outcome of ["lost", "failed"]) {
      const mark = everyState[`${name}.${outcome}`] as PassState;
      expect(mark).toMatchObject({ Type: "Pass", Parameters: { outcome, phase: name } });
      // In a branch the mark is what the branch ends with.
      const inBranch = branches.some(({ States: inner }) => mark === inner[`${name}.${outcome}`]);
      expect(mark).toMatchObject(inBranch ? { End: true } : { Next: "end" });
    }
  }
});

test("a branch ends in {} or with the mark of a failure, which leads to the end", () => {
  expect(branches.length).toBeGreaterThan(1);
  for (const { States: inner } of branches)
    for (const [, state] of Object.entries(inner).filter(([, each]) => nextOf(each).length === 0))
      expect(state).toSatisfy(
        (last: PassState) =>
          last.Type === "Pass" &&
          ("Result" in last ? utf8Bytes(last.Result) === 2 : "outcome" in last.Parameters),
      );
  for (const [name, state] of allStates(machine.States)) {
    if (state.Type !== "Parallel") continue;
    expect(state).toMatchObject({ Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null }] });
    const ended = everyState[state.Next]!;
    const prefix = name.replace(".branches", "");
    expect(ended).toMatchObject({
      Type: "Choice",
      Choices: state.Branches.map((_, i) => ({
        Variable: `$.ended[${i}].outcome`,
        IsPresent: true,
        Next: `${prefix}.branch-${i}-marked`,
      })),
    });
    for (const [i] of state.Branches.entries())
      expect(everyState[`${prefix}.branch-${i}-marked`]).toMatchObject({
        Parameters: { "outcome.$": `$.ended[${i}].outcome`, "phase.$": `$.ended[${i}].phase` },
        Next: "end",
      });
  }
});

test("a child ends in {} whatever happened in it", () => {
  for (const [, state] of allStates(machine.States)) {
    if (state.Type !== "Map") continue;
    const inner = Object.entries(state.ItemProcessor.States);
    const ends = inner.filter(([, child]) => nextOf(child).length === 0);
    expect(ends.map(([, child]) => child)).toEqual([{ Type: "Pass", Result: {}, End: true }]);
    for (const [, child] of inner.filter(([, { Type }]) => Type === "Task"))
      expect(child).toMatchObject({ Catch: [{ ErrorEquals: ["States.ALL"] }] });
  }
});

test("the largest round stays far below a state's payload", () => {
  const batches = Array.from({ length: MAX_BATCHES_PER_ROUND }, (_, batch) => batch);
  const plan = planAnswer.parse({ next: "map", batches, concurrency: 1000 });
  const input = executionInput.parse({
    run_id: "r".repeat(64),
    attempt: 999,
    phases: Object.fromEntries(pipeline.map(({ name }) => [name, true])),
  });
  const state = { ...input, round: 9999, plan, reduce: { next: "round", round: 9999 } };
  const results = batches.map(() => batchAnswer.parse({}));
  expect(utf8Bytes(plan)).toBeLessThan(49_000);
  expect(utf8Bytes(state) + utf8Bytes(results)).toBeLessThan(PAYLOAD_BYTES / 3);
});

test("every task tries again: long where Lambda itself refuses, up to the row's attempts otherwise, and ends later than its function", () => {
  const rows = new Map(pipeline.map((row) => [row.name as string, row]));
  for (const [name, state] of allStates(machine.States)) {
    if (state.Type !== "Task") continue;
    const [lambda, all] = state.Retry;
    expect(lambda!.ErrorEquals).toContain("Lambda.TooManyRequestsException");
    expect(longestWaits(lambda!)).toBeGreaterThan(15 * 60);
    expect(all!.ErrorEquals).toEqual(["States.ALL"]);
    const row = rows.get(name.split(".")[0]!);
    if (row === undefined) continue;
    expect(all!.MaxAttempts).toBe(row.attempts - 1);
    expect(state.TimeoutSeconds).toBeGreaterThan(functionSeconds(row));
  }
});

test("a state that starts something new drops what the states before it answered", () => {
  for (const { name } of pipeline) {
    for (const state of ["start", "round"]) {
      const { Parameters } = everyState[`${name}.${state}`] as { Parameters: object };
      expect(Object.keys(Parameters).map((key) => key.replace(".$", ""))).toEqual([
        "run_id",
        "attempt",
        "phases",
        "round",
      ]);
    }
  }
});

test("a row says express only where the worst case fits, and then its children give up in time", () => {
  const express = (change: Partial<PhaseRow>): Definition =>
    stateMachineDefinition([{ ...pipeline[3]!, child: "express", ...change }], options);
  expect(() => express({ attempts: 3, timeLimitSeconds: 870 })).toThrow(RangeError);
  const fits = express({ attempts: 3, timeLimitSeconds: 50 }).States["cluster.batches"];
  expect(fits).toMatchObject({ ItemProcessor: { ProcessorConfig: { ExecutionType: "EXPRESS" } } });
  const child = allStates({ fits: fits! }).find(([name]) => name === "cluster.batch")![1] as TaskState;
  const waits = child.Retry.map(longestWaits);
  expect(waits.reduce((a, b) => a + b) + 3 * (50 + 30)).toBeLessThan(290);
});

test("functions fit Lambda, and the emulator's machine has a number where it cannot read a path", () => {
  for (const row of pipeline) expect(functionSeconds(row)).toBeLessThanOrEqual(900);
  const local = stateMachineDefinition(pipeline, { ...options, staticMapConcurrency: 2 });
  const maps = allStates(local.States).filter(([, { Type }]) => Type === "Map");
  expect(maps).toHaveLength(pipeline.length);
  for (const [, map] of maps) {
    expect(map).toHaveProperty("MaxConcurrency", 2);
    expect(map).not.toHaveProperty("MaxConcurrencyPath");
  }
  expect(() => stateMachineDefinition([], options)).toThrow(RangeError);
});
