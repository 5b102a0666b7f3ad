import { CreateStateMachineCommand, DescribeExecutionCommand } from "@aws-sdk/client-sfn";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ACCOUNT, CREDENTIALS, REGION } from "../../localstack/environment.ts";
import { stepFunctionsClient } from "../../shared/adapters/aws/clients.ts";
import { stepFunctionsRunStarter } from "../../shared/adapters/aws/run-starter.ts";
import { ErrorName } from "../../shared/errors.ts";
import type { RunStarter } from "../../shared/ports/run-starter.ts";
import type { Ministack } from "../helpers/ministack.ts";
import { hasMinistack, startMinistack } from "../helpers/ministack.ts";
import { scriptedHttp } from "../recipes/scripted-http.ts";

const WAITING = JSON.stringify({
  StartAt: "Wait",
  States: { Wait: { Type: "Wait", Seconds: 600, End: true } },
});
const ROLE = `arn:aws:iam::${ACCOUNT}:role/none`;
const MACHINE = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:clio`;

describe.skipIf(!hasMinistack())("attempts on MiniStack's Step Functions", () => {
  let ministack: Ministack;
  let client: SFNClient;
  let starter: RunStarter;
  beforeAll(async () => {
    ministack = await startMinistack();
    client = stepFunctionsClient(ministack.options);
    const made = await client.send(
      new CreateStateMachineCommand({ name: "clio", definition: WAITING, roleArn: ROLE }),
    );
    starter = stepFunctionsRunStarter({ client, stateMachine: made.stateMachineArn ?? "" });
  });
  afterAll(async () => {
    client?.destroy();
    await ministack?.stop();
  });

  test("start once, run, and end when stopped", async () => {
    expect(await starter.isRunning("run-a", 1)).toBeNull();
    expect(await starter.start("run-a", 1, ["ingest", "facets"])).toBe("started");
    expect(await starter.start("run-a", 1, ["ingest", "facets"])).toBe("exists");
    expect(await starter.isRunning("run-a", 1)).toBe(true);
    expect(await starter.isRunning("run-a", 2)).toBeNull();
    await starter.stop("run-a", 1);
    expect(await starter.isRunning("run-a", 1)).toBe(false);
    await starter.stop("run-a", 1);
    expect(await starter.start("run-a", 1, ["ingest", "facets"])).toBe("exists");
    expect(await starter.start("run-a", 2, ["ingest"])).toBe("started");
    expect(await starter.isRunning("run-a", 2)).toBe(true);
    await starter.stop("run-a", 2);
  });

  test("hand the state machine the run, the attempt and the phases", async () => {
    await starter.start("run-b", 3, ["ingest", "embed"]);
    const { input = "" } = await client.send(
      new DescribeExecutionCommand({
        executionArn: `arn:aws:states:${REGION}:${ACCOUNT}:execution:clio:run-b-3`,
      }),
    );
    expect(JSON.parse(input)).toMatchObject({
      run_id: "run-b",
      attempt: 3,
      phases: { ingest: true, embed: true },
    });
    await starter.stop("run-b", 3);
  });

  test("that never were can be stopped", async () => {
    await expect(starter.stop("run-never", 1)).resolves.toBeUndefined();
  });

  test("of a state machine that is not there are a fault of the deployment", async () => {
    const none = stepFunctionsRunStarter({ client, stateMachine: MACHINE.replace("clio", "none") });
    await expect(none.start("run-a", 1, ["ingest"])).rejects.toMatchObject({
      name: ErrorName.permanent,
      code: "no_resource",
    });
  });
});

test("no attempt of what is no run, no machine of what is no ARN", async () => {
  const client = stepFunctionsClient({ endpoint: "http://127.0.0.1:1", region: REGION });
  const starter = stepFunctionsRunStarter({ client, stateMachine: MACHINE });
  await expect(starter.start("../up", 1, ["ingest"])).rejects.toThrow(RangeError);
  await expect(starter.isRunning("run-a", 0)).rejects.toThrow(RangeError);
  await expect(starter.stop("", 1)).rejects.toThrow(RangeError);
  expect(() => stepFunctionsRunStarter({ client, stateMachine: "clio" })).toThrow(RangeError);
});

test("a repetition that Step Functions answers like the first is started, as it is one execution", async () => {
  const server = await scriptedHttp(() => ({
    status: 200,
    body: { executionArn: `${MACHINE}:run-a-1`, startDate: 1.7e9 },
  }));
  onTestFinished(server.close);
  const client = stepFunctionsClient({ endpoint: server.url, region: REGION, credentials: CREDENTIALS });
  const starter = stepFunctionsRunStarter({ client, stateMachine: MACHINE });
  expect(await starter.start("run-a", 1, ["ingest"])).toBe("started");
  expect(await starter.start("run-a", 1, ["ingest"])).toBe("started");
  const bodies = server.asked.map(({ body }) => body as { input: string; name: string });
  expect(bodies.map(({ name }) => name)).toEqual(["run-a-1", "run-a-1"]);
  expect(bodies[0]?.input).toBe(bodies[1]?.input);
});
