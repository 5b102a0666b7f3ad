import type { TaskAnswer } from "../../contracts/model-tasks.ts";
import { modelTasks } from "../../contracts/model-tasks.ts";
import { nameKey } from "../unique-names.ts";
import { readLabel } from "./answer-text.ts";
import type { wireLabel } from "./answer-text.ts";
import type * as z from "zod";

/** Clio's prompts accept so many times the parents wanted (appendix G.7). */
const OVER_WANTED = 1.5;

/** One of a list, whose descriptions are shorter than those of final labels. */
const PARENT_TOKENS = 200;

export const mostParents = (wanted: number): number => Math.ceil(wanted * OVER_WANTED);

/** For an answer of as many parents as are accepted. */
export const parentsTokens = (wanted: number): number => mostParents(wanted) * PARENT_TOKENS;

/** Parents, each name once, no more than are accepted. */
export function readParents(
  parents: readonly z.infer<typeof wireLabel>[],
  wanted: number,
): TaskAnswer<"propose_parents"> {
  const byName = new Map(parents.map(readLabel).map((parent) => [nameKey(parent.name), parent]));
  return modelTasks.propose_parents.answer.parse({
    parents: [...byName.values()].slice(0, mostParents(wanted)),
  });
}
