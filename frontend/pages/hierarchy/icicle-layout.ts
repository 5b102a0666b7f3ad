import { hierarchy, partition } from "d3-hierarchy";
import type { ClusterTree, Node } from "../../../shared/domain/published/cluster-tree.ts";

/** A node's place in the icicle, each coordinate from 0 to 1: x along the levels' breadth, y down the levels. */
export interface IcicleCell {
  readonly node: Node;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

interface Datum {
  readonly node: Node | null;
  readonly children: readonly Node[];
}

/** The nodes at and below `top` (all for null), sized by what `sizeOf` says of the base clusters. */
export function icicleLayout(
  tree: ClusterTree,
  top: Node | null,
  sizeOf: (node: Node) => number,
): readonly IcicleCell[] {
  const root: Datum =
    top === null ? { node: null, children: tree.roots } : { node: top, children: top.children };
  const made = hierarchy<Datum>(root, ({ children }) =>
    children.map((node): Datum => ({ node, children: node.children })),
  ).sum(({ node, children }) => (node !== null && children.length === 0 ? sizeOf(node) : 0));
  const laid = partition<Datum>()(made);
  const first = top === null ? (laid.children?.[0]?.y0 ?? 0) : 0;
  return laid
    .descendants()
    .flatMap(({ data: { node }, x0, x1, y0, y1 }) =>
      node === null || x1 <= x0
        ? []
        : [{ node, x0, x1, y0: (y0 - first) / (1 - first), y1: (y1 - first) / (1 - first) }],
    );
}

/** Cells in the order of the keyboard: left and right among a level, up to the parent, down to the largest child. */
export function nextCell(cells: readonly IcicleCell[], at: Node, key: string): Node | null {
  const here = cells.find(({ node }) => node === at);
  if (here === undefined) return cells[0]?.node ?? null;
  const level = cells.filter(({ y0 }) => y0 === here.y0).sort((a, b) => a.x0 - b.x0);
  const i = level.indexOf(here);
  const shown = (node: Node | null | undefined): Node | null =>
    cells.some((cell) => cell.node === node) ? (node ?? null) : null;
  switch (key) {
    case "ArrowRight":
      return level[i + 1]?.node ?? null;
    case "ArrowLeft":
      return level[i - 1]?.node ?? null;
    case "ArrowUp":
      return shown(at.parent);
    case "ArrowDown":
      return shown(at.children[0]);
    default:
      return null;
  }
}
