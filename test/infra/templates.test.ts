import { expect, test } from "vitest";
import { apiEnvironment, phaseEnvironment, startEnvironment } from "../../shared/contracts/aws.ts";
import { pipeline } from "../../shared/pipeline.ts";
import { stateMachineDefinition } from "../../infra/state-machine.ts";
import { entryOf } from "./policies.ts";
import type { Context, StackTemplate } from "./support.ts";
import { resourcesOf, templatesOf } from "./support.ts";

/** A template as it is compared: without hashes of assets, and the machine's definition as what it says. */
function readable(template: StackTemplate): unknown {
  return JSON.parse(JSON.stringify(template), (name, value: unknown) => {
    if (typeof value !== "string") return value;
    if (name === "DefinitionString") return JSON.parse(value) as unknown;
    return value.replace(/[0-9a-f]{64}/g, "<hash>");
  });
}

function machineOf(template: StackTemplate): unknown {
  const [, machine] = resourcesOf(template, "AWS::StepFunctions::StateMachine")[0]!;
  return JSON.parse(String(machine.Properties!["DefinitionString"]));
}

test.each(["dev", "local"])("stacks of %s", async (stage) => {
  for (const [name, template] of Object.entries(templatesOf({ stage }))) {
    await expect(`${JSON.stringify(readable(template), null, 1)}\n`).toMatchFileSnapshot(
      `snapshots/${stage}-${name}.json`,
    );
  }
});

const prod = templatesOf({ stage: "prod", retentionDays: "90" });

test("the machine that is deployed is the one of the table, with every function in its place", () => {
  const expected = stateMachineDefinition(pipeline, {
    functionArn: (entry) => `\${function_${entry}}`,
    staticMapConcurrency: null,
  });
  expect(machineOf(prod.pipeline)).toEqual(JSON.parse(JSON.stringify(expected)));
  const [, machine] = resourcesOf(prod.pipeline, "AWS::StepFunctions::StateMachine")[0]!;
  const given = Object.keys(machine.Properties!["DefinitionSubstitutions"] as object).sort();
  expect(given).toEqual(
    [...pipeline.map(({ name }) => name), "end"].map((entry) => `function_${entry}`).sort(),
  );
});

test("each function has the environment its schema wants, on Node 24 and ARM, as its row says", () => {
  const schemas = new Map<string, typeof phaseEnvironment | typeof startEnvironment | typeof apiEnvironment>([
    ...pipeline.map(({ name }): [string, typeof phaseEnvironment] => [name, phaseEnvironment]),
    ["start", startEnvironment],
    ["read", apiEnvironment],
  ]);
  const functions = new Map(
    [
      ...resourcesOf(prod.pipeline, "AWS::Lambda::Function"),
      ...resourcesOf(prod.web, "AWS::Lambda::Function"),
    ].map(([id, fn]) => [entryOf(id, fn), fn.Properties!]),
  );
  for (const [entry, schema] of schemas) {
    const { Variables } = functions.get(entry)!["Environment"] as { Variables: Record<string, unknown> };
    const values = Object.fromEntries(
      Object.entries(Variables).map(([name, value]) => [
        name,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    );
    expect(Object.keys(schema.parse(values)).sort(), entry).toEqual(Object.keys(Variables).sort());
  }
  for (const row of pipeline) {
    expect(functions.get(row.name)).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: `${row.name}.handler`,
      MemorySize: row.memoryMiB,
      Timeout: row.timeLimitSeconds + 30,
    });
  }
});

test("phases that ask a provider carry the encoder, the others do not", () => {
  const codeOf = (entry: string): string =>
    JSON.stringify(
      resourcesOf(prod.pipeline, "AWS::Lambda::Function").find(([id, fn]) => entryOf(id, fn) === entry)![1]
        .Properties!["Code"],
    );
  const encoder = codeOf("check-provider");
  expect(codeOf("start")).not.toBe(encoder);
  for (const { name, asks, needs } of pipeline)
    expect(codeOf(name) === encoder, name).toBe(asks.length > 0 || needs.includes("embedder"));
});

