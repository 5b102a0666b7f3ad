import { Link, useSearch } from "wouter";
import { shownName } from "../../../shared/domain/published/cluster-tree.ts";
import { useCells, usePublished, useRun, useRunNumbers } from "../../api/use-data.ts";
import type { Generation } from "../../api/use-data.ts";
import { ExportButton } from "../../export/export-menu.tsx";
import { FilterButton } from "../../filter/filter-button.tsx";
import { useCounts, useDimensions } from "../../filter/use-counts.ts";
import { Breakdown } from "../../inspector/breakdown.tsx";
import { Series } from "../../inspector/series.tsx";
import { count } from "../../model/numbers.ts";
import { weeksOf } from "../../model/measure.ts";
import { useColours } from "../../model/use-colours.ts";
import { Badge } from "../../ui/badge.tsx";
import { Icon } from "../../ui/icon.tsx";
import { MeasureSelect } from "../../ui/measure-select.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Scrolled } from "../../ui/scrolled.tsx";
import { PublishedPage } from "../../ui/published-page.tsx";
import { BareShare, Share, ShareBar } from "../../ui/share.tsx";
import { Failure, Skeleton } from "../../ui/states.tsx";
import { NodeName } from "../../ui/withheld.tsx";
import { groupPath, runPath, sharedSearch } from "../../url/paths.ts";
import { useView } from "../../url/use-view.ts";
import { findingsOf } from "./findings.ts";
import type { Finding } from "./findings.ts";
import { RunFacts } from "./run-facts.tsx";
import { Treemap } from "./treemap.tsx";

function evidencePath(runId: string, { evidence }: Finding): string {
  switch (evidence.kind) {
    case "group":
      return groupPath(runId, "hierarchy", evidence.node.cluster.id);
    case "measure":
      return runPath(runId, "map", `color=${evidence.color}`);
    case "privacy":
      return runPath(runId, "privacy");
  }
}

