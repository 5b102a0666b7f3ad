import { useMemo, useRef, useState } from "react";
import type { PublishedMap } from "../../../shared/contracts/published.ts";
import {
  cutAt,
  leavesBelow,
  pathOf,
  shownName,
  subtreeOf,
} from "../../../shared/domain/published/cluster-tree.ts";
import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import { usePublished } from "../../api/use-data.ts";
import type { Generation } from "../../api/use-data.ts";
import { ExportButton } from "../../export/export-menu.tsx";
import { FilterButton } from "../../filter/filter-button.tsx";
import { useCounts } from "../../filter/use-counts.ts";
import { Inspector } from "../../inspector/inspector.tsx";
import { familyColour } from "../../model/colour.ts";
import { measureKey } from "../../model/measure.ts";
import { count } from "../../model/numbers.ts";
import { useColours } from "../../model/use-colours.ts";
import { useShortcuts } from "../../shell/shortcuts.ts";
import { useTheme } from "../../shell/theme.ts";
import { Select } from "../../ui/field.tsx";
import { MeasureSelect, measureTitle } from "../../ui/measure-select.tsx";
import { PublishedPage } from "../../ui/published-page.tsx";
import { Failure, Skeleton } from "../../ui/states.tsx";
import { MAP_MODES } from "../../url/view.ts";
import type { MapMode } from "../../url/view.ts";
import { useView } from "../../url/use-view.ts";
import { anchorsOf } from "./anchors.ts";
import { bounded, fitting } from "./camera.ts";
import { scatterDots } from "./dots.ts";
import { leavesInside } from "./lasso.ts";
import { LassoPanel } from "./lasso-panel.tsx";
import { Legend } from "./legend.tsx";
import { MapCanvas } from "./map-canvas.tsx";
import type { MapPicture } from "./map-canvas.tsx";
import { MapTable } from "./map-table.tsx";
import { paintMap } from "./paint-picture.ts";
import { pictureOf } from "../../export/picture.ts";
import { useCamera } from "./use-camera.ts";

const MODE_WORDS: Record<MapMode, string> = { dots: "Dots", density: "Density", both: "Both" };

const relativesOf = (node: Node): ReadonlySet<Node> => new Set([...pathOf(node), ...subtreeOf(node)]);

