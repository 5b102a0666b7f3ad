import type {
  ArtifactValue,
  JsonArtifact,
  MatrixArtifact,
  RowArtifact,
  TextArtifact,
} from "../contracts/artifacts.ts";
import type { Json } from "../contracts/common.ts";
import type { Usage } from "../contracts/model-tasks.ts";
import type { PublishedGeneration } from "../contracts/published.ts";
import type { Dataset, Failure, PhaseName, RunCounts, Warning } from "../contracts/run.ts";
import type { LedgerEntry, StoredPlan } from "../contracts/wire.ts";
import type { RunConfig } from "../config.ts";
import type { Compute } from "../domain/compute.ts";
import type { EncodedRows } from "../domain/row-encoder.ts";
import type { Matrix } from "../domain/vectors.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { InputSource } from "../ports/input-source.ts";
import type { ChildRuns } from "../ports/child-runs.ts";
import type { ByteRange } from "../ports/object-store.ts";
import type { CallOptions, Model } from "../ports/model.ts";
import type * as z from "zod";

/** A half-open range of rows, [start, end). */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** Reads the named artifacts that the phase's row of the table lists; each value is checked against its schema. */
export interface ArtifactReader {
  json<N extends JsonArtifact>(name: N): Promise<ArtifactValue<N>>;
  /** Lines in order, all or a range. */
  rows<N extends RowArtifact>(name: N, range?: RowRange): AsyncIterable<ArtifactValue<N>>;
  rowCount(name: RowArtifact): Promise<number>;
  matrix(name: MatrixArtifact, range?: RowRange): Promise<Matrix>;
  matrixShape(name: MatrixArtifact): Promise<{ rows: number; cols: number }>;
  /** Blocks of consecutive rows, for matrices larger than memory. */
  matrixBlocks(name: MatrixArtifact, rowsPerBlock: number): AsyncIterable<{ start: number; block: Matrix }>;
}

/** Reads what this phase's own batches wrote under the current fingerprint. */
export interface PartReader {
  /** Rows of one batch; the schema is the phase's own. */
  rows<S extends z.ZodType>(round: number, batch: number, schema: S): AsyncIterable<z.infer<S>>;
  /** Rows of all batches of a round, in the order of the batches. */
  allRows<S extends z.ZodType>(round: number, schema: S): AsyncIterable<z.infer<S>>;
  /** Ledger entries of all batches of a round. */
  ledger(round: number): AsyncIterable<LedgerEntry>;
  /** Bytes beside a batch's rows, all or a range. */
  sidecar(round: number, batch: number, range?: ByteRange): Promise<Uint8Array>;
  plan(round: number): Promise<StoredPlan>;
  /** What the reduce of a round carried into the next. */
  carry<S extends z.ZodType>(round: number, schema: S): Promise<z.infer<S>>;
}

/** Runs that this phase has started, for a row of the table that needs "runs". */
export interface Children extends ChildRuns {
  artifacts(runId: string): ArtifactReader;
  /** Texts of all published files of the run. */
  published(runId: string): Promise<string[]>;
}

export interface PhaseContext {
  readonly runId: string;
  readonly config: RunConfig;
  /** Of this phase; also the generation of what it publishes. */
  readonly fingerprint: string;
  /** Phases of this run. */
  readonly phases: ReadonlySet<PhaseName>;
  readonly dataset: Dataset;
  readonly counts: RunCounts;
  readonly artifacts: ArtifactReader;
  readonly parts: PartReader;
  readonly input: InputSource;
  readonly model: Model;
  readonly embedder: Embedder;
  readonly children: Children;
  /** For numeric work that takes long. */
  readonly compute: Compute;
  /** 32 random bytes of this run; turns user ids into keyed hashes. */
  readonly userHashKey: Uint8Array;
  /** What readers of this run see now; null when nothing, or what no longer fits the schemas. For the publish phase alone. */
  readonly shown: () => Promise<PublishedGeneration | null>;
  readonly call: CallOptions;
}

export interface Plan {
  /** 0 is fine: reduce follows at once. */
  readonly batches: number;
  /** Batches in flight at most. */
  readonly concurrency: number;
  readonly detail?: Json;
}

export interface BatchOutput {
  readonly rows: readonly Json[];
  readonly ledger?: readonly LedgerEntry[];
  readonly usage?: Usage;
  /** Bytes beside the rows; only from batches whose output depends on nothing but their input. */
  readonly sidecar?: Uint8Array;
}

type JsonOutputs = { [N in JsonArtifact]?: ArtifactValue<N> };
export type RowOutput<N extends RowArtifact> =
  | AsyncIterable<ArtifactValue<N>>
  | { readonly encoded: AsyncIterable<EncodedRows> };
type RowOutputs = { [N in RowArtifact]?: RowOutput<N> };
/** A matrix as its shape and its rows in blocks. */
export interface MatrixOutput {
  readonly rows: number;
  readonly cols: number;
  readonly blocks: AsyncIterable<Float32Array> | Iterable<Float32Array>;
}
type MatrixOutputs = { [N in MatrixArtifact]?: MatrixOutput };
/** Pages for people; nothing reads them back. */
type TextOutputs = { [N in TextArtifact]?: string };
export type ArtifactOutputs = JsonOutputs & RowOutputs & MatrixOutputs & TextOutputs;

export type ReduceAnswer =
  | {
      readonly next: "done";
      readonly artifacts: ArtifactOutputs;
      /** Asked for after the artifacts were written, so that they may count what streamed by. */
      readonly counts?: () => Partial<RunCounts>;
      readonly warnings?: () => readonly Warning[];
      /** A whole generation of published files. */
      readonly published?: PublishedGeneration;
    }
  | { readonly next: "round"; readonly carry: Json }
  | { readonly next: "poll"; readonly afterSeconds: number }
  | {
      readonly next: "failed";
      readonly failure: Omit<Failure, "phase">;
      /** What explains the failure, such as a validation report. */
      readonly artifacts?: ArtifactOutputs;
    };

/**
 * One phase: three verbs in rounds (design section 2). Values in, values out: it reads through the context and returns
 * what is to be written; the engine writes. What it throws is transient unless it is a PermanentError.
 */
export interface Phase {
  readonly name: PhaseName;
  /** How many batches round `round` has. Called once per round and kept across attempts. */
  plan(context: PhaseContext, round: number): Promise<Plan>;
  /** Does batch `batch`; calls models. */
  batch(context: PhaseContext, round: number, batch: number): Promise<BatchOutput>;
  /** Merges the round's batches, all of which are there; never calls a model. */
  reduce(context: PhaseContext, round: number): Promise<ReduceAnswer>;
}
