import { useMemo } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { NO_VALUE, OTHER_VALUES } from "../../shared/contracts/published.ts";
import type { BreakdownDimension } from "../../shared/contracts/published.ts";
import { useCells, usePublished } from "../api/use-data.ts";
import type { Generation } from "../api/use-data.ts";
import { pathOf } from "../../shared/domain/published/cluster-tree.ts";
import type { Node } from "../../shared/domain/published/cluster-tree.ts";
import { familyColour } from "../model/colour.ts";
import { weeksOf } from "../model/measure.ts";
import { count } from "../model/numbers.ts";
import { bandWords } from "../model/users.ts";
import { useTheme } from "../shell/theme.ts";
import { Button, buttonStyle } from "../ui/button.tsx";
import { Copy } from "../ui/copy.tsx";
import { Icon } from "../ui/icon.tsx";
import { Share } from "../ui/share.tsx";
import { Failure, Skeleton } from "../ui/states.tsx";
import { NodeName, REASON_WORDS } from "../ui/withheld.tsx";
import { groupPath, parseRunPath } from "../url/paths.ts";
import type { RunPage } from "../url/paths.ts";
import { useView } from "../url/use-view.ts";
import { Breakdown } from "./breakdown.tsx";
import { CrosstabTable } from "./crosstab-table.tsx";
import { NodeLink } from "./node-link.tsx";
import { Series } from "./series.tsx";

