import type { Label, TaskInput } from "../../contracts/model-tasks.ts";
import { firstFree } from "./naming/compose.ts";
import { parentDescription, parentNames } from "./naming/parents.ts";
import type { NamingTools } from "./naming/tools.ts";

/** Names a parent by the subjects that cover most of its conversations. */
export function renameParent({ children, taken }: TaskInput<"rename_parent">, tools: NamingTools): Label {
  return { description: parentDescription(children), name: firstFree(parentNames(children, tools), taken) };
}
