import type { PhaseName } from "./contracts/run.ts";

/**
 * The one place where keys of stored objects are built and parsed, the same on disk and in S3 (design section 4).
 * Every key starts with `runs/<run_id>/`; IAM prefixes of `infra/` come from here too.
 */

export const RUNS_PREFIX = "runs/";

const RUN_ID = /^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$/;

export function runPrefix(runId: string): string {
  if (!RUN_ID.test(runId)) throw new RangeError("not a run id");
  return `${RUNS_PREFIX}${runId}/`;
}

/** In the id of a run that another run started, and of no other: rights to such runs are given by it. */
export const CHILD_RUN_MARK = "-eval-";

/** Files of a run's record. */
export const RUN_FILES = {
  manifest: "run_manifest.json",
  events: "run_events.jsonl",
  metrics: "run_metrics.json",
  warnings: "run_warnings.json",
  /** What the process of a run tells of itself, as JSON lines; of runs that a page started. */
  log: "run_log.jsonl",
  lock: ".run.lock",
} as const;

export function runFile(runId: string, file: keyof typeof RUN_FILES): string {
  return runPrefix(runId) + RUN_FILES[file];
}

/** The random key that turns user ids into hashes, one per run. */
export function userHashKey(runId: string): string {
  return `${runPrefix(runId)}private/user-hash.key`;
}

/** Where the input of a run on AWS lies (`contracts/aws.ts`). */
export function inputLocationKey(runId: string): string {
  return `${runPrefix(runId)}private/input.json`;
}

/** The input of a run where no file of the user's is its input: one made again without somebody, or started by another run. */
export function ownInputKey(runId: string): string {
  return `${runPrefix(runId)}private/input.jsonl`;
}

/** Who saw a conversation of a run, when and why; one object each. `at` is an RFC 3339 time, `id` unique. */
export function revealKey(runId: string, at: string, id: string): string {
  return `${runPrefix(runId)}private/reveals/${at.replaceAll(":", "-")}-${id}.json`;
}

/** Where inputs are dropped. */
export const INCOMING_PREFIX = "incoming/";

/** Where the page uploads inputs to on AWS. Nothing starts for what lies here: the page says when, and with which settings. */
export const UPLOADS_PREFIX = "uploads/";

const UPLOAD_ID = /^[0-9a-f]{32}$/;

export function uploadPrefix(uploadId: string): string {
  if (!UPLOAD_ID.test(uploadId)) throw new RangeError("not an upload id");
  return `${UPLOADS_PREFIX}${uploadId}/`;
}

/** What an upload is: begun with it, before a part is there. */
export function uploadRecordKey(uploadId: string): string {
  return `${uploadPrefix(uploadId)}upload.json`;
}

/** Written once all parts are one object. */
export function uploadCompleteKey(uploadId: string): string {
  return `${uploadPrefix(uploadId)}complete.json`;
}

/** The uploaded file itself, in a folder of its own: no name of a file is that of a note beside it. */
export function uploadFileKey(uploadId: string, name: string): string {
  return `${uploadPrefix(uploadId)}input/${name}`;
}

/** The upload that an input's key is of, or null. */
export function uploadIdOfKey(key: string): string | null {
  const [, id] = /^uploads\/([0-9a-f]{32})\/input\/[^/]+$/.exec(key) ?? [];
  return id ?? null;
}

/** Where an input that was made again is dropped: a run starts for it as for any other. */
export function remadeDropKey(runId: string): string {
  return `${INCOMING_PREFIX}remade/${runId}.jsonl`;
}

/** Beside an input that was made again: the keys that its users were hashed with before, so that a user can be found in it. */
export function earlierKeysKey(remadeKey: string): string {
  return remadeKey.replace(/\.jsonl$/, ".keys.json");
}

/** Settings for every input of a bucket. */
export const BUCKET_CONFIG_KEY = "config/clio.json";

const INPUT_KEY = /^incoming\/(?:[^/]+\/)*[^/]+\.jsonl(?:\.gz)?$/;

