/** Words in a row that name a text: eight of one conversation in a published name or description are a quotation (design 7.5). */
export const VERBATIM_WORDS = 8;

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;

/** Words of a text in lower case and compatibility form, so that look-alike letters count as one. */
function screenWords(text: string): string[] {
  return text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
}

function runsOf(words: readonly string[]): string[] {
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

/** Looks up which texts a content quotes, by the runs of `runsIn`: a run of words that are in none needs no looking up. */
export function quotesOf(runs: ReadonlyMap<string, readonly number[]>): (content: string) => number[] {
  const known = new Set(Array.from(runs.keys()).flatMap((run) => run.split(" ")));
  return (content) => {
    const words = screenWords(content);
    const found: number[] = [];
    let streak = 0;
    words.forEach((word, i) => {
      streak = known.has(word) ? streak + 1 : 0;
      if (streak >= VERBATIM_WORDS)
        found.push(...(runs.get(words.slice(i + 1 - VERBATIM_WORDS, i + 1).join(" ")) ?? []));
    });
    return found;
  };
}
