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
  revealKey,
  stepFailureKey,
  uploadCompleteKey,
  uploadFileKey,
  uploadRecordKey,
  userHashKey,
} from "../../shared/keys.ts";
import { phaseRow, pipeline } from "../../shared/pipeline.ts";
import type { PhaseRow } from "../../shared/pipeline.ts";
import { evaluationRunId } from "../../shared/phases/evaluation-runs.ts";
import { allows, statementsByEntry } from "./policies.ts";
import { resourcesOf, templatesOf } from "./support.ts";

const RUN = "a-run";
const UPLOAD = "0123456789abcdef".repeat(2);
const templates = templatesOf({ stage: "prod", allowRawMessages: "true" });
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
  ["upload notes", [uploadRecordKey(UPLOAD), uploadCompleteKey(UPLOAD)]],
  ["uploads", [uploadFileKey(UPLOAD, "chats.jsonl")]],
  ["own input", [ownInputKey(run)]],
  ["user hash key", [userHashKey(run)]],
  ["input location", [inputLocationKey(run)]],
  ["reveals", [revealKey(run, "2026-11-01T12:00:00.000Z", "some-id")]],
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

const INPUT_NOTES = ["input location", "user hash key"];
const S3_ACTIONS = [
  "s3:ListMultipartUploadParts",
  "s3:ListBucketMultipartUploads",
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
  const input = inputRow(row) ? ["incoming", "incoming config", ...INPUT_NOTES, "own input", "uploads"] : [];
  expect(allowedGroups(row.name, "Private", "s3:GetObject")).toEqual(
    [...artifactGroups(row.reads), parts, ...answers, ...input].sort(),
  );
  expect(allowedGroups(row.name, "Private", "s3:PutObject")).toEqual(
    [...artifactGroups(row.writes), parts, ...answers, ...(inputRow(row) ? INPUT_NOTES : [])].sort(),
  );
  expect(allowedGroups(row.name, "Private", "s3:DeleteObject")).toEqual(answers);
});

test("the evaluation starts runs and reads their results; what it may in runs that others started is its own phase", () => {
  const row = phaseRow("evaluate");
  const own = ["parts evaluate", ...artifactGroups(row.writes)];
  const input = [...INPUT_NOTES, "own input"];
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

test("one phase publishes and reads what it published before; beside it the API alone reads and deletes that", () => {
  const publishing = entries.filter((entry) => allowedGroups(entry, "Published", "s3:PutObject").length > 0);
  expect(publishing).toEqual(["publish"]);
  expect(allowedGroups("publish", "Published", "s3:DeleteObject")).toEqual(["published"]);
  const may = (action: string): string[] =>
    entries.filter((entry) => allowedGroups(entry, "Published", action).includes("published")).sort();
  expect(may("s3:GetObject")).toEqual(["intake", "publish", "read"]);
  expect(may("s3:DeleteObject")).toEqual(["private", "publish"]);
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
  expect(reading("uploads")).toEqual(["ingest", "private", "start"]);
  expect(reading("artifact conversations")).toEqual(
    pipeline
      .filter(({ reads }) => reads.includes("conversations"))
      .map(({ name }) => name as string)
      .sort(),
  );
});

test("only phases with a model or an embedder, and the provider's check, hold the providers' secret", () => {
  const expected = [
    ...pipeline
      .filter(({ asks, needs }) => asks.length > 0 || needs.includes("embedder"))
      .map(({ name }) => name),
    "check-provider",
  ].sort();
  const may = entries.filter((entry) =>
    functions
      .get(entry)!
      .some(
        ({ actions, resources }) =>
          actions.includes("secretsmanager:GetSecretValue") &&
          resources.some((resource) => resource.startsWith("<ProviderKeys")),
      ),
  );
  expect(may.sort()).toEqual(expected);
  const cookies = entries.filter((entry) =>
    functions
      .get(entry)!
      .some(({ resources }) => resources.some((resource) => resource.startsWith("<CookiesSecret"))),
  );
  expect(cookies.sort()).toEqual(["cookie-key", "read"]);
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
    "input location",
    "uploads",
    "user hash key",
  ]);
  expect(allowedGroups("start", "Private", "s3:PutObject")).toEqual([...INPUT_NOTES, ...records].sort());
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
  expect(may.sort()).toEqual(["evaluate", "intake", "start"]);
});

test("what takes uploads in writes them and cannot read them, nor anything of a run but what is published", () => {
  expect(allowedGroups("intake", "Private", "s3:GetObject")).toEqual(["bucket config", "upload notes"]);
  expect(allowedGroups("intake", "Private", "s3:PutObject")).toEqual(["upload notes", "uploads"]);
  expect(allowedGroups("intake", "Private", "s3:DeleteObject")).toEqual([]);
  expect(allowedGroups("intake", "Published", "s3:PutObject")).toEqual([]);
  const invoked = functions
    .get("intake")!
    .filter(({ actions }) => actions.includes("lambda:InvokeFunction"))
    .flatMap(({ resources }) => resources);
  expect(invoked.map((arn) => arn.replace(/^<Function(\w+?)[0-9A-F]{8}\.?.*$/, "$1")).sort()).toEqual([
    "checkprovider",
    "start",
  ]);
});

test("what deletes can delete all of a run and writes nothing; it reads uploads, to check them", () => {
  expect(allowedGroups("private", "Private", "s3:GetObject")).toEqual([
    "input location",
    "upload notes",
    "uploads",
  ]);
  expect(allowedGroups("private", "Private", "s3:PutObject")).toEqual([]);
  const kept = ["bucket config", "incoming", "incoming config"];
  expect(allowedGroups("private", "Private", "s3:DeleteObject")).toEqual(
    keys
      .map(([group]) => group)
      .filter((group) => !kept.includes(group))
      .sort(),
  );
});

test("raw conversations are shown by a function of their own, where a stage asks for it, which records each look", () => {
  expect(allowedGroups("reveal", "Private", "s3:GetObject")).toEqual(
    artifactGroups(["annotated", "assignments", "hierarchy"]),
  );
  expect(allowedGroups("reveal", "Private", "s3:PutObject")).toEqual(["reveals"]);
  expect(
    entries.filter((entry) => allowedGroups(entry, "Private", "s3:GetObject").includes("reveals")),
  ).toEqual([]);
  const without = statementsByEntry(templatesOf({ stage: "prod" }).web);
  expect([...without.keys()].filter(isOwn).sort()).toEqual(["cookie-key", "intake", "private", "read"]);
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
          /^<(Private|Published)\w+\.Arn>\/(runs|incoming|uploads)\/\S+$/.test(resource) ||
          /:execution:ant-clio-prod[:/](\*-eval-)?\*$/.test(resource);
        expect(wild && !known, `${entry}: ${resource}`).toBe(false);
      }
      const s3 = actions.filter((action) => action.startsWith("s3:"));
      expect(s3.filter((action) => !S3_ACTIONS.includes(action))).toEqual([]);
      if (!actions.includes("s3:ListBucket")) continue;
      const prefixes = (condition as { StringLikeIfExists: Record<string, string | string[]> })
        .StringLikeIfExists["s3:prefix"]!;
      for (const prefix of [prefixes].flat())
        expect(prefix).toMatch(
          entry === "private"
            ? /^(runs|uploads)\/\*$/
            : /^(runs\/(\*-eval-)?\*\/\S+|incoming\/\*|uploads\/\*\/(upload|complete)\.json)$/,
        );
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
