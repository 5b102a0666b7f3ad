import type { Label } from "../../../contracts/model-tasks.ts";
import { keyPhrases } from "../../../domain/text/key-phrases.ts";
import { stem } from "../../../domain/text/stem.ts";
import { tokens } from "../../../domain/text/words.ts";
import { REQUEST_VERBS } from "../facets/verbs.ts";
import { asDescription, enumerate } from "./compose.ts";

/** How names of clusters begin that carry no subject: the verbs that the label task puts there. */
const LEAD = /^(?:ask about|get help with|requests about|get|various|other|small talk and)\s+/i;

/** A child of the parent to be named; `size` in conversations, 1 when unknown. */
export interface Child extends Label {
  readonly size: number;
}

/** What a cluster's name is about: without the asking words and, if something is left, without its verb. */
export function subjectOf(name: string): string {
  const subject = name.replace(LEAD, "");
  const [first = "", ...rest] = subject.split(" ");
  return rest.length > 0 && subject === name && REQUEST_VERBS.has(first.toLowerCase())
    ? rest.join(" ")
    : subject;
}

const line = (text: string): string => ` ${tokens(text).map(stem).join(" ")} `;

/**
 * Up to `limit` subjects that the children share, the one that covers most conversations first; subjects of single
 * children, by size, fill up. `outsiders` are names of clusters elsewhere: what they say too is less telling.
 */
export function sharedSubjects(
  children: readonly Child[],
  outsiders: readonly Label[],
  limit: number,
): string[] {
  const subjects = children.map(({ name }) => subjectOf(name));
  const lines = subjects.map(line);
  const phrases = keyPhrases(
    subjects,
    outsiders.map(({ name }) => subjectOf(name)),
    { limit: 60, maxWords: 3, nested: true },
  );
  const covered = new Set<number>();
  const chosen: string[] = [];
  const stems = new Set<string>();
  while (chosen.length < limit && covered.size < children.length) {
    let best: { text: string; key: string; gain: number } | undefined;
    for (const { text, key, members, outsiders: elsewhere } of phrases) {
      if (key.split(/[ -]/).some((part) => stems.has(part))) continue;
      let gain = 0;
      lines.forEach((words, i) => {
        if (!covered.has(i) && words.includes(` ${key} `)) gain += children[i]?.size ?? 0;
      });
      // A phrase of two words tells more than either; one that outsiders use as well tells less.
      const weight = (1 + 0.15 * (key.split(" ").length - 1)) * (members / (members + elsewhere / 2));
      if (gain * weight > (best?.gain ?? 0)) best = { text, key, gain: gain * weight };
    }
    if (!best) break;
    const { key, text } = best;
    chosen.push(text);
    for (const part of key.split(/[ -]/)) stems.add(part);
    lines.forEach((words, i) => {
      if (words.includes(` ${key} `)) covered.add(i);
    });
  }
  return chosen;
}

/** Names for a parent, best first: three shared subjects, then more or fewer of them. */
export function parentNames(children: readonly Child[], outsiders: readonly Label[]): string[] {
  const subjects = sharedSubjects(children, outsiders, 5);
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
