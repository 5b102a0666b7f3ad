import pLimit from "p-limit";
import type { Embedder } from "../ports/embedder.ts";
import type { Model } from "../ports/model.ts";

/** Lets so many calls of a round be in flight at once, first come, first served. */
export type Gate = <T>(call: () => Promise<T>) => Promise<T>;

/** A plan bounds calls, not batches: while one batch prepares its question or keeps its answer, another one's may be in flight. */
export function openGate(concurrency: number): Gate {
  const limit = pLimit(concurrency);
  return async (call) => limit(call);
}

/** A model whose calls go through the gate. */
export function gatedModel(model: Model, gate: Gate): Model {
  return { ...model, ask: async (task, input, call) => gate(() => model.ask(task, input, call)) };
}

/** As `gatedModel`. */
export function gatedEmbedder(embedder: Embedder, gate: Gate): Embedder {
  return { ...embedder, embed: async (texts, call) => gate(() => embedder.embed(texts, call)) };
}
