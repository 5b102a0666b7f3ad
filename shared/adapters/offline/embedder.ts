import { availableParallelism } from "node:os";
import type { ModelIdentity } from "../../contracts/model-tasks.ts";
import { truncateWords } from "../../domain/text/truncate.ts";
import { PermanentError } from "../../errors.ts";
import type { Embedder, Embedding } from "../../ports/embedder.ts";
import type { CallOptions } from "../../ports/model.ts";
import { EncoderPool } from "./encoder-pool.ts";
import { NO_USAGE } from "./usage.ts";

/** Packaged sentence encoder: Universal Sentence Encoder lite, English, Apache-2.0. */
const IDENTITY: ModelIdentity = { provider: "offline", model: "model-embeddings-en", version: "0.2.0" };
const DIMENSIONS = 512;

/**
 * Rows that are embedded together. The encoder's last digits (1e-7) depend on its neighbours in a batch, so batches
 * depend on the request alone: the same request gives the same bits with any number of threads.
 */
const ROWS = 32;
/** The encoder's cost grows faster than the text: 170 rows a second at 20 words, 15 at 128. */
const MAX_WORDS = 128;
/** For scripts without spaces; the tokenizer is quadratic in characters. */
const MAX_CHARACTERS = 1000;
/** Each thread holds up to 0.5 GB: two stay within 2 GiB together with the rest of a run. */
const MAX_THREADS = 2;

const cut = (text: string): string =>
  truncateWords(text.toWellFormed(), MAX_WORDS).slice(0, MAX_CHARACTERS).toWellFormed();

export interface OfflineEmbedderOptions {
  /** Encoder threads. Default: two, or one on a machine with one core. */
  threads?: number;
}

/**
 * Embeds in worker threads with the packaged encoder: no network, no key, nothing loaded before the first call.
 * Vectors have length 1; a blank text has a row of zeros. Text beyond 128 words or 1,000 characters is not read.
 */
export function offlineEmbedder(options: OfflineEmbedderOptions = {}): Embedder {
  const threads = options.threads ?? Math.min(MAX_THREADS, availableParallelism());
  const pool = new EncoderPool(Math.max(1, threads));

  async function embed(texts: readonly string[], { signal }: CallOptions): Promise<Embedding> {
    signal.throwIfAborted();
    const data = new Float32Array(texts.length * DIMENSIONS);
    const filled = texts.flatMap((text, row) => {
      const shortened = cut(text);
      return shortened === "" ? [] : [{ row, text: shortened }];
    });
    // A batch costs as much as its longest text for every row: texts of a length go together.
    filled.sort((a, b) => a.text.length - b.text.length || a.row - b.row);
    const batches = Array.from({ length: Math.ceil(filled.length / ROWS) }, (_, i) =>
      filled.slice(i * ROWS, (i + 1) * ROWS),
    );
    await Promise.all(
      batches.map(async (batch) => {
        const vectors = await pool.encode(
          batch.map(({ text }) => text),
          signal,
        );
        if (vectors.length !== batch.length * DIMENSIONS) {
          throw new PermanentError("the packaged encoder answered vectors of another size", {
            code: "encoder_size",
          });
        }
        batch.forEach(({ row }, i) =>
          copyUnit(vectors.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS), data, row),
        );
      }),
    );
    return { rows: texts.length, cols: DIMENSIONS, data, usage: NO_USAGE };
  }

  return { identity: IDENTITY, dimensions: DIMENSIONS, embed, close: () => pool.close() };
}

/** Writes `vector`, scaled to length 1, as a row; one that is zero or not finite leaves the row zero. */
function copyUnit(vector: Float32Array, data: Float32Array, row: number): void {
  let squared = 0;
  for (const value of vector) squared += value * value;
  if (!(squared > 0 && Number.isFinite(squared))) return;
  const scale = 1 / Math.sqrt(squared);
  for (let j = 0; j < vector.length; j++) data[row * DIMENSIONS + j] = vector[j]! * scale;
}
