import { ISSUE_HELP } from "../../../shared/contracts/validation.ts";
import type { Distribution, IssueCode, ValidationReport } from "../../../shared/contracts/validation.ts";
import { download } from "../../export/download.ts";
import { bytes, count } from "../../model/numbers.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";

function Histogram({ title, distribution }: { readonly title: string; readonly distribution: Distribution }) {
  const { histogram, median_estimate: median, max } = distribution;
  const last = histogram.findLastIndex((n) => n > 0);
  const shown = histogram.slice(0, last + 1);
  const most = Math.max(1, ...shown);
  const from = (bin: number): number => (bin === 0 ? 0 : 2 ** (bin - 1));
  return (
    <figure className="min-w-0">
      <figcaption className="text-[0.87rem]">
        <b className="font-semibold">{title}</b>{" "}
        <span className="text-faint">
          {median === null ? "" : `about ${count(Math.round(median))} in the middle`}
          {max === null ? "" : `, at most ${count(max)}`}
        </span>
      </figcaption>
      <div
        role="img"
        aria-label={shown.map((n, bin) => `from ${from(bin)}: ${n}`).join(", ")}
        className="mt-1 flex h-12 items-end gap-0.5"
      >
        {shown.map((n, bin) => (
          <span
            key={from(bin)}
            title={`from ${count(from(bin))}: ${count(n)}`}
            className="min-w-1 grow rounded-t-[2px] bg-mark"
            style={{ height: `${Math.max(n > 0 ? 3 : 0, (n / most) * 100)}%` }}
          />
        ))}
      </div>
    </figure>
  );
}

/** What the check found, for people. */
export function Report({ report }: { readonly report: ValidationReport }) {
  const { counts, statistics, issues, issues_by_code: byCode } = report;
  const codes = Object.entries(byCode) as [IssueCode, { rows: number; issues: number }][];
  return (
    <div className="space-y-3">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className={`flex items-center gap-1.5 font-semibold ${report.ok ? "text-good" : "text-bad"}`}>
          <Icon name={report.ok ? "check" : "fail"} />
          {report.ok
            ? "Every line is right"
            : `${count(counts.invalid)} of ${count(counts.read)} lines are not right`}
        </span>
        <span className="text-soft tabular-nums">
          {count(counts.valid)} conversations · {bytes(report.input.bytes)}
          {statistics.users === null ? "" : ` · ${count(statistics.users)} users`}
          {statistics.first_day === null ? "" : ` · ${statistics.first_day} to ${statistics.last_day ?? ""}`}
        </span>
      </p>
      {codes.length > 0 && (
        <ul className="space-y-2">
          {codes.map(([code, found]) => (
            <li key={code} className="rounded-md border border-bad/40 bg-bad-wash px-3 py-2">
              <p className="font-semibold">
                {ISSUE_HELP[code].meaning}{" "}
                <span className="font-normal text-soft">({count(found.rows)} lines)</span>
              </p>
              <p className="text-soft">{ISSUE_HELP[code].hint}</p>
              <ul className="mt-1 font-mono text-[0.82rem] text-soft">
                {issues
                  .filter((issue) => issue.code === code)
                  .slice(0, 3)
                  .map((issue) => (
                    <li key={`${issue.line} ${issue.pointer}`} className="foreign line-clamp-1">
                      line {count(issue.line)} {issue.pointer} {issue.excerpt}
                    </li>
                  ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
      {statistics.conversations > 0 && (
        <div className="grid gap-4 sm:grid-cols-3">
          <Histogram title="Questions per conversation" distribution={statistics.turns} />
          <Histogram title="Messages" distribution={statistics.messages_per_conversation} />
          <Histogram title="Characters" distribution={statistics.characters} />
        </div>
      )}
      <Button
        small
        onClick={() =>
          download(
            "validation-report.json",
            new Blob([JSON.stringify(report, null, 2)], { type: "application/json" }),
          )
        }
      >
        <Icon name="download" /> Save the report
      </Button>
    </div>
  );
}
