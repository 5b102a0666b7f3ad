import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as z from "zod";
import { runId as runIdSchema } from "../shared/contracts/common.ts";
import type { RunManifest } from "../shared/contracts/run.ts";
import { isAbandoned as isAbandonedBy } from "../shared/engine/run-life.ts";
import type { LifeDeps } from "../shared/engine/run-life.ts";
import { UsageError } from "../shared/errors.ts";
import type { Log } from "../shared/ports/log.ts";
import { openProvider } from "../shared/adapters/open-provider.ts";
import { currentOwner, isAlive, openStores } from "./compose.ts";
import type { Stores } from "./compose.ts";
import type { Io, Output } from "./io.ts";
import { safe } from "./render/text.ts";

/** What commands open; tests give their own. */
export interface Deps {
  readonly openStores: typeof openStores;
  readonly openStage: (stage: string, env: Io["env"], log: Log) => Promise<Stores>;
  readonly openProvider: typeof openProvider;
  readonly isAlive: typeof isAlive;
}
export const realDeps: Deps = {
  openStores,
  // The AWS SDK is loaded for --target aws alone.
  openStage: async (...where) => (await import("./aws.ts")).openStage(...where),
  openProvider,
  isAlive,
};

/** What every command is given beside its own options. */
export interface Context {
  readonly io: Io;
  readonly output: Output;
  readonly log: Log;
  /** As given with --runs-dir. */
  readonly runsDir: string;
  /** The stage under --target aws; null for the runs folder. */
  readonly stage: string | null;
  /** As given with --config, or null. */
  readonly configFile: string | null;
  readonly deps: Deps;
}

export const DEFAULT_RUNS_DIR = "runs";
export const DEFAULT_STAGE = "dev";

export async function storesOf({ io, log, runsDir, stage, deps }: Context): Promise<Stores> {
  if (stage !== null) return deps.openStage(stage, io.env, log);
  const folder = resolve(io.cwd, runsDir);
  if (isBlocked(folder)) {
    throw new UsageError(`The runs folder ${safe(runsDir)} cannot be one: there is a file in its place.`, {
      code: "bad_path",
      hint: "Move that file, or choose another folder with --runs-dir.",
    });
  }
  return { ...deps.openStores(folder, log), folder: (runId) => safe(join(runsDir, runId)) };
}

/** The folder of runs. */
export const folderOf = ({ io, runsDir }: Pick<Context, "io" | "runsDir">): string =>
  resolve(io.cwd, runsDir);

/** Where the runs of a command are, for people. */
export function placeOf({ runsDir, stage }: Context): string {
  return stage === null ? safe(runsDir) : `stage ${stage}`;
}

/** Whether a path, or the nearest above it that exists, is something else than a folder. */
function isBlocked(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    try {
      const found = statSync(at, { throwIfNoEntry: false });
      if (found !== undefined) return !found.isDirectory();
    } catch {
      // Whatever keeps it from being looked at, the store says it better.
      return false;
    }
    if (at === dirname(at)) return false;
  }
}

/** What a command for a run here needs besides its own flags: " --runs-dir there", " --target aws", or nothing. */
export function placeFlags({ runsDir, stage }: Context, quote: (word: string) => string): string {
  if (stage !== null) return ` --target aws${stage === DEFAULT_STAGE ? "" : ` --stage ${quote(stage)}`}`;
  return runsDir === DEFAULT_RUNS_DIR || runsDir === `${DEFAULT_RUNS_DIR}/`
    ? ""
    : ` --runs-dir ${quote(runsDir)}`;
}

/** A run id as typed. Throws UsageError for what can be none. */
export function parseRunId(text: string): string {
  const parsed = runIdSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new UsageError(`"${safe(text).slice(0, 80)}" cannot be the id of a run.`, {
    code: "bad_run_id",
    hint: "An id has 3 to 64 lower-case letters, digits and dashes, and begins and ends with a letter or digit.",
  });
}

const wholeNumber = z.coerce.number().int().min(0).max(1_000_000);

/** A whole number of a flag, at least `least`. */
export function parseCount(flag: string, text: string, least: number): number {
  const parsed = wholeNumber.min(least).safeParse(/^\d+$/.test(text) ? text : Number.NaN);
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `${flag} is "${safe(text).slice(0, 40)}", which is not a whole number of at least ${least}.`,
    {
      code: "bad_number",
      hint: `Write it in digits, for example ${flag} 10.`,
    },
  );
}

/** What it takes to tell how runs live, and to end them. */
export function lifeOf({ deps }: Pick<Context, "deps">, stores: Stores): LifeDeps {
  return {
    runs: stores.runs,
    clock: stores.clock,
    starter: stores.executions?.starter ?? null,
    me: currentOwner(stores.clock),
    isAlive: deps.isAlive,
  };
}

/** Whether a run that calls itself running has nobody who runs it. */
export async function isAbandoned(context: Context, stores: Stores, run: RunManifest): Promise<boolean> {
  return isAbandonedBy(lifeOf(context, stores), run);
}

/** Every run there is, newest first, and how many records could not be read. */
export async function allRuns(
  context: Context,
): Promise<{ runs: RunManifest[]; unreadable: readonly string[]; stores: Stores }> {
  const unreadable: string[] = [];
  const log: Log = {
    ...context.log,
    warn(event, fields) {
      if (event === "run_unreadable") unreadable.push(String(fields?.["run_id"]));
      context.log.warn(event, fields);
    },
  };
  const stores = await storesOf({ ...context, log });
  const runs: RunManifest[] = [];
  let cursor: string | null = null;
  do {
    const page = await stores.runs.list({ limit: 1000, cursor });
    runs.push(...page.runs);
    cursor = page.cursor;
  } while (cursor !== null);
  return { runs, unreadable, stores };
}
