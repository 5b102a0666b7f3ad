import { expect, test } from "vitest";
import { endEvent } from "../../shared/contracts/aws.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { BadAnswerError, PermanentError, TransientError } from "../../shared/errors.ts";
import { allPhases } from "../../shared/phases/all.ts";
import type { Phase, ReduceAnswer } from "../../shared/phases/phase.ts";
import { phaseRow, pipeline, startsAfter } from "../../shared/pipeline.ts";
import { machineRun } from "../helpers/machine-run.ts";
import type { MachineRun } from "../helpers/machine-run.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import { plainAnswers, scriptedModel } from "../helpers/scripted-provider.ts";

/** The state machine as synthesised, run by `aws-local-stepfunctions` over the real engine. Proves the wiring, not AWS. */
const INPUT = jsonlOf(chatsAbout(["bake bread", "fix python test", "track parcel"], 60, 20));

const times = (run: MachineRun, state: string): number => run.entered.filter((name) => name === state).length;

function withPhase(name: PhaseName, change: Partial<Phase>): Map<PhaseName, Phase> {
  return new Map([...allPhases, [name, { ...allPhases.get(name)!, ...change }]]);
}

test("every phase after those that it waits for, rounds included, and the run as the embedded runner leaves it", async () => {
  const run = await machineRun(INPUT);
  expect(run.run).toMatchObject({ status: "done", failure: null, owner: null });
  expect(run.output).toEqual({ status: "done" });
  const rows = pipeline.filter(({ needs }) => !needs.includes("runs"));
  const started = run.entered.filter((name) => name.endsWith(".start"));
  expect(started.toSorted()).toEqual(rows.map(({ name }) => `${name}.start`).sort());
  for (const row of rows)
    for (const before of startsAfter(row, rows))
      expect(run.entered.lastIndexOf(`${before}.reduced`)).toBeLessThan(
        run.entered.indexOf(`${row.name}.start`),
      );
  expect(times(run, "evaluate.asked")).toBe(1);
  expect(times(run, "ingest.round")).toBe(1);
  expect(times(run, "facets.batch")).toBe(8);
  expect(run.entered.at(-1)).toBe("succeeded");
  const embedded = await memoryRun(INPUT, { runId: "machine-run" });
  expect(run.run.counts).toEqual(embedded.run.counts);
  const published = async ({ objects }: Pick<MachineRun, "objects">): Promise<Record<string, string>> => {
    const files: Record<string, string> = {};
    for await (const { key } of objects.list("runs/machine-run/published/"))
      files[key] = Buffer.from((await objects.get(key))!).toString();
    return files;
  };
  expect(Object.keys(await published(run)).length).toBeGreaterThan(3);
  expect(await published(run)).toEqual(await published(embedded));
});

test("phases that are not asked for are passed by", async () => {
  const run = await machineRun(INPUT, { stages: ["facets"] });
  expect(run.entered.filter((name) => name.endsWith(".start"))).toEqual([
    "ingest.start",
    "facets.start",
    "annotate.start",
  ]);
  expect(times(run, "publish.asked")).toBe(1);
  expect(run.run.status).toBe("done");
});

test("a phase of several rounds is planned anew in each; one that waits is reduced again", async () => {
  const answers: ReduceAnswer[] = [
    { next: "round", carry: null },
    { next: "poll", afterSeconds: 30 },
    { next: "poll", afterSeconds: 30 },
    { next: "round", carry: null },
  ];
  const annotate = allPhases.get("annotate")!;
  const run = await machineRun(INPUT, {
    stages: ["facets"],
    phases: withPhase("annotate", {
      plan: async () => ({ batches: 0, concurrency: 1 }),
      reduce: async (context, round) => answers.shift() ?? annotate.reduce(context, round),
    }),
  });
  expect([times(run, "annotate.plan"), times(run, "annotate.wait"), times(run, "annotate.reduce")]).toEqual([
    3, 2, 5,
  ]);
  expect(times(run, "annotate.batches")).toBe(0);
  expect(run.run.status).toBe("done");
});

