import { Link } from "wouter";
import type { RunSummary } from "../../../shared/contracts/api.ts";
import { bytes, count, utc } from "../../model/numbers.ts";
import { StatusBadge } from "../../ui/status.tsx";

/** A run where there is no room for a table. */
export function RunCard({ run, href }: { readonly run: RunSummary; readonly href: string }) {
  const { counts, dataset } = run;
  return (
    <li className="rounded-lg border border-line bg-panel p-3 shadow-panel">
      <div className="flex items-start justify-between gap-2">
        <Link href={href} className="min-h-6 min-w-0 font-semibold break-all text-accent-strong">
          {run.run_id}
        </Link>
        <StatusBadge status={run.status} />
      </div>
      <p className="foreign line-clamp-2 text-[0.87rem] text-faint">
        {dataset === null ? "input not read yet" : `${dataset.name} · ${bytes(dataset.bytes)}`}
      </p>
      <p className="text-[0.87rem] text-soft tabular-nums">
        {counts.read === null ? "" : `${count(counts.read)} conversations · `}
        {counts.published_clusters === null ? "" : `${count(counts.published_clusters)} groups shown · `}
        {utc(run.created_at)}
      </p>
      {run.failure !== null && (
        <p className="foreign line-clamp-3 text-[0.87rem] text-bad">{run.failure.message}</p>
      )}
    </li>
  );
}
