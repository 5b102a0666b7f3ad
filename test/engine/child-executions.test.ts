import { inThisThread } from "../../shared/domain/compute.ts";
import { beforeEach, expect, test } from "vitest";
import { memoryBudget } from "../../shared/adapters/memory/budget.ts";
import { childExecutions } from "../../shared/engine/child-executions.ts";
import { launchRun } from "../../shared/engine/execution.ts";
import { markEndedBadly } from "../../lambdas/end-run.ts";
import { startRun } from "../../lambdas/start-run.ts";
import { defaultConfig } from "../../shared/config.ts";
import type { RunManifest } from "../../shared/contracts/run.ts";
import { openSession } from "../../shared/engine/session.ts";
import { inputLocationKey, ownInputKey, userHashKey } from "../../shared/keys.ts";
import type { ChildRun, ChildState } from "../../shared/ports/child-runs.ts";
import { evaluatePhase } from "../../shared/phases/evaluate.ts";
import { bytesInput } from "../../shared/adapters/memory/bytes-input.ts";
import { chatsAbout, jsonlOf } from "../helpers/memory-run.ts";
import { memoryAws } from "../helpers/memory-aws.ts";
import { hashingEmbedder, scriptedModel } from "../helpers/scripted-provider.ts";

const CONTENT = jsonlOf(chatsAbout(["bake bread"], 20));
const CHILD: ChildRun = {
  runId: "parent-eval-0a1b2c",
  title: "quality (1 of 3)",
  config: { ...defaultConfig(), seed: 11 },
  phases: ["ingest", "facets"],
  input: { name: "synthetic.jsonl", content: async () => CONTENT },
};

let aws: ReturnType<typeof memoryAws>;
let parent: RunManifest;

beforeEach(async () => {
  aws = memoryAws();
  const answer = await startRun(aws.drop("incoming/chats.jsonl", CONTENT), aws.start, aws.call);
  parent = (await aws.runs.get("run_id" in answer ? answer.run_id : ""))!;
});

const deps = () => ({
  ...aws.starting,
  objects: aws.objects,
  runs: aws.runs,
  clock: aws.clock,
  log: aws.log,
});
/** As one call of the parent's function has it: nothing is kept from call to call. */
const ensure = (attempt = 1, change: Partial<ReturnType<typeof deps>> = {}): Promise<ChildState> =>
  childExecutions({ ...deps(), ...change }, { ...parent, attempt }, "evaluate").ensure(CHILD);
const record = async (): Promise<RunManifest> => (await aws.runs.get(CHILD.runId))!;
const attempts = (): string[] => [...aws.executions.keys()].filter((name) => name.startsWith(CHILD.runId));

async function end(status: "FAILED" | "ABORTED"): Promise<void> {
  const { attempt } = await record();
  await aws.starter.stop(CHILD.runId, attempt);
  await markEndedBadly({ detail: { name: `${CHILD.runId}-${attempt}`, status } }, aws.end, aws.call);
}

async function finish(): Promise<void> {
  const run = await record();
  const at = run.updated_at;
  const done = { status: "done", fingerprint: "f".repeat(16), started_at: at, finished_at: at } as const;
  await aws.runs.swap({
    ...run,
    revision: run.revision + 1,
    status: "done",
    owner: null,
    finished_at: at,
    phase_states: { ingest: done, facets: done },
  });
}

test("the first look makes a run like any other: a record, its input and key, an execution", async () => {
  expect(await ensure()).toEqual({ state: "running", lookAgainSeconds: 5 });
  expect(await record()).toMatchObject({
    status: "running",
    attempt: 1,
    phases: ["ingest", "facets"],
    config: { seed: 11 },
    dataset: { name: "synthetic.jsonl", bytes: CONTENT.length },
    model: parent.model,
    owner: { id: `${CHILD.runId}-1`, host: "step-functions" },
  });
  expect(await aws.objects.get(ownInputKey(CHILD.runId))).toEqual(CONTENT);
  const location = await aws.objects.get(inputLocationKey(CHILD.runId));
  expect(JSON.parse(Buffer.from(location!).toString())).toMatchObject({ key: ownInputKey(CHILD.runId) });
  expect((await aws.objects.get(userHashKey(CHILD.runId)))?.length).toBe(32);
  expect(aws.executions.get(`${CHILD.runId}-1`)?.input.phases).toEqual({ ingest: true, facets: true });
});

