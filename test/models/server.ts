import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { freePort } from "../helpers/ministack.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { Installed } from "./paths.ts";

export interface ModelServer {
  /** Ends in /v1. */
  readonly url: string;
  /** What it has logged. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Its name to those that ask. */
export const MODEL = "smollm2";
/** Questions of the largest prompt, their schema and an answer of full length. */
export const CONTEXT_TOKENS = 4096;

/** Python and 100 MB of weights, on a machine that may be busy. */
const READY_TRIES = 1200;
const END_MS = 10_000;

async function answers(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(`${url}/models`, { signal: AbortSignal.timeout(2000) });
    return ok;
  } catch {
    return false;
  }
}

/** The model behind llama.cpp's Python server on a free port of the loopback address. It answers one question at a time. */
export async function startModelServer({ python, model }: Installed): Promise<ModelServer> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/v1`;
  const logFile = join(folder.path, "server.log");
  const out = openSync(logFile, "w");
  const settings = {
    model,
    model_alias: MODEL,
    host: "127.0.0.1",
    port,
    n_ctx: CONTEXT_TOKENS,
    n_batch: 512,
    // Its threads wait for each other by spinning: on a machine that is busy two are ten times slower than one.
    n_threads: 1,
    n_threads_batch: 1,
    // Scores of every token of a question, a gigabyte that nobody asks for.
    logits_all: "false",
    seed: 7,
    verbose: "false",
  };
  const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(python, ["-m", "llama_cpp.server", ...words], {
    cwd: folder.path,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder.path, TMPDIR: folder.path },
    stdio: ["ignore", out, out],
  });
  closeSync(out);
  const exited = once(child, "exit");
  const killNow = (): void => void child.kill("SIGKILL");
  // For the case that the tests end without stopping it.
  process.once("exit", killNow);
  const log = (): Promise<string> => readFile(logFile, "utf8");

  for (let tries = 0; !(await answers(url)); tries++) {
    if (child.exitCode !== null || tries === READY_TRIES) {
      killNow();
      throw new Error(`The model's server did not start:\n${await log()}`);
    }
    await setTimeout(100);
  }
  return {
    url,
    log,
    async stop() {
      process.off("exit", killNow);
      child.kill("SIGTERM");
      // An answer that nobody waits for any more does not stop it from ending.
      const ended = await Promise.race([exited.then(() => true), setTimeout(END_MS, false)]);
      if (!ended) child.kill("SIGKILL");
      await exited;
      await folder.remove();
    },
  };
}
