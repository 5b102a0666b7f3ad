import { useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { shownName } from "../../../shared/domain/published/cluster-tree.ts";
import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import type { Counts } from "../../filter/use-counts.ts";
import { count, percent } from "../../model/numbers.ts";
import { nextCell } from "./icicle-layout.ts";
import type { IcicleCell } from "./icicle-layout.ts";
import { LEAST_FOR_TEXT, clipped } from "./icicle-text.ts";

const WIDTH = 1000;
const HEIGHT = 560;
/** The tree as bands: each group as wide as it is large, its groups below it. */
export function Icicle({
  cells,
  top,
  counts,
  selected,
  colourOf,
  onSelect,
  onZoom,
}: {
  readonly cells: readonly IcicleCell[];
  readonly top: Node | null;
  readonly counts: Counts;
  readonly selected: Node | null;
  readonly colourOf: (node: Node) => string;
  readonly onSelect: (node: Node) => void;
  readonly onZoom: (node: Node | null) => void;
}) {
  const [focused, setFocused] = useState<Node | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const stop = focused ?? selected ?? cells[0]?.node ?? null;
  const total = counts.total.least;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (stop === null) return;
    const next = nextCell(cells, stop, event.key);
    if (next !== null) {
      event.preventDefault();
      setFocused(next);
      svg.current?.querySelector<SVGElement>(`[data-id="${next.cluster.id}"]`)?.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onSelect(stop);
    }
  };

  return (
    <svg
      ref={svg}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="tree"
      aria-label="Groups as bands: each as wide as it is large"
      className="h-[min(65dvh,560px)] w-full rounded-lg border border-line bg-panel"
      onKeyDown={onKeyDown}
    >
      {cells.map(({ node, x0, x1, y0, y1 }) => {
        const { id } = node.cluster;
        const n = counts.of(node).least;
        const [x, y, width, height] = [x0 * WIDTH, y0 * HEIGHT, (x1 - x0) * WIDTH, (y1 - y0) * HEIGHT];
        const isSelected = node === selected;
        return (
          <g
            key={id}
            data-id={id}
            role="treeitem"
            aria-level={node.depth + 1}
            aria-selected={isSelected}
            aria-label={`${shownName(node).slice(0, 200)}, ${counts.narrowed ? "at least " : ""}${count(n)} conversations, ${percent(total === 0 ? 0 : n / total)}`}
            tabIndex={node === stop ? 0 : -1}
            onFocus={() => setFocused(node)}
            onClick={() => onSelect(node)}
            onDoubleClick={() => onZoom(node.children.length === 0 || node === top ? node.parent : node)}
            className="cursor-pointer outline-none focus-visible:[&>rect]:stroke-ink focus-visible:[&>rect]:stroke-3"
          >
            <title>{`${shownName(node).slice(0, 300)}\n${count(n)} conversations`}</title>
            <rect
              x={x + 0.5}
              y={y + 0.5}
              width={Math.max(0.5, width - 1)}
              height={height - 1}
              fill={colourOf(node)}
              fillOpacity={isSelected ? 0.95 : node.children.length > 0 ? 0.5 : 0.32}
              className={isSelected ? "stroke-ink stroke-2" : "stroke-panel"}
            />
            {width > LEAST_FOR_TEXT && (
              <text x={x + 6} y={y + 18} className="pointer-events-none fill-ink text-[13px]">
                {clipped(shownName(node), width)}
                <tspan x={x + 6} dy="16" className="fill-soft text-[11px] tabular-nums">
                  {count(n)}
                </tspan>
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
