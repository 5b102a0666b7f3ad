import type { Stage } from "../../shared/pipeline.ts";
import { phasesOf } from "../../shared/pipeline.ts";
import { estimateTools } from "../../shared/adapters/estimate-tools.ts";
import type { Context } from "../context.ts";
import { pricesOf } from "../../shared/engine/estimate/forecast.ts";
import { openInput, shownInput } from "../input.ts";
import { ExitCode } from "../io.ts";
import { dollars } from "../render/money.ts";
import { forecastTable, roughly } from "../render/forecast.ts";
import { providerWords } from "../render/preflight.ts";
import { pairs } from "../render/table.ts";
import { list, plural, wrap } from "../render/text.ts";
import { readSettingSources, resolveSettings } from "../settings.ts";
import type { SettingFlags } from "../settings.ts";
import { estimateOf } from "../../shared/engine/estimate/estimate-run.ts";

export interface EstimateOptions {
  readonly input: string | null;
  readonly stages: readonly Stage[];
  readonly flags: SettingFlags;
}

/** What a run with these flags would ask, take and cost; nothing is asked for it and nothing is written. */
export async function estimateCommand(options: EstimateOptions, context: Context): Promise<ExitCode> {
  const { io, output } = context;
  const sources = await readSettingSources(io, context.configFile);
  const { config } = resolveSettings(sources, options.flags);
  const input = await openInput(io, options.input);
  const phases = phasesOf(options.stages);
  const { answer, rows, offline, forecast } = await estimateOf(input.source, phases, config, estimateTools);
  const head = {
    schema_version: "1.0.0",
    ok: true,
    exit_code: ExitCode.done,
    input: input.shown,
    conversations: answer.conversations,
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
  if (offline !== null) {
    const { calls, totalCalls, texts, seconds } = offline;
    output.say(
      `\n${plural(totalCalls, "question")}, answered by rules on this machine: nothing to pay. Time: ${roughly(seconds)}.`,
    );
    output.answer({ ...head, billed: false, calls, texts, seconds, total: null, by_phase: [] });
    return ExitCode.done;
  }
  output.say(`\n${forecastTable(forecast, output)}`);
  const { model, embedder } = estimateTools.identify(config);
  const { chat, embedding } = pricesOf(config, { model, embedder });
  const unknown = [...(chat === null ? [model.model] : []), ...(embedding === null ? [embedder.model] : [])];
  const { usd } = forecast.total;
  const likely =
    usd.high === 0
      ? ""
      : `Most likely ${dollars(usd.mid)}. The low end is that of short answers and nothing asked twice, the high end that of long ones, repairs and repetitions. `;
  const missing =
    forecast.total.unpriced === 0
      ? ""
      : `No price of ${list(unknown)} is known: say it with --price-input and --price-output, in US dollars per million tokens.`;
  output.note(wrap(`\n${likely}${missing}`, output.width, 0));
  output.answer({
    ...head,
    billed: true,
    prices: { model: model.model, chat, embedder: embedder.model, embedding },
    by_phase: answer.by_phase,
    total: answer.total,
  });
  return ExitCode.done;
}
