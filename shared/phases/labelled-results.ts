import type { LabelRow } from "../contracts/evaluation.ts";
import type { LabelledResult } from "../domain/evaluation/score.ts";
import type { ArtifactReader } from "./phase.ts";
import { sideBySide } from "./columns.ts";

/** What a run found out about the conversations that have a label, in the run's order. */
export async function labelledResults(
  artifacts: Pick<ArtifactReader, "rows">,
  labels: ReadonlyMap<string, LabelRow>,
): Promise<{ items: LabelledResult[]; unlabelled: number }> {
  const items: LabelledResult[] = [];
  let unlabelled = 0;
  const columns = sideBySide(
    artifacts.rows("conversations"),
    artifacts.rows("facets"),
    artifacts.rows("assignments"),
  );
  for await (const [{ conversation_id: id, messages }, facets, { cluster_id: cluster }] of columns) {
    const label = labels.get(id);
    if (label === undefined) {
      unlabelled++;
      continue;
    }
    items.push({
      ...label,
      text: messages
        .filter(({ role }) => role === "user")
        .map(({ content }) => content)
        .join("\n"),
      found: { cluster, language: facets.language, concern: facets.concern.score },
    });
  }
  return { items, unlabelled };
}
