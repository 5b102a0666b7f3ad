import { useEffect, useState } from "react";
import { Link } from "wouter";
import type { RunDetail } from "../../../shared/contracts/api.ts";
import { phaseRow } from "../../../shared/pipeline.ts";
import { useRun, useRunNumbers } from "../../api/use-data.ts";
import { count, dollars, duration, percent, utc } from "../../model/numbers.ts";
import { buttonStyle } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PageHead, Panel } from "../../ui/panel.tsx";
import { Command, Failure, Skeleton } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status.tsx";
import { runPath } from "../../url/paths.ts";
import { Controls } from "./controls.tsx";
import { Events } from "./events.tsx";
import { Gantt } from "./gantt.tsx";
import { LogTail } from "./log-tail.tsx";
import { Numbers } from "./numbers.tsx";
import { phaseBars, timeLeft } from "./timeline.ts";
import { useEvents } from "./use-tail.ts";

/** The time, once a second while something is under way. */
function useNow(active: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [active]);
  return now;
}

function Stat({ term, children }: { readonly term: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-[0.85rem] text-faint">{term}</dt>
      <dd className="font-semibold tabular-nums">{children}</dd>
    </div>
  );
}

function Head({ run, now }: { readonly run: RunDetail; readonly now: number }) {
  const { progress, counts } = run;
  const active = run.status === "running" || run.status === "pending";
  const abandoned = run.status === "running" && run.owner?.alive === false;
  const phase = run.phases.find((name) => run.phase_states[name]?.status === "running");
  const startedAt = phase === undefined ? null : (run.phase_states[phase]?.started_at ?? null);
  const left =
    active && !abandoned ? timeLeft(progress, startedAt === null ? null : Date.parse(startedAt), now) : null;
  const done = run.phases.filter((name) =>
    ["done", "reused"].includes(run.phase_states[name]?.status ?? ""),
  ).length;
  const share =
    (done + (progress === null || progress.batches === 0 ? 0 : progress.finished / progress.batches)) /
    run.phases.length;
  const elapsed =
    (Date.parse(run.finished_at ?? (active ? new Date(now).toISOString() : run.updated_at)) -
      Date.parse(run.created_at)) /
    1000;
  const quiet = (now - Date.parse(run.updated_at)) / 1000;
  return (
    <div className="space-y-3 rounded-lg border border-line bg-panel p-4 shadow-panel">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <p className="flex flex-wrap items-center gap-2 text-[1.05rem] font-semibold">
            <StatusBadge status={run.status} abandoned={abandoned} />
            {active && phase !== undefined && phaseRow(phase).title}
          </p>
          <p className="foreign mt-1 line-clamp-1 text-[0.9rem] text-faint">
            {run.dataset?.name ?? "input not read yet"} · started{" "}
            <time dateTime={run.created_at}>{utc(run.created_at)}</time>
            {run.attempt > 1 ? ` · attempt ${run.attempt}` : ""}
          </p>
        </div>
        <Controls run={run} />
      </div>
      {active && (
        <div>
          <progress
            value={share}
            max={1}
            aria-label="Progress of the run"
            className="h-2.5 w-full accent-(--accent)"
          />
          <p className="text-[0.87rem] text-soft tabular-nums">
            {percent(Math.min(1, share))} of the phases
            {progress !== null &&
              ` · ${count(progress.finished)} of ${count(progress.batches)} batches of round ${progress.round + 1}`}
            {left !== null && ` · this round: ${duration(left.low)} to ${duration(left.high)} left`}
          </p>
        </div>
      )}
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <Stat term="Elapsed">{duration(Math.max(0, elapsed))}</Stat>
        <Stat term="Phases">{`${done} of ${run.phases.length}`}</Stat>
        {counts.read !== null && <Stat term="Conversations">{count(counts.read)}</Stat>}
        {counts.failed !== null && counts.failed > 0 && <Stat term="Failed">{count(counts.failed)}</Stat>}
        {counts.base_clusters !== null && <Stat term="Groups">{count(counts.base_clusters)}</Stat>}
        {typeof run.config["max_cost_usd"] === "number" && (
          <Stat term="May cost">{dollars(run.config["max_cost_usd"])}</Stat>
        )}
        {active && <Stat term="Last change">{quiet < 2 ? "just now" : `${duration(quiet)} ago`}</Stat>}
      </dl>
      {abandoned && (
        <p role="alert" className="rounded-md border border-bad/50 bg-bad-wash px-3 py-2 text-[0.93rem]">
          It calls itself running, but what ran it is gone. What is finished is kept: go on with it.
        </p>
      )}
      {run.failure !== null && (
        <div role="alert" className="rounded-md border border-bad/50 bg-bad-wash px-3 py-2">
          <p className="foreign line-clamp-4 font-semibold text-bad">
            {run.failure.phase === null ? "" : `${phaseRow(run.failure.phase).title}: `}
            {run.failure.message}
          </p>
          {run.failure.hint !== null && <p className="foreign line-clamp-3 text-soft">{run.failure.hint}</p>}
          <p className="foreign line-clamp-1 font-mono text-[0.8rem] text-faint">{run.failure.code}</p>
        </div>
      )}
    </div>
  );
}

