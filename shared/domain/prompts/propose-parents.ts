import * as z from "zod";
import { MAX_NAME_WORDS } from "../../contracts/model-tasks.ts";
import type { TaskInput } from "../../contracts/model-tasks.ts";
import { wireLabel } from "./answer-text.ts";
import { DATA_RULE, fenceFor } from "./fence.ts";
import { labelLine, labelLines } from "./label-list.ts";
import { mostParents, parentsTokens, readParents } from "./parents.ts";
import { PRIVACY_RULE } from "./privacy-rule.ts";
import { beside, chat, linesThatFit, parseAnswer } from "./prompt.ts";
import type { Fit, Prompt } from "./prompt.ts";

const wire = z.object({ parents: z.array(wireLabel) });

const SYSTEM = `You sort groups of conversations between users and an AI assistant into broader groups. Answer with one JSON object: "parents", a list of broader groups, each with two keys, in this order:
- "description": one or two sentences in the past tense: what users asked for in the groups that belong here.
- "name": at most ${MAX_NAME_WORDS} words that begin with a verb, such as "Plan and organise travel".

Together the broader groups must cover all groups shown, and each must be good for at least two of them. They must not overlap: for every group it should be clear where it belongs. Make them only as broad as needed; no "other", no "various". Neighbours lie just outside: find borders that tell them apart, but make no broader group for them. If groups are about harmful things, keep them together and say so plainly.

${DATA_RULE}

${PRIVACY_RULE}`;

function closing(wanted: number): string {
  const least = Math.max(1, Math.ceil(wanted / 2));
  return `Propose about ${wanted} broader groups, at least ${least} and at most ${mostParents(wanted)}.`;
}

function listsOf({ clusters, outsiders }: TaskInput<"propose_parents">, fit: Fit): string {
  const others = outsiders.map(labelLine);
  const fence = fenceFor([...clusters.map(labelLine), ...others]);
  const shown = labelLines(clusters, beside(fit, fence("groups", ""), fence("neighbours", "")));
  const shownOthers = linesThatFit(
    others,
    beside(fit, fence("groups", shown.join("\n")), fence("neighbours", "")),
  );
  const neighbours = shownOthers.length === 0 ? "" : `${fence("neighbours", shownOthers.join("\n"))}\n`;
  return `${fence("groups", shown.join("\n"))}\n${neighbours}`;
}

/**
 * Parents for a neighbourhood of about 40 clusters, shown with the nearest ones outside (appendix G.7).
 *
 * - "at least, at most": the paper accepts from half to one and a half times the number wanted; what comes beyond is cut.
 * - Temperature 0.5, not the paper's 1.0: each neighbourhood is asked once, so variety is not used, and small models at 1.0
 *   write lists that wander off; a little is left against copying the groups' own names.
 * - "keep them together": G.7 wants harmful groups to stay visible at the upper levels.
 */
export const proposeParentsPrompt: Prompt<"propose_parents"> = {
  task: "propose_parents",
  version: 1,
  temperature: 0.5,
  maxOutputTokens: ({ wanted }) => parentsTokens(wanted),
  messages: (input, fit) => {
    const ask = closing(input.wanted);
    return chat(SYSTEM, listsOf(input, beside(fit, SYSTEM, ask)) + ask);
  },
  wire: () => wire,
  read: (json, { wanted }) => readParents(parseAnswer(wire, json).parents, wanted),
};