test("further looks start nothing, and come less often the longer it takes", async () => {
  await ensure();
  aws.clock.advance(20_000);
  expect(await ensure()).toEqual({ state: "running", lookAgainSeconds: 5 });
  aws.clock.advance(3_600_000);
  expect(await ensure()).toEqual({ state: "running", lookAgainSeconds: 362 });
  await finish();
  expect(await ensure()).toEqual({ state: "done" });
  expect(attempts()).toEqual([`${CHILD.runId}-1`]);
});

test("several first looks at once start one execution", async () => {
  const states = await Promise.all([ensure(), ensure(), ensure()]);
  expect(states.map(({ state }) => state)).toEqual(["running", "running", "running"]);
  expect(attempts()).toEqual([`${CHILD.runId}-1`]);
});

test("what failed is told, again and again, and tried anew by the parent's next attempt alone", async () => {
  await ensure();
  await end("FAILED");
  for (let look = 0; look < 2; look++)
    expect(await ensure()).toMatchObject({ state: "failed", failure: { code: "execution_failed" } });
  expect(attempts()).toEqual([`${CHILD.runId}-1`]);

  expect(await ensure(2)).toMatchObject({ state: "running" });
  expect(attempts()).toEqual([`${CHILD.runId}-1`, `${CHILD.runId}-2`]);
  await end("ABORTED");
  expect(await ensure(2)).toMatchObject({ state: "failed", failure: { code: "aborted" } });
  expect(attempts()).toHaveLength(2);
});

test("one that is under way since the attempt before is waited for", async () => {
  await ensure();
  expect(await ensure(2)).toMatchObject({ state: "running" });
  await finish();
  expect(await ensure(2)).toEqual({ state: "done" });
  expect(attempts()).toHaveLength(1);
});

test("an execution that ended without a mark is not waited for", async () => {
  await ensure();
  await aws.starter.stop(CHILD.runId, 1);
  expect(await ensure()).toMatchObject({ state: "failed", failure: { code: "execution_lost" } });
  // The next attempt takes it over, marked or not.
  expect(await ensure(2)).toMatchObject({ state: "running" });
  expect(await record()).toMatchObject({ status: "running", attempt: 2 });
});

test.each(["create", "execution"] as const)(
  "a first look cut off at its %s is finished by the next",
  async (at) => {
    const broken = (): Promise<never> => Promise.reject(new RangeError("cut off"));
    const change = at === "create" ? { locate: broken } : { starter: { ...aws.starter, start: broken } };
    await expect(ensure(1, change)).rejects.toThrow("cut off");
    expect(attempts()).toEqual([]);
    expect((await record()).status).toBe(at === "create" ? "pending" : "running");
    expect(await ensure()).toMatchObject({ state: "running" });
    expect(attempts()).toEqual([`${CHILD.runId}-1`]);
  },
);

test("a run that starts runs is refused as a child, on any engine", async () => {
  const asked: string[] = [];
  const owned = await launchRun({ ...deps(), clock: aws.clock }, await other());
  const session = openSession(owned, {
    ...deps(),
    budget: memoryBudget(),
    phases: new Map([
      [
        "evaluate",
        {
          ...evaluatePhase,
          plan: async () => ({ batches: 0, concurrency: 1 }),
          reduce: async ({ children }) => {
            await children.ensure({ ...CHILD, phases: ["ingest", "evaluate"] });
            return { next: "poll", afterSeconds: 1 };
          },
        },
      ],
    ]),
    published: aws.objects,
    model: scriptedModel(),
    embedder: hashingEmbedder(),
    compute: inThisThread,
    children: {
      ensure: async ({ runId }) => {
        asked.push(runId);
        return { state: "done" };
      },
    },
    input: bytesInput(CONTENT),
    userHashKey: new Uint8Array(32),
    signal: new AbortController().signal,
  });
  await session.plan("evaluate", 0);
  await expect(session.reduce("evaluate", 0)).rejects.toMatchObject({ code: "nested_runs" });
  expect(asked).toEqual([]);
});

/** A run with an evaluation, made and not started. */
async function other(): Promise<string> {
  const runId = "another";
  await aws.runs.create({
    ...parent,
    run_id: runId,
    status: "pending",
    revision: 1,
    attempt: 0,
    owner: null,
    phases: ["ingest", "evaluate"],
  });
  return runId;
}
