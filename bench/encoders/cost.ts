import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as z from "zod";
import { offlineEmbedder } from "../../shared/adapters/offline/embedder.ts";
import { EncoderPool } from "../../shared/adapters/offline/encoder-pool.ts";
import { loadWordTable } from "../../shared/adapters/offline/load-word-table.ts";
import { sentences, tfIdf, words } from "./candidates.ts";

export const COSTED = ["nothing", "tf-idf", "sentence encoder", "word table", "joined"] as const;
export type Costed = (typeof COSTED)[number];

const cost = z.object({
  /** Until the first text is encoded, in milliseconds. */
  load: z.number(),
  texts_per_second: z.number(),
  /** The process's largest resident set, in MB. */
  memory: z.number(),
});
export type Cost = z.infer<typeof cost>;

type Encode = (texts: readonly string[]) => Promise<unknown>;

async function start(what: Costed): Promise<{ encode: Encode; close: () => Promise<void> }> {
  const nothing = (): Promise<void> => Promise.resolve();
  if (what === "nothing") return { encode: nothing, close: nothing };
  if (what === "tf-idf") return { encode: (texts) => Promise.resolve(tfIdf(texts)), close: nothing };
  if (what === "word table") {
    const table = await loadWordTable();
    return { encode: (texts) => Promise.resolve(words(texts, table)), close: nothing };
  }
  if (what === "joined") {
    const embedder = offlineEmbedder({ threads: 1 });
    const call = { signal: new AbortController().signal };
    return { encode: (texts) => embedder.embed(texts, call), close: () => embedder.close() };
  }
  const pool = new EncoderPool(1);
  return { encode: (texts) => sentences(texts, pool), close: () => pool.close() };
}

/** Measures one encoder in this process, which should have done nothing before. One thread. */
export async function measureHere(what: Costed, texts: readonly string[]): Promise<Cost> {
  const before = performance.now();
  const { encode, close } = await start(what);
  await encode(["a first request"]);
  const load = performance.now() - before;
  const rates: number[] = [];
  for (let repetition = 0; repetition < 3; repetition++) {
    const started = performance.now();
    await encode(texts);
    rates.push(texts.length / ((performance.now() - started) / 1000));
  }
  await close();
  const texts_per_second = what === "nothing" ? 0 : (rates.toSorted((a, b) => a - b)[1] ?? 0);
  return { load, texts_per_second, memory: process.resourceUsage().maxRSS / 1024 };
}

/** The same in a process of its own. */
export async function measureApart(what: Costed, clinc: string): Promise<Cost> {
  const program = fileURLToPath(new URL("../encoders.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, "--clinc", clinc, "--cost", what]);
  return cost.parse(JSON.parse(stdout));
}
