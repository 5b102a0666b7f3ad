import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Child {
  readonly process: ChildProcess;
  /** The next line it says; throws when it ends without one. */
  line(): Promise<string>;
  /** Lets a child that said "ready" begin. */
  go(): void;
  /** Its exit code, or the name of the signal that ended it. */
  ended(): Promise<number | string>;
}

/** Starts a script of test/adapters/children with this Node. */
export function startChild(script: string, ...args: string[]): Child {
  const path = fileURLToPath(new URL(`../adapters/children/${script}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exit = once(child, "exit");
  return {
    process: child,
    async line() {
      const next = await lines.next();
      if (next.done === true) throw new Error(`${script} ended early`);
      return next.value;
    },
    go() {
      child.stdin.end("go\n");
    },
    async ended() {
      const [code, signal] = (await exit) as [number | null, string | null];
      return code ?? signal ?? "unknown";
    },
  };
}

/** Starts children, waits until all are ready, lets them go at once and gives the line each then says. */
export async function race(children: readonly Child[]): Promise<string[]> {
  for (const child of children) {
    const word = await child.line();
    if (word !== "ready") throw new Error(`a child said ${word}`);
  }
  for (const child of children) child.go();
  const lines = await Promise.all(children.map((child) => child.line()));
  await Promise.all(children.map((child) => child.ended()));
  return lines;
}
