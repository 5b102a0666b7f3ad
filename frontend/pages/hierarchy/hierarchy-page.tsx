import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Generation } from "../../api/use-data.ts";
import { useCells, usePublished } from "../../api/use-data.ts";
import { pathOf, shownName } from "../../../shared/domain/published/cluster-tree.ts";
import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import { ExportButton } from "../../export/export-menu.tsx";
import { pictureOf } from "../../export/picture.ts";
import { FilterButton } from "../../filter/filter-button.tsx";
import { useCounts } from "../../filter/use-counts.ts";
import { Inspector } from "../../inspector/inspector.tsx";
import { NodeLink } from "../../inspector/node-link.tsx";
import { growthOf, measureKey, weeksOf } from "../../model/measure.ts";
import { count } from "../../model/numbers.ts";
import { measuredWords, useColours } from "../../model/use-colours.ts";
import { Button } from "../../ui/button.tsx";
import { controlStyle } from "../../ui/field.tsx";
import { MeasureSelect, measureTitle } from "../../ui/measure-select.tsx";
import { PublishedPage } from "../../ui/published-page.tsx";
import { useView } from "../../url/use-view.ts";
import { searchClusters } from "../../worker/client.ts";
import { Icicle } from "./icicle.tsx";
import { icicleLayout } from "./icicle-layout.ts";
import { BANDS_SIZE, paintBands } from "./paint-bands.ts";
import { openTo, treeRows, withAncestors } from "./rows.ts";
import { TreeGrid } from "./tree-grid.tsx";

/** Trees up to so many groups open at their first level. */
const OPEN_AT_FIRST = 12;

/** Ids that fit what is searched for; null while nothing is. */
function useHits(generation: Generation, query: string): ReadonlySet<string> | null {
  const [hits, setHits] = useState<{ query: string; ids: ReadonlySet<string> } | null>(null);
  useEffect(() => {
    if (query === "") return;
    let current = true;
    void searchClusters(generation.tree, query, 10_000).then((ids) => {
      if (current) setHits({ query, ids: new Set(ids) });
    });
    return () => {
      current = false;
    };
  }, [generation, query]);
  return query === "" ? null : (hits?.ids ?? null);
}

