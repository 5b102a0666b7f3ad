import { isCommonEnglish } from "../../../domain/text/lexicon.ts";
import { tokens } from "../../../domain/text/words.ts";

/** Scripts that one language (nearly) alone is written in; a glance at them beats statistics on short texts. */
const SCRIPTS: readonly [RegExp, string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "ja"],
  [/\p{Script=Hangul}/u, "ko"],
  [/\p{Script=Han}/u, "zh"],
  [/\p{Script=Thai}/u, "th"],
  [/\p{Script=Greek}/u, "el"],
  [/\p{Script=Hebrew}/u, "he"],
  [/\p{Script=Armenian}/u, "hy"],
  [/\p{Script=Georgian}/u, "ka"],
  [/\p{Script=Tamil}/u, "ta"],
  [/\p{Script=Telugu}/u, "te"],
  [/\p{Script=Bengali}/u, "bn"],
  [/\p{Script=Gujarati}/u, "gu"],
];
const LETTER = /\p{L}/gu;
const NOISE = /```[\s\S]*?(?:```|$)|`[^`\n]*`|\[[a-z]{2,10}\]|https?:\/\/\S+|\S+@\S+|[#@]\S+/g;
/** The detector reads 1,000 characters; noise is removed first from a little more. */
const MAX_CHARACTERS = 2000;

/** Words that are looked up in the lexicon. */
const MAX_WORDS = 60;

/** Greetings and thanks: too short for statistics, and often all there is. */
const SMALL_TALK: ReadonlyMap<string, string> = new Map([
  ...["hola", "gracias", "adiós", "adios", "vale", "sí", "buenas"].map((word) => [word, "es"] as const),
  ...["bonjour", "merci", "salut", "oui", "bonsoir"].map((word) => [word, "fr"] as const),
  ...["hallo", "danke", "tschüss", "ja", "bitte", "servus"].map((word) => [word, "de"] as const),
  ...["ciao", "grazie", "buongiorno"].map((word) => [word, "it"] as const),
  ...["olá", "obrigado", "obrigada"].map((word) => [word, "pt"] as const),
]);

/** Statistics over letter sequences of sixty languages (package eld); the method of its exported object. */
export interface Statistics {
  detect(text: string): { language: string; isReliable(): boolean };
}

/** Share of the words that are common English; 0 without words. */
function englishShare(list: readonly string[]): number {
  return list.length === 0 ? 0 : list.filter((word) => isCommonEnglish(word)).length / list.length;
}

/**
 * BCP 47 language of a text, "und" when it is too short or unclear to tell. Short English is taken by its words,
 * because letter statistics need a sentence.
 */
export function detectLanguage(text: string, statistics: Statistics): string {
  const plain = text.slice(0, MAX_CHARACTERS).replace(NOISE, " ");
  const letters = plain.match(LETTER)?.length ?? 0;
  if (letters < 2) return "und";
  for (const [script, language] of SCRIPTS) {
    const own = plain.match(new RegExp(script.source, "gu"))?.length ?? 0;
    // Japanese mixes scripts: a tenth of kana decides. Foreign words in other texts stay below a third.
    if (own >= letters * (language === "ja" ? 0.1 : 0.3)) return language;
  }
  const list = tokens(plain).filter((word) => /\p{L}/u.test(word));
  const known = list.length <= 2 ? SMALL_TALK.get(list[0] ?? "") : undefined;
  if (known) return known;
  const english = englishShare(list.slice(0, MAX_WORDS));
  if (list.length >= 5 && english >= 0.85) return "en";
  const detected = statistics.detect(plain);
  if (detected.language === "en") return english >= 0.5 || detected.isReliable() ? "en" : "und";
  if (english >= 0.8 && (list.length <= 12 || !detected.isReliable())) return "en";
  if (english >= 0.95) return "en";
  const latin = /\p{Script=Latin}/u.test(plain);
  if (!latin && detected.language !== "") return detected.language;
  if (letters < 8 || detected.language === "") return "und";
  return detected.isReliable() || list.length >= 4 ? detected.language : "und";
}

/** English name of a language tag, for summaries; the tag itself when it has none. */
export function languageName(tag: string): string {
  return tag === "und" ? "an unknown language" : (names().of(tag) ?? tag);
}

let displayNames: Intl.DisplayNames | undefined;
function names(): Intl.DisplayNames {
  displayNames ??= new Intl.DisplayNames("en", { type: "language" });
  return displayNames;
}
