import { providerSettings, runConfig } from "../shared/config.ts";
import type { RunConfig, StageProvider } from "../shared/config.ts";
import type { InputLocation, LaunchEvent, ObjectCreatedEvent, StartEvent } from "../shared/contracts/aws.ts";
import type { Failure } from "../shared/contracts/run.ts";
import { canonicalJson } from "../shared/domain/jsonl.ts";
import { shortHash } from "../shared/domain/hash.ts";
import { newRun } from "../shared/domain/new-run.ts";
import { executionOwner, launchWithInput } from "../shared/engine/execution.ts";
import type { StartDeps } from "../shared/engine/execution.ts";
import { acquireRun } from "../shared/engine/ownership.ts";
import { endRun, failureOf } from "../shared/engine/run-end.ts";
import { describeInput } from "../shared/engine/run-input.ts";
import { createRecord, isoNow, loadRun } from "../shared/engine/run-record.ts";
import { ErrorName, isKind } from "../shared/errors.ts";
import { BUCKET_CONFIG_KEY, inputConfigKey, isInputKey } from "../shared/keys.ts";
import type { providerIdentity } from "../shared/adapters/provider-identity.ts";
import type { InputSource } from "../shared/ports/input-source.ts";
import { phasesOf } from "../shared/pipeline.ts";
import { VERSION } from "../shared/version.ts";
import { readSettings } from "./run-settings.ts";
import { requireOfStage } from "./stage-provider.ts";
import type { Call } from "./wrapper.ts";

export interface StartServices extends Omit<StartDeps, "clock" | "log"> {
  readonly openInput: (location: InputLocation) => Promise<InputSource>;
  /** Whom the stage's runs ask. */
  readonly stage: StageProvider;
  /** Whom the settings name. */
  readonly identify: typeof providerIdentity;
}

interface Started {
  readonly run_id: string;
  readonly started: boolean;
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
): Promise<Started | { ignored: true }> {
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
  const created = await createRecord(
    runs,
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
  if (!created) {
    const held = await runs.get(runId);
    // A start that was cut off goes on; anything else has had its start.
    if (held !== null && held.status !== "pending" && held.status !== "running") {
      log.info("start_repeated", { run_id: runId, status: held.status });
      return { run_id: runId, started: false };
    }
  }
  if (!settings.ok) return refuseRun(runId, settings.failure, services, { clock, log, count });
  const location = { bucket: bucket.name, key: object.key, etag: object.etag };
  return launchInput({ runId, location, config }, services, { clock, log, count });
}

type Tools = Pick<Call, "clock" | "log" | "count">;

/** Ends a run that cannot begin, with the reason on its record. */
async function refuseRun(
  runId: string,
  failure: Failure,
  { objects, runs }: StartServices,
  { clock, log }: Tools,
): Promise<Started> {
  log.warn("input_refused", { run_id: runId, code: failure.code });
  const me = executionOwner(runId, 1, isoNow(clock));
  const run = await acquireRun({ runs, clock, me, isAlive: () => true }, runId);
  const wall = { total: 0, phases: new Map(), peakRssMib: 0 };
  await endRun({ runs, objects, clock, log, me }, run, failure, wall);
  return { run_id: runId, started: false };
}

/** Looks at the input of a run that has a record, and starts its first execution. */
async function launchInput(
  { runId, location, config }: { runId: string; location: InputLocation; config: RunConfig },
  services: StartServices,
  { clock, log, count }: Tools,
): Promise<Started> {
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
    if (isKind(error, ErrorName.permanent))
      return refuseRun(runId, failureOf(null, error), services, { clock, log, count });
    throw error;
  }
}

/** Goes on with a run that the API has made a record of, with the settings that it checked. */
async function startLaunched(
  { launch: { run_id: runId, location } }: LaunchEvent,
  services: StartServices,
  tools: Tools,
): Promise<Started> {
  const held = await loadRun(services.runs, runId);
  if (held.status !== "pending" && held.status !== "running") {
    tools.log.info("start_repeated", { run_id: runId, status: held.status });
    return { run_id: runId, started: false };
  }
  try {
    const config = runConfig.parse(held.config);
    requireOfStage(config, services.stage);
    return await launchInput({ runId, location, config }, services, tools);
  } catch (error) {
    if (!isKind(error, ErrorName.permanent)) throw error;
    return refuseRun(runId, failureOf(null, error), services, tools);
  }
}

/** What the function is asked: by S3, for what was dropped, or by the API, for what was uploaded. */
export function start(
  event: StartEvent,
  services: StartServices,
  call: Call,
): Promise<Started | { ignored: true }> {
  return "launch" in event ? startLaunched(event, services, call) : startRun(event, services, call);
}
