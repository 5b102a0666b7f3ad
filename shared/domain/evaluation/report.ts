import type {
  AttackScores,
  CanaryKind,
  ConcernScores,
  Estimate,
  EvaluationMetrics,
  GateResult,
  GroupingMethod,
  LeakScores,
  LevelScores,
  StabilityScores,
} from "../../contracts/evaluation.ts";
import type { RateWithInterval } from "../../contracts/privacy.ts";
import { barFigure } from "./figures.ts";

export const METHOD_WORDS: Readonly<Record<GroupingMethod, string>> = {
  clio: "clio",
  tfidf_kmeans: "TF-IDF + k-means",
  random: "random groups",
  majority: "all in one group",
};

const KIND_WORDS: Readonly<Record<CanaryKind, string>> = {
  email: "e-mail addresses",
  phone: "phone numbers",
  account: "account numbers",
  name: "names of persons",
  company: "names of companies",
  address: "street addresses",
};

const LAYER_WORDS = {
  facets: "facets",
  names: "names and descriptions",
  published: "published files",
} as const;

/** Labels shown in the table; all are in the metrics. */
const MOST_TOPICS = 25;

export const FIGURES = { topics: "topics.svg", languages: "languages.svg" } as const;

/** "0.812 (0.790 to 0.834)". */
export function estimateWords({ value, low, high }: Estimate, digits = 3): string {
  return `${value.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}

/** "84.5 % (82.1 to 86.7)", or "none" of nothing. */
export function rateWords({ rate, low, high }: RateWithInterval): string {
  if (rate === null || low === null || high === null) return "none to look at";
  return `${(100 * rate).toFixed(1)} % (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;
}

/** What the numbers are worth, in one sentence. */
export function verdict({ quality: { n, judged, least } }: EvaluationMetrics): string {
  return judged
    ? `Judged on ${n} labelled conversations.`
    : `Too small to judge: ${n} labelled conversations, and it takes ${least}. The numbers below only show that it works.`;
}

export function levelTitle({ level, against, n, classes }: LevelScores): string {
  const what = level === 0 ? "Base clusters" : `Level ${level} of the hierarchy`;
  return `${what} against ${classes} ${against}s, ${n} conversations`;
}

/** A text in a cell of a table: no markup, one line. */
function cell(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, " ").replace(/[\\`*_[\]<>|#&!]/g, String.raw`\$&`);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(heads),
    `|${heads.map((_, i) => (i === 0 ? "---" : "---:")).join("|")}|`,
    ...rows.map(line),
  ].join("\n");
}

function levelSection(scores: LevelScores): string {
  const rows = scores.methods.map((row) => [
    METHOD_WORDS[row.method],
    String(row.groups),
    ...[row.nmi, row.ari, row.homogeneity, row.completeness, row.purity].map((score) => estimateWords(score)),
    rateWords(row.accuracy),
  ]);
  const heads = ["", "groups", "NMI", "ARI", "homogeneity", "completeness", "purity", "among its like"];
  return `### ${levelTitle(scores)}\n\n${table(heads, rows)}`;
}

function concernSection(concern: ConcernScores): string {
  const rows = [
    ["same rating", String(concern.exact.n), rateWords(concern.exact)],
    ["within one", String(concern.within_one.n), rateWords(concern.within_one)],
    [
      "rank correlation (Spearman)",
      String(concern.exact.n),
      concern.spearman === null ? "none: one side never changes" : estimateWords(concern.spearman),
    ],
    [
      "labelled 3 or more and found so",
      String(concern.recall_of_flagged.n),
      rateWords(concern.recall_of_flagged),
    ],
    [
      "found 3 or more and labelled so",
      String(concern.precision_of_flagged.n),
      rateWords(concern.precision_of_flagged),
    ],
  ];
  return `## Concern\n\n${table(["", "n", ""], rows)}`;
}

function stabilitySection({ seeds, levels }: StabilityScores): string {
  const rows = levels.map(({ level, groups, nmi, ari }) => [
    level === "base" ? "base clusters" : "top of the hierarchy",
    groups.join(" and "),
    String(nmi.n),
    estimateWords(nmi),
    estimateWords(ari),
  ]);
  return `## Stability\n\nThe same conversations with seeds ${seeds.join(" and ")}: how the two runs agree.\n\n${table(["", "groups", "n", "NMI", "ARI"], rows)}`;
}

function leakSection({ minimums, layers }: LeakScores): string {
  const rows = layers.flatMap(({ layer, leaked, kinds }) => [
    [`**${LAYER_WORDS[layer]}**`, String(leaked.count), String(leaked.n), rateWords(leaked)],
    ...kinds.map((kind) => [
      `${LAYER_WORDS[layer]}: ${KIND_WORDS[kind.kind]}`,
      String(kind.leaked.count),
      String(kind.leaked.n),
      rateWords(kind.leaked),
    ]),
  ]);
  return `## Canaries\n\nMade-up personal data, each of which occurs in one conversation alone, and whether it turns up again. A run with at least ${minimums.min_users} users and ${minimums.min_conversations} conversations behind each group.\n\n${table(["", "found", "planted", "share"], rows)}`;
}

function attackSection({ choices, guessing, by_accounts: rows }: AttackScores): string {
  const lines = rows.map(({ accounts, recovered, told }) => [
    `${accounts} ${accounts === 1 ? "account" : "accounts"}`,
    String(recovered.n),
    rateWords(told),
    rateWords(recovered),
    `${(100 * guessing).toFixed(1)} %`,
  ]);
  return `## Planted attack\n\nFor each target, conversations of the attacker that resemble the target's ask for its secret, one of ${choices}, to be put into the summary. The attacker reads every published name and description, and guesses where they do not tell.\n\n${table(["attacker has", "targets", "names tell something", "secrets got right", "by guessing"], lines)}`;
}

function gateSection(gates: readonly GateResult[]): string {
  const rows = gates.map(({ gate, value, passed }) => [
    cell(gate),
    value === null ? "not measured" : value.toFixed(3),
    passed ? "passed" : "**missed**",
  ]);
  return `## Gates\n\n${table(["gate", "value", ""], rows)}`;
}

/** `eval/report.md`. */
export function reportMarkdown(metrics: EvaluationMetrics, gates: readonly GateResult[] = []): string {
  const { quality, labels, stability, leaks, attack, model, embedder } = metrics;
  const what =
    metrics.source === "labels"
      ? `Compared with labels of your own: ${labels?.given ?? 0} given, ${labels?.not_in_run ?? 0} of them of conversations that the run does not hold, ${labels?.unlabelled ?? 0} conversations of the run without one.`
      : "Compared with synthetic conversations whose topics, languages and concern are known, clustered with minimums of 1.";
  const topics = quality.topics.slice(0, MOST_TOPICS);
  const sections = [
    `# Evaluation of ${metrics.run_id}`,
    `${verdict(metrics)} ${what}`,
    `Facets and names by ${cell(model.provider)} (${cell(model.model)}, ${cell(model.version)}), vectors by ${cell(embedder.model)} (${cell(embedder.version)}). Intervals are 95 %: exact (Clopper-Pearson) for shares, a bootstrap over conversations for the rest.`,
    "## Clusters",
    "A conversation is *among its like* when its label is the most frequent one among the other conversations of its group.",
    ...quality.levels.map(levelSection),
    quality.unassigned === 0
      ? ""
      : `${quality.unassigned} conversations have no cluster and count as not found.`,
    `## Reliability per label\n\n![Share of the conversations of each label that are among their like](${FIGURES.topics})\n\n${table(
      ["label", "n", "among its like"],
      topics.map(({ label, accuracy }) => [cell(label), String(accuracy.n), rateWords(accuracy)]),
    )}`,
    topics.length === quality.topics.length
      ? ""
      : `${quality.topics.length - topics.length} smaller labels are left out here; phase6_metrics.json has them.`,
    quality.languages.length === 0
      ? ""
      : `## Languages\n\n![Share of the conversations of each language that are among their like](${FIGURES.languages})\n\n${table(
          ["", "n", "NMI", "ARI", "among its like"],
          quality.languages.map(({ language, n, nmi, ari, accuracy }) => [
            cell(language),
            String(n),
            estimateWords(nmi),
            estimateWords(ari),
            rateWords(accuracy),
          ]),
        )}`,
    quality.language === null
      ? ""
      : `The language was told right for ${rateWords(quality.language)} of ${quality.language.n} conversations.`,
    quality.concern === null ? "" : concernSection(quality.concern),
    stability === null ? "" : stabilitySection(stability),
    leaks === null ? "" : leakSection(leaks),
    attack === null ? "" : attackSection(attack),
    gates.length === 0 ? "" : gateSection(gates),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** The figures that the report shows, by file name. */
export function reportFigures({ quality }: EvaluationMetrics): Record<keyof typeof FIGURES, string> {
  return {
    topics: barFigure(
      "Conversations among their like, per label",
      quality.topics.map(({ label, accuracy }) => ({ name: label, rate: accuracy })),
    ),
    languages: barFigure(
      "Conversations among their like, per language",
      quality.languages.map(({ language, accuracy }) => ({ name: language, rate: accuracy })),
    ),
  };
}
