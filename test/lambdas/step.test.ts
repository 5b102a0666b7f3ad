import { beforeEach, expect, test } from "vitest";
import { endExecution, markEndedBadly } from "../../lambdas/end-run.ts";
import { startRun } from "../../lambdas/start-run.ts";
import { runStep } from "../../lambdas/step.ts";
import { stageProvider } from "../../shared/config.ts";
import type { ObjectCreatedEvent } from "../../shared/contracts/aws.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { launchRun } from "../../shared/engine/execution.ts";
import { PermanentError, TransientError } from "../../shared/errors.ts";
import { runFile } from "../../shared/keys.ts";
import { chatsAbout, jsonlOf } from "../helpers/memory-run.ts";
import { memoryAws } from "../helpers/memory-aws.ts";
import { scriptedModel } from "../helpers/scripted-provider.ts";

const INPUT = "incoming/chats.jsonl";
const CHATS = jsonlOf(chatsAbout(["track a parcel", "reset a password"], 40));

let aws: ReturnType<typeof memoryAws>;
let runId: string;

async function launched(options: Parameters<typeof memoryAws>[0] = {}): Promise<void> {
  aws = memoryAws(options);
  const event: ObjectCreatedEvent = aws.drop(INPUT, CHATS);
  const answer = await startRun(event, aws.start, aws.call);
  runId = "run_id" in answer ? answer.run_id : "";
}

type Verb = { verb: "plan" | "reduce" } | { verb: "batch"; batch: number };

const step = (phase: PhaseName, verb: Verb, { attempt = 1, round = 0 } = {}) =>
  runStep({ ...verb, run_id: runId, attempt, round }, aws.step(phase, INPUT), aws.call);

const end = (outcome: "done" | "failed" | "lost", phase: PhaseName | null = null, attempt = 1) =>
  endExecution({ run_id: runId, attempt, outcome, phase }, aws.end, aws.call);

const record = async () => (await aws.runs.get(runId))!;

/** Steps a phase to its end, as the state machine would. */
async function whole(phase: PhaseName, attempt = 1): Promise<string> {
  for (let round = 0; ; round++) {
    const plan = await step(phase, { verb: "plan" }, { attempt, round });
    if ("next" in plan && plan.next === "map")
      for (const batch of plan.batches) await step(phase, { verb: "batch", batch }, { attempt, round });
    const reduced = await step(phase, { verb: "reduce" }, { attempt, round });
    if (!("next" in reduced)) throw new RangeError("a reduce answers what comes next");
    if (reduced.next !== "round") return reduced.next;
  }
}

beforeEach(() => launched());

test("the answers are numbers alone, and batches say nothing", async () => {
  expect(await step("ingest", { verb: "plan" })).toEqual({
    next: "map",
    batches: [0],
    concurrency: expect.any(Number),
  });
  expect(await step("ingest", { verb: "batch", batch: 0 })).toEqual({});
  expect(await step("ingest", { verb: "reduce" })).toEqual({ next: "round", round: 1 });
});

test("every phase of a run, stepped one by one, ends as the record says", async () => {
  for (const phase of (await record()).phases) expect(await whole(phase), phase).toBe("done");
  const { status } = await end("done");
  const run = await record();
  // So few conversations make a cluster or two, which is worth a warning.
  expect(status).toBe("done_with_warnings");
  expect(run).toMatchObject({ status, owner: null, counts: { read: 40, assigned: 40, failed: 0 } });
  const manifest = await aws.objects.get(runFile(runId, "manifest"));
  expect(JSON.parse(Buffer.from(manifest!).toString())).toEqual(run);
  const events = Buffer.from((await aws.objects.get(runFile(runId, "events")))!).toString();
  expect(
    events
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { event: string }).event),
  ).toEqual(expect.arrayContaining(["run_started", "phase_started", "run_finished"]));
});

test("a batch that is there is not done again", async () => {
  const model = scriptedModel();
  await launched({ model });
  await whole("ingest");
  await step("facets", { verb: "plan" });
  await step("facets", { verb: "batch", batch: 0 });
  const calls = model.calls.facets;
  await step("facets", { verb: "batch", batch: 0 });
  expect(model.calls.facets).toBe(calls);
  expect(aws.counts.get("BatchesReused")).toBe(1);
});

test("what fails for good is a value, and the end says why", async () => {
  const failing = scriptedModel({
    facets: () => {
      throw new PermanentError("the key was refused", { code: "bad_key", hint: "Set another key." });
    },
  });
  await launched({ model: failing });
  await whole("ingest");
  await step("facets", { verb: "plan" });
  for (let batch = 0; batch < 5; batch++) expect(await step("facets", { verb: "batch", batch })).toEqual({});
  expect(await step("facets", { verb: "reduce" })).toEqual({ next: "failed" });
  expect(await end("failed", "facets")).toEqual({ status: "failed" });
  expect((await record()).failure).toMatchObject({
    phase: "facets",
    code: "bad_key",
    hint: "Set another key.",
  });
});

test("what is thrown is thrown on, without content, and is the reason when every try is used up", async () => {
  const failing = scriptedModel({
    facets: () => {
      throw new TransientError("the provider is busy", { code: "busy" });
    },
  });
  await launched({ model: failing });
  await whole("ingest");
  await step("facets", { verb: "plan" });
  await expect(step("facets", { verb: "batch", batch: 0 })).rejects.toMatchObject({ code: "busy" });
  expect(await step("facets", { verb: "reduce" })).toEqual({ next: "failed" });
  await end("failed", "facets");
  expect((await record()).failure).toMatchObject({ code: "busy" });
});

