import { Suspense, lazy, useState } from "react";
import { Link, useLocation } from "wouter";
import type { RunSummary } from "../../../shared/contracts/api.ts";
import { pipeline } from "../../../shared/pipeline.ts";
import { useCapabilities, useRuns } from "../../api/use-data.ts";
import { bytes, count, duration, utc } from "../../model/numbers.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button, buttonStyle } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PageHead } from "../../ui/panel.tsx";
import { Scrolled } from "../../ui/scrolled.tsx";
import { Command, Empty, Failure, Skeleton } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status.tsx";
import { INGEST_PATH, runPath } from "../../url/paths.ts";
import { RunCard } from "./run-card.tsx";

const DeleteRun = lazy(async () => ({ default: (await import("./delete-run.tsx")).DeleteRun }));

const PHASE_COLOURS = {
  pending: "bg-line",
  running: "bg-accent animate-pulse",
  done: "bg-good",
  reused: "bg-good/55",
  failed: "bg-bad",
} as const;

/** One small cell per phase that the run has, in the order of the table. */
function PhaseStrip({ run }: { readonly run: RunSummary }) {
  const rows = pipeline.filter(({ name }) => run.phases.includes(name));
  const words = rows.map(({ name, title }) => `${title}: ${run.phase_states[name]?.status ?? "pending"}`);
  return (
    <span role="img" aria-label={words.join("; ")} title={words.join("\n")} className="inline-flex gap-0.5">
      {rows.map(({ name }) => (
        <span
          key={name}
          className={`h-3.5 w-2 rounded-[2px] ${PHASE_COLOURS[run.phase_states[name]?.status ?? "pending"]}`}
        />
      ))}
    </span>
  );
}

function secondsOf({ created_at: from, finished_at: to, updated_at: last }: RunSummary): number {
  return (Date.parse(to ?? last) - Date.parse(from)) / 1000;
}

/** Where a run is worth opening: at its results if it has any, else at how it goes. */
const landing = ({ counts, status }: RunSummary): "overview" | "progress" =>
  counts.published_clusters !== null && status !== "running" ? "overview" : "progress";

function RunRow({ run, onDelete }: { readonly run: RunSummary; readonly onDelete: (() => void) | null }) {
  const { counts } = run;
  return (
    <tr className="border-t border-line align-top hover:bg-sunken/60">
      <th scope="row" className="py-2.5 pr-4 text-left font-normal">
        <Link
          href={runPath(run.run_id, landing(run))}
          className="font-semibold text-accent-strong underline-offset-2 hover:underline"
        >
          {run.run_id}
        </Link>
        <div className="foreign text-[0.85rem] text-faint">
          {run.dataset === null ? "input not read yet" : `${run.dataset.name} · ${bytes(run.dataset.bytes)}`}
        </div>
      </th>
      <td className="py-2.5 pr-4">
        <StatusBadge status={run.status} />
        {run.failure !== null && (
          <div className="mt-1 max-w-72 text-[0.85rem] text-soft">{run.failure.message}</div>
        )}
        {run.warnings > 0 && run.status !== "done_with_warnings" && (
          <div className="mt-1">
            <Badge tone="warn" icon="warn">
              {run.warnings} {run.warnings === 1 ? "warning" : "warnings"}
            </Badge>
          </div>
        )}
      </td>
      <td className="py-2.5 pr-4 text-right tabular-nums">
        {counts.read === null ? "–" : count(counts.read)}
      </td>
      <td className="py-2.5 pr-4 text-right tabular-nums">
        {counts.published_clusters === null ? "–" : count(counts.published_clusters)}
        {(counts.withheld_names ?? 0) > 0 && (
          <div className="text-[0.85rem] text-faint">{counts.withheld_names} without a name</div>
        )}
      </td>
      <td className="py-2.5 pr-4">
        <PhaseStrip run={run} />
      </td>
      <td className="py-2.5 pr-4 whitespace-nowrap">
        <time dateTime={run.created_at} title={new Date(run.created_at).toLocaleString()}>
          {utc(run.created_at)}
        </time>
        <div className="text-[0.85rem] text-faint">{duration(secondsOf(run))}</div>
      </td>
      <td className="py-2.5 pr-4">
        <span className="foreign">{run.offline ? "offline" : run.model.model}</span>
      </td>
      <td className="py-1.5 text-right">
        {onDelete !== null && (
          <Button kind="quiet" small aria-label={`Delete ${run.run_id}`} title="Delete" onClick={onDelete}>
            <Icon name="trash" />
          </Button>
        )}
      </td>
    </tr>
  );
}

