import type { Random } from "../random.ts";
import { randomInt } from "../random.ts";

const SHORT_FORMS: readonly (readonly [RegExp, string])[] = [
  [/\bplease\b/gi, "pls"],
  [/\bbecause\b/gi, "bc"],
  [/\bthanks\b/gi, "thx"],
  [/\bdon't\b/gi, "dont"],
  [/\bcan't\b/gi, "cant"],
  [/\bit's\b/gi, "its"],
  [/\bI'm\b/g, "im"],
  [/\bI've\b/g, "ive"],
  [/\bI\b/g, "i"],
];

const SENTENCE_START = /(^|[.!?] )(\p{Lu}[\p{L}']*)/gu;
/** Not a name such as TypeError, SQL or R. */
const PLAIN_WORD = /^(?:\p{Lu}[\p{Ll}']+|[AI])$/u;

/**
 * The same words as typed in a hurry: sentences begin in lower case; in English also short forms and, now and then, two
 * letters swapped. Pasted text (after an empty line) stays as it is.
 */
export function typeCasually(text: string, english: boolean, random: Random): string {
  const pasted = text.indexOf("\n\n");
  let typed = (pasted < 0 ? text : text.slice(0, pasted)).replace(
    SENTENCE_START,
    (match, before: string, word: string) =>
      PLAIN_WORD.test(word) ? before + word.charAt(0).toLowerCase() + word.slice(1) : match,
  );
  if (english) {
    for (const [pattern, short] of SHORT_FORMS) if (random() < 0.7) typed = typed.replace(pattern, short);
    if (random() < 0.4) typed = swapLetters(typed, random);
    if (random() < 0.3) typed = swapLetters(typed, random);
  }
  return pasted < 0 ? typed : typed + text.slice(pasted);
}

/** A message without its last full stop, as casual writers leave it. */
export function dropLastStop(message: string): string {
  return message.endsWith(".") && !message.endsWith("..") ? message.slice(0, -1) : message;
}

/** Words as typed into a search box: mostly without articles, in lower case as long as no pasted code is in it. */
export function typeKeywords(text: string, english: boolean, random: Random): string {
  let typed = text;
  if (english && random() < 0.7 && !/[":=]/.test(text))
    typed = typed.replace(/\b(?:a|an|the) (?=\p{L})/gu, "");
  if (random() < 0.6) typed = typed.replace(/^\p{Lu}(?=\p{Ll}* )/u, (letter) => letter.toLowerCase());
  if (english && random() < 0.1) typed = swapLetters(typed, random);
  return typed;
}

/** Swaps two inner letters of one plain word of five letters or more. */
function swapLetters(text: string, random: Random): string {
  const words = text.split(" ");
  const at = randomInt(random, words.length);
  const word = words[at] ?? "";
  if (!/^[a-z]{5,}$/.test(word)) return text;
  const cut = 1 + randomInt(random, word.length - 3);
  words[at] = word.slice(0, cut) + word.charAt(cut + 1) + word.charAt(cut) + word.slice(cut + 2);
  return words.join(" ");
}
