import type { EvaluationMetrics, GateResult, LevelScores } from "../../shared/contracts/evaluation.ts";
import { METHOD_WORDS, levelTitle, rateWords, verdict } from "../../shared/domain/evaluation/report.ts";
import type { Output } from "../io.ts";
import { heading } from "./outcome.ts";
import { pairs, table } from "./table.ts";
import { count, plural, safe, wrap } from "./text.ts";

const two = ({ value, low, high }: { value: number; low: number; high: number }): string =>
  `${value.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;

function showLevel(output: Output, scores: LevelScores): void {
  const rows = scores.methods.map(({ method, groups, nmi, ari, accuracy: { rate, low, high } }) => [
    METHOD_WORDS[method],
    count(groups),
    two(nmi),
    two(ari),
    rate === null ? "" : two({ value: rate, low: low ?? 0, high: high ?? 1 }),
  ]);
  const columns = [
    { title: "" },
    ...["groups", "NMI", "ARI", "among its like"].map((title) => ({ title, align: "right" }) as const),
  ];
  output.say(`${heading(output, levelTitle(scores))}\n${table(columns, rows, output)}`);
  const own = scores.methods[0];
  if (own !== undefined)
    output.say(
      wrap(
        `clio: homogeneity ${two(own.homogeneity)}, completeness ${two(own.completeness)}, purity ${two(own.purity)}`,
        output.width,
        2,
      ),
    );
}

/** An evaluation for people: scores beside baselines, then facets, what leaked, gates. */
export function showEvaluation(
  output: Output,
  metrics: EvaluationMetrics,
  gates: readonly GateResult[] = [],
): void {
  const { quality, labels, stability, leaks, attack } = metrics;
  const { paint, width } = output;
  output.say(wrap(quality.judged ? verdict(metrics) : paint("yellow", verdict(metrics)), width, 0));
  if (labels !== null)
    output.note(
      `${plural(labels.given, "label")}, ${count(labels.not_in_run)} of conversations that are not in the run; ${plural(labels.unlabelled, "conversation")} without one.`,
    );
  for (const level of quality.levels) showLevel(output, level);
  if (quality.languages.length > 0) {
    const rows = quality.languages.map(({ language, n, nmi, ari, accuracy }) => [
      safe(language),
      count(n),
      two(nmi),
      two(ari),
      rateWords(accuracy),
    ]);
    const columns = [
      { title: "" },
      ...["n", "NMI", "ARI", "among its like"].map((title) => ({ title, align: "right" }) as const),
    ];
    output.say(`${heading(output, "Languages")}\n${table(columns, rows, output)}`);
  }
  const facets: [string, string][] = [];
  if (quality.language !== null)
    facets.push([
      "Language",
      `told right for ${rateWords(quality.language)} of ${count(quality.language.n)}`,
    ]);
  if (quality.concern !== null) {
    const { exact, within_one: within, spearman } = quality.concern;
    facets.push([
      "Concern",
      `the same for ${rateWords(exact)} of ${count(exact.n)}, within one for ${rateWords(within)}${spearman === null ? "" : `, rank correlation ${two(spearman)}`}`,
    ]);
  }
  if (facets.length > 0) output.say(`${heading(output, "Facets")}\n${pairs(facets, output)}`);
  const more: [string, string][] = [];
  for (const { level, nmi, ari } of stability?.levels ?? [])
    more.push([
      level === "base" ? "Two seeds, clusters" : "Two seeds, top",
      `NMI ${two(nmi)}, ARI ${two(ari)}`,
    ]);
  for (const { layer, leaked } of leaks?.layers ?? [])
    more.push([`Canaries in ${layer}`, `${rateWords(leaked)}: ${count(leaked.count)} of ${count(leaked.n)}`]);
  for (const { accounts, recovered } of attack?.by_accounts ?? [])
    more.push([
      `Attack, ${plural(accounts, "account")}`,
      `${count(recovered.count)} of ${count(recovered.n)} secrets; guessing gets one in ${count(attack?.choices ?? 0)}`,
    ]);
  if (more.length > 0) output.say(`${heading(output, "Stability and leaks")}\n${pairs(more, output)}`);
  output.note(
    wrap(
      "Intervals are 95 %. Among its like: the label is the most frequent one among the others of the group. NMI is high by itself where groups are many and small: compare with the baselines.",
      width,
      0,
    ),
  );
  if (gates.length === 0) return;
  const told = gates.map(({ gate, value, passed }): [string, string] => [
    gate,
    `${passed ? paint("green", "passed") : paint("red", "missed")}, ${value === null ? "not measured" : value.toFixed(3)}${quality.judged ? "" : ", too small to judge"}`,
  ]);
  output.say(`${heading(output, "Gates")}\n${pairs(told, output)}`);
}
