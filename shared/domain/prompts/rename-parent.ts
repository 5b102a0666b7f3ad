import { MAX_NAME_WORDS } from "../../contracts/model-tasks.ts";
import type { TaskInput } from "../../contracts/model-tasks.ts";
import { sanitize } from "../text/sanitize.ts";
import { readLabel, wireLabel } from "./answer-text.ts";
import { DATA_RULE, fenceFor } from "./fence.ts";
import { LABEL_TOKENS } from "./label.ts";
import { nameLine } from "./label-list.ts";
import { PRIVACY_RULE } from "./privacy-rule.ts";
import { beside, chat, linesThatFit, parseAnswer } from "./prompt.ts";
import type { Fit, Prompt } from "./prompt.ts";
import { likelyRepeats } from "./taken-names.ts";

const SYSTEM = `You name a broader group of conversations between users and an AI assistant from the groups that it is made of. Answer with one JSON object with two keys, in this order:
- "description": at most two sentences in the past tense: what users asked for across these groups.
- "name": at most ${MAX_NAME_WORDS} words that begin with a verb, such as "Write and debug software".

The number before each group is how many conversations it has: the larger, the more it counts. Cover all of them and nothing else: as specific as possible, and no list of their names. Use plain English words, preferably words of the groups themselves. Say what is asked even when it is harmful or unpleasant, without judging it.

${DATA_RULE}

${PRIVACY_RULE}`;

const CLOSING = "Write the description, then the name, of the broader group.";

function listsOf({ children, taken }: TaskInput<"rename_parent">, fit: Fit): string {
  const largest = children.toSorted((a, b) => b.size - a.size);
  const lines = largest.map((child) =>
    sanitize(`- ${child.size} conversations: ${child.name}: ${child.description}`),
  );
  const names = likelyRepeats(taken, lines).map((name) => nameLine({ name }));
  const fence = fenceFor([...lines, ...names]);
  const takenSection =
    names.length === 0
      ? ""
      : `Names that are in use; yours must differ from all:\n${fence("taken", names.join("\n"))}\n`;
  const shown = linesThatFit(lines, beside(fit, takenSection, fence("groups", "")));
  return `${fence("groups", shown.join("\n"))}\n${takenSection}`;
}

/**
 * A parent's final name, from the children that it got and no longer from what it was proposed for (appendix G.7).
 *
 * - Temperature 0.3, not the paper's 1.0, as for base clusters.
 * - Sizes are shown, largest first: a name should be true of most conversations, not of most children.
 * - "words of the groups themselves": the privacy screen withholds a name with a word that few users wrote.
 */
export const renameParentPrompt: Prompt<"rename_parent"> = {
  task: "rename_parent",
  version: 1,
  temperature: 0.3,
  maxOutputTokens: () => LABEL_TOKENS,
  messages: (input, fit) => chat(SYSTEM, listsOf(input, beside(fit, SYSTEM, CLOSING)) + CLOSING),
  wire: () => wireLabel,
  read: (json) => readLabel(parseAnswer(wireLabel, json)),
};