function Findings({ runId, findings }: { readonly runId: string; readonly findings: readonly Finding[] }) {
  return (
    <ol className="divide-y divide-line">
      {findings.map((finding) => (
        <li
          key={finding.key}
          className="grid gap-x-5 gap-y-1 py-2.5 first:pt-0 last:pb-0 sm:grid-cols-[minmax(0,1fr)_17.5rem]"
        >
          <div>
            <Link
              href={evidencePath(runId, finding)}
              className="foreign font-medium underline-offset-2 hover:underline"
            >
              {finding.words}
            </Link>
            {finding.caution !== null && (
              <p className="flex items-center gap-1 text-[0.85rem] text-warn">
                <Icon name="warn" className="size-3.5!" />
                {finding.caution}
              </p>
            )}
          </div>
          <div>
            <ShareBar part={finding.part} n={finding.n} />
            <span className="text-[0.87rem]">
              {finding.atLeast && "at least "}
              <Share part={finding.part} n={finding.n} />
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
}

function Overview({ runId, generation }: { readonly runId: string; readonly generation: Generation }) {
  const { view } = useView();
  const search = useSearch();
  const run = useRun(runId);
  const numbers = useRunNumbers(runId);
  const breakdowns = usePublished("breakdowns", generation);
  const cells = useCells(breakdowns.data);
  const counts = useCounts(generation, view);
  const colours = useColours(generation, view.measure);
  const { sums } = useDimensions(generation);
  const { tree, index } = generation;
  const shared = sharedSearch(search);
  const toGroup = (id: string): string => groupPath(runId, "hierarchy", id, search);
  const weeks = weeksOf({ week: sums.get("week") });
  const shownWeeks = weeks.reduce((sum, { conversations }) => sum + conversations, 0);
  const warnings = numbers.data?.warnings ?? [];

  return (
    <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
      <div className="min-w-0 space-y-4">
        <Panel title="What stands out">
          {breakdowns.isError ? (
            <Failure error={breakdowns.error} retry={() => void breakdowns.refetch()} />
          ) : breakdowns.data === undefined ? (
            <Skeleton lines={8} />
          ) : (
            <Findings runId={runId} findings={findingsOf(generation, cells)} />
          )}
        </Panel>
        <Panel
          title="Groups by size"
          note={
            counts.narrowed
              ? `At least ${count(counts.total.least)} conversations fit the filter.`
              : "Areas are conversations; colours are families of groups. Choose one to look inside."
          }
          actions={<MeasureSelect generation={generation} />}
        >
          <Treemap
            tree={tree}
            counts={counts}
            colourOf={colours.of}
            pathOf={(node) => toGroup(node.cluster.id)}
          />
        </Panel>
        <Panel
          title="The groups at the top"
          actions={
            <Link href={runPath(runId, "hierarchy", shared)} className="text-accent-strong underline">
              All groups
            </Link>
          }
        >
          <Scrolled label="Groups at the top">
            <table className="w-full">
              <caption className="sr-only">Groups at the top</caption>
              <thead>
                <tr className="text-left text-[0.85rem] text-faint">
                  <th scope="col" className="pr-3 font-medium">
                    Group
                  </th>
                  <th scope="col" className="pr-3 text-right font-medium">
                    Conversations
                  </th>
                  <th scope="col" className="text-right font-medium">
                    Share (95 %)
                  </th>
                </tr>
              </thead>
              <tbody>
                {tree.roots.slice(0, 15).map((node) => {
                  const { least } = counts.of(node);
                  const total = counts.total.least;
                  return (
                    <tr key={node.cluster.id} className="border-t border-line">
                      <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                        <Link
                          href={toGroup(node.cluster.id)}
                          className="text-accent-strong underline-offset-2 hover:underline"
                          aria-label={shownName(node).slice(0, 200)}
                        >
                          <NodeName node={node} lines={2} />
                        </Link>
                      </th>
                      <td className="py-1.5 pr-3 text-right tabular-nums">
                        {counts.narrowed ? "≥ " : ""}
                        {count(least)}
                      </td>
                      <td className="py-1.5 text-right whitespace-nowrap tabular-nums">
                        <BareShare part={least} n={total} />
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </Scrolled>
        </Panel>
      </div>
      <div className="min-w-0 space-y-4">
        <Panel title="By week">
          <Series weeks={weeks} hidden={tree.conversations - shownWeeks} />
        </Panel>
        <Panel title="Who and how" note="Choose a value to count only those.">
          <div className="space-y-4">
            {[...sums]
              .filter(([dimension]) => dimension !== "week")
              .map(([dimension, values]) => (
                <Breakdown key={dimension} dimension={dimension} cells={values} n={tree.conversations} />
              ))}
            {breakdowns.data === undefined && !breakdowns.isError && <Skeleton lines={6} />}
          </div>
        </Panel>
        <Panel title="This run">
          <RunFacts generation={generation} run={run.data} />
        </Panel>
        {warnings.length > 0 && (
          <Panel title="Warnings">
            <ul className="space-y-2">
              {warnings.map(({ phase, code, count: n, message }) => (
                <li key={`${phase} ${code} ${message.slice(0, 80)}`} className="text-[0.93rem]">
                  <Badge tone="warn" icon="warn">
                    {phase}
                  </Badge>{" "}
                  <span className="foreign line-clamp-4">{message}</span>
                  <span className="text-faint"> ({count(n)})</span>
                </li>
              ))}
            </ul>
          </Panel>
        )}
        {index.offline && (
          <p className="text-[0.87rem] text-faint">
            Rules found what is here, not a language model: names are put together from what people wrote, and
            concern is a rough sign.
          </p>
        )}
      </div>
    </div>
  );
}

export function OverviewPage({ runId }: { readonly runId: string }) {
  return (
    <PublishedPage
      runId={runId}
      title="What people ask for"
      note={({ tree, index }) =>
        `${count(tree.conversations)} conversations in ${count(tree.leaves.length)} groups${
          index.totals.read > tree.conversations ? `, of ${count(index.totals.read)} read` : ""
        }.`
      }
      actions={(generation) => (
        <>
          <FilterButton generation={generation} />
          <ExportButton runId={runId} generation={generation} only={null} />
        </>
      )}
    >
      {(generation) => <Overview runId={runId} generation={generation} />}
    </PublishedPage>
  );
}
