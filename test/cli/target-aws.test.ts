import { afterEach, beforeEach, expect, test } from "vitest";
import type { Stores } from "../../cli/compose.ts";
import { startRun } from "../../lambdas/start-run.ts";
import { runStep } from "../../lambdas/step.ts";
import { memoryObjectStore } from "../../shared/adapters/memory/object-store.ts";
import { stageProvider } from "../../shared/config.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { chatsAbout, jsonlOf } from "../helpers/memory-run.ts";
import { memoryAws } from "../helpers/memory-aws.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { answerOf, clio } from "./support.ts";
import type { ClioResult } from "./support.ts";

/** `--target aws` over an account in memory: what the commands do, not what AWS does. */
let folder: TemporaryFolder;
let aws: ReturnType<typeof memoryAws>;
let published: Stores["published"];
let aborted: string[];
let stages: string[];

beforeEach(async () => {
  folder = await temporaryFolder();
  aws = memoryAws();
  published = memoryObjectStore();
  aborted = [];
  stages = [];
});
afterEach(() => folder.remove());

function onAws(...args: string[]): Promise<ClioResult> {
  const stores: Stores = {
    objects: aws.objects,
    published,
    runs: aws.runs,
    budget: aws.budget,
    clock: systemClock,
    executions: { starter: aws.starter, dropAt: "s3://private/incoming/" },
    folder: (runId) => `s3://private/runs/${runId}/`,
    abortUploads: async (runId) => {
      aborted.push(runId);
    },
  };
  return clio([...args, "--target", "aws"], {
    cwd: folder.path,
    columns: 200,
    deps: {
      openStage: async (stage) => {
        stages.push(stage);
        return stores;
      },
    },
  });
}

async function started(name = "chats"): Promise<string> {
  const event = aws.drop(`incoming/${name}.jsonl`, jsonlOf(chatsAbout([name], 20)));
  const answer = await startRun(event, aws.start, aws.call);
  return "run_id" in answer ? answer.run_id : "";
}

test("an empty stage says how a run is made; the stage is dev unless named", async () => {
  const { code, stdout, stderr } = await onAws("list-runs");
  expect(code).toBe(0);
  expect(stdout + stderr).toContain("There are no runs in stage dev");
  expect(stdout + stderr).toContain("aws s3 cp chats.jsonl s3://private/incoming/");
  await onAws("list-runs", "--stage", "prod");
  expect(stages).toEqual(["dev", "prod"]);
});

test("runs are listed and shown with where they are; one whose execution is gone is abandoned", async () => {
  const runId = await started();
  const listed = answerOf(await onAws("list-runs", "--json"));
  expect(listed).toMatchObject({
    runs: [{ run_id: runId, status: "running", abandoned: false, folder: `s3://private/runs/${runId}/` }],
  });
  await aws.starter.stop(runId, 1);
  expect(answerOf(await onAws("list-runs", "--json"))).toMatchObject({ runs: [{ abandoned: true }] });
  const shown = await onAws("inspect-run", "--run-id", runId);
  expect(shown.code).toBe(0);
  expect(shown.stdout + shown.stderr).toContain(`clio run --run-id ${runId} --resume --target aws`);
});

test("a run goes on in a new execution, with settings that are said", async () => {
  const runId = await started();
  await aws.starter.stop(runId, 1);
  const answer = answerOf(await onAws("run", "--run-id", runId, "--resume", "--min-users", "3", "--json"));
  expect(answer).toMatchObject({ run: { attempt: 2, execution: `${runId}-2` } });
  expect([...aws.executions.keys()]).toEqual([`${runId}-1`, `${runId}-2`]);
  expect((await aws.runs.get(runId))?.config).toMatchObject({ min_users: 3 });
});

