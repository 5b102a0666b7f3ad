import type { Cost } from "../../shared/domain/estimate/billed.ts";
import type { Range } from "../../shared/domain/estimate/range.ts";
import type { Stage } from "../../shared/pipeline.ts";
import { phasesOf } from "../../shared/pipeline.ts";
import type { Context } from "../context.ts";
import { estimateRun } from "../estimate.ts";
import { forecastRun, isBilled, pricesOf } from "../forecast.ts";
import { openInput, shownInput } from "../input.ts";
import { ExitCode } from "../io.ts";
import { dollars } from "../render/money.ts";
import { forecastTable, roughly } from "../render/forecast.ts";
import { providerWords } from "../render/preflight.ts";
import { pairs } from "../render/table.ts";
import { list, plural, wrap } from "../render/text.ts";
import { readSettingSources, resolveSettings } from "../settings.ts";
import type { SettingFlags } from "../settings.ts";
import { surveyInput } from "../survey.ts";
import { UsageError } from "../../shared/errors.ts";

export interface EstimateOptions {
  readonly input: string | null;
  readonly stages: readonly Stage[];
  readonly flags: SettingFlags;
}

/** Conversations looked at: a second or two. */
const LOOKED_AT = 400;

const wire = ({ calls, input, output, usd, unpriced, seconds }: Cost): Record<string, Range | number> => ({
  calls,
  input_tokens: input,
  output_tokens: output,
  usd,
  unpriced_tokens: unpriced,
  seconds,
});

/** What a run with these flags would ask, take and cost; nothing is asked for it and nothing is written. */
export async function estimateCommand(options: EstimateOptions, context: Context): Promise<ExitCode> {
  const { io, output } = context;
  const sources = await readSettingSources(io, context.configFile);
  const { config } = resolveSettings(sources, options.flags);
  const input = await openInput(io, options.input);
  const phases = phasesOf(options.stages);
  const survey = await surveyInput(input.source);
  if (survey === null) {
    throw new UsageError("how many conversations there are cannot be told from the first part of the file", {
      code: "not_countable",
      hint: "Unpack it first; clio validate-input says whether it can be read at all.",
    });
  }
  const { rows } = survey;
  const head = {
    schema_version: "1.0.0",
    ok: true,
    exit_code: ExitCode.done,
    input: input.shown,
    conversations: { count: Math.min(rows.n, config.limit ?? rows.n), exact: rows.exact },
    phases,
  };
  output.note(
    pairs(
      [
        ["Input", `${shownInput(input)} (${rows.exact ? "" : "about "}${plural(rows.n, "conversation")})`],
        ["Provider", providerWords(config)],
      ],
      output,
    ),
  );
  if (!isBilled(config)) {
    const { calls, totalCalls, texts, seconds } = estimateRun(phases, config, head.conversations.count);
    output.say(
      `\n${plural(totalCalls, "question")}, answered by rules on this machine: nothing to pay. Time: ${roughly(seconds)}.`,
    );
    output.answer({ ...head, billed: false, calls, texts, seconds, total: null, by_phase: [] });
    return ExitCode.done;
  }
  const made = await forecastRun(phases, config, survey, LOOKED_AT);
  output.say(`\n${forecastTable(made, output)}`);
  const { chat, embedding, model, embedder } = pricesOf(config);
  const unknown = [...(chat === null ? [model.model] : []), ...(embedding === null ? [embedder.model] : [])];
  const { usd } = made.total;
  const likely =
    usd.high === 0
      ? ""
      : `Most likely ${dollars(usd.mid)}. The low end is that of short answers and nothing asked twice, the high end that of long ones, repairs and repetitions. `;
  const missing =
    made.total.unpriced === 0
      ? ""
      : `No price of ${list(unknown)} is known: say it with --price-input and --price-output, in US dollars per million tokens.`;
  output.note(wrap(`\n${likely}${missing}`, output.width, 0));
  output.answer({
    ...head,
    billed: true,
    prices: { model: model.model, chat, embedder: embedder.model, embedding },
    by_phase: made.phases.map((cost) => ({ phase: cost.phase, ...wire(cost) })),
    total: wire(made.total),
  });
  return ExitCode.done;
}
