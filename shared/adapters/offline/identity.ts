import type { ModelIdentity } from "../../contracts/model-tasks.ts";

/** The rules that answer every task. The version is raised when the same question would get another answer. */
export const OFFLINE_MODEL: ModelIdentity = { provider: "offline", model: "rules", version: "2" };

/**
 * Universal Sentence Encoder lite as packaged, joined with a table of word vectors; both know English only. The
 * version ends in the first digits of the table's SHA-256.
 */
export const OFFLINE_EMBEDDER: ModelIdentity = {
  provider: "offline",
  model: "model-embeddings-en+word-table",
  version: "0.2.0+071eb8bb",
};