/** A run that has ended, gone on with for an evaluation whose first run has just been started. */
async function evaluating(): Promise<{ runId: string; child: string }> {
  const runId = await started();
  await aws.starter.stop(runId, 1);
  const asked = await onAws("run", "--run-id", runId, "--resume", "--with-eval", "--eval-count", "20");
  expect(asked.code, asked.stderr).toBe(0);
  const evaluate = aws.step("evaluate", "incoming/chats.jsonl");
  const at = { run_id: runId, attempt: 2 };
  await runStep({ verb: "plan", ...at, round: 0 }, evaluate, aws.call);
  await runStep({ verb: "batch", ...at, round: 0, batch: 0 }, evaluate, aws.call);
  await runStep({ verb: "reduce", ...at, round: 0 }, evaluate, aws.call);
  await runStep({ verb: "plan", ...at, round: 1 }, evaluate, aws.call);
  const polled = await runStep({ verb: "reduce", ...at, round: 1 }, evaluate, aws.call);
  expect(polled).toEqual({ next: "poll", after_seconds: 5 });
  const child = [...aws.executions.keys()].at(-1)!.replace(/-1$/, "");
  return { runId, child };
}

test("a run that has ended goes on with an evaluation when that is asked for", async () => {
  const { runId, child } = await evaluating();
  expect((await aws.runs.get(runId))?.phases).toContain("evaluate");
  expect(aws.executions.get(`${runId}-2`)?.input.phases).toMatchObject({ publish: true, evaluate: true });
  expect(child).toMatch(new RegExp(`^${runId}-eval-[0-9a-f]{6}$`));
  expect(await aws.runs.get(child)).toMatchObject({ status: "running", config: { limit: 20 } });
});

test("stopping it stops the run of the evaluation that is under way; resumed, that goes on too", async () => {
  const { runId, child } = await evaluating();
  await onAws("stop", "--run-id", runId, "--no-wait");
  expect(await aws.starter.isRunning(runId, 2)).toBe(false);
  expect(await aws.starter.isRunning(child, 1)).toBe(false);
  expect((await aws.runs.get(child))?.stop_requested_at).not.toBeNull();

  // Before anything has marked the two as stopped.
  await onAws("run", "--run-id", runId, "--resume");
  const evaluate = aws.step("evaluate", "incoming/chats.jsonl");
  const at = { run_id: runId, attempt: 3 };
  await runStep({ verb: "plan", ...at, round: 1 }, evaluate, aws.call);
  const polled = await runStep({ verb: "reduce", ...at, round: 1 }, evaluate, aws.call);
  expect(polled).toMatchObject({ next: "poll" });
  expect(await aws.starter.isRunning(child, 2)).toBe(true);
});

test("while its execution lives it is not started again", async () => {
  const runId = await started();
  const result = await onAws("run", "--run-id", runId, "--resume");
  expect(result.code).toBe(1);
  expect(aws.executions.size).toBe(1);
});

test.each([
  [["run", "--with-privacy"], "aws s3 cp chats.jsonl s3://private/incoming/"],
  [["run", "--input", "mine.jsonl"], "aws s3 cp mine.jsonl s3://private/incoming/"],
  [["run", "--run-id", "abc", "--resume", "--input", "mine.jsonl"], "Leave --input out"],
])("%j is no way to start a run of a stage, and says what is", async (args, hint) => {
  const { code, stderr } = await onAws(...args);
  expect(code).toBe(2);
  expect(stderr).toContain(hint);
});

test("stopping asks the run, ends its execution and leaves marking it to the backstop", async () => {
  const runId = await started();
  const answer = answerOf(await onAws("stop", "--run-id", runId, "--no-wait", "--json"));
  expect(answer).toMatchObject({ outcome: "asked" });
  expect(await aws.starter.isRunning(runId, 1)).toBe(false);
  expect((await aws.runs.get(runId))?.stop_requested_at).not.toBeNull();
});

