import type { RunNumbers } from "../../../shared/contracts/api.ts";
import { phaseRow } from "../../../shared/pipeline.ts";
import { count, dollars, duration, shortCount } from "../../model/numbers.ts";
import { Badge } from "../../ui/badge.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Scrolled } from "../../ui/scrolled.tsx";

const CELL = "py-1 pr-4 text-right tabular-nums";
const HEADS = ["Batches", "Kept", "Seconds", "Questions", "Tokens", "Cost", "Failed items"];

/** What each phase took. */
export function Numbers({ numbers }: { readonly numbers: RunNumbers }) {
  const { metrics, warnings } = numbers;
  return (
    <>
      {metrics !== null && (
        <Panel
          title="What it took"
          note={`${duration(metrics.wall_seconds)} in all${metrics.peak_rss_mib > 0 ? `, ${count(Math.round(metrics.peak_rss_mib))} MiB of memory at most` : ""}${
            metrics.estimate === null
              ? ""
              : `; ${dollars(metrics.estimate.actual_usd)} against ${dollars(metrics.estimate.likely_usd)} foretold`
          }.`}
        >
          <Scrolled label="What each phase took">
            <table className="w-full min-w-[40rem] text-[0.9rem]">
              <caption className="sr-only">What each phase took</caption>
              <thead>
                <tr className="text-left text-[0.85rem] text-faint">
                  <th scope="col" className="py-1 pr-4 font-medium">
                    Phase
                  </th>
                  {HEADS.map((head) => (
                    <th key={head} scope="col" className="py-1 pr-4 text-right font-medium">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {metrics.phases.map((phase) => (
                  <tr key={phase.phase} className="border-t border-line">
                    <th scope="row" className="py-1 pr-4 text-left font-normal">
                      {phaseRow(phase.phase).title}
                    </th>
                    <td className={CELL}>{count(phase.batches)}</td>
                    <td className={CELL}>{count(phase.reused_batches)}</td>
                    <td className={CELL}>{phase.wall_seconds.toFixed(1)}</td>
                    <td className={CELL}>{shortCount(phase.usage.calls)}</td>
                    <td className={CELL}>
                      {shortCount(phase.usage.input_tokens + phase.usage.output_tokens)}
                    </td>
                    <td className={CELL}>{dollars(phase.usage.cost_usd)}</td>
                    <td className={`${CELL} ${phase.ledger_entries > 0 ? "font-semibold text-warn" : ""}`}>
                      {count(phase.ledger_entries)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolled>
        </Panel>
      )}
      {warnings.length > 0 && (
        <Panel title="Warnings" note="By phase and kind, with how many items each is about.">
          <ul className="max-h-72 space-y-2 overflow-y-auto">
            {warnings.map(({ phase, code, count: n, message }) => (
              <li
                key={`${phase} ${code} ${message.slice(0, 80)}`}
                className="flex flex-wrap items-start gap-x-2 text-[0.93rem]"
              >
                <Badge tone="warn" icon="warn">
                  {phaseRow(phase).title}
                </Badge>
                <span className="foreign line-clamp-3 min-w-0 grow basis-64">{message}</span>
                <span className="foreign line-clamp-1 max-w-64 font-mono text-[0.8rem] text-faint">
                  {code} · {count(n)}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
