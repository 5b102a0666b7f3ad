import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState } from "react";
import { Link } from "wouter";
import type { ConversationRow } from "../../../shared/contracts/api.ts";
import { pathOf, shownName } from "../../../shared/domain/published/cluster-tree.ts";
import type { ClusterTree } from "../../../shared/domain/published/cluster-tree.ts";
import { useCapabilities, useClient, useGeneration } from "../../api/use-data.ts";
import { count } from "../../model/numbers.ts";
import { languageName } from "../../model/words.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button, buttonStyle } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PageHead } from "../../ui/panel.tsx";
import { Command, Empty, Failure, Skeleton } from "../../ui/states.tsx";
import { runPath } from "../../url/paths.ts";
import { useView } from "../../url/use-view.ts";
import { Reveal } from "./reveal.tsx";

/** Why there is no list here, and what there is instead. */
function NotHere({ runId, where }: { readonly runId: string; readonly where: "laptop" | "aws" }) {
  return (
    <Empty icon="lock" title="Single conversations are not shown here">
      <p>
        This page shows groups that enough people stand behind, never one conversation: no text, no summary,
        no id. Nothing about single conversations is even sent to your browser.
      </p>
      <p className="flex flex-wrap justify-center gap-2">
        <Link href={runPath(runId, "hierarchy")} className={buttonStyle("primary")}>
          <Icon name="hierarchy" /> See the groups
        </Link>
        <Link href={runPath(runId, "privacy")} className={buttonStyle()}>
          <Icon name="privacy" /> How it is protected
        </Link>
      </p>
      <p>
        People who are trusted to read raw conversations can, one at a time, with a reason that is recorded:
      </p>
      <Command>
        {where === "laptop"
          ? "clio viz --allow-raw-messages"
          : "npx cdk deploy --all -c stage=… -c allowRawMessages=true"}
      </Command>
      {where === "aws" && <p>and people who are in the group clio-trusted of the user pool.</p>}
    </Empty>
  );
}

const ROW_HEIGHT = 68;

const summaryOf = ({ facets }: ConversationRow): string =>
  facets?.summary ?? facets?.request ?? facets?.task ?? "nothing notable";

function groupWords(row: ConversationRow, tree: ClusterTree | null): string {
  const node = tree?.byId.get(row.cluster?.cluster_id ?? "");
  return node === undefined
    ? "in no group that is shown"
    : pathOf(node)
        .map((each) => shownName(each).slice(0, 60))
        .join(" › ");
}

function Details({
  runId,
  row,
  tree,
  onStep,
  onDone,
}: {
  readonly runId: string;
  readonly row: ConversationRow;
  readonly tree: ClusterTree | null;
  readonly onStep: (by: 1 | -1) => void;
  readonly onDone: () => void;
}) {
  const { facets, cluster } = row;
  const facts: readonly (readonly [string, string])[] = [
    ["Group", groupWords(row, tree)],
    ["Wants", facets?.request ?? "–"],
    ["Task", facets?.task ?? "–"],
    ["Subject", facets?.topic ?? "–"],
    ["Language", facets === undefined ? "–" : languageName(facets.language)],
    [
      "Concern",
      facets === undefined
        ? "–"
        : `${facets.concern.score} of 5${facets.concern.reason === null ? "" : `: ${facets.concern.reason}`}`,
    ],
    ["Frustration", facets === undefined ? "–" : `${facets.frustration} of 5`],
    [
      "Errors of the assistant",
      facets === undefined || facets.assistant_errors.length === 0
        ? "none noted"
        : facets.assistant_errors.join("; "),
    ],
    [
      "Distance to its group",
      cluster?.distance === null || cluster === undefined ? "–" : cluster.distance.toFixed(3),
    ],
    ["Messages", count(row.messages)],
  ];
  return (
    <Dialog open onOpenChange={(open) => !open && onDone()} title={`Conversation ${row.row}`} wide>
      <p className="foreign mb-3 text-[1.02rem]">{summaryOf(row)}</p>
      <dl className="mb-4 text-[0.93rem]">
        {facts.map(([term, words]) => (
          <div key={term} className="flex gap-3 border-t border-line py-1">
            <dt className="w-36 shrink-0 text-faint">{term}</dt>
            <dd dir="auto" className="foreign line-clamp-4 min-w-0">
              {words}
            </dd>
          </div>
        ))}
        <div className="flex gap-3 border-t border-line py-1">
          <dt className="w-36 shrink-0 text-faint">Id</dt>
          <dd className="foreign line-clamp-2 min-w-0 font-mono text-[0.87rem]">{row.conversation_id}</dd>
        </div>
      </dl>
      <Reveal key={row.row} runId={runId} row={row.row} />
      <div className="mt-4 flex justify-between">
        <Button small onClick={() => onStep(-1)}>
          Previous
        </Button>
        <Button small onClick={() => onStep(1)}>
          Next
        </Button>
      </div>
    </Dialog>
  );
}