test("an evaluation is three executions of the same machine, one after another, scored as on one machine", async () => {
  const config = { eval_count: 30 };
  const run = await machineRun(INPUT, { stages: ["eval"], config });
  expect(run.run).toMatchObject({ status: "done", failure: null, phases: ["ingest", "evaluate"] });
  expect(run.output).toEqual({ status: "done" });
  expect(times(run, "evaluate.batch")).toBe(1);
  expect(times(run, "evaluate.wait")).toBe(3);
  const [own, ...children] = [...run.executions].map(([name, { input }]) => ({ name, ...input }));
  expect(own).toMatchObject({ name: "machine-run-1", phases: { ingest: true, evaluate: true } });
  expect(children.map(({ name }) => name.replace(/[0-9a-f]{6}/, "…"))).toEqual([
    "machine-run-eval-…-1",
    "machine-run-eval-…-seed-1",
    "machine-run-eval-…-leaks-1",
  ]);
  for (const { phases } of children) expect(phases).not.toHaveProperty("evaluate");

  const embedded = await memoryRun(INPUT, { stages: ["eval"], config, runId: "machine-run" });
  const report = async ({ objects }: Pick<MachineRun, "objects">): Promise<string> =>
    Buffer.from((await objects.get("runs/machine-run/eval/phase6_metrics.json"))!).toString();
  expect(await report(run)).toBe(await report(embedded));
  expect(JSON.stringify(run.answers)).not.toMatch(/synthetic|user-|canary/);
});

test("a run of an evaluation that fails ends it with the name of that run and its reason", async () => {
  const model = scriptedModel({
    audit: () => {
      throw new PermanentError("the provider is closed", { code: "provider_closed" });
    },
  });
  const run = await machineRun(INPUT, { stages: ["eval"], config: { eval_count: 30 }, model });
  expect(run.run).toMatchObject({
    status: "failed",
    failure: { phase: "evaluate", code: "provider_closed" },
  });
  expect(run.run.failure!.message).toMatch(/^its run machine-run-eval-[0-9a-f]{6}-leaks failed: /);
});

test("what is transient is tried again and leaves no trace", async () => {
  let thrown = 0;
  const model = scriptedModel({
    facets: (input) => {
      if (thrown++ < 3) throw new TransientError("rate limit");
      return plainAnswers.facets(input);
    },
  });
  const run = await machineRun(INPUT, { stages: ["facets"], model });
  expect(thrown).toBeGreaterThan(60);
  expect(run.run).toMatchObject({ status: "done", counts: { fallback_facets: 0 } });
});

test("batches out of tries are a gap: the others finish, reduce says so, the run is marked", async () => {
  const asked = new Map<string, number>();
  const model = scriptedModel({
    facets: (input) => {
      const text = input.messages[0]!.content;
      asked.set(text, (asked.get(text) ?? 0) + 1);
      if (text.startsWith("track parcel please number 3"))
        throw new TransientError("the service is down", { code: "unavailable" });
      return plainAnswers.facets(input);
    },
  });
  const run = await machineRun(INPUT, { stages: ["clustering"], model });
  expect(run.run).toMatchObject({ status: "failed", failure: { phase: "facets", code: "unavailable" } });
  expect(times(run, "facets.batch-over")).toBe(8);
  expect(times(run, "facets.reduce")).toBe(1);
  expect(run.entered.slice(-4)).toEqual(["facets.failed", "end", "ended", "failed"]);
  expect(run.output).toBeNull();
  expect(asked.get("track parcel please number 3")! % phaseRow("facets").attempts).toBe(0);
});

test("a failure that is a value ends the run with its reason, without a retry", async () => {
  let reduced = 0;
  const run = await machineRun(INPUT, {
    stages: ["facets"],
    phases: withPhase("annotate", {
      reduce: async () => {
        reduced++;
        return { next: "failed", failure: { code: "no_good", message: "does not add up", hint: null } };
      },
    }),
  });
  expect(reduced).toBe(1);
  expect(run.run).toMatchObject({ status: "failed", failure: { phase: "annotate", code: "no_good" } });
});