function Progress({ runId, run }: { readonly runId: string; readonly run: RunDetail }) {
  const active = run.status === "running" || run.status === "pending";
  const now = useNow(active);
  const numbers = useRunNumbers(runId);
  const { events, error } = useEvents(runId, active);
  const [hideDone, setHideDone] = useState(false);
  const { refetch } = numbers;
  useEffect(() => {
    if (!active) void refetch();
  }, [active, refetch]);
  useEffect(() => {
    document.title = `${active ? "▶ " : run.status === "done" ? "✓ " : "■ "}Progress & Logs · ${runId} · ant-clio`;
  }, [active, run.status, runId]);
  const bars = phaseBars(run, now);
  return (
    <div className="space-y-4">
      <Head run={run} now={now} />
      <p role="status" className="sr-only">
        {active ? "" : `The run has ended: ${run.status.replaceAll("_", " ")}.`}
      </p>
      {run.published !== null && (
        <p className="flex flex-wrap items-center gap-3 rounded-lg border border-good/50 bg-good-wash px-4 py-2.5">
          <Icon name="check" className="text-good" /> What it found is published.
          <Link href={runPath(runId, "overview")} className={buttonStyle("primary", true)}>
            Overview
          </Link>
          <Link href={runPath(runId, "map")} className={buttonStyle("plain", true)}>
            Map
          </Link>
          <Link href={runPath(runId, "hierarchy")} className={buttonStyle("plain", true)}>
            Hierarchy
          </Link>
        </p>
      )}
      {!active &&
        run.published === null &&
        (run.status === "done" || run.status === "done_with_warnings") && (
          <div className="space-y-2">
            <p className="text-soft">Nothing is shown of it yet: that takes the privacy phase.</p>
            <Command>{`clio run --run-id ${runId} --resume --with-hierarchy --with-privacy`}</Command>
          </div>
        )}
      <Panel
        title="Phases"
        actions={
          <label className="flex items-center gap-1.5 text-[0.87rem] text-soft">
            <input
              type="checkbox"
              checked={hideDone}
              onChange={({ target }) => setHideDone(target.checked)}
            />
            Hide what is done
          </label>
        }
      >
        <Gantt bars={bars} progress={run.progress} hideDone={hideDone} />
      </Panel>
      <Events events={events} error={error} />
      <LogTail runId={runId} active={active} />
      {numbers.data !== undefined && <Numbers numbers={numbers.data} />}
    </div>
  );
}

export function ProgressPage({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  return (
    <>
      <PageHead title="Progress & Logs" />
      {run.isError && run.data === undefined ? (
        <Failure error={run.error} retry={() => void run.refetch()} />
      ) : run.data === undefined ? (
        <Skeleton lines={12} label="Loading the run" />
      ) : (
        <Progress runId={runId} run={run.data} />
      )}
    </>
  );
}
