import { NO_VALUE, OTHER_VALUES } from "../../shared/contracts/published.ts";
import type { BreakdownCell, BreakdownDimension } from "../../shared/contracts/published.ts";
import { dimensionWords, valueWords } from "../model/words.ts";
import { count, intervalWords, percent } from "../model/numbers.ts";
import { ShareBar } from "../ui/share.tsx";
import { useView } from "../url/use-view.ts";
import { toggleValue } from "../url/view.ts";
import { liftOf } from "./lift.ts";

/** Ratings and weeks in their own order, everything else by how many; what is hidden last. */
function ordered(dimension: BreakdownDimension, cells: readonly BreakdownCell[]): readonly BreakdownCell[] {
  const named = cells.filter(({ value }) => value !== OTHER_VALUES);
  const hidden = cells.filter(({ value }) => value === OTHER_VALUES);
  const bySize = !["concern", "frustration", "week"].includes(dimension);
  named.sort((a, b) => (bySize ? b.conversations - a.conversations : a.value < b.value ? -1 : 1));
  return [...named, ...hidden];
}

function Row({
  dimension,
  cell,
  n,
  reference,
}: {
  readonly dimension: BreakdownDimension;
  readonly cell: BreakdownCell;
  readonly n: number;
  readonly reference: readonly BreakdownCell[] | undefined;
}) {
  const { view, change } = useView();
  const { value, conversations } = cell;
  const hidden = value === OTHER_VALUES;
  const chosen = view.filter.conditions.some(
    (condition) => condition.dimension === dimension && condition.values.includes(value),
  );
  const lift = hidden ? null : liftOf(cell, n, reference);
  const words = valueWords(dimension, value);
  return (
    <tr className={hidden ? "text-faint" : ""}>
      <th scope="row" className="w-[38%] max-w-40 py-0.5 pr-2 text-left font-normal">
        {hidden || value === NO_VALUE ? (
          <span className="withheld inline-block min-h-6 rounded px-1">{words}</span>
        ) : (
          <button
            type="button"
            aria-pressed={chosen}
            onClick={() => change(({ filter }) => ({ filter: toggleValue(filter, dimension, value) }))}
            title={chosen ? "Take this filter away" : "Count only these"}
            className={`foreign line-clamp-1 min-h-6 rounded px-1 text-left hover:bg-sunken ${chosen ? "bg-accent-wash font-semibold text-accent-strong" : ""}`}
          >
            {words}
          </button>
        )}
      </th>
      <td className="w-[28%] pr-2">
        <ShareBar part={conversations} n={n} />
      </td>
      <td
        className="text-[0.85rem] whitespace-nowrap tabular-nums"
        title={`${intervalWords(conversations, n)}: 95 % interval`}
      >
        <b className="font-semibold">{percent(conversations / n)}</b>{" "}
        <span className="text-faint">{count(conversations)}</span>
        {lift !== null && <span className="text-faint"> · {lift}</span>}
      </td>
    </tr>
  );
}

/** One dimension of a group: each value with its share of `n`; click one to count only those. */
export function Breakdown({
  dimension,
  cells,
  n,
  reference,
}: {
  readonly dimension: BreakdownDimension;
  readonly cells: readonly BreakdownCell[];
  readonly n: number;
  /** The parent's cells, to compare with. */
  readonly reference?: readonly BreakdownCell[] | undefined;
}) {
  return (
    <table className="w-full">
      <caption className="pb-1 text-left text-[0.87rem] font-semibold">{dimensionWords(dimension)}</caption>
      <tbody>
        {ordered(dimension, cells).map((cell) => (
          <Row key={cell.value} dimension={dimension} cell={cell} n={n} reference={reference} />
        ))}
      </tbody>
    </table>
  );
}
