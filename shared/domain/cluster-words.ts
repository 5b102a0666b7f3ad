import { WordSupport, formsInNeed } from "./support.ts";
import type { NameWords } from "./support.ts";
import { stem } from "./text/stem.ts";

/**
 * The words of one cluster that need users behind them, with the users who say them: by stem, which is what support is
 * counted by, and as they are written, so that a listed word is written as enough members write it.
 */
export class ClusterWords<User extends string | number> {
  readonly #rule: NameWords;
  readonly #stems: WordSupport<User>;
  readonly #forms: WordSupport<User>;

  constructor(rule: NameWords, limit: number) {
    this.#rule = rule;
    this.#stems = new WordSupport(limit);
    this.#forms = new WordSupport(limit);
  }

  /** The words of a text are asked about: others are not counted. */
  ask(text: string): void {
    const forms = formsInNeed(text, this.#rule);
    this.#forms.ask(forms);
    this.#stems.ask(Array.from(forms, stem));
  }

  add(user: User, text: string): void {
    const forms = formsInNeed(text, this.#rule);
    this.#forms.add(user, forms);
    this.#stems.add(user, Array.from(forms, stem));
  }

  /** Whether enough users say a word, given by stem. */
  reaches(word: string): boolean {
    return this.#stems.reaches(word);
  }

  /**
   * The words that enough users say, each in a form that enough of them write, or as its stem where none is: how a single
   * member writes a word shows nowhere. In alphabetical order: one by users would tell which word the target adds to.
   */
  list(): string[] {
    const formOf = new Map<string, string>();
    for (const [form] of this.#forms.entries()) {
      const held = formOf.get(stem(form));
      if (this.#forms.reaches(form) && (held === undefined || form < held)) formOf.set(stem(form), form);
    }
    return this.#stems
      .entries()
      .flatMap(([word]) => (this.#stems.reaches(word) ? [formOf.get(word) ?? word] : []))
      .toSorted();
  }
}