function Tree({ runId, generation }: { readonly runId: string; readonly generation: Generation }) {
  const { view, change } = useView();
  const { tree } = generation;
  const [ofParent, setOfParent] = useState(false);
  const counts = useCounts(generation, view);
  const colours = useColours(generation, view.measure);
  const breakdowns = usePublished("breakdowns", generation);
  const cells = useCells(breakdowns.data);
  const query = useDeferredValue(view.search.trim());
  const hits = useHits(generation, query);
  const selected = view.selection?.kind === "cluster" ? (tree.byId.get(view.selection.id) ?? null) : null;
  const top = view.filter.within === null ? null : (tree.byId.get(view.filter.within) ?? null);

  const open = useMemo((): ReadonlySet<string> => {
    if (hits !== null) return withAncestors(tree, hits);
    const chosen =
      view.open ?? (tree.roots.length <= OPEN_AT_FIRST && tree.all.length <= 60 ? openTo(tree, 1) : []);
    const shown = new Set(chosen);
    // What leads to the selection is open, so that it can be seen.
    if (selected !== null) for (const node of pathOf(selected).slice(0, -1)) shown.add(node.cluster.id);
    if (top !== null) for (const node of pathOf(top)) shown.add(node.cluster.id);
    return shown;
  }, [tree, hits, view.open, selected, top]);

  const only = useMemo(() => {
    if (hits !== null) return withAncestors(tree, hits);
    if (top === null) return null;
    return new Set([
      ...withAncestors(tree, [top.cluster.id]),
      ...tree.all.filter((node) => counts.isWithin(node)).map(({ cluster }) => cluster.id),
    ]);
  }, [tree, hits, top, counts]);

  const rows = useMemo(
    () =>
      treeRows(tree, {
        open,
        only,
        sort: view.sort,
        valueOf: (node, key) => {
          switch (key) {
            case "name":
              return node.cluster.name;
            case "measure":
              return colours.valueOf(node)?.value ?? null;
            case "growth": {
              const own = cells.get(node.cluster.id);
              return own === undefined ? null : (growthOf(own)?.value ?? null);
            }
            case "groups":
              return node.children.length;
            default:
              return counts.of(node).least;
          }
        },
      }),
    [tree, open, only, view.sort, colours, cells, counts],
  );

  const bands = useMemo(
    () =>
      view.layout === "icicle"
        ? icicleLayout(tree, top, (node) => (counts.isWithin(node) ? counts.of(node).least : 0))
        : [],
    [view.layout, tree, top, counts],
  );
  const picture = (): Promise<Blob | null> =>
    pictureOf(
      BANDS_SIZE,
      (context, ratio, style) =>
        paintBands(
          {
            cells: bands,
            colourOf: colours.of,
            numberOf: (node) => `${counts.narrowed ? "at least " : ""}${count(counts.of(node).least)}`,
          },
          context,
          ratio,
          style,
        ),
      {
        title: top === null ? `Groups of ${runId}` : shownName(top),
        notes: [
          "Each group is as wide as it has conversations",
          ...(counts.narrowed ? ["A filter is set: at least so many"] : []),
        ],
        legend: [],
      },
    );

  const setOpen = (ids: readonly string[]): void => change({ open: ids }, { replace: true });
  const onToggle = (nodes: readonly Node[], wanted: boolean): void => {
    const next = new Set(open);
    for (const { cluster } of nodes) {
      if (wanted) next.add(cluster.id);
      else next.delete(cluster.id);
    }
    setOpen([...next]);
  };
  const onSort = (key: string): void =>
    change(({ sort }) => ({
      sort:
        sort?.key !== key
          ? { key, descending: key !== "name" }
          : sort.descending === (key !== "name")
            ? { key, descending: key === "name" }
            : null,
    }));
  const select = (node: Node): void => change({ selection: { kind: "cluster", id: node.cluster.id } });
  const shownIds = useMemo(() => new Set(rows.map(({ node }) => node.cluster.id)), [rows]);

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <input
          type="search"
          aria-label="Find groups"
          placeholder="Find groups"
          value={view.search}
          onChange={({ target }) => change({ search: target.value.slice(0, 200) }, { replace: true })}
          className={`${controlStyle} w-52 max-rail:grow`}
        />
        <FilterButton generation={generation} />
        <MeasureSelect generation={generation} />
        <fieldset className="flex overflow-hidden rounded-md border border-edge">
          <legend className="sr-only">Shown as</legend>
          {(["tree", "icicle"] as const).map((layout) => (
            <button
              key={layout}
              type="button"
              aria-pressed={view.layout === layout}
              onClick={() => change({ layout })}
              className={`min-h-9 px-3 ${view.layout === layout ? "bg-accent text-on-accent" : "bg-panel hover:bg-sunken"}`}
            >
              {layout === "tree" ? "Tree" : "Bands"}
            </button>
          ))}
        </fieldset>
        {view.layout === "tree" && (
          <>
            <Button
              kind="quiet"
              small
              onClick={() => setOpen(openTo(tree, tree.levels))}
              disabled={tree.all.length > 60 && tree.levels > 2}
            >
              Open all
            </Button>
            <Button kind="quiet" small onClick={() => setOpen([])}>
              Close all
            </Button>
            <label className="flex items-center gap-1.5 text-[0.87rem] text-soft">
              <input
                type="checkbox"
                checked={ofParent}
                onChange={({ target }) => setOfParent(target.checked)}
              />
              Share of the parent
            </label>
          </>
        )}
        <span className="ml-auto">
          <ExportButton
            runId={runId}
            generation={generation}
            only={hits === null ? null : shownIds}
            {...(view.layout === "icicle" ? { picture } : {})}
          />
        </span>
      </div>
      <p role="status" className="mb-2 text-[0.87rem] text-faint">
        {hits !== null &&
          `${count(hits.size)} ${hits.size === 1 ? "group fits" : "groups fit"} “${query.slice(0, 60)}”. `}
        {counts.narrowed &&
          !counts.loading &&
          `At least ${count(counts.total.least)} conversations fit the filter, at most ${count(counts.total.most)}: small numbers are not named.`}
      </p>
      <div className="grid grid-cols-1 items-start gap-4 min-[1100px]:grid-cols-[minmax(0,1fr)_23rem]">
        {view.layout === "tree" ? (
          <TreeGrid
            rows={rows}
            counts={counts}
            selected={selected?.cluster.id ?? null}
            ofParent={ofParent}
            sort={view.sort}
            hits={hits}
            measureTitle={view.measure.kind === "group" ? null : measureTitle(measureKey(view.measure))}
            colourOf={colours.of}
            measureOf={(node) => measuredWords(view.measure, colours.valueOf(node))}
            weeksOf={(node) => {
              const own = cells.get(node.cluster.id);
              return own === undefined ? [] : weeksOf(own);
            }}
            onSelect={select}
            onToggle={onToggle}
            onSort={onSort}
          />
        ) : (
          <div className="min-w-0">
            {top !== null && (
              <Button
                small
                className="mb-2"
                onClick={() => change(({ filter }) => ({ filter: { ...filter, within: null } }))}
              >
                All groups
              </Button>
            )}
            <Icicle
              cells={bands}
              top={top}
              counts={counts}
              selected={selected}
              colourOf={colours.of}
              onSelect={select}
              onZoom={(node) =>
                change(({ filter }) => ({ filter: { ...filter, within: node?.cluster.id ?? null } }))
              }
            />
            <p className="mt-1 text-[0.85rem] text-faint">
              Width is the number of conversations. Arrow keys move, Enter selects, a double click looks
              inside.
            </p>
          </div>
        )}
        {selected === null ? (
          <aside
            aria-label="The selected group"
            className="rounded-lg border border-dashed border-edge p-4 text-soft"
          >
            <p className="font-semibold text-ink">Nothing is selected</p>
            <p className="mt-1">
              Choose a group to see who asks, when, in which languages, and what is below it.
            </p>
            <h2 className="mt-3 mb-1 text-ink">The largest</h2>
            <ul className="space-y-1">
              {tree.roots.slice(0, 5).map((node) => (
                <li key={node.cluster.id}>
                  <NodeLink node={node} />
                </li>
              ))}
            </ul>
          </aside>
        ) : (
          <Inspector
            runId={runId}
            generation={generation}
            node={selected}
            onClose={() => change({ selection: null })}
          />
        )}
      </div>
    </>
  );
}

export function HierarchyPage({ runId }: { readonly runId: string }) {
  return (
    <PublishedPage
      runId={runId}
      title="Hierarchy"
      note={({ tree, index }) =>
        `${count(tree.leaves.length)} groups in ${tree.levels} ${tree.levels === 1 ? "level" : "levels"}; ${count(tree.conversations)} of ${count(index.totals.read)} conversations.`
      }
    >
      {(generation) => <Tree runId={runId} generation={generation} />}
    </PublishedPage>
  );
}