test("a step that never answered is named by the end", async () => {
  await whole("ingest");
  await end("lost", "facets");
  expect(await record()).toMatchObject({ status: "failed", failure: { phase: "facets", code: "step_lost" } });
});

test("a run that was asked to stop stops at the next step and can be resumed", async () => {
  await whole("ingest");
  await step("facets", { verb: "plan" });
  const run = await record();
  await aws.runs.swap({ ...run, revision: run.revision + 1, stop_requested_at: run.updated_at });
  expect(await step("facets", { verb: "batch", batch: 0 })).toEqual({});
  expect(await step("facets", { verb: "reduce" })).toEqual({ next: "failed" });
  await end("failed", "facets");
  expect(await record()).toMatchObject({ status: "stopped", failure: { code: "stop_requested" } });

  await aws.starter.stop(runId, 1);
  const resumed = await launchRun({ ...aws.start, clock: aws.clock, log: aws.log }, runId);
  expect(resumed).toMatchObject({ status: "running", attempt: 2 });
  expect([...aws.executions.keys()]).toEqual([`${runId}-1`, `${runId}-2`]);
  expect(await whole("facets", 2)).toBe("done");
});

test("an earlier attempt's steps do nothing once a later one owns the run", async () => {
  await whole("ingest");
  await aws.starter.stop(runId, 1);
  await launchRun({ ...aws.start, clock: aws.clock, log: aws.log }, runId);
  expect(await step("facets", { verb: "plan" })).toEqual({ next: "failed" });
  expect(await step("facets", { verb: "batch", batch: 0 })).toEqual({});
  await end("failed", "facets", 1);
  await end("done", null, 1);
  expect(await record()).toMatchObject({ status: "running", attempt: 2 });
});

test("a run is not launched again while its execution lives", async () => {
  const again = launchRun({ ...aws.start, clock: aws.clock, log: aws.log }, runId);
  await expect(again).rejects.toMatchObject({ code: "run_active" });
  expect(aws.executions.size).toBe(1);
});

test("the end may come twice", async () => {
  for (const phase of (await record()).phases) await whole(phase);
  await end("done");
  const first = await record();
  expect(await end("done")).toEqual({ status: first.status });
  expect(await record()).toEqual(first);
});

test.each([
  ["FAILED", "failed", "execution_failed"],
  ["TIMED_OUT", "failed", "execution_timed_out"],
  ["ABORTED", "stopped", "aborted"],
] as const)("the backstop marks a run whose execution is %s", async (status, expected, code) => {
  await whole("ingest");
  await step("facets", { verb: "plan" });
  const event = { detail: { name: `${runId}-1`, status } };
  expect(await markEndedBadly(event, aws.end, aws.call)).toEqual({ marked: true });
  expect(await record()).toMatchObject({ status: expected, failure: { phase: "facets", code } });
  expect(await markEndedBadly(event, aws.end, aws.call)).toEqual({ marked: false });
});

test("the backstop leaves alone what it does not know and what goes on in a later attempt", async () => {
  await aws.starter.stop(runId, 1);
  await launchRun({ ...aws.start, clock: aws.clock, log: aws.log }, runId);
  for (const name of [`${runId}-1`, "run-unknown-1", "something-else"])
    expect(await markEndedBadly({ detail: { name, status: "FAILED" } }, aws.end, aws.call)).toEqual({
      marked: false,
    });
  expect((await record()).status).toBe("running");
});

test.each([
  ["another address", { model_base_url: "https://canary.example/v1" }, "provider_not_of_stage"],
  ["a higher limit", { max_cost_usd: 1000 }, "cost_above_stage"],
])(
  "a record changed to %s than its stage's is refused before a provider is opened",
  async (_what, change, code) => {
    await launched({ stage: { max_cost_usd: 5 } });
    await whole("ingest");
    const run = await record();
    await aws.runs.swap({ ...run, revision: run.revision + 1, config: { ...run.config, ...change } });
    const opened: unknown[] = [];
    const services = {
      ...aws.step("facets", INPUT),
      provider: (config: unknown) => {
        opened.push(config);
        return Promise.reject(new RangeError("opened"));
      },
    };
    const at = { run_id: runId, attempt: 1, round: 0 };
    expect(await runStep({ verb: "plan", ...at }, services, aws.call)).toEqual({ next: "failed" });
    expect(await runStep({ verb: "batch", batch: 0, ...at }, services, aws.call)).toEqual({});
    expect(opened).toEqual([]);
    await end("failed", "facets");
    const failure = (await record()).failure;
    expect(failure).toMatchObject({ phase: "facets", code, hint: expect.stringContaining("stage") });
    expect(JSON.stringify(failure)).not.toContain("canary");
  },
);

test("a phase that asks nobody goes on, whoever its stage asks by now", async () => {
  await launched();
  const services = { ...aws.step("ingest", INPUT), stage: stageProvider.parse({ provider: "openai" }) };
  const at = { run_id: runId, attempt: 1, round: 0 };
  expect(await runStep({ verb: "plan", ...at }, services, aws.call)).toMatchObject({ next: "map" });
});

test("a provider of another version than the run's is refused", async () => {
  await whole("ingest");
  const other = scriptedModel();
  const services = aws.step("facets", INPUT);
  const changed = {
    ...services,
    provider: async () => {
      const { embedder } = await services.provider!(undefined as never, aws.call.signal);
      return { model: { ...other, identity: { ...other.identity, version: "2" } }, embedder };
    },
  };
  const answer = await runStep({ verb: "plan", run_id: runId, attempt: 1, round: 0 }, changed, aws.call);
  expect(answer).toEqual({ next: "failed" });
  await end("failed", "facets");
  expect((await record()).failure).toMatchObject({ code: "provider_changed" });
});
