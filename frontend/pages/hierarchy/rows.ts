import { leavesBelow, shownName } from "../../../shared/domain/published/cluster-tree.ts";
import type { ClusterTree, Node } from "../../../shared/domain/published/cluster-tree.ts";
import type { Sort } from "../../url/view.ts";

/** A line of the tree as it is shown. */
export interface TreeRow {
  readonly node: Node;
  readonly open: boolean;
  /** Position among its siblings, from 1, and how many there are: what a reader of the screen is told. */
  readonly position: number;
  readonly siblings: number;
}

export interface RowsOptions {
  readonly open: ReadonlySet<string>;
  /** Nodes that may be shown; null: all. Their ancestors are shown with them. */
  readonly only: ReadonlySet<string> | null;
  readonly sort: Sort | null;
  /** Value of the sorted column; a node without one comes last. */
  readonly valueOf: (node: Node, key: string) => number | string | null;
}

function compare(a: number | string | null, b: number | string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return typeof a === "string" && typeof b === "string" ? a.localeCompare(b) : Number(a) - Number(b);
}

/** Siblings in the order asked for; equal ones stay as published, largest first. */
function sorted(nodes: readonly Node[], { sort, valueOf }: RowsOptions): readonly Node[] {
  if (sort === null) return nodes;
  const { key, descending } = sort;
  return nodes
    .map((node, at) => ({ node, at, value: valueOf(node, key) }))
    .sort((a, b) => {
      // Unknown values are last either way.
      const known = a.value !== null && b.value !== null;
      const order = compare(a.value, b.value);
      return (descending && known ? -order : order) || a.at - b.at;
    })
    .map(({ node }) => node);
}

/** Which nodes have something wanted at or below them. */
export function withAncestors(tree: ClusterTree, wanted: Iterable<string>): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const id of wanted)
    for (let at = tree.byId.get(id) ?? null; at !== null && !shown.has(at.cluster.id); at = at.parent)
      shown.add(at.cluster.id);
  return shown;
}

/** The lines of the tree from top to bottom. */
export function treeRows(tree: ClusterTree, options: RowsOptions): readonly TreeRow[] {
  const { open, only } = options;
  const rows: TreeRow[] = [];
  const add = (nodes: readonly Node[]): void => {
    const shown = sorted(
      nodes.filter(({ cluster }) => only === null || only.has(cluster.id)),
      options,
    );
    shown.forEach((node, i) => {
      const isOpen = node.children.length > 0 && open.has(node.cluster.id);
      rows.push({ node, open: isOpen, position: i + 1, siblings: shown.length });
      if (isOpen) add(node.children);
    });
  };
  add(tree.roots);
  return rows;
}

/** Nodes that are open when everything down to a depth is. */
export function openTo(tree: ClusterTree, depth: number): readonly string[] {
  return tree.all
    .filter((node) => node.depth < depth && node.children.length > 0)
    .map(({ cluster }) => cluster.id);
}

/** The next row from `at` on, around the end, whose name begins with what was typed; -1 for none. */
export function typeAhead(rows: readonly TreeRow[], at: number, typed: string): number {
  const wanted = typed.toLowerCase();
  for (let step = typed.length > 1 ? 0 : 1; step <= rows.length; step++) {
    const i = (at + step) % rows.length;
    const row = rows[i];
    if (row !== undefined && shownName(row.node).toLowerCase().startsWith(wanted)) return i;
  }
  return -1;
}

export const groupsBelow = (node: Node): number =>
  node.children.length === 0 ? 0 : leavesBelow(node).length;
