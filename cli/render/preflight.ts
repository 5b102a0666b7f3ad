import type { RunConfig } from "../../shared/config.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { phaseRow } from "../../shared/pipeline.ts";
import type { Estimate } from "../estimate.ts";
import type { RowCount } from "../input.ts";
import type { Output } from "../io.ts";
import { VERSION } from "../../shared/version.ts";
import { pairs } from "./table.ts";
import { bytes as bytesWords, count, duration, plural, wrap } from "./text.ts";

const PROVIDER_WORDS: Readonly<Record<RunConfig["provider"], string>> = {
  offline: "offline: rules and a packaged encoder; no account, no key, nothing leaves this machine",
};

export interface Preflight {
  readonly input: string;
  /** Whether it is the sample corpus. */
  readonly sample: boolean;
  readonly bytes: number;
  readonly rows: RowCount | null;
  readonly limit: number | null;
  readonly phases: readonly PhaseName[];
  readonly provider: RunConfig["provider"];
  readonly estimate: Estimate | null;
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

/** A rough time, so that nobody takes it for a promise. */
function timeWords(seconds: number): string {
  if (seconds < 15) return "some seconds";
  const step = seconds < 120 ? 10 : 60;
  return `about ${duration(Math.ceil(seconds / step) * step)} on two cores`;
}

/** What will be done, on what, by whom, and what it will take (design section 12). */
export function showPreflight(output: Output, preflight: Preflight): void {
  const { phases, provider, estimate, runsDir, resumed, changes, notes } = preflight;
  const titles = phases.map((phase, i) =>
    i === 0 ? phaseRow(phase).title : phaseRow(phase).title.toLowerCase(),
  );
  const rows: [string, string][] = [
    ["Input", inputWords(preflight)],
    ["Phases", titles.join(", ")],
    ["Provider", PROVIDER_WORDS[provider]],
    ["Calls", estimate === null ? "not known before the input is read" : callWords(estimate)],
  ];
  if (estimate !== null && estimate.texts > 0)
    rows.push(["Embedded", `about ${plural(estimate.texts, "text")}`]);
  if (estimate !== null && estimate.seconds > 0) rows.push(["Time", timeWords(estimate.seconds)]);
  rows.push(["Runs in", runsDir]);
  if (resumed !== null) rows.push(["Goes on with", resumed]);
  if (changes.length > 0) rows.push(["Changed", changes.join(", ")]);
  output.note(`${output.paint("bold", "ant-clio")} ${output.paint("dim", VERSION)}\n`);
  output.note(pairs(rows, output));
  for (const note of notes) output.note(wrap(`  ${output.paint("yellow", "!")} ${note}`, output.width, 4));
  output.note("");
}
