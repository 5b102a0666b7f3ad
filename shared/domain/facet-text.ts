import type { FacetRow } from "../contracts/facets.ts";

/** Stands for a conversation in which nothing notable was asked: such conversations belong together. */
const NOTHING_NOTABLE = "Nothing notable was asked.";

/**
 * The text of a conversation that is embedded: facet values alone, no id and no metadata, which a published peer let
 * slip into its vectors (peers.md 8.1). Never empty.
 */
export function facetText(row: Pick<FacetRow, "request" | "task" | "topic" | "summary">): string {
  const parts = [row.request ?? row.task ?? row.summary, row.topic].filter((part) => part !== null);
  return parts.length === 0 ? NOTHING_NOTABLE : parts.join(". ");
}
