import type { ReactNode } from "react";
import { Link } from "wouter";
import { useGeneration, useRun } from "../api/use-data.ts";
import type { Generation } from "../api/use-data.ts";
import { buttonStyle } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { PageHead } from "./panel.tsx";
import { Command, Empty, Failure, Skeleton } from "./states.tsx";
import { runPath } from "../url/paths.ts";

/** Nothing is published: why, and what to do about it. */
export function NothingPublished({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  if (run.isError && run.data === undefined)
    return <Failure error={run.error} retry={() => void run.refetch()} />;
  const running = run.data?.status === "running" || run.data?.status === "pending";
  return (
    <Empty
      icon={running ? "progress" : "privacy"}
      title={running ? "The run is under way" : "This run has published nothing"}
    >
      <p>
        {running
          ? "What it finds is shown here once the privacy phase has looked at it."
          : "Nothing is shown of a run unless its privacy phase has audited it and hidden what could point to somebody."}
      </p>
      {!running && <Command>{`clio run --run-id ${runId} --resume --with-hierarchy --with-privacy`}</Command>}
      <p>
        <Link href={runPath(runId, "progress")} className={buttonStyle("plain")}>
          <Icon name="progress" /> How it goes
        </Link>
      </p>
    </Empty>
  );
}

/** A page over what a run published, in each of its states. */
export function PublishedPage({
  runId,
  title,
  note,
  actions,
  children,
}: {
  readonly runId: string;
  readonly title: string;
  readonly note?: (generation: Generation) => ReactNode;
  readonly actions?: (generation: Generation) => ReactNode;
  readonly children: (generation: Generation) => ReactNode;
}) {
  const query = useGeneration(runId);
  const { data } = query;
  const full = data !== undefined && data !== null && data.tree.all.length > 0;
  return (
    <>
      <PageHead
        title={title}
        note={full ? note?.(data) : undefined}
        actions={full ? actions?.(data) : undefined}
      />
      {query.isError && data === undefined ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : data === undefined ? (
        <Skeleton lines={10} label="Loading what was published" />
      ) : data === null ? (
        <NothingPublished runId={runId} />
      ) : full ? (
        children(data)
      ) : (
        <Empty icon="lock" title="No group is large enough to be shown">
          <p>
            A group is shown when at least {data.index.minimums.min_users} people and{" "}
            {data.index.minimums.min_conversations} conversations stand behind it. Of {data.index.totals.read}{" "}
            conversations none is in such a group. With more conversations, or lower minimums, there will be
            some.
          </p>
        </Empty>
      )}
    </>
  );
}
