import { isCommonEnglish } from "../../../domain/text/lexicon.ts";
import { CONTEXT_WEIGHT, isVague, MODIFIER_WEIGHT, occurrences, VAGUE_WEIGHT } from "./mining.ts";
import type { Kind } from "./mining.ts";
import type { Reading, Word } from "./reading.ts";
import type { Nearness } from "./tools.ts";

/** A phrase of the members, counted over them and over the outsiders. */
export interface Subject {
  readonly kind: Kind;
  /** Stems of its words. */
  readonly key: string;
  /** As most members write it. */
  readonly text: string;
  /** Weight, 0 to 1, with which each member is about it. */
  readonly presence: readonly number[];
  /** As `presence`, where words of a like meaning count in part: "cellphone" for "phone". */
  readonly reach: readonly number[];
  /** Sum of `presence` over the number of members, and the same of the outsiders. */
  readonly share: number;
  readonly outside: number;
  /** How far it sets the members apart: a half when outsiders have it as often. */
  readonly precision: number;
  /** What it is worth as the subject of a name. */
  readonly value: number;
  /** How it is introduced. */
  readonly determiner: "a" | "the" | "";
  /** The preposition before it, where most have one: "to" of "to my playlist"; else empty. */
  readonly preposition: string;
}

const stemLine = (words: readonly Word[]): string => ` ${words.map((word) => word.stem).join(" ")} `;

function commonest(counts: ReadonlyMap<string, number>): string {
  return (
    [...counts].toSorted(([a, n], [b, m]) => m - n || a.length - b.length || (a < b ? 1 : -1))[0]?.[0] ?? ""
  );
}

interface Tally {
  readonly kind: Kind;
  readonly prepositions: Map<string, number>;
  readonly byMember: Map<number, number>;
  readonly forms: Map<string, number>;
  readonly leads: Map<string, number>;
  count: number;
  adjuncts: number;
  names: number;
}

/** How far a text that holds a phrase is about it, where it is not a noun phrase of its own. */
function presenceOf(
  key: string,
  lines: readonly { head: string; told: string }[],
  exact: ReadonlyMap<number, number>,
): number[] {
  const padded = ` ${key} `;
  return lines.map(({ head, told }, i) =>
    Math.max(
      exact.get(i) ?? 0,
      head.includes(padded) ? MODIFIER_WEIGHT : told.includes(padded) ? MODIFIER_WEIGHT * CONTEXT_WEIGHT : 0,
    ),
  );
}

export const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0);

const mean = (list: readonly number[]): number => sum(list) / Math.max(1, list.length);

/** Share of its occurrences with an article from which on a noun gets one; the names of substances have few. */
const MIN_ARTICLE = 0.12;

function determinerOf(tally: Tally, text: string): "a" | "the" | "" {
  if (/[^s]s$/.test(text)) return "";
  const of = (...words: string[]): number =>
    sum(words.map((word) => tally.leads.get(word) ?? 0)) / tally.count;
  const known = of("my", "our", "your", "his", "her", "their", "its", "the", "this", "that");
  const any = of("a", "an", "another");
  if (Math.max(known, any) < MIN_ARTICLE) return "";
  return known > any ? "the" : "a";
}

/** The commonest form, but the plural where a singular without an article is rivalled by it: "games", not "game". */
function written(tally: Tally): string {
  const form = commonest(tally.forms);
  if (tally.kind !== "noun" || determinerOf(tally, form) !== "" || form.endsWith("s")) return form;
  const plurals = new Map([...tally.forms].filter(([other]) => /[^s]s$/.test(other)));
  return sum([...plurals.values()]) >= 0.15 * tally.count ? commonest(plurals) : form;
}

/** What proper names are worth, and words that no lexicon lists or two letters: more often details than subjects. */
const NAME_WEIGHT = 0.45;
const UNLISTED_WEIGHT = 0.7;

/** A thing names a cluster better than what is done to it, and both better than a property. */
export const KIND_WEIGHT = { noun: 1, verb: 0.42, quality: 0.55 } as const;

/** Cosine from which on two words are of a like meaning, the one at which they are the same, and what that counts at most. */
const LIKE = 0.35;
const SAME = 0.85;
const LIKE_WEIGHT = 0.5;

