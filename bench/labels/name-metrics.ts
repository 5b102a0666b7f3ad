import { REQUEST_VERBS } from "../../shared/adapters/offline/facets/verbs.ts";
import { stem } from "../../shared/domain/text/stem.ts";
import { GENERIC_WORDS, isStopWord } from "../../shared/domain/text/stop-words.ts";
import { tokens } from "../../shared/domain/text/words.ts";

/** Stems of the words that say something: stop words and the verbs of any request left out. */
export function contentStems(text: string): Set<string> {
  return new Set(
    tokens(text)
      .filter((token) => !isStopWord(token) && !GENERIC_WORDS.has(token))
      .map(stem)
      .filter((word) => !GENERIC_WORDS.has(word)),
  );
}

/** Common words over all words of two sets; 0 when both are empty. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = a.intersection(b).size;
  return common === 0 ? 0 : common / (a.size + b.size - common);
}

/**
 * The share of items that have another one in their group that is as close as `least` or closer.
 * @param groups items by number, each in one group; items of groups of one count as having none.
 */
export function shareWithTwin(
  groups: readonly (readonly number[])[],
  closeness: (a: number, b: number) => number,
  least: number,
): number {
  const all = groups.flat().length;
  const twins = groups.flatMap((group) =>
    group.filter((a) => group.some((b) => b !== a && closeness(a, b) >= least)),
  );
  return all === 0 ? 0 : twins.length / all;
}

/** Of the words of the names, the share that every sibling holds too, over the groups of at least two: such words tell nothing apart. */
export function shareCommonToAll(groups: readonly (readonly ReadonlySet<string>[])[]): number {
  let held = 0;
  let all = 0;
  for (const group of groups.filter(({ length }) => length > 1)) {
    const common = group.reduce((left, stems) => left.intersection(stems));
    held += common.size * group.length;
    all += group.reduce((sum, stems) => sum + stems.size, 0);
  }
  return all === 0 ? 0 : held / all;
}

/** The share of members that hold at least one content stem of the name. */
export function coverage(name: ReadonlySet<string>, members: readonly ReadonlySet<string>[]): number {
  const covered = members.filter((member) => !name.isDisjointFrom(member)).length;
  return members.length === 0 ? 0 : covered / members.length;
}

export function isOverTenWords(name: string): boolean {
  return name.split(/\s+/).filter(Boolean).length > 10;
}

/** "Book a flight" and "Booking flights", not "Flight booking" or "Requests about flights". */
export function beginsWithVerb(name: string): boolean {
  const first = tokens(name)[0] ?? "";
  return REQUEST_VERBS.has(first) || (first.endsWith("ing") && REQUEST_VERBS.has(stem(first)));
}