function List({ runId }: { readonly runId: string }) {
  const client = useClient();
  const { view, change } = useView();
  const { data: generation } = useGeneration(runId);
  const tree = generation?.tree ?? null;
  const cluster = view.selection?.kind === "cluster" ? view.selection.id : (view.filter.within ?? undefined);
  const [open, setOpen] = useState<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const query = useInfiniteQuery({
    queryKey: ["run", runId, "conversations", cluster ?? ""],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        "conversations",
        {
          params: { runId },
          query: { after: pageParam, limit: 100, ...(cluster === undefined ? {} : { cluster }) },
        },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
  });
  const rows = query.data?.pages.flatMap(({ rows: page }) => page) ?? [];
  const virtual = useVirtualizer({
    count: rows.length + (query.hasNextPage ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  if (query.hasNextPage && !query.isFetchingNextPage && last >= rows.length - 1 && rows.length > 0)
    queueMicrotask(() => void query.fetchNextPage());

  if (query.isError && query.data === undefined)
    return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton lines={10} label="Loading the conversations" />;
  const shown = open === null ? undefined : rows[open];
  return (
    <>
      <p className="mb-2 flex flex-wrap items-center gap-2 text-soft">
        <Badge tone="warn" icon="lock">
          Trusted
        </Badge>
        {cluster === undefined ? "All conversations of the run." : "Conversations of the selected group."}{" "}
        What was noted of each is listed; messages are shown one at a time.
        {cluster !== undefined && (
          <Button
            small
            onClick={() => change(({ filter }) => ({ selection: null, filter: { ...filter, within: null } }))}
          >
            Show all
          </Button>
        )}
      </p>
      {rows.length === 0 ? (
        <Empty title="No conversation here">This group has none, or the run has not come so far.</Empty>
      ) : (
        <div
          ref={scroller}
          tabIndex={0}
          role="region"
          aria-label="Conversations"
          className="h-[min(70dvh,46rem)] overflow-auto rounded-lg border border-line bg-panel shadow-panel"
        >
          <ul style={{ height: virtual.getTotalSize(), position: "relative" }}>
            {items.map(({ index, start, key }) => {
              const row = rows[index];
              return (
                <li
                  key={key}
                  className="absolute inset-x-0 border-b border-line px-4 py-2"
                  style={{ height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
                >
                  {row === undefined ? (
                    <span className="text-faint">Loading more…</span>
                  ) : (
                    <button
                      type="button"
                      onClick={() => setOpen(index)}
                      className="block size-full text-left"
                    >
                      <span dir="auto" className="foreign line-clamp-1">
                        {summaryOf(row)}
                      </span>
                      <span className="foreign line-clamp-1 text-[0.85rem] text-faint">
                        {row.facets === undefined
                          ? ""
                          : `${languageName(row.facets.language)} · concern ${row.facets.concern.score} · `}
                        {count(row.messages)} messages · {groupWords(row, tree)}
                      </span>
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
      {shown !== undefined && open !== null && (
        <Details
          runId={runId}
          row={shown}
          tree={tree}
          onStep={(by) => setOpen(Math.min(rows.length - 1, Math.max(0, open + by)))}
          onDone={() => setOpen(null)}
        />
      )}
    </>
  );
}

export function ConversationsPage({ runId }: { readonly runId: string }) {
  const capabilities = useCapabilities();
  return (
    <>
      <PageHead title="Conversations" />
      {capabilities.isError && capabilities.data === undefined ? (
        <Failure error={capabilities.error} retry={() => void capabilities.refetch()} />
      ) : capabilities.data === undefined ? (
        <Skeleton lines={10} />
      ) : capabilities.data.tier === "trusted" ? (
        <List runId={runId} />
      ) : (
        <NotHere runId={runId} where={capabilities.data.where} />
      )}
    </>
  );
}
