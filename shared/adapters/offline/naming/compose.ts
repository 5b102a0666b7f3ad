import { MAX_DESCRIPTION_LENGTH, MAX_NAME_LENGTH, MAX_NAME_WORDS } from "../../../contracts/model-tasks.ts";
import { maskPersonalData } from "../../../domain/masking.ts";
import { sanitize } from "../../../domain/text/sanitize.ts";
import { truncate, truncateWords } from "../../../domain/text/truncate.ts";

/** "a", "a and b", "a, b and c". */
export function enumerate(items: readonly string[], last: "and" | "or" = "and"): string {
  if (items.length <= 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A text fit to be published: one line, masked, no dangling comma or conjunction. */
const clean = (text: string): string =>
  sanitize(maskPersonalData(sanitize(text)).text).replace(
    /(?:[\s,;:–—-]|\b(?:and|or|the|a|an|of|to|for|in|on|with))+$/iu,
    "",
  );

/** A cluster name: at most ten words and 120 characters, first letter capital. Empty when nothing is left. */
export function asName(text: string): string {
  return sentenceCase(clean(truncate(truncateWords(clean(text), MAX_NAME_WORDS), MAX_NAME_LENGTH, "")));
}

export function asDescription(text: string): string {
  return truncate(sanitize(maskPersonalData(sanitize(text)).text), MAX_DESCRIPTION_LENGTH);
}

const comparable = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/**
 * The first of the candidates that no other cluster carries (case and punctuation aside), made a name; failing all,
 * the first with the smallest number that makes it differ.
 */
export function firstFree(candidates: readonly string[], taken: readonly string[]): string {
  const used = new Set(taken.map(comparable));
  const names = candidates.map(asName).filter((name) => name !== "");
  const free = names.find((name) => !used.has(comparable(name)));
  if (free) return free;
  const base = truncateWords(
    truncate(names[0] ?? "Other requests", MAX_NAME_LENGTH - 8, ""),
    MAX_NAME_WORDS - 1,
  );
  for (let n = 2; ; n++) {
    const numbered = `${base} ${n}`;
    if (!used.has(comparable(numbered))) return numbered;
  }
}
