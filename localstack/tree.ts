import type { PublishedCluster } from "../shared/contracts/published.ts";

/** Published clusters as an indented list, a line each; they come parents before children, largest first. */
export function treeLines(clusters: readonly PublishedCluster[]): string[] {
  const children = Map.groupBy(clusters, ({ parent_id }) => parent_id);
  const lines = (parent: string | null, depth: number): string[] =>
    (children.get(parent) ?? []).flatMap(({ id, name, conversations, users }) => [
      `${"  ".repeat(depth)}${name ?? "(name withheld)"}: ${conversations} conversations, ${users} users`,
      ...lines(id, depth + 1),
    ]);
  return lines(null, 0);
}
