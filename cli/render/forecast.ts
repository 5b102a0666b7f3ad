import type { PhaseName } from "../../shared/contracts/run.ts";
import type { Cost, CostForecast } from "../../shared/domain/estimate/billed.ts";
import type { Output } from "../io.ts";
import { dollars, spread, tokens } from "./money.ts";
import { table } from "./table.ts";
import { count, duration } from "./text.ts";

/** What a phase asks for, in the plural. */
const ASKED: Partial<Record<PhaseName, string>> = {
  facets: "facets",
  embed: "vectors",
  label: "names",
  hierarchy: "hierarchy",
  privacy: "audits",
  evaluate: "evaluation",
};

/** Below this a time is not told more closely. */
export const SOME_SECONDS = 15;

/** A time that nobody takes for a promise. */
export function roughly(seconds: number): string {
  if (seconds < SOME_SECONDS) return "some seconds";
  const step = seconds < 120 ? 10 : 60;
  return `about ${duration(Math.ceil(seconds / step) * step)}`;
}

/** What is left out of a sum for want of a price. */
export function unpricedWords({ unpriced }: Cost): string {
  return unpriced === 0 ? "" : ` (without ${tokens(unpriced)} tokens whose price is not known)`;
}

/** Lines of the preflight: what is asked, and what it costs. @param limitUsd of --max-cost-usd. */
export function forecastRows({ phases, total }: CostForecast, limitUsd: number | null): [string, string][] {
  if (phases.length === 0) return [["Calls", "none"]];
  const parts = phases.map(({ phase, calls }) => `${ASKED[phase] ?? phase} ${count(calls.mid)}`);
  const limit = limitUsd === null ? "" : `; the run stops before ${dollars(limitUsd)}`;
  return [
    ["Calls", `about ${count(total.calls.mid)} (${parts.join(", ")})`],
    ["Tokens", `about ${tokens(total.input.mid)} in, ${tokens(total.output.mid)} out`],
    [
      "Cost",
      total.usd.high === 0 && total.unpriced > 0
        ? "not known: say the price with --price-input and --price-output"
        : `${spread(total.usd, dollars)}, most likely ${dollars(total.usd.mid)}${unpricedWords(total)}${limit}`,
    ],
    ["Time", roughly(total.seconds.mid)],
  ];
}

const cells = (title: string, { calls, input, output, usd, unpriced, seconds }: Cost): string[] => [
  title,
  spread(calls, count),
  spread(input, tokens),
  spread(output, tokens),
  unpriced > 0 && usd.high === 0 ? "?" : `${spread(usd, dollars)}${unpriced > 0 ? " + ?" : ""}`,
  roughly(seconds.mid),
];

/** The forecast by phase, from the low end to the high one. */
export function forecastTable({ phases, total }: CostForecast, output: Output): string {
  const columns = ["Phase", "Calls", "Tokens in", "Tokens out", "US dollars", "Time"].map((title, i) =>
    i === 0 ? { title } : { title, align: "right" as const },
  );
  const rows = phases.map((cost) => cells(ASKED[cost.phase] ?? cost.phase, cost));
  return table(columns, [...rows, cells("in all", total)], output);
}
