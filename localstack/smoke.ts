import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { publishedClusters, publishedLatest } from "../shared/contracts/published.ts";
import { RUN_TABLE } from "../shared/contracts/run-table.ts";
import { runManifest } from "../shared/contracts/run.ts";
import type { RunManifest } from "../shared/contracts/run.ts";
import { INCOMING_PREFIX, publishedKey, publishedLatestKey } from "../shared/keys.ts";
import { clientOptions, findDeployment } from "./deployment.ts";
import { loopbackEndpoint } from "./environment.ts";
import { main, say } from "./main.ts";
import { ROOT } from "./paths.ts";
import { treeLines } from "./tree.ts";

/** Drops a file of conversations into the deployed bucket, waits for its run to end and prints the clusters it published. */

const SAMPLE = join(ROOT, "data/mock/conversations_llm_200.jsonl");
/** Of the bundled sample the ten phases take minutes on two cores. */
const DEFAULT_MINUTES = 20;
const POLL_MS = 1_000;

await main(async () => {
  const { values } = parseArgs({
    options: {
      input: { type: "string", default: SAMPLE },
      minutes: { type: "string", default: String(DEFAULT_MINUTES) },
    },
  });
  const endpoint = loopbackEndpoint(process.env["AWS_ENDPOINT_URL"]);
  const {
    PrivateBucket: bucket,
    PublishedBucket: published,
    RunTable: table,
  } = await findDeployment(endpoint);
  const s3 = new S3Client({ ...clientOptions(endpoint), forcePathStyle: true });
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(endpoint)));

  const known = new Set(await newestRuns());
  const key = `${INCOMING_PREFIX}smoke-${Date.now()}.jsonl`;
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: await readFile(values.input) }));
  say(`Dropped ${key} into ${bucket}.`);

  const run = await endedRun(Date.now() + Number(values.minutes) * 60_000);
  say(`Run ${run.run_id}: ${run.status}.`);
  if (run.failure !== null) {
    const { code, message, hint } = run.failure;
    throw new Error([`${code}: ${message}`, hint ?? ""].join("\n").trimEnd());
  }
  const { generation } = await publishedFile(publishedLatestKey(run.run_id), publishedLatest);
  const file = publishedKey(run.run_id, generation, "clusters.json");
  const { clusters } = await publishedFile(file, publishedClusters);
  if (clusters.length === 0) throw new Error("The run published no cluster.");
  for (const line of treeLines(clusters)) process.stdout.write(`${line}\n`);

  async function newestRuns(): Promise<string[]> {
    const { Items: items = [] } = await dynamo.send(
      new QueryCommand({
        TableName: table,
        IndexName: RUN_TABLE.byStart.name,
        KeyConditionExpression: "#list = :runs",
        ExpressionAttributeNames: { "#list": RUN_TABLE.byStart.partitionKey },
        ExpressionAttributeValues: { ":runs": "runs" },
        ScanIndexForward: false,
      }),
    );
    return items.map((item) => String(item[RUN_TABLE.partitionKey]));
  }

  async function manifestOf(partition: string): Promise<RunManifest | null> {
    const itemKey = { [RUN_TABLE.partitionKey]: partition, [RUN_TABLE.sortKey]: "manifest" };
    const { Item: item } = await dynamo.send(
      new GetCommand({ TableName: table, Key: itemKey, ConsistentRead: true }),
    );
    return item === undefined ? null : runManifest.parse(JSON.parse(String(item["manifest"])));
  }

  /** The run that was not there before, once it has ended. */
  async function endedRun(deadline: number): Promise<RunManifest> {
    let told = "";
    for (;;) {
      const partition = (await newestRuns()).find((each) => !known.has(each));
      const found = partition === undefined ? null : await manifestOf(partition);
      const state = found === null ? "no run yet" : progressOf(found);
      if (state !== told) say(state);
      told = state;
      if (found !== null && found.finished_at !== null) return found;
      if (Date.now() > deadline) throw new Error(`Given up after ${values.minutes} minutes: ${state}.`);
      await setTimeout(POLL_MS);
    }
  }

  async function publishedFile<T>(objectKey: string, schema: z.ZodType<T>): Promise<T> {
    const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: published, Key: objectKey }));
    return schema.parse(JSON.parse((await body?.transformToString()) ?? ""));
  }
});

function progressOf(run: RunManifest): string {
  const done = run.phases.filter((phase) =>
    ["done", "reused"].includes(run.phase_states[phase]?.status ?? "pending"),
  );
  return `${run.run_id} is ${run.status}, ${done.length} of ${run.phases.length} phases done`;
}
