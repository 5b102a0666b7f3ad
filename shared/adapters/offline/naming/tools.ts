import { dot } from "../../../domain/vectors.ts";
import type { WordTable } from "../../../domain/word-table.ts";
import { loadWordTable } from "../load-word-table.ts";
import type { Tagger } from "./tagger.ts";
import { loadTagger } from "./tagger.ts";

/** What names are made with: parts of speech, and the meaning of words. */
export interface NamingTools {
  readonly tagger: Tagger;
  readonly table: WordTable;
}

let loading: Promise<NamingTools> | undefined;

/** Loaded with the first name that is asked for (half a second, 40 MB); a failed load is tried again. */
export async function namingTools(): Promise<NamingTools> {
  loading ??= Promise.all([loadTagger(), loadWordTable()]).then(([tagger, table]) => ({ tagger, table }));
  try {
    return await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

/** Similarity of two words or phrases in meaning, at most 1. */
export type Nearness = (a: string, b: string) => number;

/** Cosines of phrases, each phrase's vector computed once. */
export function nearnessBy(table: WordTable): Nearness {
  const known = new Map<string, Float32Array>();
  const vectorOf = (text: string): Float32Array => {
    const vector = known.get(text) ?? table.encode(text);
    known.set(text, vector);
    return vector;
  };
  return (a, b) => dot(vectorOf(a), vectorOf(b));
}
