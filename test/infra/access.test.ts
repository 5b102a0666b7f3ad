import { expect, test } from "vitest";
import { artifacts } from "../../shared/contracts/artifacts.ts";
import type { ArtifactName } from "../../shared/contracts/artifacts.ts";
import {
  artifactIndexKey,
  answerKey,
  artifactKey,
  batchFailureKey,
  currentKey,
  inputLocationKey,
  ownInputKey,
  partKey,
  planKey,
  publishedKey,
  publishedLatestKey,
  reduceKey,
  runFile,
  sidecarKey,
  stepFailureKey,
  userHashKey,
} from "../../shared/keys.ts";
import { phaseRow, pipeline } from "../../shared/pipeline.ts";
import type { PhaseRow } from "../../shared/pipeline.ts";
import { evaluationRunId } from "../../shared/phases/evaluation-runs.ts";
import { allows, statementsByEntry } from "./policies.ts";
import { resourcesOf, templatesOf } from "./support.ts";

const RUN = "a-run";
const templates = templatesOf({ stage: "prod" });
const functions = new Map([...statementsByEntry(templates.pipeline), ...statementsByEntry(templates.web)]);

function bucketId(name: string): string {
  const [id] = resourcesOf(templates.data, "AWS::S3::Bucket").find(([logical]) => logical.startsWith(name))!;
  return id;
}

/** Keys of a run, in groups of which each function may touch some. */
const keysOf = (run: string): [string, string[]][] => [
  ["incoming", ["incoming/team/chats.jsonl"]],
  ["incoming config", ["incoming/team/chats.config.json"]],
  ["bucket config", ["config/clio.json"]],
  ["own input", [ownInputKey(run)]],
  ["input notes", [userHashKey(run), inputLocationKey(run)]],
  ["published", [publishedKey(run, "generation", "clusters.json"), publishedLatestKey(run)]],
  ...(["manifest", "events", "metrics", "warnings", "lock"] as const).map((file): [string, string[]] => [
    file,
    [runFile(run, file)],
  ]),
  ...(Object.keys(artifacts) as ArtifactName[]).map((name): [string, string[]] => {
    const { path, format } = artifacts[name];
    return [
      `artifact ${name}`,
      [artifactKey(run, path), ...(format === "jsonl" ? [artifactIndexKey(run, path)] : [])],
    ];
  }),
  ...pipeline.map(({ name }): [string, string[]] => {
    const at = { runId: run, phase: name, fingerprint: "f".repeat(16), round: 3 };
    return [`answers ${name}`, [answerKey(at, 12, "0".repeat(16))]];
  }),
  ...pipeline.map(({ name }): [string, string[]] => {
    const at = { runId: run, phase: name, fingerprint: "f".repeat(16), round: 3 };
    return [
      `parts ${name}`,
      [
        planKey(at),
        reduceKey(at),
        partKey(at, 12),
        sidecarKey(at, 12),
        batchFailureKey(at, 12, 2),
        stepFailureKey(run, name, 2),
        currentKey(run, name),
      ],
    ];
  }),
];
const keys = keysOf(RUN);
/** Of a run that an evaluation started. */
const childKeys = keysOf(evaluationRunId(RUN, "0123456789abcdef", "-leaks"));

/** Groups of keys of which every one is allowed; a group of which only some are fails the test. */
function allowedGroups(entry: string, bucket: string, action: string, of = keys): string[] {
  const groups: string[] = [];
  for (const [group, members] of of) {
    const allowed = members.filter((key) =>
      allows(functions.get(entry)!, action, `<${bucketId(bucket)}.Arn>/${key}`),
    );
    if (allowed.length === 0) continue;
    expect(allowed, `${entry}: ${action} on ${group}`).toEqual(members);
    groups.push(group);
  }
  return groups.sort();
}

const S3_ACTIONS = [
  "s3:GetObject",
  "s3:PutObject",
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:ListBucket",
];
const isOwn = (entry: string): boolean => !entry.startsWith("Custom");
const entries = [...functions.keys()].filter(isOwn);
const artifactGroups = (names: readonly ArtifactName[]): string[] => names.map((name) => `artifact ${name}`);

