import * as z from "zod";
import {
  MAX_DESCRIPTION_LENGTH,
  MAX_NAME_LENGTH,
  MAX_NAME_WORDS,
  label,
} from "../../contracts/model-tasks.ts";
import type { Label } from "../../contracts/model-tasks.ts";
import { sanitize } from "../text/sanitize.ts";
import { truncate, truncateWords } from "../text/truncate.ts";

/** How models write that there is nothing to say, whatever they are told about null. */
const NOTHING = /^(?:null|none|nothing(?: notable)?|n\/?a|not (?:applicable|available)|unknown|[-–—.]*)\.?$/i;

/** One line of at most `max` characters, or null when it says nothing. */
export function textOrNull(text: string | null, max: number): string | null {
  const line = text === null ? "" : sanitize(text);
  return NOTHING.test(line) ? null : truncate(line, max);
}

/** Lines of a list that say something, at most `most`. */
export function texts(list: readonly string[] | null, most: number, max: number): string[] {
  return (list ?? []).flatMap((text) => textOrNull(text, max) ?? []).slice(0, most);
}

/** A whole number from 1 to 5. An enum and no range: every strict mode knows enums, not every one knows ranges. */
export const wireRating = z.literal([1, 2, 3, 4, 5]);

/** Description first: a name written after it sums it up (Clio, appendix G.5). */
export const wireLabel = z.object({ description: z.string(), name: z.string() });

const QUOTED = /^["'“”‘’«»*\s]+|["'“”‘’«»*\s.]+$/gu;
/** What a name cut after its last word must not end in. */
const DANGLING =
  /(?:\s+(?:a|an|the|and|or|of|for|with|in|on|to|by|from|about|as|at|their|its)|[,;:&–—-])+$/iu;

/** A name of a few words: a longer one is cut, which reads better than no name. */
function shortName(text: string): string {
  const name = sanitize(text).replace(QUOTED, "");
  const words = truncateWords(name, MAX_NAME_WORDS);
  const kept = words.length < name.length ? words.replace(DANGLING, "") : words;
  return truncate(kept, MAX_NAME_LENGTH, "");
}

const saysSomething = (text: string): string => (/[\p{L}\p{N}]/u.test(text) ? text : "");

/** A label as the contract has it. @throws z.ZodError when the name or the description says nothing. */
export function readLabel({ name, description }: z.infer<typeof wireLabel>): Label {
  return label.parse({
    name: saysSomething(shortName(name)),
    description: saysSomething(truncate(sanitize(description), MAX_DESCRIPTION_LENGTH)),
  });
}
