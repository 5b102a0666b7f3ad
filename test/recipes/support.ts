import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { expect } from "vitest";
import type { Conversation } from "../../shared/contracts/conversation.ts";
import type { UsersMode } from "../../shared/contracts/validation.ts";
import { splitLines } from "../../shared/domain/input/lines.ts";
import { parseLine } from "../../shared/domain/input/parse-line.ts";
import { validateChunks } from "../../shared/domain/input/validate.ts";

const RECIPES = resolve(import.meta.dirname, "../../docs/recipes");

export interface RecipeResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RecipeOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeFlags?: readonly string[];
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs a recipe as a user would, with nothing of this environment but the path. */
export function runRecipe(
  script: string,
  args: readonly string[],
  { env = {}, nodeFlags = [], onStart }: RecipeOptions = {},
): Promise<RecipeResult> {
  const child = spawn(process.execPath, [...nodeFlags, resolve(RECIPES, script), ...args], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  onStart?.(child);
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => done({ code, stdout, stderr }));
  });
}

/** The conversations of an export, which must be valid down to the last row. */
export async function readExport(
  path: string,
  users: UsersMode = "per-conversation",
): Promise<Conversation[]> {
  const file = createReadStream(path);
  const stream: AsyncIterable<Uint8Array> = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
  const chunks = await Array.fromAsync(stream);
  const read = (): Readable => Readable.from(chunks);
  const report = await validateChunks(read(), { name: path, users });
  expect(report.issues).toEqual([]);
  expect(report.ok).toBe(true);
  const lines = await Array.fromAsync(splitLines(read()));
  return lines.flatMap((line) => {
    const parsed = line.kind === "line" ? parseLine(line.bytes, { users }) : null;
    return parsed?.ok === true ? [parsed.conversation] : [];
  });
}

/** The counts that a recipe prints, without those that are 0. */
export function countsOf({ stdout }: RecipeResult): Record<string, unknown> {
  const parsed = JSON.parse(stdout) as Record<string, unknown>;
  const flat = Object.entries(parsed).flatMap(([name, value]) =>
    typeof value === "object" && value !== null ? Object.entries(value) : [[name, value] as const],
  );
  return Object.fromEntries(flat.filter(([, value]) => value !== 0));
}

/** Names of everything in a folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}
