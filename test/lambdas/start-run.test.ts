import { expect, test } from "vitest";
import { startRun } from "../../lambdas/start-run.ts";
import { PermanentError } from "../../shared/errors.ts";
import { BUCKET_CONFIG_KEY, inputConfigKey, inputLocationKey, userHashKey } from "../../shared/keys.ts";
import { chatsAbout, jsonlOf } from "../helpers/memory-run.ts";
import { memoryAws } from "../helpers/memory-aws.ts";

const CHATS = jsonlOf(chatsAbout(["track a parcel", "reset a password"], 40));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function onlyRun(aws: ReturnType<typeof memoryAws>) {
  const { runs } = await aws.runs.list({ limit: 10 });
  expect(runs).toHaveLength(1);
  return runs[0]!;
}

test("a dropped input becomes a run: recorded, owned by its execution, input and key kept", async () => {
  const aws = memoryAws();
  const event = aws.drop("incoming/week one/chats.jsonl", CHATS);
  const answer = await startRun(event, aws.start, aws.call);

  const run = await onlyRun(aws);
  expect(answer).toEqual({ run_id: run.run_id, started: true });
  expect(run).toMatchObject({
    status: "running",
    attempt: 1,
    dataset: { name: "chats.jsonl", bytes: CHATS.length },
    owner: { id: `${run.run_id}-1`, host: "step-functions" },
  });
  expect([...aws.executions.keys()]).toEqual([`${run.run_id}-1`]);
  const { input } = aws.executions.get(`${run.run_id}-1`)!;
  expect(Object.keys(input.phases)).toEqual(run.phases);
  expect(run.phases).toContain("publish");
  expect(await aws.objects.head(inputLocationKey(run.run_id))).not.toBeNull();
  expect((await aws.objects.get(userHashKey(run.run_id)))?.length).toBe(32);
});

test("the same event again starts nothing, while the run lives and after its end", async () => {
  const aws = memoryAws();
  const event = aws.drop("incoming/chats.jsonl", CHATS);
  await startRun(event, aws.start, aws.call);
  const { run_id: runId, attempt } = await onlyRun(aws);
  expect(await startRun(event, aws.start, aws.call)).toEqual({ run_id: runId, started: false });

  const run = (await aws.runs.get(runId))!;
  await aws.runs.swap({
    ...run,
    revision: run.revision + 1,
    status: "done",
    owner: null,
    finished_at: run.updated_at,
  });
  expect(await startRun(event, aws.start, aws.call)).toEqual({ run_id: runId, started: false });
  expect((await onlyRun(aws)).attempt).toBe(attempt);
  expect(aws.executions.size).toBe(1);
});

test("of events at the same moment one starts the run", async () => {
  const aws = memoryAws();
  const event = aws.drop("incoming/chats.jsonl", CHATS);
  const answers = await Promise.all([1, 2, 3, 4].map(() => startRun(event, aws.start, aws.call)));
  expect(answers.filter((answer) => "started" in answer && answer.started)).toHaveLength(1);
  expect(aws.executions.size).toBe(1);
});

test("a start that was cut off between the record and the execution is finished by the next try", async () => {
  const aws = memoryAws();
  const event = aws.drop("incoming/chats.jsonl", CHATS);
  const broken = {
    ...aws.start,
    starter: { ...aws.starter, start: () => Promise.reject(new RangeError("cut off")) },
  };
  await expect(startRun(event, broken, aws.call)).rejects.toThrow("cut off");
  const run = await onlyRun(aws);
  expect(run.status).toBe("running");
  expect(aws.executions.size).toBe(0);

  await startRun(event, aws.start, aws.call);
  expect([...aws.executions.keys()]).toEqual([`${run.run_id}-1`]);
  expect((await onlyRun(aws)).attempt).toBe(1);
});

test("another content, another name and other settings are other runs", async () => {
  const aws = memoryAws();
  const ids = new Set<string>();
  const drop = async (key: string, bytes: Uint8Array): Promise<void> => {
    const answer = await startRun(aws.drop(key, bytes), aws.start, aws.call);
    if ("run_id" in answer) ids.add(answer.run_id);
  };
  await drop("incoming/a.jsonl", CHATS);
  await drop("incoming/b.jsonl", CHATS);
  await drop("incoming/a.jsonl", CHATS.slice(0, -1));
  await aws.objects.put(BUCKET_CONFIG_KEY, utf8('{"seed": 8}'));
  await drop("incoming/a.jsonl", CHATS);
  expect(ids.size).toBe(4);
});

test.each([
  "runs/run-1/conversation.jsonl",
  "config/clio.json",
  "incoming/chats.config.json",
  "incoming/chats.csv",
  "incoming/.jsonl/",
  "incoming/../runs/x.jsonl",
  "incomingx/chats.jsonl",
])("%s is no input", async (key) => {
  const aws = memoryAws();
  expect(await startRun(aws.drop(key, CHATS), aws.start, aws.call)).toEqual({ ignored: true });
  expect((await aws.runs.list({ limit: 1 })).runs).toEqual([]);
});

