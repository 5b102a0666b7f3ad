import { dimensionWords, valueWords } from "../model/words.ts";
import { shownName } from "../../shared/domain/published/cluster-tree.ts";
import type { ClusterTree } from "../../shared/domain/published/cluster-tree.ts";
import { Icon } from "../ui/icon.tsx";
import { useView } from "../url/use-view.ts";
import { toggleValue } from "../url/view.ts";

function Chip({
  words,
  label,
  onRemove,
}: {
  readonly words: string;
  readonly label: string;
  readonly onRemove: () => void;
}) {
  return (
    <li className="inline-flex max-w-72 items-center gap-1 rounded-full border border-accent/50 bg-accent-wash py-0.5 pr-1 pl-2.5 text-[0.85rem] text-accent-strong">
      <span className="foreign truncate">{words}</span>
      <button
        type="button"
        aria-label={`Remove ${label}`}
        onClick={onRemove}
        className="rounded-full p-0.5 hover:bg-panel"
      >
        <Icon name="close" className="size-3!" />
      </button>
    </li>
  );
}

/** What the counts are narrowed to and what is selected, the same on every page of a run. */
export function Chips({ tree }: { readonly tree: ClusterTree | null }) {
  const { view, change } = useView();
  const { filter, selection } = view;
  const name = (id: string): string => {
    const node = tree?.byId.get(id);
    return node === undefined ? "a group that is not here" : shownName(node);
  };
  const none = filter.conditions.length === 0 && filter.within === null && selection === null;
  if (none) return null;
  return (
    <ul aria-label="Filter and selection" className="flex flex-wrap items-center gap-1.5">
      {filter.conditions.flatMap(({ dimension, values }) =>
        values.map((value) => (
          <Chip
            key={`${dimension} ${value}`}
            words={`${dimensionWords(dimension)}: ${valueWords(dimension, value)}`}
            label={`filter ${dimensionWords(dimension)} ${valueWords(dimension, value)}`}
            onRemove={() => change(({ filter: held }) => ({ filter: toggleValue(held, dimension, value) }))}
          />
        )),
      )}
      {filter.within !== null && (
        <Chip
          words={`Within: ${name(filter.within)}`}
          label="the group to stay inside of"
          onRemove={() => change(({ filter: held }) => ({ filter: { ...held, within: null } }))}
        />
      )}
      {selection !== null && (
        <Chip
          words={
            selection.kind === "cluster" ? `Selected: ${name(selection.id)}` : "Selected: drawn on the map"
          }
          label="the selection"
          onRemove={() => change({ selection: null })}
        />
      )}
    </ul>
  );
}
