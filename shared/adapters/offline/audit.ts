import type { Rating } from "../../contracts/common.ts";
import type { TaskAnswer, TaskInput } from "../../contracts/model-tasks.ts";
import { findPersonalData, HARD_KINDS } from "../../domain/masking.ts";
import type { PiiKind } from "../../domain/masking.ts";
import { isCommonEnglish } from "../../domain/text/lexicon.ts";

/** Kinds of detail that are harmless one by one and can point to one person together. */
const DETAILS: readonly [string, RegExp][] = [
  [
    "age",
    /\b(?:(?:aged?|i(?:'m| am)|is|was) \d{1,2}\b(?! (?:%|percent|minutes?|hours?|days?|times))|\d{1,2}[- ](?:years?|yr|y\/o)[- ]?old)\b/i,
  ],
  [
    "health",
    /\b(?:diagnos\w+|cancer|tumou?r|hiv|aids|diabet\w+|depress(?:ion|ed)|bipolar|schizophreni\w+|anxiety disorder|pregnan\w+|miscarriage|abortion|dementia|alzheimer\w*|parkinson\w*|epilep\w+|autis\w+|adhd|ptsd|leuk(?:a)?emia|chemo\w*|surgery|medication|antidepressants?|rehab|overdos\w+|suicid\w+)\b/i,
  ],
  [
    "family",
    /\b(?:my|his|her|their|the user's) (?:wife|husband|son|daughter|child(?:ren)?|mother|father|mom|dad|brother|sister|ex|girlfriend|boyfriend|partner|baby|fianc[ée]e?)\b/i,
  ],
  [
    "work",
    /\b(?:works? (?:at|for|as)|employed (?:at|by)|my (?:boss|employer|company|manager)|teacher at|nurse at|engineer at|ceo of|principal of|mayor|professor at|student at|pastor|sheriff)\b/i,
  ],
  [
    "place",
    /\b(?:live[sd]? in|living in|resid(?:es?|ing) in|moved to|grew up in|from a (?:small )?(?:town|village)|village of|town of|neighbou?rhood|hometown|zip code|postcode)\b/i,
  ],
  [
    "law",
    /\b(?:arrest\w*|convicted|felony|lawsuit|restraining order|custody|divorc\w+|probation|prison|jail|asylum|undocumented|deport\w*|bankrupt\w*|evict\w*)\b/i,
  ],
  [
    "belief",
    /\b(?:muslim|jewish|christian|catholic|hindu|atheist|gay|lesbian|bisexual|transgender|non-binary|trans (?:man|woman))\b/i,
  ],
  [
    "date",
    /\b(?:on|since|in) (?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}\b|\b(?:19|20)\d\d-\d\d-\d\d\b/i,
  ],
];

/** Longest text that is read, in characters. */
const MAX_CHARACTERS = 200_000;

const CAPITALISED_PAIR = /(?<=[\p{L},;] )\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+/gu;

/** Two capitalised words in running text that are no English words: often a person, sometimes a place. */
function likelyName(text: string): boolean {
  return Array.from(text.matchAll(CAPITALISED_PAIR)).some(([pair]) =>
    pair.split(" ").every((word) => !isCommonEnglish(word)),
  );
}

interface Verdict {
  readonly rating: Rating;
  readonly reason: string;
}

function judge(kinds: ReadonlySet<PiiKind>, details: readonly string[], name: boolean): Verdict {
  const hard = [...kinds].filter((kind) => HARD_KINDS.has(kind));
  if (hard.length > 0) return { rating: 1, reason: `pattern:${hard.toSorted().join("+")}` };
  if (kinds.size > 0 && details.length >= 2)
    return { rating: 1, reason: `pattern:${[...kinds].toSorted().join("+")};detail:${details.join("+")}` };
  if (kinds.size > 0) return { rating: 2, reason: `pattern:${[...kinds].toSorted().join("+")}` };
  if (name)
    return { rating: 2, reason: details.length > 0 ? `name_like;detail:${details.join("+")}` : "name_like" };
  if (details.length >= 3) return { rating: 2, reason: `detail:${details.join("+")}` };
  if (details.length === 2) return { rating: 3, reason: `detail:${details.join("+")}` };
  return details.length === 1
    ? { rating: 4, reason: `detail:${details.join("+")}` }
    : { rating: 5, reason: "nothing_found" };
}

/**
 * Rates a text by what patterns find in it. The reason names kinds only ("pattern:email", "detail:age+health+place"),
 * never words of the text.
 */
export function offlineAudit({ text }: TaskInput<"audit">): TaskAnswer<"audit"> {
  const read = text.slice(0, MAX_CHARACTERS);
  const kinds = new Set(findPersonalData(read).map(({ kind }) => kind));
  const details = DETAILS.filter(([, pattern]) => pattern.test(read)).map(([name]) => name);
  const { rating, reason } = judge(kinds, details, likelyName(read));
  return { rating, reason: reason.slice(0, 200) };
}