const inputRow = (row: PhaseRow): boolean => row.needs.includes("input");

test.each(pipeline)("$name reads and writes what its row says, its own parts, and nothing else", (row) => {
  const parts = `parts ${row.name}`;
  // Answers that were paid for, until the output of their batch is there.
  const answers = row.asks.length > 0 ? [`answers ${row.name}`] : [];
  const input = inputRow(row) ? ["incoming", "incoming config", "input notes", "own input"] : [];
  expect(allowedGroups(row.name, "Private", "s3:GetObject")).toEqual(
    [...artifactGroups(row.reads), parts, ...answers, ...input].sort(),
  );
  expect(allowedGroups(row.name, "Private", "s3:PutObject")).toEqual(
    [...artifactGroups(row.writes), parts, ...answers, ...(inputRow(row) ? ["input notes"] : [])].sort(),
  );
  expect(allowedGroups(row.name, "Private", "s3:DeleteObject")).toEqual(answers);
});

test("the evaluation starts runs and reads their results; what it may in runs that others started is its own phase", () => {
  const row = phaseRow("evaluate");
  const own = ["parts evaluate", ...artifactGroups(row.writes)];
  const input = ["input notes", "own input"];
  expect(allowedGroups("evaluate", "Private", "s3:GetObject", childKeys)).toEqual(
    [...artifactGroups(row.readsOfRuns!), "parts evaluate", ...input].sort(),
  );
  expect(allowedGroups("evaluate", "Private", "s3:PutObject", childKeys)).toEqual([...own, ...input].sort());
  expect(allowedGroups("evaluate", "Published", "s3:GetObject", childKeys)).toEqual(["published"]);
  expect(allowedGroups("evaluate", "Published", "s3:GetObject")).toEqual([]);
  for (const action of ["s3:PutObject", "s3:DeleteObject"])
    expect(allowedGroups("evaluate", "Published", action, childKeys)).toEqual([]);
  const states = functions
    .get("evaluate")!
    .filter(({ actions }) => actions.some((action) => action.startsWith("states:")))
    .map(({ actions, resources }) => [actions, resources.map((arn) => arn.replace(/^.*>:/, ""))]);
  expect(states).toEqual([
    [["states:StartExecution"], ["stateMachine:ant-clio-prod"]],
    [["states:DescribeExecution"], ["execution:ant-clio-prod:*-eval-*"]],
  ]);
});

test("one phase publishes and reads what it published before; beside it the API alone reads that", () => {
  const publishing = entries.filter((entry) => allowedGroups(entry, "Published", "s3:PutObject").length > 0);
  expect(publishing).toEqual(["publish"]);
  expect(allowedGroups("publish", "Published", "s3:DeleteObject")).toEqual(["published"]);
  const reading = entries.filter((entry) => allowedGroups(entry, "Published", "s3:GetObject").length > 0);
  expect(reading.sort()).toEqual(["publish", "read"]);
});

test("what reads for the API has no raw data of the private bucket, and only reads the table", () => {
  const statements = functions.get("read")!;
  expect(allowedGroups("read", "Private", "s3:GetObject")).toEqual([
    "artifact evaluation_metrics",
    "artifact evaluation_report",
    "metrics",
    "warnings",
  ]);
  for (const action of ["s3:PutObject", "s3:DeleteObject"])
    expect(allowedGroups("read", "Private", action)).toEqual([]);
  const table = statements
    .flatMap(({ actions }) => actions)
    .filter((action) => action.startsWith("dynamodb:"));
  expect([...new Set(table)].sort()).toEqual(["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"]);
});

test("raw conversations are read by phases that need them, and by what starts a run", () => {
  const reading = (group: string): string[] =>
    entries.filter((entry) => allowedGroups(entry, "Private", "s3:GetObject").includes(group)).sort();
  expect(reading("incoming")).toEqual(["ingest", "start"]);
  expect(reading("artifact conversations")).toEqual(
    pipeline
      .filter(({ reads }) => reads.includes("conversations"))
      .map(({ name }) => name as string)
      .sort(),
  );
});

