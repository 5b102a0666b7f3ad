import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Deps } from "../../../cli/context.ts";
import type { Io } from "../../../cli/io.ts";
import { conversation } from "../support.ts";

/** One thing that people give a command and that it must tell apart, refuse well and leave nothing of. */
export interface Kind {
  readonly name: string;
  /** Makes the situation in an empty folder, in which the command is then started. */
  readonly make?: (folder: string) => Promise<void>;
  /** The words after "clio". */
  readonly command: readonly string[];
  readonly env?: Io["env"];
  /** What cannot be had on every machine, such as a full disk. */
  readonly deps?: Partial<Deps>;
  readonly exit: 0 | 1 | 2 | 3;
  /** Code of the error in the answer of --json, or of the issue; null where all is well. */
  readonly code: string | null;
  /** What is wrong, as people read it. */
  readonly cause: RegExp;
  /** What to do about it. */
  readonly advice: RegExp;
  /**
   * What the command may leave in the folder. "failed run", "finished run": the run "bad", ended, owned by nobody.
   * "report": report.json, whole.
   */
  readonly leaves: "nothing" | "failed run" | "finished run" | "report";
  /** In a process of its own, and if asked for without the rights of root; all others run inside the test. */
  readonly process?: "own" | "unprivileged";
}

/** A word in every conversation that no command may ever repeat. */
export const CONTENT = "quokka";

/** A valid conversation that holds CONTENT. */
export function chat(n: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return conversation(n, {
    messages: [
      { role: "user", content: `My ${CONTENT} is called Ada, ${n}.` },
      { role: "assistant", content: "Fine." },
    ],
    ...changes,
  });
}

export const chats = (n: number): Record<string, unknown>[] => Array.from({ length: n }, (_, i) => chat(i));

/** Rows as JSONL; a text stays as it is. */
export function jsonl(rows: readonly unknown[]): string {
  return rows.map((row) => `${typeof row === "string" ? row : JSON.stringify(row)}\n`).join("");
}

/** Puts a file where a command is started. */
export function file(name: string, content: string | Uint8Array): (folder: string) => Promise<void> {
  return async (folder) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  };
}

/** One after the other. */
export function all(
  ...steps: readonly ((folder: string) => Promise<void>)[]
): (folder: string) => Promise<void> {
  return async (folder) => {
    for (const step of steps) await step(folder);
  };
}

/** A run of the file, under the name by which `leaves` knows it. */
export const runOf = (input: string, ...more: readonly string[]): readonly string[] => [
  "run",
  "--input",
  input,
  "--run-id",
  "bad",
  ...more,
];
