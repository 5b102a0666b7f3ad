import { providerSettings, runConfig } from "../shared/config.ts";
import type { RunConfig, StageProvider } from "../shared/config.ts";
import type { InputLocation, ObjectCreatedEvent } from "../shared/contracts/aws.ts";
import type { Failure } from "../shared/contracts/run.ts";
import { canonicalJson } from "../shared/domain/jsonl.ts";
import { shortHash } from "../shared/domain/hash.ts";
import { newRun } from "../shared/domain/new-run.ts";
import { executionOwner, launchWithInput } from "../shared/engine/execution.ts";
import type { StartDeps } from "../shared/engine/execution.ts";
import { acquireRun } from "../shared/engine/ownership.ts";
import { endRun, failureOf } from "../shared/engine/run-end.ts";
import { describeInput } from "../shared/engine/run-input.ts";
import { isoNow } from "../shared/engine/run-record.ts";
import { ErrorName, isKind } from "../shared/errors.ts";
import { BUCKET_CONFIG_KEY, inputConfigKey, isInputKey } from "../shared/keys.ts";
import type { providerIdentity } from "../shared/adapters/provider-identity.ts";
import type { InputSource } from "../shared/ports/input-source.ts";
import { phasesOf } from "../shared/pipeline.ts";
import { VERSION } from "../shared/version.ts";
import { objection } from "./stage-provider.ts";
import type { Call } from "./wrapper.ts";

export interface StartServices extends Omit<StartDeps, "clock" | "log"> {
  readonly openInput: (location: InputLocation) => Promise<InputSource>;
  /** Whom the stage's runs ask. */
  readonly stage: StageProvider;
  /** Whom the settings name. */
  readonly identify: typeof providerIdentity;
}

/** Settings of a run: those beside the input over those of the bucket over those of the stage. */
type Settings =
  | { readonly ok: true; readonly config: RunConfig }
  | { readonly ok: false; readonly failure: Failure };

const SETTINGS_HINT =
  "A settings file is one JSON object with the keys that clio info lists; mend it and drop the input again.";

function badSettings(file: string, what: string): Settings {
  return {
    ok: false,
    failure: {
      phase: null,
      code: "bad_config",
      message: `the settings in ${file} ${what}`,
      hint: SETTINGS_HINT,
    },
  };
}

function readSettings(
  files: readonly { name: string; bytes: Uint8Array | null }[],
  stage: StageProvider,
): Settings {
  let merged: Record<string, unknown> = { ...stage };
  for (const { name, bytes } of files) {
    if (bytes === null) continue;
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch {
      return badSettings(name, "are not JSON");
    }
    if (value === null || typeof value !== "object" || Array.isArray(value))
      return badSettings(name, "are not a JSON object");
    merged = { ...merged, ...value };
    const checked = runConfig.safeParse(merged);
    if (!checked.success) {
      // Keys alone: a schema's message may quote the value.
      const keys = checked.error.issues.flatMap((issue) =>
        issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".")],
      );
      return badSettings(name, `do not fit at ${keys.slice(0, 5).join(", ")}`);
    }
    const found = objection(checked.data, stage);
    if (found !== null)
      return { ok: false, failure: { phase: null, ...found, message: `${name}: ${found.message}` } };
  }
  return { ok: true, config: runConfig.parse(merged) };
}

/** Every phase of the table; the evaluation is not started by a drop. */
const DROPPED_PHASES = phasesOf(["hierarchy", "privacy"]);

/**
 * Starts a run for an input that was dropped. The run's id is made of bucket, key, etag and settings, so an event that
 * comes twice finds the run there and starts nothing. What a user can mend ends as a failed run that says so.
 */
export async function startRun(
  { detail: { bucket, object } }: ObjectCreatedEvent,
  services: StartServices,
  { clock, log, count }: Call,
): Promise<{ run_id: string; started: boolean } | { ignored: true }> {
  const { objects, runs } = services;
  if (!isInputKey(object.key)) {
    log.info("object_ignored");
    return { ignored: true };
  }
  const files = await Promise.all(
    [
      { name: "config/clio.json", key: BUCKET_CONFIG_KEY },
      { name: "the file beside the input", key: inputConfigKey(object.key) },
    ].map(async ({ name, key }) => ({ name, bytes: await objects.get(key) })),
  );
  const texts = files.map(({ bytes }) => (bytes === null ? null : Buffer.from(bytes).toString("base64")));
  // The same file for another model is another run; a higher limit of cost alone is the same one, to be resumed.
  const asked = providerSettings.strip().parse(services.stage);
  const identity = { bucket: bucket.name, key: object.key, etag: object.etag, settings: texts, asked };
  const runId = `run-${shortHash(canonicalJson(identity))}`;
  const settings = readSettings(files, services.stage);
  const config = settings.ok ? settings.config : runConfig.parse(services.stage);
  try {
    await runs.create(
      newRun({
        runId,
        at: isoNow(clock),
        config,
        phases: DROPPED_PHASES,
        dataset: null,
        ...services.identify(config),
        versions: { ant_clio: VERSION, node: process.version },
      }),
    );
  } catch (error) {
    if (!isKind(error, ErrorName.conflict)) throw error;
    const held = await runs.get(runId);
    // A start that was cut off goes on; anything else has had its start.
    if (held !== null && held.status !== "pending" && held.status !== "running") {
      log.info("start_repeated", { run_id: runId, status: held.status });
      return { run_id: runId, started: false };
    }
  }
  const refuse = async (failure: Failure): Promise<{ run_id: string; started: boolean }> => {
    log.warn("input_refused", { run_id: runId, code: failure.code });
    const me = executionOwner(runId, 1, isoNow(clock));
    const run = await acquireRun({ runs, clock, me, isAlive: () => true }, runId);
    const wall = { total: 0, phases: new Map(), peakRssMib: 0 };
    await endRun({ runs, objects, clock, log, me }, run, failure, wall);
    return { run_id: runId, started: false };
  };
  if (!settings.ok) return refuse(settings.failure);

  const location = { bucket: bucket.name, key: object.key, etag: object.etag };
  try {
    const dataset = await describeInput(await services.openInput(location));
    const run = await launchWithInput({ ...services, clock, log }, runId, { location, dataset, config });
    log.info("run_started", { run_id: runId, attempt: run.attempt, bytes: dataset.bytes });
    count("RunsStarted", 1);
    return { run_id: runId, started: true };
  } catch (error) {
    if (isKind(error, ErrorName.conflict)) {
      log.info("start_repeated", { run_id: runId, status: "running" });
      return { run_id: runId, started: false };
    }
    if (isKind(error, ErrorName.permanent)) return refuse(failureOf(null, error));
    throw error;
  }
}
