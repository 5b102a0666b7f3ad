import type { PrivacyAudit, RateWithInterval, WithheldReason } from "../../shared/contracts/privacy.ts";
import type { RunManifest, Warning } from "../../shared/contracts/run.ts";
import { ISSUE_HELP } from "../../shared/contracts/validation.ts";
import type { DatasetStatistics, IssueCode, ValidationReport } from "../../shared/contracts/validation.ts";
import type { Output } from "../io.ts";
import type { ClusterView } from "../results.ts";
import { sentence } from "./problem.ts";
import { pairs, table } from "./table.ts";
import { bytes, count, list, percent, plural, safe, wrap } from "./text.ts";
import { REASON_WORDS, tree } from "./tree.ts";

export function heading(output: Output, text: string, beside = ""): string {
  return `\n${output.paint("bold", text)}${beside === "" ? "" : output.paint("dim", `  ${beside}`)}`;
}

/** "Mean 12.3, median about 9, most 80". */
function spread({ mean, median_estimate: median, max }: DatasetStatistics["turns"]): string {
  if (mean === null || median === null || max === null) return "none";
  return `${mean < 100 ? mean.toFixed(1) : count(Math.round(mean))} on average, median about ${count(Math.round(median))}, at most ${count(max)}`;
}

/** What a dataset holds, as name and value. */
export function statisticsRows(statistics: DatasetStatistics): [string, string][] {
  const {
    conversations,
    users,
    messages,
    roles,
    rows_with: rowsWith,
    first_day: first,
    last_day: last,
  } = statistics;
  const roleWords = Object.entries(roles)
    .filter(([, n]) => n > 0)
    .map(([role, n]) => `${count(n)} ${role}`);
  return [
    ["Conversations", count(conversations)],
    ["Users", users === null ? "not counted" : count(users)],
    ["Messages", `${count(messages)} (${roleWords.join(", ")})`],
    ["Turns", spread(statistics.turns)],
    ["Characters", spread(statistics.characters)],
    [
      "Days",
      first === null || last === null
        ? "no timestamps"
        : `${first} to ${last}, in ${plural(rowsWith.timestamp, "conversation")}`,
    ],
    ["Metadata", rowsWith.metadata === 0 ? "none" : `in ${plural(rowsWith.metadata, "conversation")}`],
  ];
}

/** A dataset in one line. */
export function datasetLine({
  conversations,
  users,
  messages,
  first_day: first,
  last_day: last,
}: DatasetStatistics): string {
  const who = users === null ? "" : ` of ${plural(users, "user")}`;
  const when = first === null || last === null ? "" : `, ${first} to ${last}`;
  return `${plural(conversations, "conversation")}${who}, ${plural(messages, "message")}${when}`;
}

export interface ClusterOptions {
  readonly maxChildren?: number;
  readonly depth?: number;
}

/** The clusters under a heading: a tree, or a flat list where there is no hierarchy. */
export function showClusters(output: Output, view: ClusterView, options: ClusterOptions = {}): void {
  const { roots, base, conversations, withholding } = view;
  const { paint, width } = output;
  const nested = roots.some(({ children }) => children.length > 0);
  const size = `${plural(base, "cluster")}${nested ? ` in ${plural(roots.length, "group")}` : ""}, ${plural(conversations, "conversation")}`;
  output.say(heading(output, "What the conversations are about", roots.length === 0 ? "" : size));
  if (roots.length === 0) {
    output.say(wrap("  Nothing can be shown: no cluster reaches the minimums.", width, 2));
    return;
  }
  output.say(tree(roots, { width, paint, total: conversations, withholding, ...options }));
}

function rate({ count: leaks, n, rate: share, low, high }: RateWithInterval): string {
  if (share === null || low === null || high === null) return "not looked at";
  return `${percent(share)} (${count(leaks)} of ${count(n)}; 95 % interval ${percent(low)} to ${percent(high)})`;
}

const LAYER_WORDS = { raw: "raw text", facet: "facets", cluster: "cluster names" } as const;

/** Names by the reason for hiding them, most frequent first. */
function reasonCounts(names: PrivacyAudit["withheld"]["names"]): string {
  const counted = new Map<WithheldReason, number>();
  for (const reason of names.flatMap(({ reasons }) => reasons))
    counted.set(reason, (counted.get(reason) ?? 0) + 1);
  return [...counted]
    .sort((a, b) => b[1] - a[1])
    .map(([reason, n]) => `${REASON_WORDS[reason]} ${count(n)}`)
    .join(", ");
}

/** What the privacy phase found and hid. */
export function showPrivacy(output: Output, audit: PrivacyAudit): void {
  const { minimums, layers, withheld, relabeled, masking } = audit;
  const names = layers.find(({ layer }) => layer === "cluster")?.population ?? withheld.names.length;
  output.say(heading(output, "Privacy"));
  const withheldNames = withheld.names.length;
  const rows: [string, string][] = [
    [
      "Names withheld",
      withheldNames === 0
        ? `none of ${count(names)}`
        : `${count(withheldNames)} of ${count(names)}: ${reasonCounts(withheld.names)}`,
    ],
    ["Below minimums", belowWords(audit)],
    [
      "Minimums",
      `${plural(minimums.min_users, "user")} and ${plural(minimums.min_conversations, "conversation")} behind everything shown`,
    ],
  ];
  for (const { layer, leaks } of layers) rows.push([`Leak rate, ${LAYER_WORDS[layer]}`, rate(leaks)]);
  if (relabeled.length > 0) rows.push(["Named anew", plural(relabeled.length, "cluster")]);
  if (!masking) rows.push(["Masking", "off: personal data was not masked before models saw text"]);
  output.say(pairs(rows, output));
}

