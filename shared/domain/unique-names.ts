import { MAX_NAME_LENGTH, MAX_NAME_WORDS } from "../contracts/model-tasks.ts";

/** Names that differ only in case, spacing or final punctuation are the same name to a reader. */
export function nameKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/\s+/gu, " ")
    .replace(/[.!?]+$/u, "")
    .trim();
}

/** Positions whose name an earlier position, or `taken`, already has. */
export function repeatedNames(names: readonly string[], taken: Iterable<string> = []): number[] {
  const seen = new Set([...taken].map(nameKey));
  return names.flatMap((name, i) => {
    const key = nameKey(name);
    if (seen.has(key)) return [i];
    seen.add(key);
    return [];
  });
}

/** The names, with "(2)", "(3)" ... behind those that repeat an earlier one: the last resort when a model found no other name. */
export function numberRepeats(names: readonly string[], taken: Iterable<string> = []): string[] {
  const seen = new Set([...taken].map(nameKey));
  return names.map((name) => {
    let unique = name;
    for (let n = 2; seen.has(nameKey(unique)); n++) unique = `${shortened(name)} (${n})`;
    seen.add(nameKey(unique));
    return unique;
  });
}

function shortened(name: string): string {
  const words = name.split(/\s+/u).slice(0, MAX_NAME_WORDS - 1);
  return words
    .join(" ")
    .slice(0, MAX_NAME_LENGTH - 6)
    .trimEnd();
}
