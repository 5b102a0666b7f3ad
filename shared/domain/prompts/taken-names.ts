import { stem } from "../text/stem.ts";
import { isStopWord } from "../text/stop-words.ts";
import { tokens } from "../text/words.ts";

/** Names shown at most: a list of thousands would cost more than what it is for. */
const MAX_NAMES = 40;

const stems = (text: string): Set<string> =>
  new Set(tokens(text).flatMap((token) => (isStopWord(token, "en") ? [] : [stem(token)])));

/** Those of the names that an answer about these texts could repeat by chance: they share most words with them. */
export function likelyRepeats(taken: readonly string[], texts: readonly string[]): string[] {
  if (taken.length <= MAX_NAMES) return [...taken];
  const used = new Set(texts.flatMap((text) => [...stems(text)]));
  const share = (name: string): number => {
    const own = [...stems(name)];
    return own.filter((word) => used.has(word)).length / Math.max(1, own.length);
  };
  return taken
    .map((name) => ({ name, share: share(name) }))
    .toSorted((a, b) => b.share - a.share)
    .slice(0, MAX_NAMES)
    .map(({ name }) => name);
}
