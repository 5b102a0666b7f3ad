import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { isRunning, startOf, stopProcess } from "../../localstack/process.ts";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** A process at the head of a group; `script` runs before it says that it is ready. */
async function started(script: string): Promise<{ child: ChildProcess; pid: number; started: string }> {
  const child = spawn(
    process.execPath,
    ["-e", `${script}; console.log("ready"); setInterval(() => {}, 1e6)`],
    {
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    },
  );
  children.push(child);
  await once(child.stdout, "data");
  const pid = child.pid ?? 0;
  return { child, pid, started: startOf(pid) ?? "" };
}

test("a process is known by its number and its start", async () => {
  const one = await started("");
  expect(one.started).not.toBe("");
  expect(isRunning(one)).toBe(true);
  expect(isRunning({ pid: one.pid, started: "some other time" })).toBe(false);
});

test("another process that has got the number is left alone", async () => {
  const one = await started("");
  expect(await stopProcess({ pid: one.pid, started: "some other time" })).toBe(false);
  expect(isRunning(one)).toBe(true);
});

test("a process is asked to end", async () => {
  const one = await started("");
  const ended = once(one.child, "exit");
  expect(await stopProcess(one)).toBe(true);
  expect(await ended).toEqual([null, "SIGTERM"]);
  expect(await stopProcess(one)).toBe(false);
});

test("a process that does not is ended, with what it started", async () => {
  const one = await started(
    `process.on("SIGTERM", () => {}); require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { stdio: "inherit" })`,
  );
  const closed = once(one.child, "close");
  expect(await stopProcess(one, 300)).toBe(true);
  // "close" comes when nobody holds the pipe any more: the one it started neither.
  expect(await closed).toEqual([null, "SIGKILL"]);
});
