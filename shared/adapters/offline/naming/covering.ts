import { isVague } from "./mining.ts";
import { KIND_WEIGHT, sum } from "./scoring.ts";
import type { Subject } from "./scoring.ts";
import type { Nearness } from "./tools.ts";

const within = (inner: string, outer: string): boolean => ` ${outer} `.includes(` ${inner} `);

/** Share of a subject's members that must use a longer phrase around it for the longer one to stand for it. */
const EXTENDED_SHARE = 0.45;
/** As above, where the subject alone does not set the members apart: "card" -> "replacement card". */
const EXTENDED_SHARE_VAGUE = 0.25;
/** As above, for "meaning of life", which also says of what. */
const EXTENDED_SHARE_OF = 0.33;
/** Fewer than this share of the members say it for a reason of their own: "spider plant". */
const MIN_EXTENDED = 0.08;
/** Below this precision outsiders have the subject nearly as often. */
const CLEAR = 0.62;

/** The longest phrase around a subject that enough of its members use: "score" -> "credit score". */
function extended(subject: Subject, all: readonly Subject[]): Subject {
  if (subject.kind !== "noun") return subject;
  const needed = subject.precision < CLEAR ? EXTENDED_SHARE_VAGUE : EXTENDED_SHARE;
  let best = subject;
  for (const longer of all) {
    if (longer.kind !== "noun" || longer.key.length <= best.key.length || !within(best.key, longer.key))
      continue;
    const enough = longer.key.includes(" of ") ? EXTENDED_SHARE_OF : needed;
    if (longer.share >= Math.max(MIN_EXTENDED, subject.share * enough)) best = longer;
  }
  return best;
}

/** A longer phrase stands for all that have the shorter one. */
const widened = (longer: Subject, base: Subject): Subject => ({
  ...longer,
  presence: longer.presence.map((weight, i) => Math.max(weight, base.presence[i] ?? 0)),
});

/** Two words, of which one may hold the other: "phone" and "cellphone", "rent" and "rental". */
const akin = (a: string, b: string): boolean =>
  a === b ||
  (Math.min(a.length, b.length) >= 4 &&
    [a.endsWith(b), b.endsWith(a), a.startsWith(b), b.startsWith(a)].includes(true));

export const sharesWord = (a: string, b: string): boolean =>
  a.split(/[ -]/).some((one) => one !== "of" && b.split(/[ -]/).some((other) => akin(one, other)));

/** Whether a subject shares a word with one of those chosen. */
export const overlaps = (subject: Pick<Subject, "key">, chosen: readonly Subject[]): boolean =>
  chosen.some(({ key }) => sharesWord(key, subject.key));

/** How far a subject that the members have says what they want: not at all when outsiders have it more often. */
const telling = ({ precision }: Subject): number => Math.min(1, Math.max(0, (precision - 0.3) / 0.5));

/** How far the members are about any of the subjects. */
const covered = (subjects: readonly Subject[], i: number): number =>
  Math.max(0, ...subjects.map((subject) => (subject.reach[i] ?? 0) * telling(subject)));

/** Share of the members that hold any of the subjects. */
export const coverage = (subjects: readonly Subject[], members: number): number =>
  sum(
    Array.from({ length: members }, (_, i) =>
      Math.max(0, ...subjects.map(({ presence }) => presence[i] ?? 0)),
    ),
  ) / members;

/** Share of the members that a further subject must add. */
const MIN_GAIN = 0.14;
const ENOUGH = 0.8;
/** Cosine from which on two subjects say the same: "luggage" and "bags". */
const ALIKE = 0.75;
/** Beside the first's value. */
const STRONG = 0.33;
/** A further subject must be worth this much beside the first. */
const MIN_WORTH = 0.05;

/** "vegetarian" and "plan" are one subject where members write "vegetarian weekly plan". */
function compoundOf(
  chosen: readonly Subject[],
  next: Subject,
  all: readonly Subject[],
): { at: number; subject: Subject } | undefined {
  for (const [at, { kind, key }] of chosen.entries()) {
    if (kind !== "noun" || next.kind !== "noun") continue;
    const subject = all.find(
      (phrase) =>
        phrase.kind === "noun" &&
        ((phrase.key.startsWith(`${key} `) && phrase.key.endsWith(` ${next.key}`)) ||
          (phrase.key.startsWith(`${next.key} `) && phrase.key.endsWith(` ${key}`))),
    );
    if (subject) return { at, subject };
  }
  return undefined;
}

/** One to three subjects that together cover the members: the best, then those that add most. */
export function cover(all: readonly Subject[], members: number, near: Nearness, limit = 3): Subject[] {
  const [first] = all;
  if (!first) return [];
  const chosen = [widened(extended(first, all), first)];
  const bases = [first];
  while (chosen.length < limit) {
    const known = [...chosen, ...bases];
    const left = Array.from({ length: members }, (_, i) => 1 - covered(known, i));
    if (sum(left) / members < 1 - ENOUGH) break;
    let best: Subject | undefined;
    let most = MIN_WORTH;
    for (const subject of all) {
      if (
        overlaps(subject, known) ||
        isVague(subject.kind, subject.key) ||
        (subject.kind === "quality") !== (first.kind === "quality")
      )
        continue;
      const gain = sum(subject.presence.map((weight, i) => weight * left[i]!)) / members;
      const worth =
        (gain * (subject.value / subject.share)) / (subject.kind === "quality" ? KIND_WEIGHT.quality : 1);
      // Beside a single subject that not all have, another strong one says more though it covers the same members.
      const strong = chosen.length === 1 && first.share < ENOUGH && subject.value >= first.value * STRONG;
      if (known.some(({ text }) => near(text, subject.text) >= ALIKE)) continue;
      if (gain >= Math.min(MIN_GAIN, first.share / 2) * (strong ? 0.5 : 1) && worth > most)
        [best, most] = [subject, worth];
    }
    if (!best) break;
    bases.push(best);
    const longest = widened(extended(best, all), best);
    // "order", then "status of the order": the longer one says both.
    const held = chosen.findIndex(({ kind, key }) => kind === "noun" && within(key, longest.key));
    const compound = compoundOf(chosen, best, all);
    if (compound) chosen[compound.at] = widened(widened(compound.subject, best), chosen[compound.at]!);
    else if (held >= 0) chosen[held] = widened(longest, chosen[held]!);
    else chosen.push(overlaps(longest, chosen) ? best : longest);
  }
  return chosen.filter(
    ({ key }, i) => !chosen.some((other, j) => j !== i && other.key !== key && within(key, other.key)),
  );
}
