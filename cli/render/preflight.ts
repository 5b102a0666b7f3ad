import type { RunConfig } from "../../shared/config.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { embedderKind } from "../../shared/adapters/openai/endpoints.ts";
import { providerIdentity } from "../../shared/adapters/provider-identity.ts";
import { phaseRow } from "../../shared/pipeline.ts";
import type { Estimate } from "../../shared/domain/estimate/offline.ts";
import type { CostForecast } from "../../shared/domain/estimate/billed.ts";
import type { RowCount } from "../../shared/engine/estimate/survey.ts";
import type { Output } from "../io.ts";
import { VERSION } from "../../shared/version.ts";
import { SOME_SECONDS, forecastRows, roughly } from "./forecast.ts";
import { pairs } from "./table.ts";
import { bytes as bytesWords, count, plural, wrap } from "./text.ts";

/** Where the model's questions go, which hold conversations. */
const PLACES: Readonly<Record<RunConfig["provider"], string>> = {
  offline: "this machine",
  openai: "OpenAI",
  azure: "your Azure resource",
  bedrock: "Amazon Bedrock in your AWS account",
  compatible: "the address given",
};
const EMBEDDER_PLACES: Readonly<Record<ReturnType<typeof embedderKind>, string>> = {
  offline: "this machine",
  openai: "OpenAI",
  jina: "Jina",
  compatible: "the address given",
};

const atUrl = (url: string | null, place: string): string => (url === null ? place : new URL(url).host);

/** Who answers, and what goes where. */
export function providerWords(config: RunConfig): string {
  const kind = embedderKind(config);
  if (config.provider === "offline" && kind === "offline")
    return "offline: rules and a packaged encoder; no account, no key, nothing leaves this machine";
  const { model, embedder } = providerIdentity(config);
  const texts = config.mask_pii ? "masked conversations" : "conversations as they are";
  const asked =
    config.provider === "offline"
      ? "offline: rules"
      : `${config.provider}: ${model.model}; ${texts} go to ${atUrl(config.model_base_url, PLACES[config.provider])}`;
  return `${asked}; vectors by ${embedder.model}, facets go to ${atUrl(config.embedder_base_url, EMBEDDER_PLACES[kind])}`;
}

export interface Preflight {
  readonly input: string;
  /** Whether it is the sample corpus. */
  readonly sample: boolean;
  readonly bytes: number;
  readonly rows: RowCount | null;
  readonly limit: number | null;
  readonly phases: readonly PhaseName[];
  readonly config: RunConfig;
  readonly estimate: Estimate | null;
  /** Of a provider that bills, in place of the estimate. */
  readonly forecast: CostForecast | null;
  readonly runsDir: string;
  /** The run that goes on. */
  readonly resumed: string | null;
  /** Settings that changed since it last ran. */
  readonly changes: readonly string[];
  readonly notes: readonly string[];
}

function inputWords({ input, sample, bytes, rows, limit }: Preflight): string {
  const parts = [bytesWords(bytes)];
  if (rows !== null) parts.push(`${rows.exact ? "" : "about "}${plural(rows.n, "conversation")}`);
  if (limit !== null && (rows === null || limit < rows.n)) parts.push(`the first ${count(limit)} of them`);
  return `${input} (${parts.join(", ")})${sample ? ", the sample" : ""}`;
}

function callWords({ calls, totalCalls, tokens, costUsd }: Estimate): string {
  const costs = `${plural(tokens, "token")}, $${costUsd.toFixed(costUsd === 0 ? 0 : 2)}`;
  if (totalCalls === 0) return `none, ${costs}`;
  return `about ${count(totalCalls)} (${calls.map(({ what, n }) => plural(n, what)).join(", ")}), ${costs}`;
}

/** What will be done, on what, by whom, and what it will take (design section 12). */
export function showPreflight(output: Output, preflight: Preflight): void {
  const { phases, config, estimate, forecast, runsDir, resumed, changes, notes } = preflight;
  const titles = phases.map((phase, i) =>
    i === 0 ? phaseRow(phase).title : phaseRow(phase).title.toLowerCase(),
  );
  const rows: (readonly [string, string])[] = [
    ["Input", inputWords(preflight)],
    ["Phases", titles.join(", ")],
    ["Provider", providerWords(config)],
    ...(forecast === null ? [] : forecastRows(forecast, config.max_cost_usd)),
    ...(forecast === null
      ? [["Calls", estimate === null ? "not known before the input is read" : callWords(estimate)] as const]
      : []),
  ];
  if (forecast === null && estimate !== null && estimate.texts > 0)
    rows.push(["Embedded", `about ${plural(estimate.texts, "text")}`]);
  if (forecast === null && estimate !== null && estimate.seconds > 0)
    rows.push([
      "Time",
      `${roughly(estimate.seconds)}${estimate.seconds < SOME_SECONDS ? "" : " on two cores"}`,
    ]);
  rows.push(["Runs in", runsDir]);
  if (resumed !== null) rows.push(["Goes on with", resumed]);
  if (changes.length > 0) rows.push(["Changed", changes.join(", ")]);
  output.note(`${output.paint("bold", "ant-clio")} ${output.paint("dim", VERSION)}\n`);
  output.note(pairs(rows, output));
  for (const note of notes) output.note(wrap(`  ${output.paint("yellow", "!")} ${note}`, output.width, 4));
  output.note("");
}
