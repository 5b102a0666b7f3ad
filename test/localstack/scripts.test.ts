import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { CloudFormationClient, CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { dynamoClient, s3Client } from "../../shared/adapters/aws/clients.ts";
import { s3ObjectStore } from "../../shared/adapters/aws/object-store.ts";
import { dynamoRunStore } from "../../shared/adapters/aws/run-store.ts";
import type { RunManifest } from "../../shared/contracts/run.ts";
import { INCOMING_PREFIX, publishedKey, publishedLatestKey } from "../../shared/keys.ts";
import { sampleManifest } from "../contracts/sample-run.ts";
import { collect } from "../helpers/collect.ts";
import type { Ministack } from "../helpers/ministack.ts";
import {
  createBucket,
  createRunTable,
  freePort,
  hasMinistack,
  startMinistack,
} from "../helpers/ministack.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");

interface Told {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function script(
  folder: string,
  name: string,
  endpoint: string,
  args: readonly string[] = [],
): Promise<Told> {
  const child = spawn(process.execPath, [join(folder, "localstack", `${name}.ts`), ...args], {
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      AWS_ENDPOINT_URL: endpoint,
      AWS_PROFILE: "production",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

const ELSEWHERE = "https://dynamodb.us-east-1.amazonaws.com";

test.each(["up", "deploy", "smoke"])("%s refuses any place but this machine", async (name) => {
  const { code, stdout, stderr } = await script(ROOT, name, ELSEWHERE);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^AWS_ENDPOINT_URL is not an address of this machine/);
});

describe.skipIf(!hasMinistack())("with MiniStack", () => {
  describe("up and down, in a copy of the project", () => {
    let folder: TemporaryFolder;
    let endpoint: string;
    beforeAll(async () => {
      folder = await temporaryFolder();
      await cp(join(ROOT, "localstack"), join(folder.path, "localstack"), { recursive: true });
      await cp(join(ROOT, "shared"), join(folder.path, "shared"), { recursive: true });
      await cp(join(ROOT, "package.json"), join(folder.path, "package.json"));
      await symlink(join(ROOT, "node_modules"), join(folder.path, "node_modules"));
      await mkdir(join(folder.path, ".venv"));
      await symlink(join(ROOT, ".venv/ministack"), join(folder.path, ".venv/ministack"));
      endpoint = `http://127.0.0.1:${await freePort()}`;
    });
    afterAll(async () => {
      await script(folder.path, "down", endpoint);
      await folder.remove();
    });
    const up = (...args: string[]): Promise<Told> => script(folder.path, "up", endpoint, args);
    const down = (): Promise<Told> => script(folder.path, "down", endpoint);
    const health = (): Promise<boolean> =>
      fetch(`${endpoint}/_ministack/health`).then(
        (answer) => answer.ok,
        () => false,
      );

    test("are fine to repeat", async () => {
      const first = await up();
      expect(first).toMatchObject({ code: 0, stdout: "" });
      const pid = /process (\d+)/.exec(first.stderr)?.[1] ?? "none";
      expect(await health()).toBe(true);
      const second = await up();
      expect(second.code).toBe(0);
      expect(second.stderr).toContain(`(process ${pid})`);
      expect(await down()).toMatchObject({ code: 0, stderr: "MiniStack is stopped.\n" });
      expect(await health()).toBe(false);
      expect(await down()).toMatchObject({ code: 0, stderr: "No MiniStack of ours was running.\n" });
    });

    test("keep their state when told, objects and items alike", async () => {
      const client = s3Client({ endpoint, region: "us-east-1", credentials: CREDENTIALS });
      const dynamo = dynamoClient({ endpoint, region: "us-east-1", credentials: CREDENTIALS });
      onTestFinished(() => {
        client.destroy();
        dynamo.destroy();
      });
      const place = { options: { endpoint, region: "us-east-1", credentials: CREDENTIALS } };
      await up("--persist");
      const store = s3ObjectStore({ client, bucket: await createBucket(place, "kept") });
      const runs = dynamoRunStore({ client: dynamo, table: await createRunTable(place, "kept") });
      await store.put("runs/abc/x", new Uint8Array([1, 2]));
      await runs.create(sampleManifest("abc"));
      await down();
      await up("--persist");
      expect(await store.get("runs/abc/x")).toEqual(new Uint8Array([1, 2]));
      expect(await runs.get("abc")).toEqual(sampleManifest("abc"));
      expect((await runs.list({ limit: 5 })).runs).toHaveLength(1);
      await down();
    });

    test("leave alone what they did not start", async () => {
      const other = await startMinistack();
      onTestFinished(other.stop);
      const { code, stderr } = await script(folder.path, "up", other.endpoint);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^Something else answers at /);
      await script(folder.path, "down", other.endpoint);
      expect((await fetch(`${other.endpoint}/_ministack/health`)).ok).toBe(true);
    });
  });

  describe("smoke", () => {
    let ministack: Ministack;
    beforeAll(async () => {
      ministack = await startMinistack();
      await createBucket(ministack, "private");
      await createBucket(ministack, "published");
      await createRunTable(ministack, "runs");
    });
    afterAll(() => ministack?.stop());

    test("says what to do when nothing is deployed", async () => {
      const { code, stderr } = await script(ROOT, "smoke", ministack.endpoint);
      expect(code).toBe(1);
      expect(stderr).toMatch(/npm run localstack:deploy\.\n$/);
    });

    test("drops a file, waits for its run and prints what it published; a failed run is its failure", async () => {
      const formation = new CloudFormationClient(ministack.options);
      const client = s3Client(ministack.options);
      const dynamo = dynamoClient(ministack.options);
      onTestFinished(() => {
        for (const each of [formation, client, dynamo]) each.destroy();
      });
      await deployOutputs(formation, "ant-clio-local-data", {});
      await deployOutputs(formation, "ant-clio-local-pipeline", {
        PrivateBucket: "private",
        PublishedBucket: "published",
        RunTable: "runs",
        StateMachine: "none",
      });
      const incoming = s3ObjectStore({ client, bucket: "private" });
      const published = s3ObjectStore({ client, bucket: "published" });
      const runs = dynamoRunStore({ client: dynamo, table: "runs" });
      // A run of before is not the one to wait for.
      await runs.create(ended("run-before"));

      /** What the pipeline would do. */
      async function answer(seen: number, run: RunManifest): Promise<void> {
        while ((await collect(incoming.list(INCOMING_PREFIX))).length <= seen) await setTimeout(50);
        await runs.create({ ...sampleManifest(run.run_id), status: "pending" });
        await runs.swap({ ...run, revision: 2 });
      }
      const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
      const [runId, generation] = ["run-smoke", "0123456789abcdef"];
      const head = { schema_version: "1.0.0" };
      await published.put(
        publishedLatestKey(runId),
        json({ ...head, run_id: runId, generation, published_at: "2026-11-01T10:00:00.000Z" }),
      );
      await published.put(
        publishedKey(runId, generation, "clusters.json"),
        json({ ...head, clusters: [CLUSTER] }),
      );

      const input = join((await temporary()).path, "x.jsonl");
      await writeFile(input, "{}\n");
      const smoke = (): Promise<Told> => script(ROOT, "smoke", ministack.endpoint, ["--input", input]);
      const [good] = await Promise.all([smoke(), answer(0, ended(runId))]);
      expect(good).toMatchObject({ code: 0, stdout: "Things: 20 conversations, 10-24 users\n" });

      const failure = { phase: null, code: "no_such", message: "It did not work.", hint: "Try another." };
      const failed: RunManifest = { ...ended("run-failed"), status: "failed", failure };
      const [bad] = await Promise.all([smoke(), answer(1, failed)]);
      expect(bad).toMatchObject({ code: 1, stdout: "" });
      expect(bad.stderr).toContain("no_such: It did not work.\nTry another.\n");
    });
  });
});

const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };

const CLUSTER = {
  id: "c0123456789ab",
  parent_id: null,
  level: 0,
  name: "Things",
  description: "What things are.",
  name_withheld: [],
  conversations: 20,
  share: 1,
  users: "10-24",
};

function ended(runId: string): RunManifest {
  return sampleManifest(runId, { status: "done", finished_at: "2026-11-01T10:10:00.000Z" });
}

async function temporary(): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  return folder;
}

/** A stack of nothing but outputs, and a topic, as a stack holds at least one resource. */
async function deployOutputs(
  client: CloudFormationClient,
  name: string,
  outputs: Readonly<Record<string, string>>,
): Promise<void> {
  const template = {
    Resources: { Topic: { Type: "AWS::SNS::Topic" } },
    Outputs: Object.fromEntries(Object.entries(outputs).map(([key, Value]) => [key, { Value }])),
  };
  await client.send(new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template) }));
}