/** Whether a dropped object is an input: below `incoming/`, ending in `.jsonl` or `.jsonl.gz`. */
export function isInputKey(key: string): boolean {
  return isSafeKey(key) && INPUT_KEY.test(key);
}

/** Settings for one input, beside it: `incoming/chats.jsonl` has `incoming/chats.config.json`. */
export function inputConfigKey(inputKey: string): string {
  return inputKey.replace(/\.jsonl(?:\.gz)?$/, ".config.json");
}

/** Name of an attempt's execution; run ids have at most 64 characters, names at most 80. */
export function executionName(runId: string, attempt: number): string {
  return `${runId}-${attempt}`;
}

/** The run and attempt that an execution's name stands for, or null. */
export function parseExecutionName(name: string): { runId: string; attempt: number } | null {
  const match = /^(.+)-([1-9]\d{0,8})$/.exec(name);
  if (match?.[1] === undefined || !RUN_ID.test(match[1])) return null;
  return { runId: match[1], attempt: Number(match[2]) };
}

/** A named artifact by its path in `contracts/artifacts.ts`. */
export function artifactKey(runId: string, path: string): string {
  return runPrefix(runId) + path;
}

/** Byte offsets of a JSONL artifact's lines: n + 1 little-endian float64. */
export function artifactIndexKey(runId: string, path: string): string {
  return `${runPrefix(runId)}${path}.idx`;
}

const ROUND_DIGITS = 4;
const BATCH_DIGITS = 5;

/** Where a phase keeps what its batches and reduces wrote under one fingerprint. */
export function partsPrefix(runId: string, phase: PhaseName, fingerprint: string): string {
  return `${runPrefix(runId)}${PARTS_FOLDER[phase]}/parts/${fingerprint}/`;
}

/** Every part of a phase, of any fingerprint. */
export function phasePartsPrefix(runId: string, phase: PhaseName): string {
  return `${runPrefix(runId)}${PARTS_FOLDER[phase]}/parts/`;
}

/** Folder of a phase's parts: beside the artifacts it makes. */
const PARTS_FOLDER: Record<PhaseName, string> = {
  ingest: "ingest",
  facets: "facets",
  embed: "embeddings",
  cluster: "clusters",
  map: "viz",
  annotate: "annotate",
  label: "labels",
  hierarchy: "hierarchy",
  privacy: "privacy",
  publish: "publish",
  evaluate: "eval",
};

const padded = (n: number, digits: number): string => String(n).padStart(digits, "0");

function roundName(round: number): string {
  return `r${padded(round, ROUND_DIGITS)}`;
}

export interface PartAddress {
  readonly runId: string;
  readonly phase: PhaseName;
  readonly fingerprint: string;
  readonly round: number;
}

export function planKey({ runId, phase, fingerprint, round }: PartAddress): string {
  return `${partsPrefix(runId, phase, fingerprint)}${roundName(round)}.plan.json`;
}

/** What a round's reduce answered: the state its next round starts from, or the end of the phase. */
export function reduceKey({ runId, phase, fingerprint, round }: PartAddress): string {
  return `${partsPrefix(runId, phase, fingerprint)}${roundName(round)}.reduce.json`;
}

export function roundPrefix({ runId, phase, fingerprint, round }: PartAddress): string {
  return `${partsPrefix(runId, phase, fingerprint)}${roundName(round)}/`;
}

export function partKey(address: PartAddress, batch: number): string {
  return `${roundPrefix(address)}${padded(batch, BATCH_DIGITS)}.jsonl`;
}

/** A batch's extra bytes, written before its part. */
export function sidecarKey(address: PartAddress, batch: number): string {
  return `${roundPrefix(address)}${padded(batch, BATCH_DIGITS)}.bin`;
}

/** Answers of a phase's model that were paid for by batches without an output yet. */
export function phaseAnswersPrefix(runId: string, phase: PhaseName): string {
  return `${runPrefix(runId)}${PARTS_FOLDER[phase]}/answers/`;
}

