import { stem } from "./stem.ts";
import { GENERIC_WORDS, isStopWord } from "./stop-words.ts";
import { words } from "./words.ts";

/** A phrase of a group of texts, against the texts outside it. */
export interface KeyPhrase {
  /** As most members write it. */
  readonly text: string;
  /** Stems of its words, joined by spaces: what it is counted by. */
  readonly key: string;
  /** How many members, and how many outsiders, have it; each text counts once. */
  readonly members: number;
  readonly outsiders: number;
  /** Standard score of its log-odds, members against outsiders; above about 2 it belongs to the members. */
  readonly score: number;
}

export interface KeyPhraseOptions {
  /** Most phrases returned. Default 10. */
  limit?: number;
  /** Longest phrase in words. Default 4. */
  maxWords?: number;
  /** Fewest members that must have it. Default 1. */
  minMembers?: number;
  /** BCP 47 language for stop words; English ones are always left out. */
  language?: string;
  /** Keep phrases that lie within a better one, or around it. Default false. */
  nested?: boolean;
}

interface Count {
  members: number;
  outsiders: number;
  forms: Map<string, number>;
}

/** No phrase goes over a stop or a conjunction; a dot inside a word ("node.js") is none. */
const BORDER = /[,;:!?()[\]{}"“”«»\n|/]+|[.…]+(?=\s|$)| (?:and|or|y|o|et|ou|und|oder|e) /iu;

/** Phrases of one text by key: 1 to `maxWords` words, none of them a stop word but "of" inside. */
export function phrasesOf(text: string, maxWords: number, language: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const clause of text.split(BORDER)) {
    const written = words(clause);
    const list = written.map((word) => word.toLowerCase().replaceAll("’", "'"));
    const stops = list.map((token) => isStopWord(token, language) || /^\d+$/.test(token));
    for (let i = 0; i < list.length; i++) {
      if (stops[i]) continue;
      for (let n = 1; n <= maxWords && i + n <= list.length; n++) {
        const last = i + n - 1;
        if (stops[last]) {
          if (list[last] === "of") continue;
          break;
        }
        const key = list
          .slice(i, i + n)
          .map(stem)
          .join(" ");
        if (!found.has(key)) found.set(key, written.slice(i, i + n).join(" "));
      }
    }
  }
  return found;
}

function count(
  texts: readonly string[],
  side: "members" | "outsiders",
  counts: Map<string, Count>,
  maxWords: number,
  language: string,
): void {
  for (const text of texts) {
    for (const [key, form] of phrasesOf(text, maxWords, language)) {
      let entry = counts.get(key);
      if (!entry) {
        // A phrase that no member has is never returned; outsiders come second.
        if (side === "outsiders") continue;
        entry = { members: 0, outsiders: 0, forms: new Map() };
        counts.set(key, entry);
      }
      entry[side]++;
      if (side === "members") entry.forms.set(form, (entry.forms.get(form) ?? 0) + 1);
    }
  }
}

/**
 * Log-odds of a phrase with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008), on document
 * frequencies, as a standard score. The prior is the pooled rate, worth `PRIOR` texts.
 */
const PRIOR = 4;
function contrast(members: number, outsiders: number, m: number, o: number): number {
  const prior = (PRIOR * (members + outsiders + 0.5)) / (m + o + 1);
  const rest = PRIOR - prior;
  const inside = (members + prior) / (m - members + rest);
  const outside = (outsiders + prior) / (o - outsiders + rest);
  return (Math.log(inside) - Math.log(outside)) / Math.sqrt(1 / (members + prior) + 1 / (outsiders + prior));
}

/** On equal counts the shorter, then the lower-case form: a capital at the start of a text is no name. */
function commonestForm(forms: ReadonlyMap<string, number>): string {
  let best = "";
  let most = 0;
  for (const [form, n] of forms) {
    if (
      n > most ||
      (n === most && (form.length < best.length || (form.length === best.length && form > best)))
    ) {
      best = form;
      most = n;
    }
  }
  return best;
}

/**
 * Phrases that set `members` apart from `outsiders`, best first, without those contained in a better one that covers
 * the same members. One text, one vote: what a single member repeats counts once. Deterministic; independent of the
 * order of the texts.
 */
export function keyPhrases(
  members: readonly string[],
  outsiders: readonly string[],
  options: KeyPhraseOptions = {},
): KeyPhrase[] {
  const { limit = 10, maxWords = 4, minMembers = 1, language = "en", nested = false } = options;
  const counts = new Map<string, Count>();
  count(members, "members", counts, maxWords, language);
  count(outsiders, "outsiders", counts, maxWords, language);
  const scored: KeyPhrase[] = [];
  for (const [key, entry] of counts) {
    if (entry.members < minMembers) continue;
    const size = key.split(" ").length;
    const generic = size === 1 && GENERIC_WORDS.has(key) ? 0.5 : 1;
    // Longer phrases say more with the same count; a fifth a word keeps single words that are far commoner ahead.
    const weight = generic * (1 + 0.2 * (size - 1));
    const score = contrast(entry.members, entry.outsiders, members.length, outsiders.length) * weight;
    scored.push({
      text: commonestForm(entry.forms),
      key,
      members: entry.members,
      outsiders: entry.outsiders,
      score,
    });
  }
  scored.sort((a, b) => b.score - a.score || b.members - a.members || (a.key < b.key ? -1 : 1));
  const chosen: KeyPhrase[] = [];
  for (const phrase of scored) {
    if (chosen.length >= limit) break;
    const padded = ` ${phrase.key} `;
    const covered =
      !nested &&
      chosen.some(
        (other) =>
          ` ${other.key} `.includes(padded) ||
          (padded.includes(` ${other.key} `) && phrase.members < other.members / 2),
      );
    if (!covered) chosen.push(phrase);
  }
  return chosen;
}
