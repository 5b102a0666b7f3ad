import type { Embedder } from "../../ports/embedder.ts";
import type { CallOptions } from "../../ports/model.ts";
import type { Matrix } from "../../domain/vectors.ts";
import { createMatrix } from "../../domain/vectors.ts";

/** Names and descriptions of one hierarchy come again and again; 5,000 vectors of 612 are 12 MB. */
const MAX_ENTRIES = 5000;

/** Embeds texts, each at most once. */
export interface VectorMemo {
  vectors(texts: readonly string[], call: CallOptions): Promise<Matrix>;
}

/**
 * Remembers the vectors of an embedder. Every text is embedded on its own: what it is embedded beside changes the
 * last digits, and must not depend on which tasks run at the same time.
 */
export function vectorMemo(embedder: Embedder): VectorMemo {
  const known = new Map<string, Float32Array>();

  async function one(text: string, call: CallOptions): Promise<Float32Array> {
    const hit = known.get(text);
    if (hit) return hit;
    const { data } = await embedder.embed([text], call);
    known.set(text, data);
    const oldest = known.keys().next();
    if (known.size > MAX_ENTRIES && !oldest.done) known.delete(oldest.value);
    return data;
  }

  return {
    async vectors(texts, call) {
      const rows = await Promise.all(texts.map((text) => one(text, call)));
      const matrix = createMatrix(texts.length, embedder.dimensions);
      rows.forEach((row, i) => matrix.data.set(row, i * embedder.dimensions));
      return matrix;
    },
  };
}
