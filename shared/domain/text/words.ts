/** A word: letters, marks and digits, with apostrophes, dots and dashes inside ("don't", "e-mail", "node.js", "c++"). */
const WORD =
  /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’.\-&][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*(?:\+\+|#(?![\p{L}\p{N}]))?/gu;
/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

let segmenter: Intl.Segmenter | undefined;

/** Words of a text in their own case, in order. */
export function words(text: string): string[] {
  const found = text.match(WORD) ?? [];
  if (!UNSPACED.test(text)) return found;
  segmenter ??= new Intl.Segmenter("zh", { granularity: "word" });
  const split: string[] = [];
  for (const word of found) {
    if (!UNSPACED.test(word)) split.push(word);
    else for (const part of segmenter.segment(word)) if (part.isWordLike) split.push(part.segment);
  }
  return split;
}

/** Lower-case words with straight apostrophes: the tokens that are counted and compared. */
export function tokens(text: string): string[] {
  return words(text).map((word) => word.toLowerCase().replaceAll("’", "'"));
}
