import { hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import { useMemo, useRef } from "react";
import { Link } from "wouter";
import { shownName } from "../../../shared/domain/published/cluster-tree.ts";
import type { ClusterTree, Node } from "../../../shared/domain/published/cluster-tree.ts";
import type { Counts } from "../../filter/use-counts.ts";
import { count, percent } from "../../model/numbers.ts";
import { useSize } from "../../ui/use-size.ts";

const WIDTH = 100;
const HEIGHT = 62;
/** Pixels of what can be pressed (WCAG 2.2, 2.5.8). */
const LEAST_TARGET = 26;
const TILE = "relative block size-full overflow-hidden rounded-[3px] p-1 text-[0.74rem] leading-tight";

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
  const list = useRef<HTMLUListElement>(null);
  const size = useSize(list);
  return (
    <ul
      ref={list}
      aria-label="Groups by size"
      className="relative aspect-[100/62] w-full overflow-hidden rounded-md max-rail:aspect-[100/110]"
    >
      {tiles.map(({ node, left, top, width, height }) => {
        const { least } = counts.of(node);
        const name = shownName(node);
        const title = `${name.slice(0, 300)}: ${count(least)} conversations`;
        const background = `color-mix(in srgb, ${colourOf(node)} 26%, var(--panel))`;
        return (
          <li
            key={node.cluster.id}
            className="absolute"
            style={{ left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` }}
          >
            {(width / 100) * size.width < LEAST_TARGET || (height / 100) * size.height < LEAST_TARGET ? (
              // Too small to be hit: the tree has it.
              <div title={title} className={TILE} style={{ background }}>
                <span className="sr-only">{title}</span>
              </div>
            ) : (
              <Link
                href={pathOf(node)}
                title={title}
                className={`${TILE} hover:brightness-95`}
                style={{ background }}
              >
                <span className="foreign line-clamp-3 [overflow-wrap:normal]">{name.slice(0, 160)}</span>{" "}
                <span className="tabular-nums">{count(least)}</span>
                <span className="sr-only"> conversations, {percent(total === 0 ? 0 : least / total)}</span>
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
