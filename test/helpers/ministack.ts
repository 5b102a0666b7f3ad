import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, closeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { CREDENTIALS, REGION } from "../../localstack/environment.ts";
import { findMinistack, INSTALL_HINT, isHealthy, serverEnvironment } from "../../localstack/ministack.ts";
import type { AwsClientOptions } from "../../shared/adapters/aws/clients.ts";
import { dynamoClient, s3Client } from "../../shared/adapters/aws/clients.ts";
import { RUN_TABLE } from "../../shared/contracts/run-table.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface Ministack {
  readonly endpoint: string;
  readonly port: number;
  readonly pid: number;
  /** What the factories of clients take. */
  readonly options: AwsClientOptions;
  /** What it has logged. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

export interface MinistackOptions {
  /** A folder in which its state outlives it. */
  readonly stateDir?: string;
  /** Where it listens; a free port when not given. */
  readonly port?: number;
}

/** Whether MiniStack is installed; without it tests are skipped, except in CI, where that is a failure. */
export function hasMinistack(): boolean {
  if (findMinistack() !== null) return true;
  if (process.env["CI"] === "true") throw new Error(INSTALL_HINT);
  console.warn(`Skipped: ${INSTALL_HINT}`);
  return false;
}

/** It writes its state down before it ends. */
const END_MS = 60_000;
/** Up to a minute: on a busy machine Python takes its time. */
const READY_TRIES = 600;

/** A new, empty emulator on a free port of the loopback address. */
export async function startMinistack(options: MinistackOptions = {}): Promise<Ministack> {
  const command = findMinistack();
  if (command === null) throw new Error(INSTALL_HINT);
  const folder = await temporaryFolder();
  const port = options.port ?? (await freePort());
  const endpoint = `http://127.0.0.1:${port}`;
  const logFile = join(folder.path, "ministack.log");
  const out = openSync(logFile, "w");
  const child = spawn(command, [], {
    cwd: folder.path,
    env: { ...serverEnvironment({ ...process.env, TMPDIR: folder.path }, { port, ...options }) },
    stdio: ["ignore", out, out],
    // A group of its own, so that what it started ends with it.
    detached: true,
  });
  closeSync(out);
  const exited = once(child, "exit");
  const kill = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
  };
  // For the case that the tests end without stopping it.
  const killNow = (): void => kill("SIGKILL");
  process.once("exit", killNow);
  const log = (): Promise<string> => readFile(logFile, "utf8");

  for (let tries = 0; !(await isHealthy(endpoint)); tries++) {
    if (child.exitCode !== null || tries === READY_TRIES) {
      killNow();
      throw new Error(`MiniStack did not start:\n${await log()}`);
    }
    await setTimeout(100);
  }

  return {
    endpoint,
    port,
    pid: child.pid ?? 0,
    options: { endpoint, region: REGION, credentials: CREDENTIALS },
    log,
    async stop() {
      process.off("exit", killNow);
      kill("SIGTERM");
      const ended = await Promise.race([exited.then(() => true), setTimeout(END_MS, false)]);
      if (!ended) kill("SIGKILL");
      await exited;
      await folder.remove();
    },
  };
}

type Place = Pick<Ministack, "options">;

/** A new bucket. */
export async function createBucket(ministack: Place, bucket: string): Promise<string> {
  const client = s3Client(ministack.options);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  return bucket;
}

/** A new run table, as `infra/` makes it. */
export async function createRunTable(ministack: Place, table: string): Promise<string> {
  const client = dynamoClient(ministack.options);
  const { partitionKey, sortKey, byStart } = RUN_TABLE;
  const attributes = [partitionKey, sortKey, byStart.partitionKey, byStart.sortKey];
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: attributes.map((name) => ({ AttributeName: name, AttributeType: "S" })),
      KeySchema: [
        { AttributeName: partitionKey, KeyType: "HASH" },
        { AttributeName: sortKey, KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: byStart.name,
          KeySchema: [
            { AttributeName: byStart.partitionKey, KeyType: "HASH" },
            { AttributeName: byStart.sortKey, KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: byStart.projection },
        },
      ],
    }),
  );
  client.destroy();
  return table;
}

/** A port of the loopback address that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
