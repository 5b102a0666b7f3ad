import type { ModelTask } from "../../contracts/model-tasks.ts";
import { assignParentPrompt } from "./assign-parent.ts";
import { auditPrompt } from "./audit.ts";
import { deduplicateParentsPrompt } from "./deduplicate-parents.ts";
import { facetsPrompt } from "./facets.ts";
import { labelPrompt } from "./label.ts";
import type { Prompt } from "./prompt.ts";
import { proposeParentsPrompt } from "./propose-parents.ts";
import { renameParentPrompt } from "./rename-parent.ts";
import { synthesiseConversationPrompt } from "./synthetic-conversation.ts";

/** How each task is put to a language model. */
export const prompts: { readonly [T in ModelTask]: Prompt<T> } = {
  facets: facetsPrompt,
  label: labelPrompt,
  propose_parents: proposeParentsPrompt,
  deduplicate_parents: deduplicateParentsPrompt,
  assign_parent: assignParentPrompt,
  rename_parent: renameParentPrompt,
  audit: auditPrompt,
  synthesise_conversation: synthesiseConversationPrompt,
};

/** Versions of the prompts of these tasks: what they ask, as part of a fingerprint. */
export function promptVersions(tasks: readonly ModelTask[]): Record<string, number> {
  return Object.fromEntries(tasks.map((task) => [task, prompts[task].version]));
}
