import type { BreakdownDimension } from "../../shared/contracts/published.ts";
import { NO_VALUE, OTHER_VALUES } from "../../shared/contracts/published.ts";
import type { Generation } from "../api/use-data.ts";
import { dimensionWords, valueWords } from "../model/words.ts";
import { isPublishedPair } from "../../shared/domain/published/filter.ts";
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
  sums,
}: {
  readonly dimension: BreakdownDimension;
  readonly sums: ReadonlyMap<string, number>;
}) {
  const { view, change } = useView();
  const { conditions } = view.filter;
  const own = conditions.find((each) => each.dimension === dimension);
  const others = conditions.filter((each) => each.dimension !== dimension);
  const blocked =
    own === undefined &&
    (others.length > 1 || others.some((each) => !isPublishedPair(each.dimension, dimension)));
  const ordinal = ["concern", "frustration", "week"].includes(dimension);
  const named = [...sums]
    .filter(([value]) => value !== OTHER_VALUES && value !== NO_VALUE)
    .sort(([a, x], [b, y]) => (ordinal ? (a < b ? -1 : 1) : y - x));
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
        {named.slice(0, LISTED).map(([value, n]) => (
          <li key={value}>
            <label className="flex min-h-6 items-center gap-2">
              <input
                type="checkbox"
                checked={own?.values.includes(value) ?? false}
                onChange={() => change(({ filter }) => ({ filter: toggleValue(filter, dimension, value) }))}
              />
              <span className="foreign line-clamp-1">{valueWords(dimension, value)}</span>
              <span className="ml-auto text-[0.85rem] text-faint tabular-nums">at least {count(n)}</span>
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
          {[...sums].map(([dimension, values]) => (
            <Values key={dimension} dimension={dimension as BreakdownDimension} sums={values} />
          ))}
        </div>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={() => change({ filter: { conditions: [], within: null } })}>Clear</Button>
        <Button kind="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
