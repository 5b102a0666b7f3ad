import type { LabelMember } from "../../../contracts/model-tasks.ts";
import { GAP } from "../../../domain/support.ts";

/**
 * Members' texts with the listed words in the gaps, in turn: which word stands in which gap is not known and need not be,
 * since a name tells of all members together.
 */
export function fillGaps(members: readonly LabelMember[], words: readonly string[]): LabelMember[] {
  if (words.length === 0) return [...members];
  return members.map(({ summary, request, task, topic }, i) => {
    const fill = (text: string): string => {
      let next = i;
      return text.replaceAll(GAP, () => words[next++ % words.length]!);
    };
    const filled = (text: string | null): string | null => (text === null ? null : fill(text));
    return { summary: fill(summary), request: filled(request), task: filled(task), topic: filled(topic) };
  });
}
