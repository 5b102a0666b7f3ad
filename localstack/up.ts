import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { setTimeout } from "node:timers/promises";
import { loopbackEndpoint } from "./environment.ts";
import { main, say } from "./main.ts";
import { findMinistack, INSTALL_HINT, isHealthy, serverEnvironment } from "./ministack.ts";
import { STATE } from "./paths.ts";
import { readPidFile, writePidFile } from "./pid-file.ts";
import { isRunning, startOf, stopProcess } from "./process.ts";

/** Starts MiniStack in the background; fine to repeat. `--persist` keeps its state in `.localstack/state`. */

/** A cold start on a busy machine was seen to take some seconds. */
const READY_MS = 60_000;
const POLL_MS = 200;

await main(async () => {
  const { values } = parseArgs({ options: { persist: { type: "boolean", default: false } } });
  const endpoint = loopbackEndpoint(process.env["AWS_ENDPOINT_URL"]);
  const before = await readPidFile();
  if (before !== null && isRunning(before)) {
    if (before.endpoint !== endpoint.origin) {
      throw new Error(`MiniStack runs at ${before.endpoint} already: npm run localstack:down first.`);
    }
    say(`MiniStack runs at ${before.endpoint} (process ${before.pid}).`);
    return;
  }
  if (await isHealthy(endpoint.origin)) {
    throw new Error(
      `Something else answers at ${endpoint.origin}: end it, or name another port in AWS_ENDPOINT_URL.`,
    );
  }
  const command = findMinistack();
  if (command === null) throw new Error(INSTALL_HINT);

  await mkdir(STATE, { recursive: true });
  const log = join(STATE, "ministack.log");
  const out = openSync(log, "a");
  const port = Number(endpoint.port === "" ? 80 : endpoint.port);
  const settings = { port, ...(values.persist ? { stateDir: join(STATE, "state") } : {}) };
  const child = spawn(command, [], {
    cwd: STATE,
    env: serverEnvironment(process.env, settings),
    stdio: ["ignore", out, out],
    // Outlives this script, as the leader of a group.
    detached: true,
  });
  closeSync(out);
  child.unref();
  const failed = new Promise<never>((_, fail) => {
    child.once("error", fail);
  });
  const { pid } = child;
  const started = pid === undefined ? null : startOf(pid);
  if (pid === undefined || started === null) await failed;
  else {
    const identity = { pid, started, endpoint: endpoint.origin };
    await writePidFile(identity);
    for (let waited = 0; !(await isHealthy(endpoint.origin)); waited += POLL_MS) {
      if (!isRunning(identity) || waited >= READY_MS) {
        await stopProcess(identity);
        throw new Error(`MiniStack did not start; the end of ${log}:\n${await tail(log)}`);
      }
      await setTimeout(POLL_MS);
    }
    say(`MiniStack runs at ${endpoint.origin} (process ${pid}, log ${log}).`);
  }
});

async function tail(file: string): Promise<string> {
  return (await readFile(file, "utf8")).trimEnd().split("\n").slice(-15).join("\n");
}
