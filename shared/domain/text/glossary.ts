import glossary from "./lexicon/glossary.json" with { type: "json" };

/** Japanese is matched within words, for it has no inflected endings to cut; the others by stem. */
const WITHIN: ReadonlySet<string> = new Set(["ja"]);

/** Lower case without accents and without a vowel and an s, n or r at the end: joins most inflections of a word. */
const root = (word: string): string => {
  const plain = word
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "");
  return plain.length > 4 ? plain.replace(/[aeiou]?[snr]?$/, "") : plain;
};

const roots = new Map<string, ReadonlyMap<string, string>>();

function rootsOf(language: string): ReadonlyMap<string, string> | undefined {
  const known = roots.get(language);
  if (known) return known;
  const entries = Object.entries(glossary).find(([tag]) => tag === language)?.[1];
  if (!entries) return undefined;
  const built = new Map<string, string>();
  for (const [word, english] of Object.entries(entries)) {
    const key = WITHIN.has(language) ? word : root(word);
    if (!built.has(key)) built.set(key, english);
  }
  roots.set(language, built);
  return built;
}

/** English words for those of `list` that the glossary knows, in order, each once. Empty for other languages. */
export function glosses(list: readonly string[], language: string): string[] {
  const known = rootsOf(language.slice(0, 2));
  if (!known) return [];
  const found = new Set<string>();
  for (const word of list) {
    const exact = known.get(WITHIN.has(language) ? word : root(word));
    if (exact) found.add(exact);
  }
  return [...found];
}