test("settings beside the input stand over those of the bucket", async () => {
  const aws = memoryAws();
  await aws.objects.put(BUCKET_CONFIG_KEY, utf8('{"seed": 8, "min_users": 3}'));
  await aws.objects.put(inputConfigKey("incoming/chats.jsonl.gz"), utf8('{"seed": 9}'));
  await startRun(aws.drop("incoming/chats.jsonl.gz", CHATS), aws.start, aws.call);
  expect((await onlyRun(aws)).config).toMatchObject({ seed: 9, min_users: 3, min_conversations: 15 });
});

test.each([
  ["no JSON", "{secret", "are not JSON"],
  ["no object", "[1]", "are not a JSON object"],
  ["an unknown key", '{"sede": 1}', "do not fit at sede"],
  ["a wrong value", '{"seed": "canary-value"}', "do not fit at seed"],
])("settings with %s end as a failed run that says so", async (_kind, text, words) => {
  const aws = memoryAws();
  await aws.objects.put(BUCKET_CONFIG_KEY, utf8(text));
  await startRun(aws.drop("incoming/chats.jsonl", CHATS), aws.start, aws.call);
  const run = await onlyRun(aws);
  expect(run).toMatchObject({ status: "failed", owner: null, failure: { code: "bad_config" } });
  expect(run.failure?.message).toContain(words);
  expect(JSON.stringify(run) + aws.log.lines.join("")).not.toMatch(/canary-value|secret/);
  expect(aws.executions.size).toBe(0);
});

const STAGE = { provider: "openai", model: "gpt-4.1-mini", max_cost_usd: 10 } as const;

test("a run takes whom it asks from its stage, and what else it may set from its settings", async () => {
  const aws = memoryAws({ stage: STAGE });
  await aws.objects.put(
    inputConfigKey("incoming/chats.jsonl"),
    utf8('{"provider": "openai", "model_context_tokens": 8000, "max_cost_usd": 2}'),
  );
  await startRun(aws.drop("incoming/chats.jsonl", CHATS), aws.start, aws.call);
  expect(await onlyRun(aws)).toMatchObject({
    status: "running",
    config: { ...STAGE, max_cost_usd: 2, model_context_tokens: 8000 },
  });
});

test.each([
  [BUCKET_CONFIG_KEY, '{"model_base_url": "https://canary.example/v1"}', "provider_not_of_stage"],
  [inputConfigKey("incoming/chats.jsonl"), '{"provider": "offline"}', "provider_not_of_stage"],
  [inputConfigKey("incoming/chats.jsonl"), '{"trace_content": true}', "provider_not_of_stage"],
  [BUCKET_CONFIG_KEY, '{"max_cost_usd": 11}', "cost_above_stage"],
  [BUCKET_CONFIG_KEY, '{"max_cost_usd": null}', "cost_above_stage"],
  [BUCKET_CONFIG_KEY, '{"price_input": 0}', "provider_not_of_stage"],
])("%s with %s ends as a failed run: %s", async (key, text, code) => {
  const aws = memoryAws({ stage: STAGE });
  await aws.objects.put(key, utf8(text));
  await startRun(aws.drop("incoming/chats.jsonl", CHATS), aws.start, aws.call);
  const run = await onlyRun(aws);
  expect(run).toMatchObject({ status: "failed", config: STAGE, failure: { phase: null, code } });
  expect(run.failure?.message).toContain(Object.keys(JSON.parse(text) as object)[0]);
  expect(run.failure?.hint).toContain("stage");
  expect(JSON.stringify(run) + aws.log.lines.join("")).not.toContain("canary");
  expect(aws.executions.size).toBe(0);
});

test("the same file is another run once the stage asks another model, and the same one under a higher limit", async () => {
  const ids = [];
  for (const stage of [STAGE, { ...STAGE, max_cost_usd: 20 }, { ...STAGE, model: "gpt-4.1" }]) {
    const aws = memoryAws({ stage });
    await startRun(aws.drop("incoming/chats.jsonl", CHATS), aws.start, aws.call);
    ids.push((await onlyRun(aws)).run_id);
  }
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});

test("an input that is gone by now ends as a failed run", async () => {
  const aws = memoryAws();
  const gone = {
    ...aws.start,
    openInput: () => Promise.reject(new PermanentError("the input is gone", { code: "input_not_found" })),
  };
  await startRun(aws.drop("incoming/chats.jsonl", CHATS), gone, aws.call);
  expect(await onlyRun(aws)).toMatchObject({ status: "failed", failure: { code: "input_not_found" } });
});