/** How far each text is about a phrase by words of a like meaning. */
function likeness(
  phrase: string,
  texts: readonly (readonly { word: string; weight: number }[])[],
  near: Nearness,
): number[] {
  const known = new Map<string, number>();
  const of = (word: string): number => {
    const hit = known.get(word) ?? Math.min(1, Math.max(0, (near(phrase, word) - LIKE) / (SAME - LIKE)));
    known.set(word, hit);
    return hit;
  };
  return texts.map((words) =>
    Math.max(0, ...words.map(({ word, weight }) => weight * LIKE_WEIGHT * of(word))),
  );
}

/** Members that must have a phrase of several words, each of which is counted by itself as well. */
const MIN_LONG = 3;

/** All subjects that at least `minMembers` members have, best first. */
export function subjectsOf(
  members: readonly Reading[],
  outsiders: readonly Reading[],
  minMembers: number,
  near: Nearness,
): Subject[] {
  const contentOf = ({ words, context }: Reading) =>
    words.flatMap(({ low, content }, i) =>
      content ? [{ word: low, weight: i < context ? 1 : CONTEXT_WEIGHT }] : [],
    );
  const ours = members.map(contentOf);

  const tallies = new Map<string, Tally>();
  members.forEach((reading, i) => {
    for (const { kind, key, text, weight, lead, preposition, isName } of occurrences(reading)) {
      const id = `${kind} ${key}`;
      const tally: Tally = tallies.get(id) ?? {
        kind,
        prepositions: new Map(),
        byMember: new Map(),
        forms: new Map(),
        leads: new Map(),
        count: 0,
        adjuncts: 0,
        names: 0,
      };
      tally.byMember.set(i, Math.max(weight, tally.byMember.get(i) ?? 0));
      tally.forms.set(text, (tally.forms.get(text) ?? 0) + 1);
      tally.leads.set(lead, (tally.leads.get(lead) ?? 0) + 1);
      tally.count++;
      if (preposition !== "")
        tally.prepositions.set(preposition, (tally.prepositions.get(preposition) ?? 0) + 1);
      if (preposition !== "" && lead === "") tally.adjuncts++;
      if (isName) tally.names++;
      tallies.set(id, tally);
    }
  });
  const linesOf = (readings: readonly Reading[]) =>
    readings.map(({ words, context }) => ({
      head: stemLine(words.slice(0, context)),
      told: stemLine(words.slice(context)),
    }));
  const inside = linesOf(members);
  const around = linesOf(outsiders);
  const found: Subject[] = [];
  for (const [id, tally] of tallies) {
    const key = id.slice(tally.kind.length + 1);
    if (tally.byMember.size < (key.includes(" ") ? Math.min(minMembers, MIN_LONG) : minMembers)) continue;
    const presence = presenceOf(key, inside, tally.byMember);
    const share = sum(presence) / members.length;
    const text = written(tally);
    const elsewhere = presenceOf(key, around, new Map()).map((weight) => weight / MODIFIER_WEIGHT);
    const outside = sum(elsewhere) / Math.max(1, outsiders.length);
    const like = tally.kind === "noun" ? likeness(text, ours, near) : [];
    const reach = presence.map((weight, i) => Math.max(weight, like[i] ?? 0));
    const precision = (share + 0.02) / (share + outside + 0.04);
    const detail = 1 - 0.7 * (tally.adjuncts / tally.count);
    const whole = sum([...tally.byMember.values()]) / Math.max(0.01, sum(presence));
    const value =
      share ** 0.6 *
      mean(reach) ** 0.4 *
      precision ** 0.7 *
      detail *
      whole ** 0.5 *
      KIND_WEIGHT[tally.kind] *
      (isVague(tally.kind, key) ? VAGUE_WEIGHT : 1) *
      (tally.names > tally.count / 2 ? NAME_WEIGHT : 1) *
      (isCommonEnglish(text.replaceAll(" ", "-")) && text.length > 2 ? 1 : UNLISTED_WEIGHT);
    const preposition = commonest(tally.prepositions);
    const times = sum([...tally.prepositions.values()]);
    found.push({
      kind: tally.kind,
      key,
      text,
      presence,
      reach,
      share,
      outside,
      precision,
      value,
      determiner: determinerOf(tally, text),
      preposition: times >= tally.count * 0.5 ? preposition : "",
    });
  }
  return found.toSorted((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
}
