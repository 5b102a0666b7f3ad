import { artifacts } from "../shared/contracts/artifacts.ts";
import type { ArtifactName } from "../shared/contracts/artifacts.ts";
import type { PhaseName } from "../shared/contracts/run.ts";
import {
  BUCKET_CONFIG_KEY,
  CHILD_RUN_MARK,
  INCOMING_PREFIX,
  RUNS_PREFIX,
  UPLOADS_PREFIX,
  artifactIndexKey,
  artifactKey,
  inputLocationKey,
  phaseAnswersPrefix,
  ownInputKey,
  revealKey,
  uploadCompleteKey,
  uploadFileKey,
  uploadPrefix,
  uploadRecordKey,
  phasePartsPrefix,
  publishedPrefix,
  runFile,
  runPrefix,
  userHashKey,
} from "../shared/keys.ts";
import { callsProvider } from "../shared/pipeline.ts";
import type { PhaseRow } from "../shared/pipeline.ts";

/** What a function may do in a bucket, as patterns of keys. `list` are prefixes of keys it may enumerate. */
export interface BucketAccess {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly delete: readonly string[];
  readonly list: readonly string[];
  /** Uploads in parts that it may look into and end. */
  readonly parts?: readonly string[];
  /** Whether it may list the bucket's open uploads, which knows no prefix. */
  readonly openUploads?: boolean;
}

export interface FunctionAccess {
  readonly private: BucketAccess;
  readonly published: BucketAccess;
  /** Whether it may read the providers' keys. */
  readonly secret: boolean;
  /** Whether it asks the model itself, where that takes a right of its role. */
  readonly model?: boolean;
}

const NOTHING: BucketAccess = { read: [], write: [], delete: [], list: [] };

const SOME_RUN = "some-run";

/** The key as a pattern for runs: keys are built by `keys.ts` alone, here with a run id that is then left open. */
function ofRuns(key: string, runs: string): string {
  if (!key.startsWith(runPrefix(SOME_RUN))) throw new RangeError(`${key} is no run's`);
  return key.replace(runPrefix(SOME_RUN), `${RUNS_PREFIX}${runs}/`);
}
const ofAnyRun = (key: string): string => ofRuns(key, "*");
/** Of runs that another run started: their ids say so. */
const ofChildren = (key: string): string => ofRuns(key, `*${CHILD_RUN_MARK}*`);

function artifactKeys(names: readonly ArtifactName[]): string[] {
  return names.flatMap((name) => {
    const { path, format } = artifacts[name];
    const key = artifactKey(SOME_RUN, path);
    return format === "jsonl" ? [key, artifactIndexKey(SOME_RUN, path)] : [key];
  });
}
const artifactPatterns = (names: readonly ArtifactName[]): string[] => artifactKeys(names).map(ofAnyRun);

function partsPattern(phase: PhaseName): string {
  return `${ofAnyRun(phasePartsPrefix(SOME_RUN, phase))}*`;
}

const SOME_UPLOAD = "0".repeat(32);

/** The key of an upload as a pattern for all of them. */
const ofUploads = (key: string): string => key.replace(uploadPrefix(SOME_UPLOAD), `${UPLOADS_PREFIX}*/`);

const INPUT_NOTES = [userHashKey(SOME_RUN), inputLocationKey(SOME_RUN)];

function inputAccess(): Pick<BucketAccess, "read" | "write"> {
  const kept = INPUT_NOTES.map(ofAnyRun);
  return { read: [`${INCOMING_PREFIX}*`, ofUploads(uploadFileKey(SOME_UPLOAD, "*")), ...kept], write: kept };
}

/** What starting runs and reading their results takes; nothing of a run that nobody's phase started. */
function childrenAccess({ readsOfRuns = [] }: PhaseRow): Pick<BucketAccess, "read" | "write"> {
  const input = [...INPUT_NOTES, ownInputKey(SOME_RUN)].map(ofChildren);
  return { read: [...artifactKeys(readsOfRuns).map(ofChildren), ...input], write: input };
}

function publishedAccess(row: PhaseRow): BucketAccess {
  // It reads what it published before: a number that moved by little keeps its value.
  if (row.name === "publish")
    return { read: [PUBLISHED], write: [PUBLISHED], delete: [PUBLISHED], list: [PUBLISHED] };
  if (!startsRuns(row)) return NOTHING;
  const published = `${ofChildren(publishedPrefix(SOME_RUN))}*`;
  return { ...NOTHING, read: [published], list: [published] };
}

export function startsRuns(row: PhaseRow): boolean {
  return row.needs.includes("runs");
}

const PUBLISHED = `${ofAnyRun(publishedPrefix(SOME_RUN))}*`;

