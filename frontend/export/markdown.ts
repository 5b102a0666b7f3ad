import type { Node } from "../../shared/domain/published/cluster-tree.ts";
import { shownName } from "../../shared/domain/published/cluster-tree.ts";
import { count, intervalWords, percent } from "../model/numbers.ts";

/** Rows of a table that somebody pastes into a document. */
const ROWS = 50;

const cell = (text: string): string => text.replaceAll(/[\r\n]+/g, " ").replaceAll(/[|\\`*_<>[\]]/g, "\\$&");

/** The groups as a table in Markdown, largest first; at most 50. */
export function markdownTable(nodes: readonly Node[], total: number): string {
  const rows = [...nodes]
    .sort((a, b) => b.cluster.conversations - a.cluster.conversations)
    .slice(0, ROWS)
    .map(
      (node) =>
        `| ${cell(shownName(node))} | ${count(node.cluster.conversations)} | ${percent(node.cluster.conversations / total)} | ${intervalWords(node.cluster.conversations, total)} |`,
    );
  return ["| Group | Conversations | Share | 95 % interval |", "|---|--:|--:|--:|", ...rows, ""].join("\n");
}
