import type { Label } from "../../contracts/model-tasks.ts";
import { sanitize } from "../text/sanitize.ts";
import { linesThatFit } from "./prompt.ts";
import type { Fit } from "./prompt.ts";

/** One line of a list: the name, then the description. */
export const labelLine = ({ name, description }: Label): string => sanitize(`- ${name}: ${description}`);

export const nameLine = ({ name }: Pick<Label, "name">): string => sanitize(`- ${name}`);

/** Lines of labels. What is not shown gets no place in the answer: rather all by name than some with what they mean. */
export function labelLines(labels: readonly Label[], fit: Fit): string[] {
  const full = linesThatFit(labels.map(labelLine), fit);
  return full.length === labels.length ? full : linesThatFit(labels.map(nameLine), fit);
}
