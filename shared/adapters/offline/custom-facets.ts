import type { CustomAnswer, CustomFacet } from "../../contracts/facets.ts";
import type { TaskInput } from "../../contracts/model-tasks.ts";
import { PII_KINDS } from "../../domain/masking.ts";
import { tokens } from "../../domain/text/words.ts";

/** What stands for personal data is nobody's word: "[email]" is not a mention of e-mail. */
const MASK = new RegExp(`\\[(?:${PII_KINDS.join("|")})\\]`, "g");

/** Words of a text or a phrase in the form in which they are compared. */
function wordsIn(text: string): string[] {
  return tokens(text.normalize("NFKC"));
}

/** Phrases of a config as words with one blank between; by how many words they have. */
interface Phrasebook {
  readonly normal: ReadonlyMap<string, string>;
  readonly byLength: ReadonlyMap<number, ReadonlySet<string>>;
}

function phrasesOf(facet: CustomFacet): readonly string[] {
  switch (facet.type) {
    case "category":
      return Object.values(facet.patterns).flat();
    case "boolean":
      return facet.patterns;
    case "number":
    case "text":
      return [];
  }
}

/** The same list comes with every conversation of a run: its phrases are read once. */
const books = new WeakMap<readonly CustomFacet[], Phrasebook>();

function phrasebook(facets: readonly CustomFacet[]): Phrasebook {
  const known = books.get(facets);
  if (known !== undefined) return known;
  const normal = new Map<string, string>();
  const byLength = new Map<number, Set<string>>();
  for (const phrase of facets.flatMap(phrasesOf)) {
    const parts = wordsIn(phrase);
    if (parts.length === 0 || normal.has(phrase)) continue;
    const joined = parts.join(" ");
    normal.set(phrase, joined);
    byLength.set(parts.length, (byLength.get(parts.length) ?? new Set()).add(joined));
  }
  const made = { normal, byLength };
  books.set(facets, made);
  return made;
}

/** Phrases that occur in a text, in time linear in its length, however many phrases there are. */
function* occurring(text: string, { byLength }: Phrasebook): Generator<string> {
  const held = wordsIn(text);
  for (const [length, phrases] of byLength) {
    for (let at = 0; at + length <= held.length; at++) {
      const words = length === 1 ? held[at]! : held.slice(at, at + length).join(" ");
      if (phrases.has(words)) yield words;
    }
  }
}

/**
 * Answers to custom facets by the words of the user's messages, whatever their case: a category is the first of its
 * values with a pattern that occurs, a yes or no says whether one does. Null for what has no patterns.
 */
export function offlineCustomFacets({ messages, custom }: TaskInput<"facets">): Record<string, CustomAnswer> {
  const book = phrasebook(custom);
  const found = new Set<string>();
  if (book.byLength.size > 0) {
    for (const { role, content } of messages) {
      if (role !== "user") continue;
      for (const text of content.split(MASK)) for (const phrase of occurring(text, book)) found.add(phrase);
    }
  }
  const occurs = (phrase: string): boolean => found.has(book.normal.get(phrase) ?? "");
  const answerTo = (facet: CustomFacet): CustomAnswer => {
    switch (facet.type) {
      case "category": {
        const patterns = new Map(Object.entries(facet.patterns));
        return facet.values.find((value) => patterns.get(value)?.some(occurs)) ?? null;
      }
      case "boolean":
        return facet.patterns.length === 0 ? null : facet.patterns.some(occurs);
      case "number":
      case "text":
        return null;
    }
  };
  return Object.fromEntries(custom.map((facet) => [facet.id, answerTo(facet)]));
}
