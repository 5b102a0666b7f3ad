import { hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import { useMemo } from "react";
import { Link } from "wouter";
import { shownName } from "../../../shared/domain/published/cluster-tree.ts";
import type { ClusterTree, Node } from "../../../shared/domain/published/cluster-tree.ts";
import type { Counts } from "../../filter/use-counts.ts";
import { count, percent } from "../../model/numbers.ts";

const WIDTH = 100;
const HEIGHT = 62;

interface Datum {
  readonly node: Node | null;
  readonly children: readonly Datum[];
}

interface Tile {
  readonly node: Node;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function tilesOf(tree: ClusterTree, counts: Counts): readonly Tile[] {
  const datum = (node: Node, depth: number): Datum => ({
    node,
    children: depth > 0 ? node.children.map((child) => datum(child, depth - 1)) : [],
  });
  const root: Datum = { node: null, children: tree.roots.map((node) => datum(node, 1)) };
  const laid = treemap<Datum>()
    .size([WIDTH, HEIGHT])
    .tile(treemapSquarify.ratio(1.2))
    .paddingInner(0.22)
    .paddingOuter(0.22)(
    hierarchy<Datum>(root, ({ children }) => [...children])
      .sum(({ node, children }) =>
        node !== null && children.length === 0 && counts.isWithin(node) ? counts.of(node).least : 0,
      )
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0)),
  );
  return laid.leaves().flatMap(({ data: { node }, x0, x1, y0, y1, value = 0 }) =>
    node === null || value === 0
      ? []
      : [
          {
            node,
            left: x0,
            top: (y0 / HEIGHT) * 100,
            width: x1 - x0,
            height: ((y1 - y0) / HEIGHT) * 100,
          },
        ],
  );
}

/** The two levels at the top as areas. Each leads to its group. */
export function Treemap({
  tree,
  counts,
  colourOf,
  pathOf,
}: {
  readonly tree: ClusterTree;
  readonly counts: Counts;
  readonly colourOf: (node: Node) => string;
  readonly pathOf: (node: Node) => string;
}) {
  const tiles = useMemo(() => tilesOf(tree, counts), [tree, counts]);
  const total = counts.total.least;
  return (
    <ul
      aria-label="Groups by size"
      className="relative aspect-[100/62] w-full overflow-hidden rounded-md max-rail:aspect-[100/110]"
    >
      {tiles.map(({ node, left, top, width, height }) => {
        const { least } = counts.of(node);
        const name = shownName(node);
        return (
          <li
            key={node.cluster.id}
            className="absolute"
            style={{ left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` }}
          >
            <Link
              href={pathOf(node)}
              aria-label={`${name.slice(0, 160)}: ${count(least)} conversations, ${percent(total === 0 ? 0 : least / total)}`}
              title={`${name.slice(0, 300)}\n${count(least)} conversations`}
              className="relative block size-full overflow-hidden rounded-[3px] p-1 text-[0.74rem] leading-tight hover:brightness-95"
              style={{ background: `color-mix(in srgb, ${colourOf(node)} 34%, var(--panel))` }}
            >
              <span className="foreign line-clamp-3 [overflow-wrap:normal]">{name.slice(0, 120)}</span>
              <span className="text-soft tabular-nums">{count(least)}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
