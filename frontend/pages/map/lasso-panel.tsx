import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import { sumCells } from "../../../shared/domain/published/cells.ts";
import { OTHER_VALUES } from "../../../shared/contracts/published.ts";
import type { BreakdownDimension } from "../../../shared/contracts/published.ts";
import { useCells, usePublished } from "../../api/use-data.ts";
import type { Generation } from "../../api/use-data.ts";
import { Breakdown } from "../../inspector/breakdown.tsx";
import { NodeLink } from "../../inspector/node-link.tsx";
import { count } from "../../model/numbers.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Share } from "../../ui/share.tsx";
import { useView } from "../../url/use-view.ts";

const SHOWN: readonly BreakdownDimension[] = ["language", "concern", "frustration"];

/** What a drawn line holds. */
export function LassoPanel({
  generation,
  leaves,
}: {
  readonly generation: Generation;
  readonly leaves: readonly Node[];
}) {
  const { change } = useView();
  const breakdowns = usePublished("breakdowns", generation);
  const cells = useCells(breakdowns.data);
  const n = leaves.reduce((sum, { cluster }) => sum + cluster.conversations, 0);
  const largest = [...leaves].sort((a, b) => b.cluster.conversations - a.cluster.conversations);
  return (
    <aside
      aria-label="The groups inside the line"
      className="min-w-0 space-y-3 rounded-lg border border-line bg-panel p-4 shadow-panel"
    >
      <div className="flex items-start justify-between gap-2">
        <h2>
          {leaves.length === 0
            ? "No group inside the line"
            : `${count(leaves.length)} ${leaves.length === 1 ? "group" : "groups"} inside the line`}
        </h2>
        <Button
          kind="quiet"
          small
          aria-label="Clear the selection"
          onClick={() => change({ selection: null })}
        >
          <Icon name="close" />
        </Button>
      </div>
      {leaves.length === 0 ? (
        <p className="text-soft">A group is inside when its name stands inside.</p>
      ) : (
        <>
          <Share part={n} n={generation.tree.conversations} />
          {breakdowns.data !== undefined &&
            SHOWN.map((dimension) => {
              // Nothing finer than what is published comes of a sum of it (docs/published.md).
              const own = sumCells(leaves.map(({ cluster }) => cells.get(cluster.id)?.[dimension] ?? []));
              const named = own.some(({ value }) => value !== OTHER_VALUES);
              return named ? <Breakdown key={dimension} dimension={dimension} cells={own} n={n} /> : null;
            })}
          <h3>The groups</h3>
          <ul className="max-h-72 space-y-1 overflow-y-auto" tabIndex={0} aria-label="Groups inside the line">
            {largest.map((node) => (
              <li key={node.cluster.id} className="flex items-baseline justify-between gap-3">
                <NodeLink node={node} />
                <span className="text-[0.85rem] text-faint tabular-nums">
                  {count(node.cluster.conversations)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}
