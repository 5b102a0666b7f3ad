import { hashString, seededRandom } from "../../shared/domain/random.ts";
import { NO_USAGE } from "../../shared/domain/usage.ts";
import { normalizeRows } from "../../shared/domain/vectors.ts";
import type { Embedder } from "../../shared/ports/embedder.ts";

const DIMENSIONS = 512;
/** Words that vectors are remembered of: 40 MB. */
const MOST_WORDS = 20_000;

/** The direction of a text is the sum of those of its words, which are drawn by their letters: no time, and topics come together. */
export function instantEmbedder(): Embedder {
  const words = new Map<string, Float32Array>();
  const directionOf = (word: string): Float32Array => {
    let direction = words.get(word);
    if (direction === undefined) {
      const random = seededRandom(hashString(word), "bench/word");
      direction = Float32Array.from({ length: DIMENSIONS }, () => random() + random() - 1);
      if (words.size < MOST_WORDS) words.set(word, direction);
    }
    return direction;
  };
  return {
    identity: { provider: "scripted", model: "drawn-words", version: "1" },
    dimensions: DIMENSIONS,
    async embed(texts) {
      const data = new Float32Array(texts.length * DIMENSIONS);
      texts.forEach((text, i) => {
        const row = data.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS);
        for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
          const direction = directionOf(word);
          for (let j = 0; j < DIMENSIONS; j++) row[j] = row[j]! + direction[j]!;
        }
      });
      return { ...normalizeRows({ rows: texts.length, cols: DIMENSIONS, data }), usage: NO_USAGE };
    },
    close: async () => {},
  };
}
