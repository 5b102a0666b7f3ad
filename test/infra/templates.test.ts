import { expect, test } from "vitest";
import type * as z from "zod";
import { apiRoutes } from "../../shared/contracts/api.ts";
import type { ApiRoute } from "../../shared/contracts/api.ts";
import {
  apiEnvironment,
  cookieKeyEnvironment,
  intakeEnvironment,
  phaseEnvironment,
  readEnvironment,
  startEnvironment,
} from "../../shared/contracts/aws.ts";
import { pipeline } from "../../shared/pipeline.ts";
import { stateMachineDefinition } from "../../infra/state-machine.ts";
import { entryOf } from "./policies.ts";
import type { Context, Resource, StackTemplate } from "./support.ts";
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
  const schemas = new Map<string, z.ZodType<Record<string, unknown>>>([
    ...pipeline.map(({ name }): [string, typeof phaseEnvironment] => [name, phaseEnvironment]),
    ["start", startEnvironment],
    ["read", readEnvironment],
    ["intake", intakeEnvironment],
    ["private", apiEnvironment],
    ["cookie-key", cookieKeyEnvironment],
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

/** Paths of the gateway's resources, by logical id. */
function pathsOf(template: StackTemplate): Map<string, string> {
  const resources = new Map(resourcesOf(template, "AWS::ApiGateway::Resource"));
  const pathOf = (id: string): string => {
    const { ParentId, PathPart } = resources.get(id)!.Properties as { ParentId: object; PathPart: string };
    const parent = (ParentId as { Ref?: string }).Ref;
    return `${parent === undefined ? "" : pathOf(parent)}/${PathPart}`;
  };
  return new Map([...resources.keys()].map((id) => [id, pathOf(id)]));
}

test.each<Context>([{}, { allowRawMessages: "true" }])(
  "the gateway has the routes of the contract and no other, each but health behind its authoriser: %o",
  (context) => {
    const { web } = templatesOf({ stage: "prod", ...context });
    const paths = pathsOf(web);
    const methods = resourcesOf(web, "AWS::ApiGateway::Method").map(([, { Properties }]) => Properties!);
    const found = methods.map(
      ({ HttpMethod, ResourceId }) =>
        `${String(HttpMethod)} ${paths.get((ResourceId as { Ref: string }).Ref)}`,
    );
    const expected = Object.values<ApiRoute>(apiRoutes)
      .filter(({ right }) => right !== "reveal" || "allowRawMessages" in context)
      .map(
        ({ method, path }) =>
          `${method} /api${path.replaceAll(/:(\w+)\{\.\+\}/g, "{$1+}").replaceAll(/:(\w+)/g, "{$1}")}`,
      );
    expect(found.sort()).toEqual(expected.sort());
    const [[authorizer]] = resourcesOf(web, "AWS::ApiGateway::Authorizer") as [[string, unknown]];
    for (const method of methods) {
      const path = paths.get((method["ResourceId"] as { Ref: string }).Ref);
      if (path === "/api/health") expect(method).toMatchObject({ AuthorizationType: "NONE" });
      else
        expect(method, path).toMatchObject({
          AuthorizationType: "COGNITO_USER_POOLS",
          AuthorizerId: { Ref: authorizer },
          AuthorizationScopes: ["ant-clio/use"],
        });
    }
  },
);

test("only an emulator's stage is open, and to loopback alone", () => {
  const openTo = (stage: string): number =>
    JSON.stringify(templatesOf({ stage }).web).split('"CLIO_OPEN_TO":"loopback"').length - 1;
  expect(openTo("local")).toBe(3);
  expect([openTo("dev"), openTo("prod")]).toEqual([0, 0]);
});

test("what is published is served to holders of a cookie, each answer under the site's policy", () => {
  const [[, distribution]] = resourcesOf(prod.web, "AWS::CloudFront::Distribution") as [[string, Resource]];
  const { DistributionConfig: config } = distribution.Properties as {
    DistributionConfig: { CacheBehaviors: Record<string, unknown>[]; DefaultCacheBehavior: object };
  };
  const [[keys]] = resourcesOf(prod.web, "AWS::CloudFront::KeyGroup") as [[string, unknown]];
  expect(config.CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
    "/api/*",
    "/data/runs/*/published/latest.json",
    "/data/*",
  ]);
  for (const behaviour of config.CacheBehaviors.slice(1))
    expect(behaviour).toMatchObject({
      TrustedKeyGroups: [{ Ref: keys }],
      ViewerProtocolPolicy: "https-only",
      FunctionAssociations: [{ EventType: "viewer-request" }],
      ResponseHeadersPolicyId: expect.anything(),
    });
  expect(config.DefaultCacheBehavior).not.toHaveProperty("TrustedKeyGroups");
  const policies = resourcesOf(prod.web, "AWS::CloudFront::ResponseHeadersPolicy");
  expect(policies).toHaveLength(3);
  for (const [, policy] of policies) {
    const text = JSON.stringify(policy);
    expect(text).toContain("default-src 'none'");
    expect(text).not.toMatch(/unsafe-|script-src [^;]*(http|\*)/);
  }
});

test("people sign in with a code and its proof; nobody signs up; the site is no keeper of secrets", () => {
  const [[, client]] = resourcesOf(prod.web, "AWS::Cognito::UserPoolClient") as [[string, Resource]];
  expect(client.Properties).toMatchObject({
    AllowedOAuthFlows: ["code"],
    AllowedOAuthFlowsUserPoolClient: true,
    GenerateSecret: false,
    PreventUserExistenceErrors: "ENABLED",
  });
  const [[, pool]] = resourcesOf(prod.web, "AWS::Cognito::UserPool") as [[string, Resource]];
  expect(pool.Properties).toMatchObject({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
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
