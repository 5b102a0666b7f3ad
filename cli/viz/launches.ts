import { spawn } from "node:child_process";
import { mkdir, open, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { runInput } from "../../shared/contracts/api.ts";
import { runId as runIdSchema } from "../../shared/contracts/common.ts";
import { PermanentError, UsageError } from "../../shared/errors.ts";
import { isMissing } from "../../shared/adapters/directory/faults.ts";
import { RUN_FILES } from "../../shared/keys.ts";
import type { Stage } from "../../shared/pipeline.ts";
import type { RunStore } from "../../shared/ports/run-store.ts";
import type { Io } from "../io.ts";

/** Beside the runs: what the page started, and where the input of each is. */
const LAUNCHES_FOLDER = ".launches";
const POLL_MS = 100;
/** A child is a second from its start to its run's record; it is watched for as long as a slow disk may take. */
const WATCHED_SECONDS = 60;

const launch = z.strictObject({
  run_id: runIdSchema,
  input: runInput,
  /** Where the input lies, for who goes on with the run. */
  input_path: z.string(),
});
export type Launch = z.infer<typeof launch>;

/** What `clio run --json` answers when it could not. */
const failed = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string(), hint: z.string().nullable() }),
});

const fileOf = (runsDir: string, runId: string, what: "launch" | "settings" | "answer"): string =>
  join(runsDir, LAUNCHES_FOLDER, `${runId}.${what}.json`);

/** What the page started a run from; null of every other run. */
export async function launchOf(runsDir: string, runId: string): Promise<Launch | null> {
  try {
    return launch.parse(JSON.parse(await readFile(fileOf(runsDir, runId, "launch"), "utf8")));
  } catch {
    return null;
  }
}

/** Ids of uploads that runs were made of. */
export async function launchedUploads(runsDir: string): Promise<ReadonlySet<string>> {
  const names = await readdir(join(runsDir, LAUNCHES_FOLDER)).catch(() => [] as string[]);
  const ids = names.flatMap((name) =>
    name.endsWith(".launch.json") ? [name.slice(0, -".launch.json".length)] : [],
  );
  const launches = await Promise.all(ids.map((id) => launchOf(runsDir, id)));
  return new Set(launches.flatMap((each) => (each?.input.kind === "upload" ? [each.input.upload_id] : [])));
}

export async function forgetLaunch(runsDir: string, runId: string): Promise<void> {
  for (const what of ["launch", "settings", "answer"] as const)
    await rm(fileOf(runsDir, runId, what), { force: true });
}

/** Notes what a run is made of. False: it was noted before, by this request or by one like it. */
export async function claimLaunch(runsDir: string, noted: Launch): Promise<boolean> {
  await mkdir(join(runsDir, LAUNCHES_FOLDER), { recursive: true, mode: 0o700 });
  try {
    await writeFile(fileOf(runsDir, noted.run_id, "launch"), JSON.stringify(noted), {
      flag: "wx",
      mode: 0o600,
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

export interface LaunchDeps {
  readonly runsDir: string;
  readonly runs: RunStore;
  readonly io: Pick<Io, "entry" | "env" | "clock" | "cwd">;
  /** Ends with the server; the child does not. */
  readonly signal: AbortSignal;
}

export interface ChildRun {
  readonly runId: string;
  readonly inputPath: string;
  readonly stages: readonly Stage[];
  /** Settings by key, checked before; they travel as a file. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly resume: boolean;
}

/** Settings as variables, which win over those of the environment and of .env; lists are in the settings file alone. */
function settingVariables(settings: ChildRun["settings"]): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [key, value] of Object.entries(settings)) {
    const name = `CLIO_${key.toUpperCase()}`;
    if (value === null) variables[name] = "none";
    else if (typeof value !== "object") variables[name] = `${value as string | number | boolean}`;
  }
  return variables;
}

/**
 * Starts `clio run` as a process that outlives this one, and waits until its run is under way. What keeps it from that is
 * thrown as the child tells it. What it says goes to the run's log: names, ids and counts, as under --debug.
 */
export async function startChild(deps: LaunchDeps, child: ChildRun): Promise<void> {
  const { runsDir, runs, io, signal } = deps;
  const { runId, inputPath, stages, settings, resume } = child;
  const before = (await runs.get(runId))?.attempt ?? 0;
  const settingsFile = fileOf(runsDir, runId, "settings");
  await writeFile(settingsFile, JSON.stringify(settings), { mode: 0o600 });
  await mkdir(join(runsDir, runId), { recursive: true });
  const log = await open(join(runsDir, runId, RUN_FILES.log), "a", 0o600);
  const answer = await open(fileOf(runsDir, runId, "answer"), "w", 0o600);
  let ended: number | null = null;
  try {
    const settled = ["--config", settingsFile, "--json", "--debug", "--quiet", "--no-color"];
    const named = ["--runs-dir", runsDir, "--run-id", runId, "--input", inputPath];
    const asked = [...stages.map((stage) => `--with-${stage}`), ...(resume ? ["--resume"] : [])];
    const started = spawn(process.execPath, [io.entry, "run", ...named, ...settled, ...asked], {
      cwd: io.cwd,
      env: { ...io.env, ...settingVariables(settings) },
      detached: true,
      stdio: ["ignore", answer.fd, log.fd],
    });
    await new Promise<void>((done, refused) => {
      started.once("spawn", done);
      started.once("error", refused);
    });
    started.once("exit", (code) => {
      ended = code ?? 1;
    });
    started.unref();
  } finally {
    await log.close();
    await answer.close();
  }
  await underWay(deps, runId, before, async () => (ended === null ? null : whyNot(runsDir, runId)));
  signal.throwIfAborted();
}

/** Waits for the run that another request has claimed. Throws when that one failed and gave it up. */
export async function claimedElsewhere(deps: LaunchDeps, runId: string): Promise<void> {
  await underWay(deps, runId, 0, async () =>
    (await launchOf(deps.runsDir, runId)) === null
      ? new UsageError("The run could not be started.", {
          code: "not_started",
          hint: "Try again: the same request before this one says why.",
        })
      : null,
  );
}

/**
 * Waits until a run has an attempt after `before`, for as long as a child is watched.
 * @param givenUp why there will be none, or null while there may be one.
 */
async function underWay(
  { runs, io, signal }: LaunchDeps,
  runId: string,
  before: number,
  givenUp: () => Promise<Error | null>,
): Promise<void> {
  for (let waitedMs = 0; waitedMs < WATCHED_SECONDS * 1000; waitedMs += POLL_MS) {
    // Asked first: a child that has ended may have come far before.
    const why = await givenUp();
    if (((await runs.get(runId))?.attempt ?? 0) > before) return;
    if (why !== null) throw why;
    await io.clock.sleep(POLL_MS, signal);
  }
}

/** Why a child ended before its run was under way, in its own words. */
async function whyNot(runsDir: string, runId: string): Promise<Error> {
  try {
    const text = await readFile(fileOf(runsDir, runId, "answer"), "utf8");
    const { code, message, hint } = failed.parse(JSON.parse(text)).error;
    return new UsageError(message, { code, ...(hint === null ? {} : { hint }) });
  } catch (error) {
    const cause = isMissing(error) ? undefined : error;
    return new PermanentError("The run ended before it began.", {
      code: "not_started",
      hint: "clio doctor says whether everything that it needs is there.",
      cause,
    });
  }
}
