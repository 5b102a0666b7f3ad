import type { PublishedCluster } from "../../contracts/published.ts";

/** A published cluster with its place in the tree. */
export interface Node {
  readonly cluster: PublishedCluster;
  readonly parent: Node | null;
  readonly children: readonly Node[];
  /** Steps from its root, which has 0. */
  readonly depth: number;
  /** Position of its root among the roots, and its own among its root's descendants: what its colour is made of. */
  readonly family: number;
  readonly place: number;
}

export interface ClusterTree {
  readonly byId: ReadonlyMap<string, Node>;
  /** Largest first, as published. */
  readonly roots: readonly Node[];
  /** Base clusters in the order of the tree, so that relatives stand together. */
  readonly leaves: readonly Node[];
  /** Every node, parents before their children, relatives together. */
  readonly all: readonly Node[];
  /** 1 where there is no hierarchy. */
  readonly levels: number;
  /** Published conversations. */
  readonly conversations: number;
}

interface Growing extends Node {
  readonly children: Growing[];
  place: number;
}

/** Linear in the number of clusters. Whatever names a parent that is not published is a root. */
export function clusterTree(clusters: readonly PublishedCluster[]): ClusterTree {
  const byId = new Map<string, Growing>();
  const under = new Map<string | null, PublishedCluster[]>();
  const ids = new Set(clusters.map(({ id }) => id));
  for (const cluster of clusters) {
    const above = cluster.parent_id !== null && ids.has(cluster.parent_id) ? cluster.parent_id : null;
    const siblings = under.get(above);
    if (siblings === undefined) under.set(above, [cluster]);
    else siblings.push(cluster);
  }
  const all: Growing[] = [];
  function grow(cluster: PublishedCluster, parent: Growing | null, family: number): Growing {
    const node: Growing = {
      cluster,
      parent,
      children: [],
      depth: parent === null ? 0 : parent.depth + 1,
      family,
      place: 0,
    };
    byId.set(cluster.id, node);
    all.push(node);
    for (const child of under.get(cluster.id) ?? []) node.children.push(grow(child, node, family));
    return node;
  }
  const roots = (under.get(null) ?? []).map((cluster, family) => grow(cluster, null, family));
  const placed = new Map<number, number>();
  const leaves = all.filter(({ children }) => children.length === 0);
  for (const leaf of leaves) {
    leaf.place = placed.get(leaf.family) ?? 0;
    placed.set(leaf.family, leaf.place + 1);
  }
  return {
    byId,
    roots,
    leaves,
    all,
    levels: all.reduce((most, { depth }) => Math.max(most, depth + 1), 0),
    conversations: roots.reduce((sum, { cluster }) => sum + cluster.conversations, 0),
  };
}

/** From the root down to the node itself. */
export function pathOf(node: Node): readonly Node[] {
  const path: Node[] = [];
  for (let at: Node | null = node; at !== null; at = at.parent) path.unshift(at);
  return path;
}

/** The node itself and all below it, parents before their children. */
export function subtreeOf(node: Node): readonly Node[] {
  return [node, ...node.children.flatMap((child) => subtreeOf(child))];
}

/** The base clusters below a node; of a base cluster itself. */
export function leavesBelow(node: Node): readonly Node[] {
  return subtreeOf(node).filter(({ children }) => children.length === 0);
}

/** Nodes at a depth, and base clusters that end above it, so that every conversation is counted once. */
export function cutAt(tree: ClusterTree, depth: number): readonly Node[] {
  return tree.all.filter(
    (node) => node.depth === depth || (node.depth < depth && node.children.length === 0),
  );
}

/** What stands for a name that is not shown. */
export const NAME_WITHHELD = "Name withheld";

export function shownName({ cluster }: Node): string {
  return cluster.name ?? NAME_WITHHELD;
}
