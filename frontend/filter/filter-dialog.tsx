import type { BreakdownCell, BreakdownDimension } from "../../shared/contracts/published.ts";
import { NO_VALUE, OTHER_VALUES } from "../../shared/contracts/published.ts";
import type { Generation } from "../api/use-data.ts";
import { dimensionWords, valueWords } from "../model/words.ts";
import { NO_FILTER, isPublishedPair } from "../../shared/domain/published/filter.ts";
import { count } from "../model/numbers.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Failure, Skeleton } from "../ui/states.tsx";
import { useView } from "../url/use-view.ts";
import { toggleValue } from "../url/view.ts";
import { useDimensions } from "./use-counts.ts";

/** Values listed of a dimension. */
const LISTED = 30;

function Values({
  dimension,
  cells,
}: {
  readonly dimension: BreakdownDimension;
  readonly cells: readonly BreakdownCell[];
}) {
  const { view, change } = useView();
  const { conditions } = view.filter;
  const own = conditions.find((each) => each.dimension === dimension);
  const others = conditions.filter((each) => each.dimension !== dimension);
  const blocked =
    own === undefined &&
    (others.length > 1 || others.some((each) => !isPublishedPair(each.dimension, dimension)));
  const ordinal = ["concern", "frustration", "week"].includes(dimension);
  const named = cells
    .filter(({ value }) => value !== OTHER_VALUES && value !== NO_VALUE)
    .sort((a, b) => (ordinal ? (a.value < b.value ? -1 : 1) : b.conversations - a.conversations));
  return (
    <fieldset disabled={blocked} className="min-w-0 disabled:opacity-60">
      <legend className="font-semibold">{dimensionWords(dimension)}</legend>
      {blocked && (
        <p className="text-[0.85rem] text-soft">
          Not published together with{" "}
          {others.map((each) => dimensionWords(each.dimension).toLowerCase()).join(" and ")}.
        </p>
      )}
      <ul className="mt-1 space-y-0.5">
        {named.slice(0, LISTED).map(({ value, conversations }) => (
          <li key={value}>
            <label className="flex min-h-6 items-center gap-2">
              <input
                type="checkbox"
                checked={own?.values.includes(value) ?? false}
                onChange={() => change(({ filter }) => ({ filter: toggleValue(filter, dimension, value) }))}
              />
              <span className="foreign line-clamp-1">{valueWords(dimension, value)}</span>
              <span className="ml-auto text-[0.85rem] text-faint tabular-nums">
                at least {count(conversations)}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {named.length === 0 && <p className="text-[0.87rem] text-faint">No value has enough to be shown.</p>}
    </fieldset>
  );
}

export function FilterDialog({
  generation,
  onDone,
}: {
  readonly generation: Generation;
  readonly onDone: () => void;
}) {
  const { change } = useView();
  const { sums, query } = useDimensions(generation);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone()}
      title="Filter"
      note="Counts narrow to conversations that fit. Values with too few conversations are not named, so counts are “at least”."
      wide
    >
      {query.isError ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Skeleton />
      ) : (
        <div className="grid gap-5 sm:grid-cols-2">
          {[...sums].map(([dimension, cells]) => (
            <Values key={dimension} dimension={dimension} cells={cells} />
          ))}
        </div>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={() => change({ filter: NO_FILTER })}>Clear</Button>
        <Button kind="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