test("buckets: encrypted, TLS only, closed to the public, unversioned, aborted uploads go, and runs expire as asked", () => {
  for (const template of Object.values(prod)) {
    for (const [id, bucket] of resourcesOf(template, "AWS::S3::Bucket")) {
      expect(bucket.Properties, id).toMatchObject({
        BucketEncryption: expect.anything(),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
      expect(bucket.Properties).not.toHaveProperty("VersioningConfiguration");
      const { Rules } = bucket.Properties!["LifecycleConfiguration"] as { Rules: Record<string, unknown>[] };
      expect(Rules).toContainEqual(
        expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
      );
      const policy = resourcesOf(template, "AWS::S3::BucketPolicy").find(([, { Properties }]) =>
        JSON.stringify(Properties!["Bucket"]).includes(id),
      )![1];
      expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
      if (/^(Private|Published)/.test(id))
        expect(Rules).toContainEqual(expect.objectContaining({ ExpirationInDays: 90 }));
    }
  }
});

test("prod keeps its data and its stacks; dev and local do not", () => {
  const policies = (context: Context): unknown[] =>
    Object.values(templatesOf(context).data.Resources)
      .filter(({ Type }) => Type !== "AWS::S3::BucketPolicy")
      .map((resource) => resource["DeletionPolicy"]);
  expect(new Set(policies({ stage: "prod" }))).toEqual(new Set(["Retain"]));
  expect(new Set(policies({ stage: "dev" }))).toEqual(new Set(["Delete"]));
  const [, table] = resourcesOf(prod.data, "AWS::DynamoDB::Table")[0]!;
  expect(table.Properties).toMatchObject({
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    BillingMode: "PAY_PER_REQUEST",
    TimeToLiveSpecification: { AttributeName: "expires_at", Enabled: true },
  });
});

test("local holds no type that the emulator lacks, and no custom resource", () => {
  const types = Object.values(templatesOf({ stage: "local" })).flatMap(({ Resources }) =>
    Object.values(Resources).map(({ Type }) => Type),
  );
  expect(types.filter((type) => /^Custom::|CloudFront|MetricFilter|CompositeAlarm/.test(type))).toEqual([]);
});

test("events: inputs start runs, bad ends reach the backstop, what is undelivered is kept", () => {
  const rules = resourcesOf(prod.pipeline, "AWS::Events::Rule").map(([, { Properties }]) => Properties!);
  const [dropped, ended] = ["aws.s3", "aws.states"].map((source) =>
    rules.find(({ EventPattern }) => JSON.stringify(EventPattern).includes(source))!,
  );
  expect(dropped!["EventPattern"]).toMatchObject({
    "detail-type": ["Object Created"],
    detail: { object: { key: [{ wildcard: "incoming/*.jsonl" }, { wildcard: "incoming/*.jsonl.gz" }] } },
  });
  expect(ended!["EventPattern"]).toMatchObject({ detail: { status: ["FAILED", "TIMED_OUT", "ABORTED"] } });
  for (const rule of [dropped, ended])
    expect(rule!["Targets"]).toMatchObject([
      { DeadLetterConfig: expect.anything(), RetryPolicy: expect.anything() },
    ]);
  const configs = resourcesOf(prod.pipeline, "AWS::Lambda::EventInvokeConfig");
  expect(configs).toHaveLength(2);
  for (const [, { Properties }] of configs)
    expect(Properties).toMatchObject({ DestinationConfig: { OnFailure: expect.anything() } });
});

test("the API: health is open, the rest wants a signature", () => {
  const methods = resourcesOf(prod.web, "AWS::ApiGateway::Method").map(([, { Properties }]) =>
    [Properties!["HttpMethod"], Properties!["AuthorizationType"]].join(" "),
  );
  expect(methods.sort()).toEqual(["ANY AWS_IAM", "GET NONE"]);
});

test("alarms tell the address given, and nobody when there is none", () => {
  const actions = (context: Context): number[] =>
    resourcesOf(templatesOf(context).pipeline, "AWS::CloudWatch::Alarm").map(
      ([, { Properties }]) => ((Properties!["AlarmActions"] ?? []) as unknown[]).length,
    );
  expect(actions({ stage: "dev", alarmEmail: "team@example.com" })).toEqual(
    Array.from({ length: 7 }, () => 1),
  );
  expect(actions({ stage: "dev" })).toEqual(Array.from({ length: 7 }, () => 0));
});

test("a bucket that is there already takes the place of a new one", () => {
  const own = templatesOf({ stage: "dev", privateBucketName: "our-conversations" });
  const ids = resourcesOf(own.data, "AWS::S3::Bucket").map(([id]) => id.replace(/[0-9A-F]{8}$/, ""));
  expect(ids.sort()).toEqual(["AccessLogs", "Published"]);
  expect(JSON.stringify(own.pipeline)).toContain("our-conversations");
});
