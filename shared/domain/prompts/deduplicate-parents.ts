import * as z from "zod";
import { MAX_NAME_WORDS } from "../../contracts/model-tasks.ts";
import { wireLabel } from "./answer-text.ts";
import { DATA_RULE, fenceFor } from "./fence.ts";
import { labelLine, labelLines } from "./label-list.ts";
import { mostParents, parentsTokens, readParents } from "./parents.ts";
import { PRIVACY_RULE } from "./privacy-rule.ts";
import { beside, chat, parseAnswer } from "./prompt.ts";
import type { Prompt } from "./prompt.ts";

const wire = z.object({ parents: z.array(wireLabel) });

const SYSTEM = `You clean up a list of groups of conversations between users and an AI assistant. Several people proposed it, so some groups mean the same or overlap. Answer with one JSON object: "parents", the list without repeats, each with two keys, in this order:
- "description": one or two sentences in the past tense: what users asked for.
- "name": at most ${MAX_NAME_WORDS} words that begin with a verb.

Groups that mean the same become one; where two overlap, merge them or sharpen both until they do not. Keep what is distinct as it is, in its own words. Lose no subject, and add none. Keep harmful subjects apart from harmless ones.

${DATA_RULE}

${PRIVACY_RULE}`;

const closing = (wanted: number): string =>
  `Return about ${wanted} groups, at most ${mostParents(wanted)}; more than ${wanted} only if they are truly distinct.`;

/**
 * One list from the proposals of all neighbourhoods (appendix G.7).
 *
 * - Temperature 0.2, not the paper's 1.0: a clean-up should change as little as it can.
 * - "in its own words": rewritten names drift away from the clusters that they were proposed for.
 */
export const deduplicateParentsPrompt: Prompt<"deduplicate_parents"> = {
  task: "deduplicate_parents",
  version: 1,
  temperature: 0.2,
  maxOutputTokens: ({ candidates, wanted }) => parentsTokens(Math.min(wanted, candidates.length)),
  messages: ({ candidates, wanted }, fit) => {
    const fence = fenceFor(candidates.map(labelLine));
    const ask = closing(wanted);
    const shown = labelLines(candidates, beside(fit, SYSTEM, fence("groups", ""), ask));
    return chat(SYSTEM, `${fence("groups", shown.join("\n"))}\n${ask}`);
  },
  wire: () => wire,
  read: (json, { wanted }) => readParents(parseAnswer(wire, json).parents, wanted),
};
