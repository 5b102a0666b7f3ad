import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Writable } from "node:stream";
import { openStores } from "../../cli/compose.ts";
import type { Provider } from "../../shared/adapters/open-provider.ts";
import { realDeps } from "../../cli/context.ts";
import type { Deps } from "../../cli/context.ts";
import type { Io, Sink } from "../../cli/io.ts";
import { silentLog } from "../../cli/log.ts";
import { main } from "../../cli/program.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import type { RunManifest } from "../../shared/contracts/run.ts";

/** A stream that keeps what is written. */
export class Capture extends Writable {
  text = "";
  readonly isTTY: boolean;
  readonly columns: number;
  private readonly heard: (text: string) => void;

  constructor(isTTY = false, columns = 80, heard: (text: string) => void = () => {}) {
    super();
    this.heard = heard;
    this.isTTY = isTTY;
    this.columns = columns;
  }

  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    this.heard(this.text);
    done();
  }
}

export interface ClioOptions {
  readonly cwd: string;
  readonly env?: Io["env"];
  readonly terminal?: boolean;
  readonly columns?: number;
  readonly packageDir?: string;
  readonly interrupt?: AbortSignal;
  readonly clock?: Io["clock"];
  /** Told all of stderr whenever there is more. */
  readonly onStderr?: (text: string) => void;
  readonly deps?: Partial<Deps>;
}

export interface ClioResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process. */
export async function clio(argv: readonly string[], options: ClioOptions): Promise<ClioResult> {
  const stdout = new Capture(options.terminal, options.columns);
  const stderr = new Capture(options.terminal, options.columns, options.onStderr);
  const io: Io = {
    stdout: stdout as Sink,
    stderr: stderr as Sink,
    env: options.env ?? {},
    cwd: options.cwd,
    entry: resolve(import.meta.dirname, "../../cli/clio.ts"),
    packageDir: options.packageDir ?? join(options.cwd, "package"),
    clock: options.clock ?? systemClock,
    interrupt: options.interrupt ?? new AbortController().signal,
  };
  const code = await main(argv, io, { ...realDeps, openProvider: async () => idleProvider, ...options.deps });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** The one JSON object of a command. */
export function answerOf({
  stdout,
}: ClioResult): Record<string, unknown> & { error?: { code: string; message: string; hint: string | null } } {
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** A provider for phases that ask nobody. */
export const idleProvider: Provider = {
  model: {
    identity: { provider: "offline", model: "none", version: "1" },
    ask: () => Promise.reject(new Error("nobody is to be asked")),
  },
  embedder: {
    identity: { provider: "offline", model: "none", version: "1" },
    dimensions: 1,
    embed: () => Promise.reject(new Error("nobody is to be asked")),
    close: async () => {},
  },
};

/** A valid conversation. */
export function conversation(n: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    conversation_id: `c-${n}`,
    user_id: `u-${n % 7}`,
    timestamp: "2026-09-18T16:09:00Z",
    messages: [
      { role: "user", content: `How long do ${n} eggs boil?` },
      { role: "assistant", content: "Seven minutes." },
    ],
    ...changes,
  };
}

/** Writes a JSONL file and gives its path. */
export async function writeRows(folder: string, name: string, rows: readonly unknown[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(
    path,
    rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n") + "\n",
  );
  return path;
}

/** Puts a run's record into `<cwd>/runs`, and files beside it by their path in the run's folder. */
export async function putRun(
  cwd: string,
  run: RunManifest,
  files: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { runs, objects } = openStores(join(cwd, "runs"), silentLog);
  await runs.create(run);
  for (const [path, value] of Object.entries(files)) {
    await objects.put(`runs/${run.run_id}/${path}`, new TextEncoder().encode(JSON.stringify(value)));
  }
}

/** Whether a text holds what must never reach a terminal from data: escape sequences, bidi overrides. */
export function holdsControls(text: string): boolean {
  return /[\p{Cc}\p{Cf}]/u.test(text.replaceAll("\n", ""));
}
