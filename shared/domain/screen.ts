import { isCommonEnglish } from "./text/lexicon.ts";

/** Words in a row that name a text: eight of one conversation in a published name or description are a quotation (design 7.5). */
export const VERBATIM_WORDS = 8;

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;

/** Words of a text in lower case and compatibility form, so that look-alike letters count as one. */
export function screenWords(text: string): string[] {
  return text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
}

/** What the screen looks for in the corpus before names may be shown. */
export interface ScreenTargets {
  /** Words of names that the public lexicon does not hold. */
  readonly words: ReadonlySet<string>;
  /** Runs of eight words in names, with the names (by position) that hold them. */
  readonly runs: ReadonlyMap<string, readonly number[]>;
}

export function runsOf(words: readonly string[]): string[] {
  return words.length < VERBATIM_WORDS
    ? []
    : Array.from({ length: words.length - VERBATIM_WORDS + 1 }, (_, i) =>
        words.slice(i, i + VERBATIM_WORDS).join(" "),
      );
}

/** Words of a published text that need users behind them: not in the public lexicon, not a bare number of one or two digits. */
export function unlistedWords(text: string): string[] {
  return screenWords(text).filter((word) => !isCommonEnglish(word) && !/^\p{N}{1,2}$/u.test(word));
}

export function screenTargets(texts: readonly string[]): ScreenTargets {
  const words = new Set<string>();
  const runs = new Map<string, number[]>();
  texts.forEach((text, i) => {
    for (const word of unlistedWords(text)) words.add(word);
    for (const run of new Set(runsOf(screenWords(text)))) runs.set(run, [...(runs.get(run) ?? []), i]);
  });
  return { words, runs };
}