test("pruning removes objects of both buckets, open uploads and the record, and nothing else", async () => {
  const old = await started("old");
  const kept = await started("kept");
  for (const runId of [old, kept]) {
    await aws.objects.put(`runs/${runId}/facets/facets.jsonl`, new Uint8Array(3));
    await published.put(`runs/${runId}/published/latest.json`, new Uint8Array(5));
    await aws.starter.stop(runId, 1);
  }
  await aws.objects.put("incoming/old.jsonl", new Uint8Array(1));
  const order = (await aws.runs.list({ limit: 10 })).runs.map((run) => run.run_id);
  const pruned = answerOf(await onAws("prune-runs", "--keep-last", "1", "--yes", "--json"));
  expect(pruned).toMatchObject({ removed: true, runs: [{ run_id: order[1] }] });
  const left = async (store: Stores["objects"]): Promise<string[]> =>
    (await Array.fromAsync(store.list("runs/"))).map(({ key }) => key.split("/")[1]!);
  expect(new Set(await left(aws.objects))).toEqual(new Set([order[0]]));
  expect(await left(published)).toEqual([order[0]]);
  expect(aborted).toEqual([order[1]]);
  expect(await aws.objects.head("incoming/old.jsonl")).not.toBeNull();
  expect((await aws.runs.list({ limit: 10 })).runs.map((run) => run.run_id)).toEqual([order[0]]);
});

test("a running run stays", async () => {
  const runId = await started();
  const pruned = answerOf(await onAws("prune-runs", "--keep-last", "0", "--yes", "--json"));
  expect(pruned).toMatchObject({ runs: [], running: [runId] });
});

test("forgetting drops the input anew without the user, and removes the run and what it was made from", async () => {
  const chats = chatsAbout(["old"], 20, 5);
  const event = aws.drop("incoming/chats.jsonl", jsonlOf(chats));
  const answer = await startRun(event, aws.start, aws.call);
  const runId = "run_id" in answer ? answer.run_id : "";
  await aws.objects.put("incoming/chats.jsonl", jsonlOf(chats));
  const step = (verb: "plan" | "reduce", round: number) =>
    runStep({ verb, run_id: runId, attempt: 1, round }, aws.step("ingest", "incoming/chats.jsonl"), aws.call);
  for (const round of [0, 1]) {
    const plan = await step("plan", round);
    if ("next" in plan && plan.next === "map")
      for (const batch of plan.batches)
        await runStep(
          { verb: "batch", run_id: runId, attempt: 1, round, batch },
          aws.step("ingest", "incoming/chats.jsonl"),
          aws.call,
        );
    await step("reduce", round);
  }
  await aws.starter.stop(runId, 1);
  await published.put(`runs/${runId}/published/latest.json`, new Uint8Array(5));

  const forgotten = answerOf(await onAws("forget", "--user", "user-2", "--yes", "--json"));
  expect(forgotten).toMatchObject({ runs: [{ run_id: runId, conversations: 4 }] });
  const dropped = await aws.objects.get(`incoming/remade/${runId}-again-1.jsonl`);
  const rows = Buffer.from(dropped!).toString().trimEnd().split("\n");
  expect(rows).toHaveLength(16);
  expect(rows.join("")).not.toContain('"chat-2"');
  expect(await aws.objects.head(`incoming/remade/${runId}-again-1.config.json`)).not.toBeNull();
  // It asks whom its stage asks by now.
  const stage = stageProvider.parse({ provider: "openai", max_cost_usd: 5 });
  const again = await startRun(
    aws.drop(`incoming/remade/${runId}-again-1.jsonl`, dropped!),
    { ...aws.start, stage },
    aws.call,
  );
  expect(again).toMatchObject({ started: true });
  expect(await aws.objects.head("incoming/chats.jsonl")).toBeNull();
  for (const store of [aws.objects, published])
    expect(await Array.fromAsync(store.list(`runs/${runId}/`))).toEqual([]);
  expect(await aws.runs.get(runId)).toBeNull();
});

test("a stage that cannot be found says what to do, without names of the account", async () => {
  const { code, stderr } = await clio(["list-runs", "--target", "aws", "--stage", "Not A Stage"], {
    cwd: folder.path,
  });
  expect(code).toBe(2);
  expect(stderr).toContain("for example dev");
});
