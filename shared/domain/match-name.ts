import { nameKey } from "./unique-names.ts";

/**
 * Position of the parent that an answer names: the same name, else one that contains the other whole. Models answer with
 * quotes, numbering or a shortened name; anything further off is not guessed here. -1 when none fits.
 */
export function matchName(answer: string, names: readonly string[]): number {
  const key = nameKey(answer.replace(/^[\s"'\d.)(-]+|["'\s]+$/gu, ""));
  const keys = names.map(nameKey);
  const exact = keys.indexOf(key);
  if (exact !== -1 || key === "") return exact;
  return keys.findIndex((candidate) => candidate.includes(key) || key.includes(candidate));
}
