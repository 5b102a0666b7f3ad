import { useState } from "react";
import { pathOf, shownName } from "../../../shared/domain/published/cluster-tree.ts";
import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import type { Counts } from "../../filter/use-counts.ts";
import { count } from "../../model/numbers.ts";
import { Scrolled } from "../../ui/scrolled.tsx";
import { BareShare } from "../../ui/share.tsx";
import { NodeName } from "../../ui/withheld.tsx";
import type { Anchor } from "./anchors.ts";
import { whereWords } from "./describe.ts";

const PAGE = 200;

/** The map's groups as a table: the same groups, counts and places. */
export function MapTable({
  nodes,
  anchors,
  counts,
  selected,
  onSelect,
}: {
  readonly nodes: readonly Node[];
  readonly anchors: ReadonlyMap<Node, Anchor>;
  readonly counts: Counts;
  readonly selected: Node | null;
  readonly onSelect: (node: Node) => void;
}) {
  const [shown, setShown] = useState(PAGE);
  const rows = [...nodes].sort((a, b) => counts.of(b).least - counts.of(a).least);
  return (
    <Scrolled label="Groups on the map" className="rounded-lg border border-line bg-panel px-3 shadow-panel">
      <table className="w-full">
        <caption className="sr-only">Groups on the map, largest first</caption>
        <thead>
          <tr className="text-left text-[0.85rem] text-faint">
            <th scope="col" className="py-2 pr-3 font-medium">
              Group
            </th>
            <th scope="col" className="py-2 pr-3 font-medium max-rail:hidden">
              In
            </th>
            <th scope="col" className="py-2 pr-3 font-medium">
              Where
            </th>
            <th scope="col" className="py-2 pr-3 text-right font-medium">
              Conversations
            </th>
            <th scope="col" className="py-2 text-right font-medium">
              Share (95 %)
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((node) => {
            const { least } = counts.of(node);
            const anchor = anchors.get(node);
            const total = counts.total.least;
            return (
              <tr
                key={node.cluster.id}
                className={`border-t border-line ${node === selected ? "bg-accent-wash" : ""}`}
              >
                <th scope="row" className="py-1 pr-3 text-left font-normal">
                  <button
                    type="button"
                    aria-pressed={node === selected}
                    onClick={() => onSelect(node)}
                    className="min-h-6 text-left text-accent-strong underline-offset-2 hover:underline"
                  >
                    <NodeName node={node} lines={2} />
                  </button>
                </th>
                <td className="foreign py-1 pr-3 text-faint max-rail:hidden">
                  <span className="line-clamp-1">
                    {pathOf(node)
                      .slice(0, -1)
                      .map((each) => shownName(each).slice(0, 80))
                      .join(" › ")}
                  </span>
                </td>
                <td className="py-1 pr-3 text-faint">{anchor === undefined ? "–" : whereWords(anchor)}</td>
                <td className="py-1 pr-3 text-right tabular-nums">
                  {counts.narrowed ? "≥ " : ""}
                  {count(least)}
                </td>
                <td className="py-1 text-right whitespace-nowrap tabular-nums">
                  <BareShare part={least} n={total} className="max-rail:hidden" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length > shown && (
        <p className="py-2">
          <button
            type="button"
            className="min-h-6 text-accent-strong underline"
            onClick={() => setShown(shown + PAGE)}
          >
            Show more of {count(rows.length)}
          </button>
        </p>
      )}
    </Scrolled>
  );
}
