import type { ModelIdentity, Usage } from "../contracts/model-tasks.ts";
import type { CallOptions } from "./model.ts";

/** Row-major vectors of the texts given, in their order. */
export interface Embedding {
  readonly rows: number;
  readonly cols: number;
  /** rows x cols, finite; a row of zeros says that this text could not be embedded. */
  readonly data: Float32Array;
  readonly usage: Usage;
}

/** Turns texts into vectors. It is given facet text alone: no id, no metadata (design section 6). Errors as for a model. */
export interface Embedder {
  readonly identity: ModelIdentity;
  readonly dimensions: number;
  embed(texts: readonly string[], call: CallOptions): Promise<Embedding>;
  /** The most that embedding these can use and cost. Left out: it bills nothing. */
  worstCase?(texts: readonly string[]): Usage;
  /** Frees workers and memory; the embedder is not used afterwards. */
  close(): Promise<void>;
}
