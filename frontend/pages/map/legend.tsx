import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import type { Generation } from "../../api/use-data.ts";
import { familyColour, rampColour, unknownColour } from "../../model/colour.ts";
import { measureKey } from "../../model/measure.ts";
import { count } from "../../model/numbers.ts";
import { measuredWords } from "../../model/use-colours.ts";
import type { Colours } from "../../model/use-colours.ts";
import { useTheme } from "../../shell/theme.ts";
import { measureTitle } from "../../ui/measure-select.tsx";
import { NodeName } from "../../ui/withheld.tsx";
import { useView } from "../../url/use-view.ts";

/** Families listed; the rest is said to be there. */
const LISTED = 14;
const STEPS = 24;

/** What the colours mean. Families can be clicked. */
export function Legend({
  generation,
  colours,
  onSelect,
}: {
  readonly generation: Generation;
  readonly colours: Colours;
  readonly onSelect: (node: Node) => void;
}) {
  const theme = useTheme();
  const { view } = useView();
  const { tree } = generation;
  if (colours.scale === null)
    return (
      <section aria-label="Colours" className="text-[0.87rem]">
        <h3 className="mb-1">Top groups</h3>
        <ul className="grid gap-x-3 max-[1100px]:sm:grid-cols-2">
          {tree.roots.slice(0, LISTED).map((node) => (
            <li key={node.cluster.id}>
              <button
                type="button"
                onClick={() => onSelect(node)}
                aria-pressed={view.selection?.kind === "cluster" && view.selection.id === node.cluster.id}
                className="flex min-h-6 w-full items-center gap-2 rounded px-1 text-left hover:bg-sunken aria-pressed:bg-accent-wash"
              >
                <span
                  aria-hidden="true"
                  className="size-2.5 shrink-0 rounded-full"
                  style={{ background: familyColour(node, theme) }}
                />
                <span className="min-w-0 grow">
                  <NodeName node={node} lines={1} />
                </span>
                <span className="text-faint tabular-nums">
                  {count(node.cluster.conversations)}
                  <span className="sr-only"> conversations</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
        {tree.roots.length > LISTED && (
          <p className="mt-1 text-faint">and {tree.roots.length - LISTED} more</p>
        )}
      </section>
    );
  const { low, high } = colours.scale;
  const at = (value: number): string => measuredWords(view.measure, { value, most: value });
  return (
    <section aria-label="Colours" className="text-[0.87rem]">
      <h3 className="mb-1">{measureTitle(measureKey(view.measure))}</h3>
      <div aria-hidden="true" className="flex h-3 overflow-hidden rounded">
        {Array.from({ length: STEPS }, (_, i) => (
          <span key={i} className="grow" style={{ background: rampColour(i / (STEPS - 1), theme) }} />
        ))}
      </div>
      <p className="flex justify-between text-faint tabular-nums">
        <span>{at(low)}</span>
        <span>{at(high)}</span>
      </p>
      <p className="mt-1 flex items-center gap-2 text-faint">
        <span
          aria-hidden="true"
          className="withheld size-3 rounded"
          style={{ backgroundColor: unknownColour(theme) }}
        />
        not known: too few to show
      </p>
    </section>
  );
}
