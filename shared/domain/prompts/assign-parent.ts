import * as z from "zod";
import type { TaskInput } from "../../contracts/model-tasks.ts";
import { matchName } from "../match-name.ts";
import { sanitize } from "../text/sanitize.ts";
import { DATA_RULE, fenceFor } from "./fence.ts";
import { labelLine, labelLines } from "./label-list.ts";
import { beside, chat, parseAnswer } from "./prompt.ts";
import type { Fit, Prompt } from "./prompt.ts";

/** Beyond 250 values a strict schema bounds their length too. */
const MAX_ENUM = 250;

/** A name of ten words, in any language. */
const TOKENS = 100;

const SYSTEM = `You sort a group of conversations between users and an AI assistant into one of several broader groups. Answer with one JSON object: "parent", the name of the broader group where it fits best, exactly as it is written in the list.

Go by what users ask for, not by words in common. Choose the narrowest broader group that truly covers it; if none fits well, the one that fits least badly. The order of the list means nothing.

${DATA_RULE}`;

const CLOSING = "Which of the choices does the group belong to?";

function listsOf({ cluster, parents }: TaskInput<"assign_parent">, fit: Fit): string {
  const own = labelLine(cluster);
  const fence = fenceFor([own, ...parents.map(labelLine)]);
  const group = fence("group", own);
  const shown = labelLines(parents, beside(fit, group, fence("choices", "")));
  return `${group}\n${fence("choices", shown.join("\n"))}\n`;
}

/**
 * The parent of one cluster, out of a list that the phase has shuffled (appendix G.7).
 *
 * - Temperature 0, not the paper's 1.0: this is a choice, and the same cluster should go to the same parent again.
 * - No scratchpad, which the paper has: the step asks once per cluster and is already the dearest of the hierarchy; in
 *   its place the schema allows the names of the list alone.
 */
export const assignParentPrompt: Prompt<"assign_parent"> = {
  task: "assign_parent",
  version: 1,
  temperature: 0,
  maxOutputTokens: () => TOKENS,
  messages: (input, fit) => chat(SYSTEM, listsOf(input, beside(fit, SYSTEM, CLOSING)) + CLOSING),

  wire({ parents }) {
    // Sorted: endpoints compile a schema when they first see it, and the next cluster has the same parents in another order.
    const names = [...new Set(parents.map(({ name }) => sanitize(name)))].sort();
    return z.object({ parent: names.length <= MAX_ENUM ? z.enum(names) : z.string() });
  },

  read(json, { parents }) {
    const { parent } = parseAnswer(z.object({ parent: z.string() }), json);
    const names = parents.map(({ name }) => name);
    const at = matchName(sanitize(parent), names);
    return { parent: names[at] ?? parent };
  },
};
