import { expect, test } from "vitest";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { BadAnswerError, PermanentError, TransientError } from "../../shared/errors.ts";
import { allPhases } from "../../shared/phases/all.ts";
import type { Phase, ReduceAnswer } from "../../shared/phases/phase.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import { plainAnswers, scriptedModel } from "../helpers/scripted-provider.ts";

const INPUT = jsonlOf(chatsAbout(["bake bread", "fix python test", "track parcel"], 60, 20));

/** All phases, one of them changed. */
function withPhase(name: PhaseName, change: Partial<Phase>): Map<PhaseName, Phase> {
  return new Map([...allPhases, [name, { ...allPhases.get(name)!, ...change }]]);
}

test("a transient error is tried again and leaves no trace in the result", async () => {
  let thrown = 0;
  const model = scriptedModel({
    facets: (input) => {
      if (thrown++ < 3) throw new TransientError("rate limit", { retryAfterMs: 10 });
      return plainAnswers.facets(input);
    },
  });
  const done = await memoryRun(INPUT, { stages: ["facets"], model });
  expect(done.failure).toBeNull();
  expect((await done.rows("facets")).every(({ status }) => status === "ok")).toBe(true);
});

test("a permanent error is recorded, the other batches finish, and reduce answers with its reason", async () => {
  const model = scriptedModel({
    facets: (input) => {
      if (input.messages[0]!.content.includes("parcel"))
        throw new PermanentError("the key is wrong", { code: "bad_key", hint: "Check the key." });
      return plainAnswers.facets(input);
    },
  });
  const done = await memoryRun(INPUT, { stages: ["facets"], model });
  expect(done.failure).toMatchObject({ phase: "facets", code: "bad_key", hint: "Check the key." });
  expect(await done.has("facets")).toBe(false);
});

test("a batch whose retries are exhausted is a gap that reduce finds", async () => {
  const model = scriptedModel({
    facets: () => {
      throw new TransientError("the service is down", { code: "unavailable" });
    },
  });
  const done = await memoryRun(INPUT, { stages: ["facets"], model });
  expect(done.failure).toMatchObject({ phase: "facets", code: "unavailable" });
});

test("an unexpected error does not bring its message, which may hold content, into the record", async () => {
  const model = scriptedModel({
    facets: ({ messages }) => {
      throw new Error(`cannot parse ${messages[0]!.content}`);
    },
  });
  const done = await memoryRun(INPUT, { stages: ["facets"], model });
  expect(JSON.stringify([done.run, done.failure, done.log.lines])).not.toContain("bread");
  expect(done.failure?.code).toBe("unexpected");
});

test("an invalid answer costs its item alone: placeholder facets, a ledger entry, a warning, still assigned", async () => {
  const model = scriptedModel({
    facets: (input) => {
      if (input.messages[0]!.content.endsWith("number 3"))
        throw new BadAnswerError("no JSON", { code: "invalid_json" });
      return plainAnswers.facets(input);
    },
  });
  const done = await memoryRun(INPUT, { stages: ["clustering"], model });
  expect(done.run.counts).toMatchObject({ read: 60, assigned: 60, failed: 0, fallback_facets: 9 });
  expect((await done.rows("facets")).filter(({ status }) => status === "fallback")).toHaveLength(9);
});

test("a later attempt asks nothing again that is answered, and its artifacts are the same", async () => {
  let broken = true;
  const model = scriptedModel({
    label: (input) => {
      if (broken) throw new PermanentError("out of quota", { code: "quota" });
      return plainAnswers.label(input);
    },
  });
  const first = await memoryRun(INPUT, { model });
  expect(first.failure?.code).toBe("quota");
  const facetsCalls = model.calls.facets;
  broken = false;
  const second = await memoryRun(INPUT, { model, earlier: first });
  expect(second.failure).toBeNull();
  expect(model.calls.facets).toBe(facetsCalls);
  const whole = await memoryRun(INPUT, {});
  for (const name of ["labeled_clusters", "hierarchy", "privacy_audit"] as const)
    expect(await second.json(name)).toEqual(await whole.json(name));
});

test("a changed later setting reuses the phases before it and makes those after it anew", async () => {
  const model = scriptedModel();
  const first = await memoryRun(INPUT, { model, config: { k: 2 } });
  const before = { ...model.calls };
  const second = await memoryRun(INPUT, { model, config: { k: 1 }, earlier: first });
  expect(second.failure).toBeNull();
  expect(model.calls.facets).toBe(before.facets);
  expect(model.calls.label).toBeGreaterThan(before.label);
  expect(second.run.phase_states).toMatchObject({
    facets: { status: "reused" },
    embed: { status: "reused" },
    cluster: { status: "done" },
  });
  expect((await second.json("base_clusters")).clusters).toHaveLength(1);

  const third = await memoryRun(INPUT, { model, config: { k: 2 }, earlier: second });
  expect(third.run.counts).toEqual(first.run.counts);
  expect(await third.json("hierarchy")).toEqual(await first.json("hierarchy"));
});

test("a run extended by further phases keeps what it has", async () => {
  const model = scriptedModel();
  const first = await memoryRun(INPUT, { model, stages: ["clustering"] });
  const second = await memoryRun(INPUT, { model, stages: ["privacy"], earlier: first });
  expect(second.failure).toBeNull();
  expect(model.calls.facets).toBe(60);
  expect(second.run.phase_states["map"]?.status).toBe("reused");
});

test("reduce may ask to be polled, and is", async () => {
  const real = allPhases.get("embed")!;
  let polls = 0;
  const phases = withPhase("embed", {
    reduce: async (context, round): Promise<ReduceAnswer> =>
      polls++ < 3 ? { next: "poll", afterSeconds: 5 } : real.reduce(context, round),
  });
  const done = await memoryRun(INPUT, { stages: ["clustering"], phases });
  expect(done.failure).toBeNull();
  expect(polls).toBe(4);
});

test("a phase cannot read what its row of the table does not list", async () => {
  const real = allPhases.get("map")!;
  const phases = withPhase("map", {
    plan: async (context, round) => {
      await context.artifacts.rowCount("users");
      return real.plan(context, round);
    },
  });
  const done = await memoryRun(INPUT, { stages: ["clustering"], phases });
  expect(done.failure).toMatchObject({ phase: "map", code: "not_in_table" });
});

test("an artifact that breaks its schema is never shown", async () => {
  const real = allPhases.get("label")!;
  const phases = withPhase("label", {
    reduce: async (context, round): Promise<ReduceAnswer> => {
      const answer = await real.reduce(context, round);
      if (answer.next !== "done") return answer;
      const broken = { ...answer.artifacts.labeled_clusters!, extra: true };
      return { ...answer, artifacts: { ...answer.artifacts, labeled_clusters: broken } };
    },
  });
  const done = await memoryRun(INPUT, { stages: ["labeling"], phases });
  expect(done.failure?.phase).toBe("label");
  expect(await done.has("labeled_clusters")).toBe(false);
});

test("events are written by plan and reduce only: their number does not grow with the batches", async () => {
  const few = await memoryRun(INPUT, { stages: ["facets"], config: { facet_batch_size: 60 } });
  const many = await memoryRun(INPUT, { stages: ["facets"], config: { facet_batch_size: 1 } });
  const count = async (run: typeof few): Promise<number> =>
    (await run.runs.readEvents("test-run", { after: 0, limit: 1000 })).length;
  expect(await count(many)).toBe(await count(few));
});
