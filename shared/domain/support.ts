import { remembered } from "./remembered.ts";
import { isCommonEnglish } from "./text/lexicon.ts";
import { PLAIN_WORDS } from "./text/plain-words.ts";
import { isSensitive } from "./text/sensitive-words.ts";
import { stem } from "./text/stem.ts";
import { GENERIC_WORDS, STOP_WORDS } from "./text/stop-words.ts";
import { words } from "./text/words.ts";

/**
 * Which words need users behind them. "public": all but common English words that tell nothing sensitive; "shared": all
 * but function words and a closed list.
 */
export type NameWords = "public" | "shared";

/** Letters and digits, apostrophes inside: hyphens, dots and ampersands part the words here. */
const RUN = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{M}\p{N}]+)*/gu;
/** A run that is one word whatever else there is: nearly all of a text in English. */
const ONE_WORD = /^[A-Za-z0-9'’]*$/;
/** Stands for words left out. */
export const GAP = "…";
const GAPS = /…(?:[\s\p{P}]*…)+/gu;
/** Words whose need is remembered: more than a language uses often, some megabytes. */
const WORDS_HELD = 50_000;
const SMALL_NUMBER = /^\p{Nd}{1,2}$/u;

/**
 * Users that a word needs among the members of a cluster before its name may hold it: `min_users` beside any one of them.
 * A minimum of one user hides nothing.
 */
export function supportNeeded(minUsers: number): number {
  return minUsers === 1 ? 1 : minUsers + 1;
}

/**
 * The same before a model that names the cluster may read it: as many again as somebody with fewer than `min_users` accounts
 * can add. With less, accounts that all plant a guess would read in the name whether one more member says it, where they
 * and the one or two honest members who say it too lack one user.
 */
export function supportToList(minUsers: number): number {
  return minUsers === 1 ? 1 : supportNeeded(minUsers) + minUsers - 1;
}

/** In lower case, with straight apostrophes and without a possessive ending. */
function plainForm(word: string): string {
  return word.toLowerCase().replaceAll("’", "'").replace(/'s?$/u, "");
}

/** A text with each of its words replaced; words of scripts without spaces are told apart by dictionary. */
function replaceWords(text: string, replace: (word: string) => string): string {
  return text.normalize("NFKC").replace(RUN, (run) => {
    if (ONE_WORD.test(run)) return replace(run);
    const parts = words(run);
    return parts.length <= 1 ? replace(run) : parts.map(replace).join("");
  });
}

const isPlain = (form: string): boolean => STOP_WORDS.has(form) || SMALL_NUMBER.test(form);

/** Whether a word, in its plain form, needs users behind it. */
const needsUsers: Readonly<Record<NameWords, (form: string) => boolean>> = {
  public: (form) => !isPlain(form) && (isSensitive(form) || !isCommonEnglish(form)),
  shared: (form) =>
    !isPlain(form) && [form, stem(form)].every((word) => !GENERIC_WORDS.has(word) && !PLAIN_WORDS.has(word)),
};

/** The plain form of a word that needs users behind it, "" of any other. */
const formInNeed = (rule: NameWords): ((word: string) => string) =>
  remembered(WORDS_HELD, (word) => {
    const form = plainForm(word);
    return needsUsers[rule](form) ? form : "";
  });
const formsOf: Readonly<Record<NameWords, (word: string) => string>> = {
  public: formInNeed("public"),
  shared: formInNeed("shared"),
};

/** The words of a text that need users behind them, in lower case. */
export function formsInNeed(text: string, rule: NameWords): Set<string> {
  const found = new Set<string>();
  const formOf = formsOf[rule];
  replaceWords(text, (word) => {
    const form = formOf(word);
    if (form !== "") found.add(form);
    return word;
  });
  return found;
}

/** The same by stem: "flights" is "flight". */
export function wordsInNeed(text: string, rule: NameWords): Set<string> {
  return new Set(Array.from(formsInNeed(text, rule), stem));
}

/** A text with a gap for each word that needs users behind it, but for those that may be shown, given by stem. */
export function supportedText(text: string, rule: NameWords, isShown: (word: string) => boolean): string {
  const formOf = formsOf[rule];
  const replaced = replaceWords(text, (word) => {
    const form = formOf(word);
    return form !== "" && !isShown(stem(form)) ? GAP : word;
  });
  return replaced.replace(GAPS, GAP);
}

/** Users behind the words asked about, counted up to a limit: more is neither asked nor held. */
export class WordSupport<User extends string | number> {
  readonly #limit: number;
  readonly #users = new Map<string, User[]>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  ask(asked: Iterable<string>): void {
    for (const word of asked) if (!this.#users.has(word)) this.#users.set(word, []);
  }

  add(user: User, said: Iterable<string>): void {
    for (const word of said) {
      const held = this.#users.get(word);
      if (held !== undefined && held.length < this.#limit && !held.includes(user)) held.push(user);
    }
  }

  reaches(word: string): boolean {
    return (this.#users.get(word)?.length ?? 0) >= this.#limit;
  }

  entries(): [string, User[]][] {
    return [...this.#users];
  }
}