function belowWords({ withheld }: PrivacyAudit): string {
  if (withheld.clusters === 0) return "none";
  return `${plural(withheld.clusters, "cluster")} with ${plural(withheld.conversations, "conversation")}, not shown`;
}

/** What to do about a warning, where its own message does not say. */
const WARNING_ADVICE: Readonly<Record<string, string>> = {
  invalid_left_out: "clio validate-input explains each kind of issue.",
  fallback_facets: "They are assigned all the same; facets/parts holds the list.",
  not_embedded: "Their text may be empty or in a script that the encoder does not know.",
  unnamed_clusters: "Run again with --resume after a while, or with another model.",
  fallback_levels: "The tree is complete; its upper names may be more general than usual.",
  withheld_names: "Counts stay; clio inspect-run shows which names and why.",
};

export function showWarnings(output: Output, warnings: readonly Warning[]): void {
  if (warnings.length === 0) return;
  const { paint, width } = output;
  output.problem(heading(output, "Warnings"));
  for (const { code, message } of warnings) {
    output.problem(wrap(`  ${paint("yellow", "!")} ${sentence(message)}`, width, 4));
    const advice = WARNING_ADVICE[code];
    if (advice !== undefined) output.problem(wrap(`    ${paint("cyan", "→")} ${advice}`, width, 6));
  }
}

/** The first issues of an input, one line each. Excerpts are masked by the validator. */
export function issueTable(output: Output, { issues, counts }: ValidationReport, most: number): string {
  const shown = issues.slice(0, most);
  const rows = shown.map(({ line, code, pointer, message, excerpt }) => [
    count(line),
    code,
    safe(pointer),
    safe(excerpt === "" ? message : `${message}: ${excerpt}`),
  ]);
  const lines = table(
    [
      { title: "  Line", align: "right" },
      { title: "Code", paint: (cell) => output.paint("yellow", cell) },
      { title: "Where", shrinks: "cut" },
      { title: "What", shrinks: "wrap" },
    ],
    rows,
    output,
  );
  const rest = counts.issues - shown.length;
  return rest > 0 ? `${lines}\n${output.paint("dim", `        … ${count(rest)} more`)}` : lines;
}

/** Every kind of issue with its meaning and what to do, most rows first. */
export function showIssueKinds(output: Output, { issues_by_code: byCode }: ValidationReport): void {
  const { paint, width } = output;
  const kinds = (Object.entries(byCode) as [IssueCode, { rows: number; issues: number }][]).sort(
    (a, b) => b[1].rows - a[1].rows,
  );
  for (const [code, { rows, issues }] of kinds) {
    const times = issues === rows ? "" : `, ${plural(issues, "issue")}`;
    output.say(`  ${paint("yellow", code)}  ${plural(rows, "row")}${times}`);
    output.say(wrap(`    ${ISSUE_HELP[code].meaning}`, width, 4));
    output.say(wrap(`    ${paint("cyan", "→")} ${ISSUE_HELP[code].hint}`, width, 6));
  }
}

/** Numbers of what went wrong are worth a line only where something did. */
const nonZero = (n: number | null): number | null => (n === 0 ? null : n);

/** Numbers of a run, as name and value; those whose phase has not run are left out. */
export function countRows({ counts, users }: RunManifest): [string, string][] {
  const rows: [string, number | null, string?][] = [
    ["Read", counts.read, "conversations"],
    ["Left out", nonZero(counts.invalid), "invalid rows"],
    ["Users", counts.users, users === "per-conversation" ? "(each conversation stands for one)" : ""],
    ["Fallback facets", nonZero(counts.fallback_facets)],
    ["Assigned", counts.assigned, "conversations"],
    ["Failed", nonZero(counts.failed), "conversations"],
    ["Base clusters", counts.base_clusters],
    ["Levels", counts.hierarchy_levels],
    ["Groups at the top", counts.roots],
    ["Published", counts.published_clusters, "clusters"],
    ["Withheld", nonZero(counts.withheld_conversations), "conversations below the minimums"],
    ["Names withheld", nonZero(counts.withheld_names)],
  ];
  return rows.flatMap(([name, n, unit = ""]) => (n === null ? [] : [[name, `${count(n)} ${unit}`.trim()]]));
}

export function modelWords({
  model,
  embedder,
  offline,
}: Pick<RunManifest, "model" | "embedder" | "offline">): string {
  const names = list([`${model.model} ${model.version}`, `${embedder.model} ${embedder.version}`].map(safe));
  return `${safe(model.provider)} (${names})${offline ? ", no language model" : ""}`;
}

export function inputWords({ dataset }: RunManifest): string {
  return dataset === null ? "not read yet" : `${safe(dataset.name)} (${bytes(dataset.bytes)})`;
}
