import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStores } from "../../cli/compose.ts";
import { silentLog } from "../../cli/log.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { conversation, writeRows } from "./support.ts";

const ENTRY = fileURLToPath(new URL("../../cli/clio.ts", import.meta.url));

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  readonly text: { stdout: string; stderr: string };
  /** Resolves when stderr holds these words. */
  says(words: string): Promise<void>;
}

/** The real command in a process of its own. */
function start(...argv: string[]): Started {
  const child = spawn(process.execPath, [ENTRY, ...argv], {
    cwd: folder.path,
    env: { PATH: process.env["PATH"] },
  });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (text.stderr += chunk.toString()));
  const ended = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  return {
    child,
    ended,
    text,
    async says(words) {
      while (!text.stderr.includes(words)) {
        if (child.exitCode !== null) throw new Error(`ended without saying "${words}": ${text.stderr}`);
        await Promise.race([once(child.stderr, "data"), ended]);
      }
    },
  };
}

async function codeOf(...argv: string[]): Promise<number | null> {
  return (await start(...argv).ended).code;
}

test("exit codes reach the shell", async () => {
  await writeRows(folder.path, "good.jsonl", [conversation(1)]);
  await writeRows(folder.path, "bad.jsonl", ["{}"]);
  expect(await codeOf("--version")).toBe(0);
  expect(await codeOf("validate-input", "--input", "good.jsonl")).toBe(0);
  expect(await codeOf("validate-input", "--input", "bad.jsonl")).toBe(1);
  expect(await codeOf("validate-input", "--inptu", "bad.jsonl")).toBe(2);
});

test("a reader that stops reading is no failure", async () => {
  const started = start("run", "--help");
  started.child.stdout?.destroy();
  expect((await started.ended).code).toBe(0);
  expect(started.text.stderr).toBe("");
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends a run as stopped, with 130, and it can go on",
  async (signal) => {
    await writeRows(
      folder.path,
      "chats.jsonl",
      Array.from({ length: 400 }, (_, i) => conversation(i)),
    );
    const started = start("run", "--input", "chats.jsonl", "--run-id", "cut", "--with-clustering");
    await started.says("Embed facets: started");
    started.child.kill(signal);
    expect((await started.ended).code).toBe(130);
    expect(started.text.stderr).toContain("clio run --input chats.jsonl --run-id cut --resume");
    const run = await openStores(join(folder.path, "runs"), silentLog).runs.get("cut");
    expect(run).toMatchObject({ status: "stopped", owner: null, failure: { code: "interrupted" } });
    expect(run?.phase_states.facets?.status).toBe("done");
  },
);