function Path({ node }: { readonly node: Node }) {
  const above = pathOf(node).slice(0, -1);
  if (above.length === 0) return null;
  return (
    <nav aria-label="Groups above" className="text-[0.87rem]">
      <ol className="flex flex-wrap items-center gap-x-1">
        {above.map((each) => (
          <li key={each.cluster.id} className="flex min-w-0 items-center gap-1">
            <NodeLink node={each} />
            <Icon name="right" className="size-3! text-faint" />
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Nodes shown of a list; the tree has the rest. */
const LISTED = 8;

function NodeList({
  title,
  nodes,
  n,
}: {
  readonly title: string;
  readonly nodes: readonly Node[];
  readonly n: number;
}) {
  if (nodes.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="mb-1">{title}</h3>
      <ul className="space-y-1">
        {nodes.slice(0, LISTED).map((node) => (
          <li key={node.cluster.id} className="flex items-baseline justify-between gap-3">
            <NodeLink node={node} />
            <span className="text-[0.85rem] whitespace-nowrap text-faint tabular-nums">
              {count(node.cluster.conversations)} · {((node.cluster.conversations / n) * 100).toFixed(0)} %
            </span>
          </li>
        ))}
      </ul>
      {nodes.length > LISTED && (
        <p className="mt-1 text-[0.85rem] text-faint">and {nodes.length - LISTED} more</p>
      )}
    </section>
  );
}

function Actions({ runId, node }: { readonly runId: string; readonly node: Node }) {
  const [path] = useLocation();
  const search = useSearch();
  const { change } = useView();
  const here = parseRunPath(path)?.page;
  const to = (page: RunPage): string => groupPath(runId, page, node.cluster.id, search);
  return (
    <div className="flex flex-wrap gap-1.5">
      {here !== "map" && (
        <Link href={to("map")} className={buttonStyle("plain", true)}>
          <Icon name="map" /> On the map
        </Link>
      )}
      {here !== "hierarchy" && (
        <Link href={to("hierarchy")} className={buttonStyle("plain", true)}>
          <Icon name="hierarchy" /> In the hierarchy
        </Link>
      )}
      {node.children.length > 0 && (
        <Button
          small
          onClick={() => change(({ filter }) => ({ filter: { ...filter, within: node.cluster.id } }))}
        >
          <Icon name="filter" /> Only inside this
        </Button>
      )}
      <Copy text={`${location.origin}${to("hierarchy")}`} label="Copy a link to this group" />
    </div>
  );
}

/** Everything that is published about one group. */
export function Inspector({
  runId,
  generation,
  node,
  onClose,
}: {
  readonly runId: string;
  readonly generation: Generation;
  readonly node: Node;
  readonly onClose?: () => void;
}) {
  const theme = useTheme();
  const { cluster, parent } = node;
  const breakdowns = usePublished("breakdowns", generation);
  const crosstabs = usePublished("crosstabs", generation);
  const cells = useCells(breakdowns.data);
  const own = cells.get(cluster.id);
  const above = parent === null ? undefined : cells.get(parent.cluster.id);
  const tables = useMemo(
    () => crosstabs.data?.clusters.find(({ cluster_id: id }) => id === cluster.id)?.tables ?? [],
    [crosstabs.data, cluster.id],
  );
  const { index, tree } = generation;
  const dimensions = Object.keys(own ?? {}).filter((name) => name !== "week") as BreakdownDimension[];
  const hiddenWeeks = (own?.week ?? [])
    .filter(({ value }) => value === OTHER_VALUES || value === NO_VALUE)
    .reduce((sum, { conversations }) => sum + conversations, 0);
  const siblings = (parent?.children ?? tree.roots).filter((each) => each !== node);
  return (
    <aside
      aria-label="The selected group"
      className="min-w-0 space-y-4 rounded-lg border border-line bg-panel p-4 shadow-panel"
    >
      <div>
        <div className="flex items-start justify-between gap-2">
          <Path node={node} />
          {onClose !== undefined && (
            <Button kind="quiet" small aria-label="Close" className="ml-auto" onClick={onClose}>
              <Icon name="close" />
            </Button>
          )}
        </div>
        <h2 className="mt-1 flex items-start gap-2 text-[1.1rem]">
          <span
            aria-hidden="true"
            className="mt-1.5 size-3 shrink-0 rounded-full"
            style={{ background: familyColour(node, theme) }}
          />
          <NodeName node={node} lines={4} />
        </h2>
        {cluster.name_withheld.length > 0 && (
          <p className="mt-1 text-[0.87rem] text-soft">
            {cluster.name_withheld.map((reason) => REASON_WORDS[reason]).join(" ")} Its numbers are complete.
          </p>
        )}
        {cluster.description !== null && (
          <p className="foreign mt-2 max-h-48 overflow-y-auto text-soft">{cluster.description}</p>
        )}
      </div>
      <dl className="space-y-1 text-[0.93rem]">
        <div>
          <dt className="inline text-faint">Of everything: </dt>
          <dd className="inline">
            <Share part={cluster.conversations} n={tree.conversations} />
          </dd>
        </div>
        {parent !== null && (
          <div>
            <dt className="inline text-faint">Of its parent: </dt>
            <dd className="inline">
              <Share part={cluster.conversations} n={parent.cluster.conversations} />
            </dd>
          </div>
        )}
        <div>
          <dt className="inline text-faint">Asked by: </dt>
          <dd className="inline">{bandWords(cluster.users, index.minimums.min_users)}</dd>
        </div>
      </dl>
      <Actions runId={runId} node={node} />
      {breakdowns.isError ? (
        <Failure error={breakdowns.error} retry={() => void breakdowns.refetch()} />
      ) : own === undefined ? (
        <Skeleton lines={6} label="Loading the numbers" />
      ) : (
        <>
          <section aria-label="By week">
            <h3 className="mb-1">By week</h3>
            <Series weeks={weeksOf(own)} hidden={hiddenWeeks} />
          </section>
          {dimensions.map((dimension) => (
            <Breakdown
              key={dimension}
              dimension={dimension}
              cells={own[dimension] ?? []}
              n={cluster.conversations}
              reference={above?.[dimension]}
            />
          ))}
        </>
      )}
      {tables
        .filter(({ cells: some, columns }) => some.length > 1 && columns !== "week")
        .map((table) => (
          <CrosstabTable key={`${table.rows} ${table.columns}`} table={table} />
        ))}
      <NodeList title="Groups in it" nodes={node.children} n={cluster.conversations} />
      <NodeList
        title={parent === null ? "Other groups at the top" : "Beside it"}
        nodes={siblings}
        n={parent?.cluster.conversations ?? tree.conversations}
      />
    </aside>
  );
}
