import type { OpenAI } from "openai";
import * as z from "zod";
import type { ModelIdentity, Usage } from "../../contracts/model-tasks.ts";
import { costOf } from "../../domain/prices.ts";
import type { Price } from "../../domain/prices.ts";
import { NO_USAGE, sumUsage } from "../../domain/usage.ts";
import { PermanentError, UsageError } from "../../errors.ts";
import type { Embedder } from "../../ports/embedder.ts";
import type { CallOptions } from "../../ports/model.ts";
import { MAX_LOST } from "./calls.ts";
import type { Calls } from "./calls.ts";
import type { CountTokens } from "./tokenizer.ts";

export interface ApiEmbedderOptions {
  readonly identity: ModelIdentity;
  readonly kind: "openai" | "jina" | "compatible";
  readonly client: Pick<OpenAI, "embeddings">;
  readonly calls: Calls;
  readonly countTokens: CountTokens;
  /** As set by the user; null for the model's own. */
  readonly dimensions: number | null;
  /** Of jina alone. */
  readonly task: string | null;
  readonly price: Price | null;
}

/** Texts of one request at most (OpenAI's reference: 2,048; jina's the same). */
const MAX_TEXTS = 1024;
/** Tokens of one request at most: far below OpenAI's 300,000, so that one call stays short. */
const MAX_REQUEST_TOKENS = 50_000;
/** Tokens of one text at most (OpenAI and jina: some 8,190; small local models less, but facets are short). */
const MAX_TEXT_TOKENS = 8000;
/** What a tokenizer other than ours may count more. */
const FOREIGN = 1.2;
/** A text of as many characters surely has fewer tokens than that. */
const SHORT_TEXT = 8000;

/** Dimensions of models that have one number of them (their model cards); others are asked for one vector first. */
const KNOWN_DIMENSIONS: Readonly<Record<string, number>> = {
  "text-embedding-3-small": 1536,
  "text-embedding-3-large": 3072,
  "text-embedding-ada-002": 1536,
  "jina-embeddings-v3": 1024,
};

const embeddings = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()) })),
  usage: z
    .object({ prompt_tokens: z.number().min(0).nullish(), total_tokens: z.number().min(0).nullish() })
    .nullish(),
});

/** Consecutive texts, as many as one request takes. */
export function requestsOf(
  texts: readonly string[],
  tokens: readonly number[],
): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  let start = 0;
  let sum = 0;
  for (let i = 0; i < texts.length; i++) {
    if (i > start && (i - start === MAX_TEXTS || sum + tokens[i]! > MAX_REQUEST_TOKENS)) {
      ranges.push({ start, end: i });
      start = i;
      sum = 0;
    }
    sum += tokens[i]!;
  }
  if (start < texts.length) ranges.push({ start, end: texts.length });
  return ranges;
}

const bad = (what: string): PermanentError =>
  new PermanentError(`The embedder answered ${what}.`, {
    code: "bad_embedding",
    hint: "Check --embedder-model and --embedder-dimensions; clio doctor tries them.",
  });

/** An embedder behind the embeddings API. Without known dimensions its first text is one of its own, to learn them. */
export async function apiEmbedder(options: ApiEmbedderOptions, signal: AbortSignal): Promise<Embedder> {
  const { identity, kind, client, calls, countTokens, dimensions: wanted, task, price } = options;

  async function request(texts: readonly string[], tokens: number, call: CallOptions, usages: Usage[]) {
    const body = {
      model: identity.model,
      input: [...texts],
      encoding_format: "float" as const,
      ...(wanted === null ? {} : { dimensions: wanted }),
      // Of jina's interface alone, beside what it has in common with OpenAI's.
      ...(kind === "jina" ? { task: task ?? "separation" } : {}),
    };
    const outcome = await calls.make(
      tokens,
      call.signal,
      async () => client.embeddings.create(body, { signal: call.signal }).withResponse(),
      () => usages.push(usageOf(tokens)),
    );
    if ("fault" in outcome) throw bad("that it cannot embed these texts");
    const answer = embeddings.safeParse(outcome.data);
    if (!answer.success) throw bad("something that is no list of vectors");
    const { data, usage } = answer.data;
    if (data.length !== texts.length || new Set(data.map(({ index }) => index)).size !== texts.length)
      throw bad(`${data.length} vectors for ${texts.length} texts`);
    const input = usage?.prompt_tokens ?? usage?.total_tokens ?? tokens;
    usages.push(usageOf(input));
    return data;
  }

  function usageOf(input: number): Usage {
    const cost = price === null ? 0 : costOf(price, { input, cachedInput: 0, output: 0 });
    return { ...NO_USAGE, calls: 1, input_tokens: input, cost_usd: cost };
  }

  const dimensions =
    wanted ??
    KNOWN_DIMENSIONS[identity.model] ??
    (await request(["dimensions"], 1, { signal }, []))[0]!.embedding.length;
  if (dimensions === 0)
    throw new UsageError("The embedder answered an empty vector.", { code: "bad_embedding" });

  /** Texts of a few characters too many tokens are cut: what is left says what they are about. */
  const cut = (text: string): string => (text.length <= SHORT_TEXT ? text : text.slice(0, SHORT_TEXT));

  return {
    identity,
    dimensions,
    async embed(texts, call) {
      // Endpoints refuse an empty text; its row stays zero, which says that there is nothing to embed.
      const filled = texts.flatMap((text, row) => (text.trim() === "" ? [] : [{ row, text: cut(text) }]));
      const tokens = filled.map(({ text }) => Math.min(MAX_TEXT_TOKENS, countTokens(text)));
      const matrix = new Float32Array(texts.length * dimensions);
      const usages: Usage[] = [];
      for (const { start, end } of requestsOf(
        filled.map(({ text }) => text),
        tokens,
      )) {
        const part = filled.slice(start, end);
        const sum = tokens.slice(start, end).reduce((total, n) => total + n, 0);
        const data = await request(
          part.map(({ text }) => text),
          sum,
          call,
          usages,
        );
        for (const { index, embedding } of data) {
          const target = part[index];
          if (target === undefined || embedding.length !== dimensions)
            throw bad(`a vector of ${embedding.length} numbers, not ${dimensions}`);
          if (!embedding.every(Number.isFinite)) throw bad("numbers that are none");
          matrix.set(embedding, target.row * dimensions);
        }
      }
      return { rows: texts.length, cols: dimensions, data: matrix, usage: sumUsage(usages) };
    },
    worstCase(texts) {
      const counted = texts.reduce((sum, text) => sum + Math.ceil(countTokens(cut(text)) * FOREIGN) + 2, 0);
      return { ...usageOf(counted * (1 + MAX_LOST)), calls: 1 + MAX_LOST };
    },
    close: async () => {},
  };
}
