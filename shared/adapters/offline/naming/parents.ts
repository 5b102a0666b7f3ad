import type { Label } from "../../../contracts/model-tasks.ts";
import { isCommonEnglish } from "../../../domain/text/lexicon.ts";
import { REQUEST_VERBS } from "../facets/verbs.ts";
import { asDescription, enumerate } from "./compose.ts";
import type { Word } from "./reading.ts";
import { readWord } from "./reading.ts";
import { sharesWord } from "./covering.ts";
import { nounPhrases } from "./mining.ts";
import type { Nearness, NamingTools } from "./tools.ts";
import { nearnessBy } from "./tools.ts";

/** A child of the parent to be named; `size` in conversations, 1 when unknown. */
export interface Child extends Label {
  readonly size: number;
}

interface Phrase {
  readonly text: string;
  readonly key: string;
}

/** Whom names speak of, and what they call clusters without a subject. */
const UNSPEAKING = /^(?:assistant|requests?|(?:short )?messages|questions)$/;

/** What a name is about: its noun phrases, in the plural where it speaks of one of many ("a flight"). */
function phrasesOf(name: string, { tagger }: NamingTools): Phrase[] {
  const words = tagger(name.charAt(0).toLowerCase() + name.slice(1)).map(readWord);
  // Names open with what is done, and say further on what else is.
  const read = words.map((word, i): Word => {
    const opens = i === 0 || /^(?:and|or|,)$/.test(words[i - 1]!.low);
    return opens && REQUEST_VERBS.has(word.low) ? { ...word, part: "verb" } : word;
  });
  return nounPhrases(read).flatMap(([start, end]) => {
    const phrase = read.slice(start, end);
    const text = phrase.map((word) => word.text).join(" ");
    const isOne = /^an?$/.test(read[start - 1]?.low ?? "") && isCommonEnglish(`${phrase.at(-1)!.low}s`);
    return UNSPEAKING.test(text)
      ? []
      : [{ text: isOne ? `${text}s` : text, key: phrase.map(({ stem }) => stem).join(" ") }];
  });
}

/** What a phrase of a like meaning counts beside the phrase itself, from cosine `LIKE` on. */
const LIKE_WEIGHT = 0.6;
const LIKE = 0.3;

function reach(phrase: Phrase, others: readonly Phrase[], near: Nearness): number {
  return Math.max(
    0,
    ...others.map(({ key, text }) =>
      key === phrase.key
        ? 1
        : sharesWord(key, phrase.key)
          ? 0.8
          : (LIKE_WEIGHT * Math.max(0, near(text, phrase.text) - LIKE)) / (1 - LIKE),
    ),
  );
}

/** Cosine from which on two subjects of a parent say the same. */
const ALIKE = 0.75;

/** Up to `limit` subjects of the children that together stand for most of their conversations, the widest first. */
function subjectsOfChildren(children: readonly Child[], tools: NamingTools, limit: number): string[] {
  const near = nearnessBy(tools.table);
  const phrases = children.map(({ name }) => phrasesOf(name, tools));
  const all = [...new Map(phrases.flat().map((phrase) => [phrase.key, phrase])).values()];
  const covered = children.map(() => 0);
  const chosen: Phrase[] = [];
  while (chosen.length < limit) {
    let best: { phrase: Phrase; gain: number; reached: number[] } | undefined;
    for (const phrase of all) {
      if (chosen.some((other) => sharesWord(other.key, phrase.key) || near(other.text, phrase.text) >= ALIKE))
        continue;
      const reached = phrases.map((own) => reach(phrase, own, near));
      const gain = reached.reduce((sum, r, i) => sum + children[i]!.size * Math.max(0, r - covered[i]!), 0);
      if (gain > (best?.gain ?? 0)) best = { phrase, gain, reached };
    }
    if (!best) break;
    chosen.push(best.phrase);
    best.reached.forEach((r, i) => (covered[i] = Math.max(covered[i]!, r)));
  }
  return chosen.map(({ text }) => text);
}

/** Names for a parent, best first: three of its subjects, then more or fewer of them. */
export function parentNames(children: readonly Child[], tools: NamingTools): string[] {
  const subjects = subjectsOfChildren(children, tools, 5);
  if (subjects.length === 0) return ["Various requests", "Other requests"];
  const counts = [3, 4, 2, 5, 1].filter((n) => n <= Math.max(1, subjects.length));
  return counts.map((n) => enumerate(subjects.slice(0, n)));
}

/** What the parent holds, from its largest children. */
export function parentDescription(children: readonly Child[]): string {
  const largest = children.toSorted((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  const named = largest.slice(0, 4).map(({ name }) => name.charAt(0).toLowerCase() + name.slice(1));
  const rest = children.length - named.length;
  const more = rest > 0 ? ` ${rest} further ${rest === 1 ? "group belongs" : "groups belong"} to it.` : "";
  return asDescription(`This group brings together requests such as: ${named.join("; ")}.${more}`);
}
