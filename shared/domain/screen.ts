/** Words in a row that name a text: eight of one conversation in a published name or description are a quotation (design 7.5). */
export const VERBATIM_WORDS = 8;

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;

/** Words of a text in lower case and compatibility form, so that look-alike letters count as one. */
export function screenWords(text: string): string[] {
  return text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
}

export function runsOf(words: readonly string[]): string[] {
  return words.length < VERBATIM_WORDS
    ? []
    : Array.from({ length: words.length - VERBATIM_WORDS + 1 }, (_, i) =>
        words.slice(i, i + VERBATIM_WORDS).join(" "),
      );
}

/** Runs of eight words in texts, with the texts (by position) that hold them. */
export function runsIn(texts: readonly string[]): Map<string, number[]> {
  const runs = new Map<string, number[]>();
  texts.forEach((text, i) => {
    for (const run of new Set(runsOf(screenWords(text)))) runs.set(run, [...(runs.get(run) ?? []), i]);
  });
  return runs;
}