export function answersPrefix({ runId, phase, fingerprint, round }: PartAddress, batch: number): string {
  const name = `${roundName(round)}-${padded(batch, BATCH_DIGITS)}`;
  return `${phaseAnswersPrefix(runId, phase)}${fingerprint}/${name}/`;
}

/** All answers of a batch, where the store can append. */
export function answersLogKey(address: PartAddress, batch: number): string {
  return `${answersPrefix(address, batch).slice(0, -1)}.jsonl`;
}

/** One answer, by the hash of what was asked. */
export function answerKey(address: PartAddress, batch: number, hash: string): string {
  return `${answersPrefix(address, batch)}${hash}.json`;
}

/** Why a batch failed for good, per attempt: a later attempt tries it again. */
export function batchFailureKey(address: PartAddress, batch: number, attempt: number): string {
  return `${roundPrefix(address)}${padded(batch, BATCH_DIGITS)}.failed-${attempt}.json`;
}

/** Why an attempt's plan or reduce of a phase was last thrown out of; the state machine tries it again. */
export function stepFailureKey(runId: string, phase: PhaseName, attempt: number): string {
  return `${runPrefix(runId)}${PARTS_FOLDER[phase]}/parts/failed-${attempt}.json`;
}

/** Which attempt of a run that the phase started counts as that of this attempt. */
export function childAttemptKey(runId: string, phase: PhaseName, attempt: number, childId: string): string {
  return `${runPrefix(runId)}${PARTS_FOLDER[phase]}/parts/started-${attempt}/${childId}.json`;
}

/** The batch a key under `roundPrefix` is the finished part of, or null. */
export function batchOfPartKey(key: string): number | null {
  const match = /\/(\d{5,})\.jsonl$/.exec(key);
  return match?.[1] === undefined ? null : Number(match[1]);
}

/** Which fingerprint a phase's named artifacts now show. */
export function currentKey(runId: string, phase: PhaseName): string {
  return `${runPrefix(runId)}${PARTS_FOLDER[phase]}/parts/current.json`;
}

/** The only prefix that the web side reads. */
export function publishedPrefix(runId: string): string {
  return `${runPrefix(runId)}published/`;
}

export function publishedKey(runId: string, generation: string, file: string): string {
  return `${publishedPrefix(runId)}${generation}/${file}`;
}

export function publishedLatestKey(runId: string): string {
  return `${publishedPrefix(runId)}latest.json`;
}

/** What a published key names, or null for a key that is none: the pointer has no generation. */
export function parsePublishedKey(
  key: string,
): { readonly runId: string; readonly generation: string | null; readonly file: string } | null {
  const [, runId = "", rest = ""] = /^runs\/([^/]+)\/published\/(.+)$/.exec(key) ?? [];
  if (!RUN_ID.test(runId)) return null;
  if (rest === "latest.json") return { runId, generation: null, file: rest };
  const [, generation, file] = /^([0-9a-f]{16})\/([a-z]+\.json)$/.exec(rest) ?? [];
  return generation === undefined || file === undefined ? null : { runId, generation, file };
}

/** The run id of a key, or null for a key that is no run's. */
export function runIdOfKey(key: string): string | null {
  const id = key.startsWith(RUNS_PREFIX) ? key.slice(RUNS_PREFIX.length).split("/", 1)[0] : undefined;
  return id !== undefined && RUN_ID.test(id) ? id : null;
}

/** Whether a key may be stored at all: relative, "/"-separated, no empty, "." or ".." part, no control character or backslash. */
export function isSafeKey(key: string): boolean {
  return (
    key.length > 0 &&
    key.length <= 1024 &&
    // eslint-disable-next-line no-control-regex -- control characters are what is refused
    !/[\u0000-\u001f\u007f\\]/.test(key) &&
    key.split("/").every((part) => part !== "" && part !== "." && part !== "..")
  );
}