/** What a phase's function may touch: what its row of the table reads and writes, and its own parts. */
export function phaseAccess(row: PhaseRow): FunctionAccess {
  const parts = partsPattern(row.name);
  const answers = row.asks.length === 0 ? [] : [`${ofAnyRun(phaseAnswersPrefix(SOME_RUN, row.name))}*`];
  const input = row.needs.includes("input") ? inputAccess() : NOTHING;
  const children = startsRuns(row) ? childrenAccess(row) : NOTHING;
  const own = row.needs.includes("input") ? [ofAnyRun(ownInputKey(SOME_RUN))] : [];
  return {
    private: {
      read: [...artifactPatterns(row.reads), parts, ...answers, ...input.read, ...own, ...children.read],
      write: [...artifactPatterns(row.writes), parts, ...answers, ...input.write, ...children.write],
      delete: answers,
      list: [parts, ...answers],
    },
    published: publishedAccess(row),
    secret: callsProvider(row),
    model: row.asks.length > 0,
  };
}

const RECORD = (["manifest", "events", "metrics", "warnings"] as const).map((file) =>
  ofAnyRun(runFile(SOME_RUN, file)),
);
const OLD_WARNINGS = [ofAnyRun(runFile(SOME_RUN, "warnings"))];

/** Reads the input to name and hash it, and notes where it lies; ends runs that cannot begin. */
export function startAccess(): FunctionAccess {
  const { read, write } = inputAccess();
  return {
    private: {
      ...NOTHING,
      read: [...read, BUCKET_CONFIG_KEY],
      write: [...write, ...RECORD],
      delete: OLD_WARNINGS,
      list: [`${INCOMING_PREFIX}*`],
    },
    published: NOTHING,
    secret: false,
  };
}

/** Adds up the headers of every phase's parts and writes the run's record: what ends runs, well or badly. */
export function endAccess(phases: readonly PhaseName[]): FunctionAccess {
  const parts = phases.map(partsPattern);
  return {
    private: {
      read: parts,
      write: RECORD,
      delete: OLD_WARNINGS,
      list: parts,
    },
    published: NOTHING,
    secret: false,
  };
}

/** The API: what is published, and of runs the files that hold counts and made-up conversations alone. */
export function readAccess(): FunctionAccess {
  const numbers = [
    ...(["metrics", "warnings"] as const).map((file) => ofAnyRun(runFile(SOME_RUN, file))),
    ...artifactPatterns(["evaluation_metrics", "evaluation_report"]),
  ];
  return {
    // Listed, so that what is not there yet is told from what is forbidden.
    private: { ...NOTHING, read: numbers, list: numbers },
    published: { ...NOTHING, read: [PUBLISHED], list: [PUBLISHED] },
    secret: false,
  };
}

/** Takes uploads in without reading them, and answers with the record of runs. */
export function intakeAccess(): FunctionAccess {
  const notes = [uploadRecordKey(SOME_UPLOAD), uploadCompleteKey(SOME_UPLOAD)].map(ofUploads);
  const files = [ofUploads(uploadFileKey(SOME_UPLOAD, "*"))];
  return {
    private: {
      read: [...notes, BUCKET_CONFIG_KEY],
      write: [...notes, ...files],
      delete: [],
      list: notes,
      parts: files,
    },
    published: { ...NOTHING, read: [PUBLISHED], list: [PUBLISHED] },
    secret: false,
  };
}

/** Checks uploads and deletes runs, with what was uploaded for them. */
export function privateAccess(): FunctionAccess {
  const everything = [`${RUNS_PREFIX}*`];
  const uploads = [`${UPLOADS_PREFIX}*`];
  return {
    private: {
      read: [...uploads, ofAnyRun(inputLocationKey(SOME_RUN))],
      write: [],
      delete: [...everything, ...uploads],
      list: [...everything, ...uploads],
      parts: everything,
      openUploads: true,
    },
    published: {
      ...NOTHING,
      delete: everything,
      list: everything,
      parts: everything,
      openUploads: true,
    },
    secret: false,
  };
}

/** Shows single conversations, and writes down who saw which. */
export function revealAccess(): FunctionAccess {
  const read = artifactPatterns(["annotated", "assignments", "hierarchy"]);
  const records = ofAnyRun(revealKey(SOME_RUN, "*", "*")).replace("*-*", "*");
  return {
    private: { ...NOTHING, read, write: [records], list: read },
    published: NOTHING,
    secret: false,
  };
}

export function checkProviderAccess(): FunctionAccess {
  return { private: NOTHING, published: NOTHING, secret: true, model: true };
}

/** Which of the two assets holds a phase's function: the encoder's is 40 MB larger, which every cold start reads. */
export function assetOf(row: PhaseRow): "light" | "encoder" {
  return callsProvider(row) ? "encoder" : "light";
}
