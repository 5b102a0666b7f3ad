import type { Estimate } from "../../../shared/contracts/api.ts";
import { phaseRow } from "../../../shared/pipeline.ts";
import { count, dollars, duration, shortCount } from "../../model/numbers.ts";
import { Scrolled } from "../../ui/scrolled.tsx";

const around = (
  { low, high }: { readonly low: number; readonly high: number },
  words: (n: number) => string,
): string => (words(low) === words(high) ? words(low) : `${words(low)} to ${words(high)}`);

/** What a run would take. */
export function EstimateTable({ estimate }: { readonly estimate: Estimate }) {
  const { conversations, billed, calls, seconds, total, by_phase: phases } = estimate;
  return (
    <div className="space-y-2">
      <dl className="flex flex-wrap gap-x-8 gap-y-1">
        <div>
          <dt className="text-[0.85rem] text-faint">Conversations</dt>
          <dd className="text-[1.1rem] font-semibold tabular-nums">
            {conversations.exact ? "" : "about "}
            {count(conversations.count)}
          </dd>
        </div>
        <div>
          <dt className="text-[0.85rem] text-faint">Questions</dt>
          <dd className="text-[1.1rem] font-semibold tabular-nums">about {shortCount(Math.round(calls))}</dd>
        </div>
        <div>
          <dt className="text-[0.85rem] text-faint">Time</dt>
          <dd className="text-[1.1rem] font-semibold tabular-nums">{around(seconds, duration)}</dd>
        </div>
        <div>
          <dt className="text-[0.85rem] text-faint">Cost</dt>
          <dd className="text-[1.1rem] font-semibold tabular-nums">
            {!billed || total === null ? "nothing: answered on this machine" : around(total.usd, dollars)}
          </dd>
        </div>
      </dl>
      {total !== null && total.unpriced_tokens > 0 && (
        <p className="text-warn">
          Of {shortCount(total.unpriced_tokens)} tokens no price is known: give it under Settings, Model.
        </p>
      )}
      {phases.length > 0 && (
        <Scrolled label="By phase">
          <table className="w-full min-w-[32rem] text-[0.93rem]">
            <caption className="sr-only">By phase</caption>
            <thead>
              <tr className="text-left text-[0.85rem] text-faint">
                {["Phase", "Questions", "Tokens in", "Tokens out", "Cost"].map((head, i) => (
                  <th key={head} scope="col" className={`py-1 pr-4 font-medium ${i > 0 ? "text-right" : ""}`}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {phases.map((phase) => (
                <tr key={phase.phase} className="border-t border-line tabular-nums">
                  <th scope="row" className="py-1 pr-4 text-left font-normal">
                    {phaseRow(phase.phase).title}
                  </th>
                  <td className="py-1 pr-4 text-right">{shortCount(Math.round(phase.calls.mid))}</td>
                  <td className="py-1 pr-4 text-right">{shortCount(Math.round(phase.input_tokens.mid))}</td>
                  <td className="py-1 pr-4 text-right">{shortCount(Math.round(phase.output_tokens.mid))}</td>
                  <td className="py-1 pr-4 text-right">{around(phase.usd, dollars)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      )}
    </div>
  );
}
