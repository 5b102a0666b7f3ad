/** Counts tokens of a text. */
export type CountTokens = (text: string) => number;

/** Runs of blanks, or of anything else, longer than this are cut before counting: merging is quadratic in them. */
const LONG_RUN = /\S{200}(?=\S)|\s{200}(?=\s)/g;

/** Texts of prompts, the same in thousands of questions, are counted once: they are long, and few. */
const KEPT_LENGTH = 300;
const KEPT_TEXTS = 64;

/**
 * Tokens as o200k_base has them, the encoding of OpenAI's models since GPT-4o. For models of others it is off by some
 * 10 to 20 % (bench/MODELS.md); limits leave room for that. What looks like a special token counts as plain text.
 * Loads 2 MB.
 */
export async function loadTokenizer(): Promise<CountTokens> {
  const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
  const asText = { disallowedSpecial: new Set<string>() };
  const count: CountTokens = (text) => countTokens(text.replace(LONG_RUN, "$&,"), asText);
  const seen = new Map<string, number>();
  return (text) => {
    if (text.length < KEPT_LENGTH) return count(text);
    const known = seen.get(text);
    if (known !== undefined) return known;
    const tokens = count(text);
    if (seen.size === KEPT_TEXTS) seen.clear();
    seen.set(text, tokens);
    return tokens;
  };
}
