import { readFile } from "node:fs/promises";
import * as z from "zod";
import { loadTokenizer } from "../../shared/adapters/openai/tokenizer.ts";

const counted = z.object({ count: z.int().min(1) });

/** Tokens of the same texts as the model counts them and as we do. */
export interface TokenCounts {
  readonly texts: number;
  readonly theirs: number;
  readonly ours: number;
}

const MOST_TEXTS = 100;

/** What the first messages of a corpus come to in the server's own tokenizer and in ours. */
export async function compareTokens(url: string, corpus: string): Promise<TokenCounts> {
  const lines = (await readFile(corpus, "utf8")).split("\n").slice(0, MOST_TEXTS);
  const countTokens = await loadTokenizer();
  let [texts, theirs, ours] = [0, 0, 0];
  for (const line of lines) {
    const { messages } = JSON.parse(line) as { messages: { content: string }[] };
    const input = messages[0]!.content;
    const answer = await fetch(new URL("/extras/tokenize/count", url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ input }),
    });
    // One of them begins the text.
    theirs += counted.parse(await answer.json()).count - 1;
    ours += countTokens(input);
    texts++;
  }
  return { texts, theirs, ours };
}