function MapView({
  runId,
  generation,
  map,
}: {
  readonly runId: string;
  readonly generation: Generation;
  readonly map: PublishedMap;
}) {
  const { view, change } = useView();
  const theme = useTheme();
  const { tree, index } = generation;
  const [lassoing, setLassoing] = useState(false);
  const [asTable, setAsTable] = useState(false);
  const picture = useRef<MapPicture>(null);
  const counts = useCounts(generation, view);
  const colours = useColours(generation, view.measure);

  const numbers = useMemo(() => new Map(tree.leaves.map(({ cluster }, i) => [cluster.id, i])), [tree]);
  const dots = useMemo(() => scatterDots(map.cells, map.grid, numbers), [map, numbers]);
  const anchors = useMemo(() => anchorsOf(tree, map), [tree, map]);
  const whole = useMemo(() => fitting([...anchors.values()]), [anchors]);
  const [camera, move] = useCamera(whole);

  const selected = view.selection?.kind === "cluster" ? (tree.byId.get(view.selection.id) ?? null) : null;
  const polygon = view.selection?.kind === "lasso" ? view.selection.polygon : null;
  const inside = useMemo(
    () => (polygon === null ? null : leavesInside(polygon, tree.leaves, anchors)),
    [polygon, tree, anchors],
  );
  const related = useMemo(() => {
    if (selected !== null) return relativesOf(selected);
    return inside === null ? null : new Set(inside.flatMap((leaf) => pathOf(leaf)));
  }, [selected, inside]);
  const looks = useMemo(() => {
    const meant =
      selected === null ? (inside === null ? null : new Set(inside)) : new Set(leavesBelow(selected));
    return tree.leaves.map((leaf) => {
      const { least } = counts.of(leaf);
      const shown = counts.isWithin(leaf) && (meant === null || meant.has(leaf));
      return {
        colour: colours.of(leaf),
        share: !shown ? 0 : counts.narrowed ? least / leaf.cluster.conversations : 1,
      };
    });
  }, [tree, colours, counts, selected, inside]);

  const select = (node: Node | null): void =>
    change({ selection: node === null ? null : { kind: "cluster", id: node.cluster.id } });
  const step = (by: 1 | -1): void =>
    change(({ level }) => {
      const next = (level === "auto" ? 0 : level) + by;
      return { level: next < 0 ? "auto" : Math.min(tree.levels - 1, next) };
    });
  const zoom = (factor: number): void => move((held) => bounded({ ...held, zoom: held.zoom * factor }));
  useShortcuts({
    "[": () => step(-1),
    "]": () => step(1),
    "+": () => zoom(1.4),
    "=": () => zoom(1.4),
    "-": () => zoom(1 / 1.4),
    "0": () => move(whole),
    l: () => setLassoing((on) => !on),
  });

  const levels = Array.from({ length: tree.levels }, (_, depth) => ({
    value: String(depth),
    words: depth === 0 ? "Top groups" : depth === tree.levels - 1 ? "Smallest groups" : `Level ${depth + 1}`,
  }));
  const only =
    inside === null
      ? selected === null
        ? null
        : new Set([...relativesOf(selected)].map(({ cluster }) => cluster.id))
      : new Set(inside.map(({ cluster }) => cluster.id));
  const shownNodes = view.level === "auto" ? tree.leaves : cutAt(tree, view.level);
  const caption = {
    title: `What people ask for: ${count(tree.conversations)} conversations in ${count(tree.leaves.length)} groups`,
    notes: [
      `run ${runId}`,
      `colour: ${measureTitle(measureKey(view.measure))}`,
      ...view.filter.conditions.map(({ dimension, values }) => `${dimension} ${values.join(", ")}`),
      `at least ${index.minimums.min_conversations} conversations of ${index.minimums.min_users} people behind every number`,
    ],
    legend:
      colours.scale === null
        ? tree.roots.map((node) => ({ colour: familyColour(node, theme), words: shownName(node) }))
        : [],
  };

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <FilterButton generation={generation} />
        <MeasureSelect generation={generation} />
        <Select
          label="Names"
          small
          value={String(view.level)}
          onChange={(value) => change({ level: value === "auto" ? "auto" : Number(value) })}
          choices={[{ value: "auto", words: "By zoom" }, ...levels]}
        />
        <Select
          label="Shown as"
          small
          value={asTable ? "table" : view.mode}
          onChange={(value) => {
            setAsTable(value === "table");
            if (value !== "table") change({ mode: value });
          }}
          choices={[
            ...MAP_MODES.map((mode) => ({ value: mode as MapMode | "table", words: MODE_WORDS[mode] })),
            { value: "table", words: "Table" },
          ]}
        />
        <span className="ml-auto">
          <ExportButton
            runId={runId}
            generation={generation}
            only={only}
            picture={async () => {
              const seen = picture.current;
              return seen === null
                ? null
                : pictureOf(
                    seen.size,
                    (context, ratio, style) => paintMap(seen, context, ratio, style),
                    caption,
                  );
            }}
          />
        </span>
      </div>
      <div className="grid grid-cols-1 items-start gap-4 min-[1100px]:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          {asTable ? (
            <MapTable
              nodes={shownNodes}
              anchors={anchors}
              counts={counts}
              selected={selected}
              onSelect={select}
            />
          ) : (
            <MapCanvas
              tree={tree}
              map={map}
              minUsers={index.minimums.min_users}
              dots={dots}
              anchors={anchors}
              camera={camera}
              whole={whole}
              move={move}
              mode={view.mode}
              level={view.level}
              looks={looks}
              related={related}
              selected={selected}
              polygon={polygon}
              lassoing={lassoing}
              onSelect={select}
              onLasso={(drawn) => change({ selection: { kind: "lasso", polygon: drawn } })}
              onLassoing={setLassoing}
              picture={picture}
            />
          )}
          <p className="mt-2 text-[0.85rem] text-faint">
            {dots.each === 1
              ? "Each dot is a conversation"
              : `Each dot stands for about ${dots.each} conversations`}
            , scattered within its square of the map: where one lies is not published. Neighbours ask for
            similar things; distances between far groups mean little.
          </p>
        </div>
        <div className="min-w-0 space-y-4">
          {inside !== null ? (
            <LassoPanel generation={generation} leaves={inside} />
          ) : selected !== null ? (
            <Inspector
              runId={runId}
              generation={generation}
              node={selected}
              onClose={() => change({ selection: null })}
            />
          ) : (
            <aside
              aria-label="About the map"
              className="space-y-3 rounded-lg border border-line bg-panel p-4 shadow-panel"
            >
              <Legend generation={generation} colours={colours} onSelect={select} />
              <p className="text-[0.87rem] text-soft">
                Click a group or its name to see who asks, when and in which languages. Draw around several
                with the lasso.
              </p>
            </aside>
          )}
        </div>
      </div>
    </>
  );
}

function LoadedMap({ runId, generation }: { readonly runId: string; readonly generation: Generation }) {
  const map = usePublished("map", generation);
  if (map.isError) return <Failure error={map.error} retry={() => void map.refetch()} />;
  if (map.data === undefined) return <Skeleton lines={14} label="Loading the map" />;
  return <MapView runId={runId} generation={generation} map={map.data} />;
}

export function MapPage({ runId }: { readonly runId: string }) {
  return (
    <PublishedPage
      runId={runId}
      title="Map"
      note={({ tree }) =>
        `${count(tree.conversations)} conversations; what stands close together asks for similar things.`
      }
    >
      {(generation) => <LoadedMap runId={runId} generation={generation} />}
    </PublishedPage>
  );
}
