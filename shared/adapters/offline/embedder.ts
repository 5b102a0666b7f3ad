import { availableParallelism } from "node:os";
import { truncateWords } from "../../domain/text/truncate.ts";
import type { WordTable } from "../../domain/word-table.ts";
import { PermanentError } from "../../errors.ts";
import type { Embedder, Embedding } from "../../ports/embedder.ts";
import type { CallOptions } from "../../ports/model.ts";
import { EncoderPool } from "./encoder-pool.ts";
import { OFFLINE_EMBEDDER } from "./identity.ts";
import { joinVectors } from "./join-vectors.ts";
import { loadWordTable } from "./load-word-table.ts";
import { NO_USAGE } from "./usage.ts";

const SENTENCE_DIMENSIONS = 512;
const WORD_DIMENSIONS = 100;
const DIMENSIONS = SENTENCE_DIMENSIONS + WORD_DIMENSIONS;

/** A job is a quarter to half a second of work: 64 requests of ten words, or 4 texts of the greatest length. */
const JOB_TEXTS = 64;
const JOB_CHARACTERS = 4000;
/** The encoder's cost grows faster than the text: 200 rows a second at 10 words, 15 at 128. */
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
 * Vectors have length 1; a blank text has a row of zeros. Text beyond 128 words or 1,000 characters is not read. A
 * vector depends on its text alone, bit by bit: not on its neighbours, their order, the request or the threads.
 */
export function offlineEmbedder(options: OfflineEmbedderOptions = {}): Embedder {
  const threads = options.threads ?? Math.min(MAX_THREADS, availableParallelism());
  const pool = new EncoderPool(Math.max(1, threads));
  let loading: Promise<WordTable> | undefined;

  async function wordTable(): Promise<WordTable> {
    loading ??= loadWordTable();
    try {
      return await loading;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  }

  async function embed(texts: readonly string[], { signal }: CallOptions): Promise<Embedding> {
    signal.throwIfAborted();
    const data = new Float32Array(texts.length * DIMENSIONS);
    const rowsOf = Map.groupBy(texts.keys(), (row) => cut(texts[row] ?? ""));
    rowsOf.delete("");
    if (rowsOf.size === 0) return { rows: texts.length, cols: DIMENSIONS, data, usage: NO_USAGE };
    const table = wordTable();
    await Promise.all(
      jobs([...rowsOf.keys()]).map(async (job) => {
        const [sentences, words] = await Promise.all([pool.encode(job, signal), table]);
        if (sentences.length !== job.length * SENTENCE_DIMENSIONS || words.dimensions !== WORD_DIMENSIONS) {
          throw new PermanentError("the packaged encoder answered vectors of another size", {
            code: "encoder_size",
          });
        }
        job.forEach((text, i) => {
          const sentence = sentences.subarray(i * SENTENCE_DIMENSIONS, (i + 1) * SENTENCE_DIMENSIONS);
          const vector = joinVectors(sentence, words.encode(text));
          for (const row of rowsOf.get(text) ?? []) data.set(vector, row * DIMENSIONS);
        });
      }),
    );
    return { rows: texts.length, cols: DIMENSIONS, data, usage: NO_USAGE };
  }

  return { identity: OFFLINE_EMBEDDER, dimensions: DIMENSIONS, embed, close: () => pool.close() };
}

/** Cuts the texts into jobs, those of a length together: the encoder is fast on texts of equal length. */
function jobs(texts: string[]): string[][] {
  texts.sort((a, b) => a.length - b.length);
  const result: string[][] = [];
  let job: string[] = [];
  let characters = 0;
  for (const text of texts) {
    if (job.length > 0 && (job.length === JOB_TEXTS || characters + text.length > JOB_CHARACTERS)) {
      result.push(job);
      job = [];
      characters = 0;
    }
    job.push(text);
    characters += text.length;
  }
  if (job.length > 0) result.push(job);
  return result;
}
