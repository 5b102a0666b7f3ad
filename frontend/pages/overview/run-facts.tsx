import { Link } from "wouter";
import type { RunDetail } from "../../../shared/contracts/api.ts";
import type { Generation } from "../../api/use-data.ts";
import { bytes, count, utc } from "../../model/numbers.ts";
import { runPath } from "../../url/paths.ts";

function Fact({ term, children }: { readonly term: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex gap-3 border-t border-line py-1.5 first:border-t-0">
      <dt className="w-36 shrink-0 text-faint">{term}</dt>
      <dd className="foreign min-w-0">{children}</dd>
    </div>
  );
}

/** What this run was. */
export function RunFacts({
  generation,
  run,
}: {
  readonly generation: Generation;
  readonly run: RunDetail | undefined;
}) {
  const { index, publishedAt, runId } = generation;
  const { totals, minimums, model, embedder, offline, period } = index;
  return (
    <dl className="text-[0.93rem]">
      {run?.dataset !== null && run !== undefined && (
        <Fact term="Input">
          {run.dataset.name}, {bytes(run.dataset.bytes)}
          <div className="font-mono text-[0.82rem] text-faint">
            SHA-256 {run.dataset.sha256.slice(0, 16)}…
          </div>
        </Fact>
      )}
      <Fact term="Conversations">
        {count(totals.read)} read, {count(totals.published)} shown, {count(totals.withheld)} withheld,{" "}
        {count(totals.failed)} failed
        {run !== undefined && (run.counts.fallback_facets ?? 0) > 0
          ? `, ${count(run.counts.fallback_facets ?? 0)} with a stand-in summary`
          : ""}
      </Fact>
      {period !== null && (
        <Fact term="Period">
          {period.first_day} to {period.last_day} (weeks that can be shown)
        </Fact>
      )}
      <Fact term="Minimums">
        {minimums.min_users} people and {minimums.min_conversations} conversations behind every number
      </Fact>
      <Fact term="Read by">
        {offline
          ? "rules on this machine; no language model took part"
          : `${model.model} (${model.provider})`}
      </Fact>
      <Fact term="Compared by">
        {embedder.model} ({embedder.provider})
      </Fact>
      <Fact term="Published">
        <time dateTime={publishedAt}>{utc(publishedAt)}</time>
      </Fact>
      <Fact term="More">
        <Link href={runPath(runId, "progress")} className="text-accent-strong underline">
          how it went
        </Link>
        {" · "}
        <Link href={runPath(runId, "privacy")} className="text-accent-strong underline">
          what is hidden, and why
        </Link>
      </Fact>
    </dl>
  );
}
