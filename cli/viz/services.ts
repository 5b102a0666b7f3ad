import { appendFile, mkdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { objectProgress } from "../../shared/adapters/object-progress.ts";
import { fileInput } from "../../shared/adapters/directory/input-source.ts";
import { API_SCHEMA_VERSION } from "../../shared/contracts/api.ts";
import type { Capabilities, RunInput } from "../../shared/contracts/api.ts";
import { removeBelow } from "../../shared/engine/remove-run.ts";
import { validateInput } from "../../shared/engine/run-input.ts";
import { loadRun } from "../../shared/engine/run-record.ts";
import { ConflictError, UsageError } from "../../shared/errors.ts";
import { runPrefix } from "../../shared/keys.ts";
import { phasesOf } from "../../shared/pipeline.ts";
import { VERSION } from "../../shared/version.ts";
import { removeService, stopService } from "../../lambdas/api/control-services.ts";
import { checkedSettings } from "../../lambdas/api/settings.ts";
import { uploadServices } from "../../lambdas/api/upload-services.ts";
import { readServices } from "../../lambdas/api/read-services.ts";
import type { ApiServices } from "../../lambdas/api/services.ts";
import { trustedServices } from "../../lambdas/api/trusted-services.ts";
import type { Reveal } from "../../lambdas/api/trusted-services.ts";
import { checkMachine } from "../commands/doctor.ts";
import type { Stores } from "../compose.ts";
import { folderOf, lifeOf } from "../context.ts";
import type { Context } from "../context.ts";
import { findDefaultInput } from "../input.ts";
import { estimateTools } from "../../shared/adapters/estimate-tools.ts";
import { estimateOf } from "../../shared/engine/estimate/estimate-run.ts";
import { claimLaunch, claimedElsewhere, forgetLaunch, launchOf, startChild } from "./launches.ts";
import type { LaunchDeps } from "./launches.ts";
import type { DirectoryUploads } from "./uploads.ts";
import { runIdOfRequest } from "../../shared/domain/new-run.ts";

export interface LaptopOptions {
  readonly allowRawMessages: boolean;
  /** Seconds between looks at runs, also when none is under way; null: only while one is. */
  readonly liveSeconds: number | null;
}

export interface Laptop {
  readonly context: Context;
  readonly stores: Stores;
  readonly uploads: DirectoryUploads;
  readonly options: LaptopOptions;
}

export function capabilitiesOf({ context, options }: Pick<Laptop, "context" | "options">): Capabilities {
  const here = context.stage === null;
  return {
    schema_version: API_SCHEMA_VERSION,
    version: VERSION,
    where: here ? "laptop" : "aws",
    stage: context.stage ?? basename(resolve(context.io.cwd, context.runsDir)),
    tier: options.allowRawMessages ? "trusted" : "aggregate",
    // Runs of a stage are started and ended where they run, with the rights for it.
    launch: here,
    stop: here,
    resume: here,
    remove: here,
    sample_input: here && findDefaultInput(context.io) !== null,
    log: here ? "lines" : "events",
    artifacts: here ? "all" : "published",
    fixed_settings: [],
    live_seconds: options.liveSeconds,
  };
}

/** Services of a folder of runs, or of a stage that is looked at from here. */
export function laptopServices(laptop: Laptop): ApiServices {
  const { context, stores, options } = laptop;
  const capabilities = capabilitiesOf(laptop);
  const life = lifeOf(context, stores);
  const read = readServices({
    life,
    published: stores.published,
    records: stores.objects,
    progress: objectProgress(stores.objects),
    capabilities,
  });
  if (context.stage !== null) return read;
  return {
    ...read,
    ...stopService(life, read.getRun!),
    ...runServices(laptop),
    ...uploadServices(laptop.uploads),
    validation: async ({ uploadId, body: { users } }) =>
      validateInput(await fileInput(await laptop.uploads.pathOf(uploadId)), { users }),
    ...(options.allowRawMessages
      ? trustedServices({
          runs: stores.runs,
          objects: stores.objects,
          now: () => stores.clock.now(),
          recordReveal: (reveal) => recordReveal(folderOf(context), reveal),
        })
      : {}),
  };
}

/** Beside what it is about, for who asks later who looked. */
async function recordReveal(runsDir: string, reveal: Reveal): Promise<void> {
  const file = join(runsDir, reveal.run_id, "private", "reveals.jsonl");
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify(reveal)}\n`, { mode: 0o600 });
}

async function inputPath({ context, uploads }: Laptop, input: RunInput): Promise<string> {
  if (input.kind === "upload") return uploads.pathOf(input.upload_id);
  const found = findDefaultInput(context.io);
  if (found === null)
    throw new UsageError("the sample corpus is not here", {
      code: "input_not_found",
      hint: "Choose a file.",
    });
  return resolve(context.io.cwd, found);
}

/** Runs that the page starts: each a process of its own, which outlives the server. */
function runServices(
  laptop: Laptop,
): Pick<ApiServices, "createRun" | "resumeRun" | "deleteRun" | "estimate" | "doctor"> {
  const { context, stores, uploads } = laptop;
  const life = lifeOf(context, stores);
  const runsDir = folderOf(context);
  const deps: LaunchDeps = { runsDir, runs: stores.runs, io: context.io, signal: context.io.interrupt };
  return {
    doctor: async () => {
      const checks = await checkMachine({}, context);
      return { ok: checks.every(({ status }) => status !== "fail"), checks: [...checks] };
    },
    estimate: async ({ body: { input, stages, settings } }) => {
      const source = await fileInput(await inputPath(laptop, input));
      const { answer } = await estimateOf(source, phasesOf(stages), checkedSettings(settings), estimateTools);
      return answer;
    },
    createRun: async ({ body: { request_id: requestId, input, stages, settings } }) => {
      const runId = runIdOfRequest(requestId);
      checkedSettings(settings);
      const path = await inputPath(laptop, input);
      const first = await claimLaunch(runsDir, { run_id: runId, input, input_path: path });
      if (!first) {
        await claimedElsewhere(deps, runId);
        return { run_id: runId, started: false };
      }
      try {
        await startChild(deps, { runId, inputPath: path, stages, settings, resume: false });
      } catch (error) {
        // Nothing runs: the same request may try again, once what kept it is mended.
        if ((await stores.runs.get(runId)) === null) {
          await forgetLaunch(runsDir, runId);
          const { objects, published } = stores;
          for (const store of new Set([objects, published])) await removeBelow(store, runPrefix(runId));
        }
        throw error;
      }
      return { run_id: runId, started: true };
    },
    resumeRun: async ({ runId, body: { stages, settings } }) => {
      const run = await loadRun(stores.runs, runId);
      checkedSettings({ ...run.config, ...settings });
      const launched = await launchOf(runsDir, runId);
      const sample = findDefaultInput(context.io);
      const path =
        launched?.input_path ??
        (sample !== null && basename(sample) === run.dataset?.name ? resolve(context.io.cwd, sample) : null);
      if (path === null)
        throw new ConflictError("where the file that this run was made from is, this server does not know", {
          code: "input_needed",
          hint: `On the command line: clio run --input <the file> --run-id ${runId} --resume`,
        });
      await startChild(deps, { runId, inputPath: path, stages, settings, resume: true });
      return { run_id: runId, started: true };
    },
    deleteRun: async (asked, caller) => {
      const { deleteRun } = removeService(life, stores);
      const launched = await launchOf(runsDir, asked.runId);
      const removed = await deleteRun!(asked, caller);
      if (!asked.dry_run && launched !== null) {
        await forgetLaunch(runsDir, asked.runId);
        if (launched.input.kind === "upload") await uploads.remove(launched.input.upload_id);
      }
      return removed;
    },
  };
}
