import { hashString, randomInt, seededRandom } from "../random.ts";
import { tokens } from "../text/words.ts";
import { createMatrix, normalizeRows, row } from "../vectors.ts";
import type { Matrix } from "../vectors.ts";

/** Numbers of a vector: a random projection to 512 keeps cosines to within about 1 / sqrt(512) = 0.04 (Achlioptas 2003). */
const DIMENSIONS = 512;
/** Places at which a word's random direction is not zero. */
const PLACES = 8;
/** A word of more than half of the texts tells nothing apart. */
const MOST_TEXTS = 0.5;

/**
 * A bag of words for each text: term frequency (1 + ln) times smoothed inverse document frequency (ln((1 + n) / (1 + df)) + 1,
 * as in scikit-learn) of words that two texts or more hold, each word projected onto a random sparse direction. Unit rows;
 * zeros for a text without any such word.
 */
export function tfIdfRows(texts: readonly string[]): Matrix {
  const bags = texts.map((text) => {
    const bag = new Map<string, number>();
    for (const token of tokens(text)) bag.set(token, (bag.get(token) ?? 0) + 1);
    return bag;
  });
  const inTexts = new Map<string, number>();
  for (const bag of bags) for (const word of bag.keys()) inTexts.set(word, (inTexts.get(word) ?? 0) + 1);
  const n = texts.length;
  const directions = new Map<string, Int32Array>();
  const directionOf = (word: string): Int32Array => {
    let direction = directions.get(word);
    if (direction === undefined) {
      const random = seededRandom(hashString(word), "evaluation/tf-idf");
      // A place and its sign in one number: 1 is +0th, -1 is -0th.
      direction = Int32Array.from(
        { length: PLACES },
        () => (1 + randomInt(random, DIMENSIONS)) * (random() < 0.5 ? -1 : 1),
      );
      directions.set(word, direction);
    }
    return direction;
  };
  const matrix = createMatrix(n, DIMENSIONS);
  bags.forEach((bag, i) => {
    const vector = row(matrix, i);
    for (const [word, times] of bag) {
      const held = inTexts.get(word)!;
      if (held < 2 || held > MOST_TEXTS * n) continue;
      const weight = (1 + Math.log(times)) * (Math.log((1 + n) / (1 + held)) + 1);
      for (const place of directionOf(word)) vector[Math.abs(place) - 1]! += Math.sign(place) * weight;
    }
  });
  return normalizeRows(matrix);
}
