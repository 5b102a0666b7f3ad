import { expect, test } from "vitest";
import type { Definition, State, States, TaskState } from "../../infra/states-language.ts";
import { functionSeconds, longestWaits, stateMachineDefinition } from "../../infra/state-machine.ts";
import { batchAnswer, executionInput, planAnswer } from "../../shared/contracts/aws.ts";
import { MAX_BATCHES_PER_ROUND, pipeline } from "../../shared/pipeline.ts";
import type { PhaseRow } from "../../shared/pipeline.ts";

const PAYLOAD_BYTES = 256 * 1024;
const ALLOWED = ["Task", "Map", "Choice", "Wait", "Pass", "Succeed", "Fail"];

const options = { functionArn: (entry: string) => `arn:${entry}`, staticMapConcurrency: null };
const machine = stateMachineDefinition(pipeline, options);

/** Every state, those inside maps too. */
function allStates(states: States): [string, State][] {
  return Object.entries(states).flatMap(([name, state]) => [
    [name, state] as [string, State],
    ...(state.Type === "Map" ? allStates(state.ItemProcessor.States) : []),
  ]);
}

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
  const states = allStates(machine.States);
  expect([...new Set(states.map(([, { Type }]) => Type))].sort()).toEqual([...ALLOWED].sort());
  const names = states.map(([name]) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => name.length <= 80)).toBe(true);
  expect(utf8Bytes(machine)).toBeLessThan(1024 * 1024);
});

test("every state is reached, in the machine and in its maps", () => {
  expect(reachable(machine.States, machine.StartAt)).toEqual(new Set(Object.keys(machine.States)));
  for (const [, state] of allStates(machine.States)) {
    if (state.Type !== "Map") continue;
    const { StartAt, States: inner } = state.ItemProcessor;
    expect(reachable(inner, StartAt)).toEqual(new Set(Object.keys(inner)));
  }
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
      const task = machine.States[`${name}.${verb}`]!;
      expect(task).toMatchObject({
        Type: "Task",
        Catch: [{ ErrorEquals: ["States.ALL"], Next: `${name}.lost` }],
      });
    }
    expect(machine.States[`${name}.batches`]).toMatchObject({
      ToleratedFailurePercentage: 100,
      Catch: [{ ErrorEquals: ["States.ALL"], Next: `${name}.reduce` }],
      ResultPath: null,
    });
    expect(machine.States[`${name}.lost`]).toMatchObject({
      Parameters: { outcome: "lost", phase: name },
      Next: "end",
    });
    expect(machine.States[`${name}.failed`]).toMatchObject({
      Parameters: { outcome: "failed", phase: name },
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
      const { Parameters } = machine.States[`${name}.${state}`] as { Parameters: object };
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
