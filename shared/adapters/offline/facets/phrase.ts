import { maskPersonalData } from "../../../domain/masking.ts";
import { isCommonEnglish } from "../../../domain/text/lexicon.ts";
import { sanitize } from "../../../domain/text/sanitize.ts";
import { GENERIC_WORDS, STOP_WORDS } from "../../../domain/text/stop-words.ts";
import { stem } from "../../../domain/text/stem.ts";
import { truncate } from "../../../domain/text/truncate.ts";
import { words } from "../../../domain/text/words.ts";
import type { RequestSentence } from "./request.ts";
import { contentStems, opensWithVerb } from "./request.ts";
import { STANDS_FOR } from "./stands-for.ts";
import { AUXILIARIES } from "./verbs.ts";

/**
 * Longest request phrase, in characters. On multi-sentence requests with known subjects 260 agreed with them better
 * than 200; embedding time grows with it.
 */
export const MAX_REQUEST = 260;

/** First words of places and brands that look like a given name before a surname. */
const NOT_GIVEN_NAMES: ReadonlySet<string> = new Set(
  "San Santa Santo Los Las El La Le Saint St Mount Lake Fort Port Rio Sao São Buenos Hong Sri Costa Puerto Microsoft Google Amazon Apple Adobe Sony Samsung Visual Stack Red Node Star Harry Taylor".split(
    " ",
  ),
);
const CAPITALISED_PAIR = /\b(\p{Lu}\p{Ll}+)(?: \p{Lu}\.)? (\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)(?:['’]s)?/gu;
const AT_START = /(?:^|[.!?:"“(\n]) ?$/;

/**
 * "Ottoline Varga" -> "someone": two capitalised words of which the first is no English word nor begins a place; at
 * the start of a sentence, where the first capital says nothing, both.
 */
function hidePeople(text: string): string {
  // In a title or a text in capitals the case says nothing.
  const capitals = text.match(/\b\p{Lu}/gu)?.length ?? 0;
  if (capitals > 6 && capitals > (text.match(/\b\p{L}/gu)?.length ?? 0) * 0.6) return text;
  return text.replace(CAPITALISED_PAIR, (found, first: string, last: string, at: number) => {
    if (NOT_GIVEN_NAMES.has(first) || isCommonEnglish(first)) return found;
    const start = AT_START.test(text.slice(Math.max(0, at - 2), at));
    return start && isCommonEnglish(last) ? found : "someone";
  });
}

/** Codes of orders, tickets and the like: letters and digits mixed, or five digits and more in a row. */
const CODE =
  /(?<![\p{L}\p{N}])#?(?=[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*(?![\p{L}\p{N}])|#?(?<![\p{L}\d.,])\d{5,}(?![\p{L}\d])/gu;

/** Removes what could identify from a message: masks again, hides names and codes, writes masks as words. */
export function anonymise(text: string): string {
  return hidePeople(maskPersonalData(text).text)
    .replace(/\[([a-z]{2,9})\]/g, (token, kind: string) => STANDS_FOR[kind] ?? token)
    .replace(CODE, "a number")
    .replace(/\b(number|no\.?|id|code) a number\b/gi, "$1")
    .replace(/\b(?:an?|the|my|this|your|their) (?=(?:an?|someone) )/gi, "");
}

const BE = "is|are|was|were|'s";
/** A subject that ends where it begins: only then can the verb be moved behind it. */
const PRONOUN = "(?:i|we|you|they|it|he|she|this|that|there)";
const WH = "what|who|where|when|why|which|how";
/** "what is the capital of x": a question about one thing, up to its end. */
const ABOUT_ONE = new RegExp(
  `^((?:${WH})(?: (?:much|many|long|old|far|big|tall|often|late|soon|time|day|kind of [a-z]+|[a-z]+s?))?) (${BE}) ((?:the|your|a|an|this|that|these|those|my|our) (?:[\\p{L}\\p{N}'-]+ ?){1,6})$`,
  "iu",
);
const NOT_ONE = /\b(?:going|coming|due|on|in|at|called|named|like|doing|to|for|than|[a-z]+ing|[a-z]+ed)$/i;
const MOVABLE = new RegExp(
  `^((?:${WH})(?: [a-z-]+){0,3}? |)(is|are|am|was|were|can|could|will|would|should|do|does|did|has|have|had) (${PRONOUN}) `,
  "i",
);

/** A question in the order of a clause ("what the capital of x is", "whether it rains"), or undefined if unsure. */
function declarative(question: string): string | undefined {
  const text = question
    .replace(/^(what|who|where|how|when|why)['’]?s\b/i, "$1 is")
    .replace(/^(what|who|where|how|when|why)['’]re\b/i, "$1 are");
  const one = ABOUT_ONE.exec(text);
  if (one && !NOT_ONE.test(one[3] ?? "")) return `${one[1]} ${(one[3] ?? "").trim()} ${one[2]}`;
  const moved = MOVABLE.exec(text);
  if (moved) {
    const [found, lead = "", verb = "", subject = ""] = moved;
    const kept = /^(?:do|does|did)$/i.test(verb) ? "" : `${verb} `;
    return `${lead === "" ? "whether " : lead}${subject} ${kept}${text.slice(found.length)}`;
  }
  if (AUXILIARIES.has(text.split(" ")[0]?.toLowerCase() ?? "")) return undefined;
  return text
    .replace(new RegExp(`^((?:${WH})(?: [a-z-]+){0,4}?) (?:do|does|did) (?=[a-z])`, "i"), "$1 ")
    .replace(/^if\b/i, "whether");
}

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]*\b/.test(text) && !/^(?:I\b|[A-Z]{2})/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
const shouting = (text: string): boolean => /[A-Z]{4}/.test(text) && text === text.toUpperCase();

/** Longest single clause, in characters. */
const MAX_CLAUSE = 200;

/** Cuts what explains or adds rather than asks, when the phrase is long. */
function shorten(text: string): string {
  if (text.length <= 90) return text;
  const cut = text
    .slice(40)
    .search(
      /[;:]|,? (?:because|since|so that|as (?:i|my|they)|but|which|although|while)\b| [-–—] |, (?:and|so|it|they|i)\b/i,
    );
  const shortened = cut >= 0 ? text.slice(0, 40 + cut) : text;
  return truncate(shortened, MAX_CLAUSE, "");
}

/** One calm line without quotes or mark-up. */
function tidy(text: string): string {
  const calm = shouting(text) ? text.toLowerCase() : text;
  return lowerFirst(
    sanitize(calm)
      .replace(/["“”«»*_`]+/g, "")
      .replace(/\s+([,.;:!?])/g, "$1"),
  );
}

const plain = (text: string): string => shorten(tidy(text)).trim();

/**
 * The request in the user's own words, less greeting and politeness; null when nothing is left. It is not put into
 * the third person: on requests with known intents that cost four points of normalised mutual information.
 */
export function requestPhrase({ asked, context }: RequestSentence): string | null {
  const phrase = plain(asked);
  if (!/[\p{L}\p{N}]/u.test(phrase)) return null;
  return context === "" ? phrase : truncate(`${phrase}; ${tidy(context)}`, MAX_REQUEST, "");
}

/** What was to be done, as a short imperative: at most ten words, up to the first clause border. */
export function taskPhrase({ form, core }: RequestSentence, topic: string | null): string | null {
  const phrase = plain(core);
  // Nothing but marks, as of an empty code block, names no task.
  if (!/[\p{L}\p{N}]/u.test(phrase)) return topic === null ? null : `help with ${topic}`;
  if (form === "action") return imperative(phrase);
  if (form === "wish")
    return imperative(
      opensWithVerb(phrase) && !NOUN_FIRST.test(phrase) ? phrase : `get ${phrase.replace(/^have /, "")}`,
    );
  if (form === "question") {
    const clause = declarative(phrase);
    const task =
      clause === undefined
        ? ""
        : imperative(`find out ${clause}`.replace(/^find out about\b/, "learn about"));
    if (contentStems(task).size > 0) return task;
    return topic === null ? null : `answer about ${topic}`;
  }
  return topic === null ? null : `help with ${topic}`;
}

/** Verbs that are nouns when something is wished for: "I need support", "a plan", "work". */
const NOUN_FIRST =
  /^(?:help|work|book|plan|report|list|form|order|name|place|offer|support|track|record|text|test|match|play|set|map|file|guide|process|program|design|study|research|sign|quote|review|return|refund|rate|exchange|transfer|check)\b/;

const MAX_TASK_WORDS = 10;
const DANGLING = /^(?:a|an|the|of|to|for|in|on|at|with|from|by|and|or|my|your)$/i;

function imperative(phrase: string): string {
  // The first words say what to do; a border inside them ("find out when ...") ends nothing.
  const border = phrase
    .slice(14)
    .search(/[,;:(]| (?:because|so that|and then|when|while|if|but|before|after|since)\b/);
  const clause = border >= 0 ? phrase.slice(0, 14 + border) : phrase;
  const all = clause.trim().split(/\s+/);
  const list = all.slice(0, MAX_TASK_WORDS);
  // What the cut left hanging: "find out how much i will have to".
  while (list.length > 2 && (list.length < all.length || border >= 0 || DANGLING.test(list.at(-1) ?? ""))) {
    if (!STOP_WORDS.has((list.at(-1) ?? "").toLowerCase())) break;
    list.pop();
  }
  return list.join(" ");
}

/** Two to four words that name the subject, in order of appearance; null when there are none. */
export function topicOf(phrase: string, language: string): string | null {
  const list = words(phrase);
  const kept: string[] = [];
  const seen = new Set<string>();
  list.forEach((word, i) => {
    const token = word.toLowerCase().replaceAll("’", "'");
    if (
      STOP_WORDS.has(token) ||
      GENERIC_WORDS.has(token) ||
      GENERIC_WORDS.has(stem(token)) ||
      /\d/.test(token) ||
      token.length < 2
    )
      return;
    if (token === "someone") return;
    // The request's own verb is its task, not its subject, unless there is little else.
    if (i === 0 && language === "en" && opensWithVerb(phrase) && list.length > 2) return;
    const key = stem(token);
    if (seen.has(key)) return;
    seen.add(key);
    kept.push(/^\p{Lu}\p{Ll}+$/u.test(word) && isCommonEnglish(word) ? token : word);
  });
  return kept.length === 0 ? null : kept.slice(0, 4).join(" ");
}
