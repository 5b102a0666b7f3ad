import type { RunConfig } from "../../config.ts";
import type { Estimate } from "../../contracts/api.ts";
import type { PhaseName } from "../../contracts/run.ts";
import type { Cost, CostForecast } from "../../domain/estimate/billed.ts";
import { UsageError } from "../../errors.ts";
import type { InputSource } from "../../ports/input-source.ts";
import { estimateRun } from "./started-runs.ts";
import { forecastRun, isBilled } from "./forecast.ts";
import type { EstimateTools } from "./forecast.ts";
import { surveyInput } from "./survey.ts";

/** Conversations looked at: a second or two. */
const LOOKED_AT = 400;

const wire = ({ calls, input, output, usd, unpriced, seconds }: Cost) => ({
  calls,
  input_tokens: input,
  output_tokens: output,
  usd,
  unpriced_tokens: unpriced,
  seconds,
});

/** A run that this machine answers, or one that somebody bills. */
export type EstimatedRun = {
  readonly answer: Estimate;
  /** Rows of the whole input. */
  readonly rows: { readonly n: number; readonly exact: boolean };
} & (
  | { readonly offline: ReturnType<typeof estimateRun>; readonly forecast: null }
  | { readonly offline: null; readonly forecast: CostForecast }
);

/** What a run would ask, take and cost, from a look at its input; nobody is asked for it and nothing is written. */
export async function estimateOf(
  source: InputSource,
  phases: readonly PhaseName[],
  config: RunConfig,
  tools: EstimateTools,
): Promise<EstimatedRun> {
  const survey = await surveyInput(source);
  if (survey === null) {
    throw new UsageError("how many conversations there are cannot be told from the first part of the file", {
      code: "not_countable",
      hint: "Unpack it first; clio validate-input says whether it can be read at all.",
    });
  }
  const { rows } = survey;
  const head = {
    conversations: { count: Math.min(rows.n, config.limit ?? rows.n), exact: rows.exact },
    phases: [...phases],
  };
  if (!isBilled(tools.identify(config))) {
    const offline = estimateRun(phases, config, head.conversations.count);
    const { totalCalls: calls, seconds } = offline;
    // Good to a factor of two.
    const range = { low: seconds / 2, mid: seconds, high: seconds * 2 };
    return {
      rows,
      offline,
      forecast: null,
      answer: { ...head, billed: false, calls, seconds: range, total: null, by_phase: [] },
    };
  }
  const forecast = await forecastRun(phases, config, survey, LOOKED_AT, tools);
  const total = wire(forecast.total);
  return {
    rows,
    offline: null,
    forecast,
    answer: {
      ...head,
      billed: true,
      calls: total.calls.mid,
      seconds: total.seconds,
      total,
      by_phase: forecast.phases.map((cost) => ({ phase: cost.phase, ...wire(cost) })),
    },
  };
}
