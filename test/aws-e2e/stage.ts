import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { InvokeCommand, LambdaClient, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { GetExecutionHistoryCommand, ListExecutionsCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { emulatorEnvironment } from "../../localstack/environment.ts";
import { dynamoClient, s3Client, stepFunctionsClient } from "../../shared/adapters/aws/clients.ts";
import { secretsClient } from "../../shared/adapters/aws/function-clients.ts";
import { s3ObjectStore } from "../../shared/adapters/aws/object-store.ts";
import { dynamoRunStore } from "../../shared/adapters/aws/run-store.ts";
import type { ObjectCreatedEvent } from "../../shared/contracts/aws.ts";
import { stackName } from "../../shared/contracts/aws.ts";
import type { RunManifest } from "../../shared/contracts/run.ts";
import { siteConfig } from "../../shared/contracts/site.ts";
import { isCompared } from "../../shared/contracts/volatile.ts";
import type { RunConfig } from "../../shared/config.ts";
import { INCOMING_PREFIX, inputConfigKey, runPrefix } from "../../shared/keys.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import { clio } from "../helpers/clio.ts";
import type { ClioResult } from "../helpers/clio.ts";
import { startMinistack } from "../helpers/ministack.ts";
import type { Ministack } from "../helpers/ministack.ts";
import { storedObjects } from "../helpers/stored-objects.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const STAGE = "local";
/** The tests' runs end in a minute or two; whatever takes this long does not end. */
const GIVE_UP_MS = 480_000;
const POLL_MS = 500;

const OUTPUTS = ["PrivateBucket", "PublishedBucket", "RunTable", "StateMachine", "ProviderSecret"] as const;
type Outputs = Record<(typeof OUTPUTS)[number], string>;

/** A run's artifacts in a store, path -> content as it is to be compared; batches' outputs hold hashes of the run's own key. */
export async function storedArtifacts(objects: ObjectStore, runId: string): Promise<Map<string, string>> {
  const stored = await storedObjects(objects, runId);
  // Pages for people name their run.
  return new Map(
    [...stored]
      .filter(([path]) => isCompared(path))
      .map(([path, text]) => [path, text.replaceAll(runId, "<run id>")]),
  );
}

/** The product deployed to an emulator of its own, as `npm run localstack:deploy` does it. */
export class DeployedStage {
  private ministack: Ministack;
  private readonly stateDir: string;
  readonly outputs: Outputs;
  /** Address of the site's first page. */
  readonly dashboard: string;

  private constructor(ministack: Ministack, stateDir: string, outputs: Outputs, dashboard: string) {
    this.ministack = ministack;
    this.stateDir = stateDir;
    this.outputs = outputs;
    this.dashboard = dashboard;
  }

  /** @param context what the deployment says beside the stage. */
  static async deploy(
    stateDir: string,
    context: Readonly<Record<string, string>> = {},
  ): Promise<DeployedStage> {
    const given = Object.entries(context).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const ministack = await startMinistack({ stateDir });
    const { stderr, stdout } = await promisify(execFile)(
      "npm",
      ["run", "--silent", "localstack:deploy", "--", ...given],
      {
        cwd: ROOT,
        // What tests say of themselves would make the site one for development.
        env: { ...process.env, NODE_ENV: "production", AWS_ENDPOINT_URL: ministack.endpoint },
        maxBuffer: 1 << 26,
      },
    );
    const client = new CloudFormationClient(ministack.options);
    const { Stacks = [] } = await client.send(
      new DescribeStacksCommand({ StackName: stackName(STAGE, "pipeline") }),
    );
    const found = new Map(Stacks[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
    const outputs = Object.fromEntries(OUTPUTS.map((name) => [name, found.get(name) ?? ""])) as Outputs;
    const [, dashboard = ""] = /The dashboard is at (\S+)/.exec(stdout + stderr) ?? [];
    return new DeployedStage(ministack, stateDir, outputs, dashboard);
  }

  stop(): Promise<void> {
    return this.ministack.stop();
  }

  /** Ends the emulator as a machine going down would, and starts it again with the state it kept. */
  async restart(): Promise<void> {
    const { port } = this.ministack;
    await this.ministack.stop();
    this.ministack = await startMinistack({ stateDir: this.stateDir, port });
  }

  /** Address of the API, through the gateway. */
  async api(): Promise<string> {
    const response = await fetch(new URL("config.json", this.dashboard));
    const { api } = siteConfig.parse(await response.json());
    return `${this.ministack.endpoint}${api}`;
  }

  emulatorLog(): Promise<string> {
    return this.ministack.log();
  }

  get objects(): ObjectStore {
    return s3ObjectStore({ client: s3Client(this.ministack.options), bucket: this.outputs.PrivateBucket });
  }

  get published(): ObjectStore {
    return s3ObjectStore({ client: s3Client(this.ministack.options), bucket: this.outputs.PublishedBucket });
  }

  get runs() {
    return dynamoRunStore({ client: dynamoClient(this.ministack.options), table: this.outputs.RunTable });
  }

  /** Puts an input under `incoming/`, with settings beside it if given; the event that S3 sends for it. */
  async drop(name: string, body: Uint8Array, settings?: Partial<RunConfig>): Promise<ObjectCreatedEvent> {
    const client = s3Client(this.ministack.options);
    const at = { Bucket: this.outputs.PrivateBucket, Key: `${INCOMING_PREFIX}${name}` };
    if (settings !== undefined) {
      const beside = { ...at, Key: inputConfigKey(at.Key) };
      await client.send(new PutObjectCommand({ ...beside, Body: JSON.stringify(settings) }));
    }
    await client.send(new PutObjectCommand({ ...at, Body: body }));
    const { ETag = "" } = await client.send(new HeadObjectCommand(at));
    const object = { key: at.Key, size: body.length, etag: ETag.replaceAll('"', "") };
    return { detail: { bucket: { name: at.Bucket }, object } };
  }

  /** The first run that `wanted` says yes to, once there is one. */
  async until(
    wanted: (run: RunManifest) => boolean,
    what = "such a run",
    giveUpMs = GIVE_UP_MS,
  ): Promise<RunManifest> {
    const until = Date.now() + giveUpMs;
    for (;;) {
      const { runs } = await this.runs.list({ limit: 100 });
      const found = runs.find(wanted);
      if (found !== undefined) return found;
      if (Date.now() > until) {
        const seen = runs
          .map(({ dataset, status }) => `${dataset?.name ?? "no input"}: ${status}`)
          .join(", ");
        throw new Error(`there is no ${what} among ${seen}\n${await this.emulatorLog()}`);
      }
      await setTimeout(POLL_MS);
    }
  }

  /** The run that a dropped file became, once there is one that `wanted` says yes to. */
  run(input: string, wanted: (run: RunManifest) => boolean, giveUpMs = GIVE_UP_MS): Promise<RunManifest> {
    return this.until(
      (run) => run.dataset?.name === input && wanted(run),
      `run of ${input} as expected`,
      giveUpMs,
    );
  }

  ended(input: string, attempt = 1, giveUpMs = GIVE_UP_MS): Promise<RunManifest> {
    return this.run(
      input,
      (run) => run.attempt >= attempt && run.finished_at !== null && run.status !== "running",
      giveUpMs,
    );
  }

  /** The command line against this stage. */
  clio(...args: string[]): Promise<ClioResult> {
    const env = emulatorEnvironment(process.env, new URL(this.ministack.endpoint));
    return clio([...args, "--target", "aws", "--stage", STAGE], { env });
  }

  async executions(runId: string): Promise<string[]> {
    const client = stepFunctionsClient(this.ministack.options);
    const { executions = [] } = await client.send(
      new ListExecutionsCommand({ stateMachineArn: this.outputs.StateMachine, maxResults: 1000 }),
    );
    return executions.map(({ name = "" }) => name).filter((name) => name.startsWith(`${runId}-`));
  }

  async stopExecution(name: string): Promise<void> {
    const executionArn = `${this.outputs.StateMachine.replace(":stateMachine:", ":execution:")}:${name}`;
    await stepFunctionsClient(this.ministack.options).send(new StopExecutionCommand({ executionArn }));
  }

  async invoke(entry: string, event: unknown): Promise<unknown> {
    const client = new LambdaClient(this.ministack.options);
    const { Payload } = await client.send(
      new InvokeCommand({ FunctionName: `ant-clio-${STAGE}-${entry}`, Payload: JSON.stringify(event) }),
    );
    return JSON.parse(Buffer.from(Payload ?? new Uint8Array()).toString());
  }

  async setKeys(keys: Readonly<Record<string, string>>): Promise<void> {
    const SecretString = JSON.stringify(keys);
    await secretsClient(this.ministack.options).send(
      new PutSecretValueCommand({ SecretId: this.outputs.ProviderSecret, SecretString }),
    );
  }

  async setTimeLimit(entry: string, seconds: number): Promise<void> {
    const client = new LambdaClient(this.ministack.options);
    await client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: `ant-clio-${STAGE}-${entry}`,
        Timeout: seconds,
      }),
    );
  }

  /** Processes that run a function right now. */
  private async functionProcesses(): Promise<string[]> {
    const found: string[] = [];
    for (const entry of await readdir("/proc")) {
      if (!/^\d+$/.test(entry)) continue;
      try {
        const stat = await readFile(join("/proc", entry, "stat"), "utf8");
        const parent = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
        const command = await readFile(join("/proc", entry, "cmdline"), "utf8");
        if (Number(parent) === this.ministack.pid && command.includes("_worker.js")) found.push(entry);
      } catch {
        // It has ended by itself.
      }
    }
    return found;
  }

  /** Kills every process that runs a function right now; how many there were. */
  async killFunctions(): Promise<number> {
    const processes = await this.functionProcesses();
    for (const entry of processes) process.kill(Number(entry), "SIGKILL");
    return processes.length;
  }

  /** The largest resident set so far of each process that runs a function now, MiB, by the function's name in the stage. */
  async functionMemory(): Promise<{ readonly entry: string; readonly peakMiB: number }[]> {
    const found: { entry: string; peakMiB: number }[] = [];
    for (const id of await this.functionProcesses()) {
      try {
        const environment = await readFile(join("/proc", id, "environ"), "utf8");
        const status = await readFile(join("/proc", id, "status"), "utf8");
        const [, entry] =
          new RegExp(`AWS_LAMBDA_FUNCTION_NAME=ant-clio-${STAGE}-([^\0]+)`).exec(environment) ?? [];
        const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
        if (entry !== undefined && kibibytes !== undefined)
          found.push({ entry, peakMiB: Number(kibibytes) / 1024 });
      } catch {
        // It has ended by itself.
      }
    }
    return found;
  }

  /** The longest input or output of a state of an execution, bytes. */
  async longestPayload(name: string): Promise<number> {
    const executionArn = `${this.outputs.StateMachine.replace(":stateMachine:", ":execution:")}:${name}`;
    const client = stepFunctionsClient(this.ministack.options);
    let longest = 0;
    let nextToken: string | undefined;
    do {
      const page = await client.send(
        new GetExecutionHistoryCommand({ executionArn, ...(nextToken === undefined ? {} : { nextToken }) }),
      );
      for (const event of page.events ?? [])
        for (const detail of Object.values(event))
          if (typeof detail === "object" && !(detail instanceof Date))
            for (const [field, value] of Object.entries(detail as object))
              if (["input", "output", "parameters"].includes(field) && typeof value === "string")
                longest = Math.max(longest, Buffer.byteLength(value));
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    return longest;
  }

  /** Finished batches of a run, key -> bytes: a batch done again would state another attempt or other seconds. */
  async parts(runId: string): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for await (const { key } of this.objects.list(runPrefix(runId))) {
      if (!/\/parts\/[0-9a-f]{16}\/r\d+\/\d+\.jsonl$/.test(key)) continue;
      found.set(key, Buffer.from((await this.objects.get(key)) ?? new Uint8Array()).toString("base64"));
    }
    return found;
  }

  /** A run's artifacts and what it published, without what two equal runs may differ in. */
  async artifacts(runId: string): Promise<Map<string, string>> {
    return new Map([
      ...(await storedArtifacts(this.objects, runId)),
      ...(await storedArtifacts(this.published, runId)),
    ]);
  }
}