function QuickStart({ launch, sample }: { readonly launch: boolean; readonly sample: boolean }) {
  return (
    <Empty icon="runs" title="No run yet">
      {launch ? (
        <>
          <p>
            Drop a file of conversations, one JSON object a line. It is checked before anything is sent, and
            you see what it will take before it starts.
            {sample && " Or try the sample corpus, which needs no file."}
          </p>
          <p>
            <Link href={INGEST_PATH} className={buttonStyle("primary")}>
              <Icon name="add" /> New run
            </Link>
          </p>
        </>
      ) : (
        <p>Runs begin on the command line, or when a file is dropped into the bucket.</p>
      )}
      <p>On the command line:</p>
      <Command>clio run --with-hierarchy --with-privacy</Command>
    </Empty>
  );
}

const HEADS = ["Run", "Status", "Conversations", "Groups shown", "Phases", "Started", "Model"];
const RIGHT = new Set(["Conversations", "Groups shown"]);

export function RunsPage() {
  const runs = useRuns();
  const { data: capabilities } = useCapabilities();
  const [, navigate] = useLocation();
  const [withParts, setWithParts] = useState(false);
  const [deleting, setDeleting] = useState<string | null>(null);
  const all = runs.data?.pages.flatMap(({ runs: page }) => page) ?? [];
  const parts = all.filter(({ parent_run_id: parent }) => parent !== null).length;
  const shown = withParts ? all : all.filter(({ parent_run_id: parent }) => parent === null);
  return (
    <>
      <PageHead
        title="Runs"
        note="Each run reads one file of conversations and groups them by what people asked for."
        actions={
          capabilities?.launch === true && all.length > 0 ? (
            <Button kind="primary" onClick={() => navigate(INGEST_PATH)}>
              <Icon name="add" /> New run
            </Button>
          ) : undefined
        }
      />
      {runs.isError && runs.data === undefined ? (
        <Failure error={runs.error} retry={() => void runs.refetch()} />
      ) : runs.data === undefined ? (
        <Skeleton lines={6} label="Loading the runs" />
      ) : all.length === 0 ? (
        <QuickStart launch={capabilities?.launch ?? false} sample={capabilities?.sample_input ?? false} />
      ) : (
        <>
          {parts > 0 && (
            <label className="mb-3 inline-flex items-center gap-2 text-soft">
              <input
                type="checkbox"
                checked={withParts}
                onChange={({ target }) => setWithParts(target.checked)}
              />
              Show the runs of evaluations ({parts})
            </label>
          )}
          <ul aria-label="Runs, newest first" className="space-y-3 sm:hidden">
            {shown.map((run) => (
              <RunCard key={run.run_id} run={run} href={runPath(run.run_id, landing(run))} />
            ))}
          </ul>
          <Scrolled
            label="Runs, newest first"
            className="max-sm:hidden rounded-lg border border-line bg-panel px-4 shadow-panel"
          >
            <table className="w-full min-w-[58rem]">
              <caption className="sr-only">Runs, newest first</caption>
              <thead>
                <tr className="text-left text-[0.85rem] text-faint">
                  {HEADS.map((head) => (
                    <th
                      key={head}
                      scope="col"
                      className={`py-2 pr-4 font-medium ${RIGHT.has(head) ? "text-right" : ""}`}
                    >
                      {head}
                    </th>
                  ))}
                  <th scope="col">
                    <span className="sr-only">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.map((run) => (
                  <RunRow
                    key={run.run_id}
                    run={run}
                    onDelete={capabilities?.remove === true ? () => setDeleting(run.run_id) : null}
                  />
                ))}
              </tbody>
            </table>
          </Scrolled>
          {runs.hasNextPage && (
            <Button
              className="mt-3"
              disabled={runs.isFetchingNextPage}
              onClick={() => void runs.fetchNextPage()}
            >
              Show older runs
            </Button>
          )}
        </>
      )}
      <Suspense fallback={null}>
        {deleting !== null && <DeleteRun runId={deleting} onDone={() => setDeleting(null)} />}
      </Suspense>
    </>
  );
}
