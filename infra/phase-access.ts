import { artifacts } from "../shared/contracts/artifacts.ts";
import type { ArtifactName } from "../shared/contracts/artifacts.ts";
import type { PhaseName } from "../shared/contracts/run.ts";
import {
  BUCKET_CONFIG_KEY,
  INCOMING_PREFIX,
  RUNS_PREFIX,
  artifactIndexKey,
  artifactKey,
  inputLocationKey,
  phasePartsPrefix,
  publishedPrefix,
  runFile,
  runPrefix,
  userHashKey,
} from "../shared/keys.ts";
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
}

const NOTHING: BucketAccess = { read: [], write: [], delete: [], list: [] };

const SOME_RUN = "some-run";

/** The key as a pattern for whichever run: keys are built by `keys.ts` alone, here with a run id that is then left open. */
function ofAnyRun(key: string): string {
  if (!key.startsWith(runPrefix(SOME_RUN))) throw new RangeError(`${key} is no run's`);
  return key.replace(runPrefix(SOME_RUN), `${RUNS_PREFIX}*/`);
}

function artifactPatterns(names: readonly ArtifactName[]): string[] {
  return names.flatMap((name) => {
    const { path, format } = artifacts[name];
    const key = ofAnyRun(artifactKey(SOME_RUN, path));
    return format === "jsonl" ? [key, ofAnyRun(artifactIndexKey(SOME_RUN, path))] : [key];
  });
}

function partsPattern(phase: PhaseName): string {
  return `${ofAnyRun(phasePartsPrefix(SOME_RUN, phase))}*`;
}

function inputAccess(): Pick<BucketAccess, "read" | "write"> {
  const kept = [userHashKey(SOME_RUN), inputLocationKey(SOME_RUN)].map(ofAnyRun);
  return { read: [`${INCOMING_PREFIX}*`, ...kept], write: kept };
}

function asksProvider(row: PhaseRow): boolean {
  return row.needs.includes("model") || row.needs.includes("embedder");
}

const PUBLISHED = `${ofAnyRun(publishedPrefix(SOME_RUN))}*`;

/** What a phase's function may touch: what its row of the table reads and writes, and its own parts. */
export function phaseAccess(row: PhaseRow): FunctionAccess {
  const parts = partsPattern(row.name);
  const input = row.needs.includes("input") ? inputAccess() : NOTHING;
  return {
    private: {
      read: [...artifactPatterns(row.reads), parts, ...input.read],
      write: [...artifactPatterns(row.writes), parts, ...input.write],
      delete: [],
      list: [parts],
    },
    // It reads what it published before: a number that moved by little keeps its value.
    published:
      row.name === "publish"
        ? { read: [PUBLISHED], write: [PUBLISHED], delete: [PUBLISHED], list: [PUBLISHED] }
        : NOTHING,
    secret: asksProvider(row),
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

/** The API: what is published, nothing else. */
export function readAccess(): FunctionAccess {
  return { private: NOTHING, published: { ...NOTHING, read: [PUBLISHED], list: [PUBLISHED] }, secret: false };
}

export function checkProviderAccess(): FunctionAccess {
  return { private: NOTHING, published: NOTHING, secret: true };
}

/** Which of the two assets holds a phase's function: the encoder's is 40 MB larger, which every cold start reads. */
export function assetOf(row: PhaseRow): "light" | "encoder" {
  return asksProvider(row) ? "encoder" : "light";
}
