import lexicon from "./lexicon/english-common.json" with { type: "json" };

let common: ReadonlySet<string> | undefined;

/** The words of the lexicon, lower case, in its order. */
export const commonEnglish = (): readonly string[] => lexicon.words.split(" ");

/**
 * Whether a word is in the public lexicon of common English (domain/text/lexicon): such a word identifies nobody by itself.
 * Case is ignored; a possessive ending is dropped; every part of a hyphenated word must be known.
 */
export function isCommonEnglish(word: string): boolean {
  common ??= new Set(lexicon.words.split(" "));
  const known = common;
  return word
    .toLowerCase()
    .replace(/['’](?:s|ll|re|ve|d|m|t)$/u, "")
    .replace(/^(?:does|did|is|was|are|were|would|could|should|has|have|had|must|need)n$/u, "not")
    .split(/[-'’]/u)
    .every((part) => part === "" || known.has(part));
}
