import type { Cluster, TreeNode } from "../contracts/clusters.ts";

/** Largest first; equal sizes by id, so that the order never depends on how it was found. */
export function bySize(a: Pick<Cluster, "size" | "id">, b: Pick<Cluster, "size" | "id">): number {
  return b.size - a.size || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Nests clusters under their parents, largest first at every level. */
export function nestClusters(clusters: readonly Cluster[]): TreeNode[] {
  const children = Map.groupBy(clusters, (cluster) => cluster.parent_id);
  const nested = (parent: string | null): TreeNode[] =>
    (children.get(parent) ?? []).sort(bySize).map(({ id, name, description, size, unique_users, level }) => ({
      id,
      name,
      description,
      size,
      unique_users,
      level,
      children: nested(id),
    }));
  return nested(null);
}