test("only phases with a model or an embedder, and the provider's check, hold the secret", () => {
  const expected = [
    ...pipeline
      .filter(({ asks, needs }) => asks.length > 0 || needs.includes("embedder"))
      .map(({ name }) => name),
    "check-provider",
  ].sort();
  const may = entries.filter((entry) =>
    functions.get(entry)!.some(({ actions }) => actions.includes("secretsmanager:GetSecretValue")),
  );
  expect(may.sort()).toEqual(expected);
  const told = [...resourcesOf(templates.pipeline, "AWS::Lambda::Function")]
    .filter(([, { Properties }]) => JSON.stringify(Properties).includes("CLIO_PROVIDER_SECRET"))
    .map(([, { Properties }]) => String(Properties!["Handler"]).replace(".handler", ""));
  expect(told.sort()).toEqual(expected);
});

test("start, end and backstop write notes and records only; nobody else touches a run's record", () => {
  const records = ["events", "manifest", "metrics", "warnings"];
  expect(allowedGroups("start", "Private", "s3:GetObject")).toEqual([
    "bucket config",
    "incoming",
    "incoming config",
    "input notes",
  ]);
  expect(allowedGroups("start", "Private", "s3:PutObject")).toEqual(["input notes", ...records].sort());
  for (const entry of ["end", "backstop"]) {
    expect(allowedGroups(entry, "Private", "s3:GetObject")).toEqual(
      pipeline.map(({ name }) => `parts ${name}`).sort(),
    );
    expect(allowedGroups(entry, "Private", "s3:PutObject")).toEqual(records);
    expect(allowedGroups(entry, "Private", "s3:DeleteObject")).toEqual(["warnings"]);
  }
});

test("who may start executions: what reacts to an input, the evaluation, and the machine itself", () => {
  const may = entries.filter((entry) =>
    functions.get(entry)!.some(({ actions }) => actions.includes("states:StartExecution")),
  );
  expect(may.sort()).toEqual(["evaluate", "start"]);
});

test("no wildcard action, no resource of everything; of S3 only the five actions; prefixes bound every listing", () => {
  for (const entry of entries) {
    for (const { actions, resources, condition } of functions.get(entry)!) {
      expect(actions.filter((action) => action.includes("*"))).toEqual([]);
      for (const resource of resources) {
        expect(resource).not.toBe("*");
        // Wildcards: keys of a bucket, and executions of the one machine.
        const wild = resource.includes("*");
        const known =
          /^<(Private|Published)\w+\.Arn>\/(runs|incoming)\/\S+$/.test(resource) ||
          /:execution:ant-clio-prod[:/](\*-eval-)?\*$/.test(resource);
        expect(wild && !known, `${entry}: ${resource}`).toBe(false);
      }
      const s3 = actions.filter((action) => action.startsWith("s3:"));
      expect(s3.filter((action) => !S3_ACTIONS.includes(action))).toEqual([]);
      if (!actions.includes("s3:ListBucket")) continue;
      const prefixes = (condition as { StringLikeIfExists: Record<string, string | string[]> })
        .StringLikeIfExists["s3:prefix"]!;
      for (const prefix of [prefixes].flat())
        expect(prefix).toMatch(/^(runs\/(\*-eval-)?\*\/\S+|incoming)\/\*$/);
    }
  }
});

test("a key of the account is used by every function that uses the data, and by no other right", () => {
  const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-4def-8123-456789abcdef";
  const own = templatesOf({ stage: "prod", kmsKeyArn });
  const statements = [...statementsByEntry(own.pipeline), ...statementsByEntry(own.web)].filter(([entry]) =>
    isOwn(entry),
  );
  for (const [entry, allowed] of statements) {
    const keyed = allowed.filter(({ resources }) => resources.includes(kmsKeyArn));
    expect(
      keyed.map(({ actions }) => actions),
      entry,
    ).toEqual([["kms:Decrypt", "kms:GenerateDataKey"]]);
  }
  const encrypted = resourcesOf(own.data, "AWS::S3::Bucket").filter(([, bucket]) =>
    JSON.stringify(bucket).includes(kmsKeyArn),
  );
  expect(encrypted).toHaveLength(2);
});