test("a failure in one of two branches ends the run with its reason once the other has ended, and nothing after them begins", async () => {
  const run = await machineRun(INPUT, {
    phases: withPhase("map", {
      reduce: async () => ({
        next: "failed",
        failure: { code: "no_room", message: "no room for the map", hint: null },
      }),
    }),
  });
  expect(run.run).toMatchObject({ status: "failed", failure: { phase: "map", code: "no_room" } });
  expect(run.run.phase_states.privacy?.status).toBe("done");
  expect([times(run, "annotate.start"), times(run, "publish.asked")]).toEqual([0, 0]);
  expect(run.entered.slice(-5)).toEqual([
    "map.branches-ended",
    "map.branch-0-marked",
    "end",
    "ended",
    "failed",
  ]);
  expect(run.output).toBeNull();
});

test("of two branches that fail one is told", async () => {
  const failing = (name: PhaseName): [PhaseName, Phase] => [
    name,
    {
      ...allPhases.get(name)!,
      plan: async () => {
        throw new PermanentError(`${name} is out of order`, { code: `no_${name}` });
      },
    },
  ];
  const phases = new Map([...allPhases, failing("map"), failing("label")]);
  const run = await machineRun(INPUT, { phases });
  expect(run.run).toMatchObject({ status: "failed", failure: { phase: "map", code: "no_map" } });
});

test("a plan that is permanently wrong fails as a value", async () => {
  const run = await machineRun(INPUT, {
    stages: ["facets"],
    phases: withPhase("facets", {
      plan: async () => {
        throw new PermanentError("the key is wrong", { code: "bad_key" });
      },
    }),
  });
  expect(times(run, "facets.plan")).toBe(1);
  expect(times(run, "facets.reduce")).toBe(0);
  expect(run.run).toMatchObject({ status: "failed", failure: { phase: "facets", code: "bad_key" } });
});

test.each([
  ["plan", "embed"],
  ["reduce", "embed"],
  ["reduce", "map"],
] as const)(
  "a %s of %s that never answers is tried as often as the row says and lost",
  async (verb, lost) => {
    const events: unknown[] = [];
    let calls = 0;
    const run = await machineRun(INPUT, {
      stages: ["clustering"],
      wrap: (handlers) => ({
        async phase(phase, event) {
          if (phase !== lost || (event as { verb: string }).verb !== verb)
            return handlers.phase(phase, event);
          calls++;
          throw new Error("the function died");
        },
        end: (event) => {
          events.push(endEvent.parse(event));
          return handlers.end(event);
        },
      }),
    });
    expect(calls).toBe(phaseRow(lost).attempts);
    expect(events).toEqual([{ run_id: "machine-run", attempt: 1, outcome: "lost", phase: lost }]);
    expect(run.run).toMatchObject({ status: "failed", failure: { phase: lost } });
  },
);

test("marking the run is tried again and again", async () => {
  let calls = 0;
  const run = await machineRun(INPUT, {
    stages: ["ingest"],
    wrap: (handlers) => ({
      ...handlers,
      async end(event) {
        if (++calls <= 8) throw new Error("throttled");
        return handlers.end(event);
      },
    }),
  });
  expect(calls).toBe(9);
  expect(run.run.status).toBe("done");
});

test("one answer that cannot be used costs its conversation alone: done with warnings", async () => {
  const model = scriptedModel({
    facets: (input) => {
      if (input.messages[0]!.content === "bake bread please number 3") throw new BadAnswerError("no JSON");
      return plainAnswers.facets(input);
    },
  });
  const run = await machineRun(INPUT, { stages: ["facets"], model });
  expect(run.run).toMatchObject({ status: "done_with_warnings", failure: null });
  expect(run.run.counts.fallback_facets).toBeGreaterThan(0);
});

test("a batch says nothing back, and no answer holds more than counts", async () => {
  const run = await machineRun(INPUT, { stages: ["clustering"] });
  const crossing = JSON.stringify(run.answers);
  expect(crossing).not.toMatch(/bread|python|parcel|chat-|user-/);
  expect(run.answers).toContainEqual({});
});
