import { artifacts } from "../shared/contracts/artifacts.ts";
import type { ArtifactName } from "../shared/contracts/artifacts.ts";
import type { PhaseName } from "../shared/contracts/run.ts";
import {
  BUCKET_CONFIG_KEY,
  CHILD_RUN_MARK,
  INCOMING_PREFIX,
  RUNS_PREFIX,
  artifactIndexKey,
  artifactKey,
  inputLocationKey,
  phaseAnswersPrefix,
  ownInputKey,
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

const INPUT_NOTES = [userHashKey(SOME_RUN), inputLocationKey(SOME_RUN)];

function inputAccess(): Pick<BucketAccess, "read" | "write"> {
  const kept = INPUT_NOTES.map(ofAnyRun);
  return { read: [`${INCOMING_PREFIX}*`, ...kept], write: kept };
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
  const numbers = (["metrics", "warnings"] as const).map((file) => ofAnyRun(runFile(SOME_RUN, file)));
  return {
    private: {
      ...NOTHING,
      read: [...numbers, ...artifactPatterns(["evaluation_metrics", "evaluation_report"])],
    },
    published: { ...NOTHING, read: [PUBLISHED], list: [PUBLISHED] },
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
