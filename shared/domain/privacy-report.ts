import type { AuditLayer } from "../contracts/model-tasks.ts";
import type { PrivacyAudit, RateWithInterval, WithheldReason } from "../contracts/privacy.ts";
import type { RunCounts, RunManifest } from "../contracts/run.ts";

/** What the page is made from: numbers and settings only, so that no text of a conversation can reach it. */
export interface ReportInput {
  readonly runId: string;
  readonly audit: PrivacyAudit;
  readonly counts: RunCounts;
  readonly users: RunManifest["users"];
  readonly model: RunManifest["model"];
  /** Names that readers would see. */
  readonly shownNames: number;
}

/** Below these the defaults of the product are undercut (design section 7.4). */
const USUAL_MINIMUMS = { min_users: 5, min_conversations: 15 };
/** An interval from fewer texts is wider than 10 points either way at a rate of one half. */
const SMALL_SAMPLE = 100;
/** Rate of missed texts from which the page says in its first lines that the audit proves little. */
const WEAK_AUDITOR = 0.2;

const LAYERS: Record<AuditLayer, string> = {
  raw: "conversations as a model reads them",
  facet: "facets of single conversations",
  cluster: "names and descriptions of clusters",
};

const REASONS: Record<WithheldReason, string> = {
  audit_rating: "the auditor found it identifying",
  personal_data: "it holds a pattern of personal data",
  rare_word: "it holds a word that too few users use",
  verbatim_text: "it repeats a sentence of a conversation",
  not_audited: "the auditor gave no valid answer",
};

const whole = (n: number | null): string => (n === null ? "-" : n.toLocaleString("en-US"));
const percent = (rate: number | null): string => (rate === null ? "-" : `${(100 * rate).toFixed(1)} %`);
const interval = ({ low, high }: RateWithInterval): string =>
  low === null || high === null ? "-" : `${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)} %`;
const ofAll = ({ count, n }: RateWithInterval): string => `${whole(count)} of ${whole(n)}`;
const rateOf = (rate: RateWithInterval): string =>
  rate.n === 0 ? "not measured" : `${ofAll(rate)} (${percent(rate.rate)}; 95 % interval ${interval(rate)})`;

/** A Markdown table whose columns line up, for readers in a terminal. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join("\n");

const isOffline = ({ model }: ReportInput): boolean => model.provider === "offline";
const layerOf = ({ audit }: ReportInput, wanted: AuditLayer) =>
  audit.layers.find(({ layer }) => layer === wanted);

function inShort(input: ReportInput): string {
  const { audit, shownNames } = input;
  const { withheld, calibration, minimums } = audit;
  const lines = [
    withheld.clusters > 0
      ? `Nothing is published: ${whole(withheld.clusters)} cluster(s) with ${whole(withheld.conversations)} conversations stay below the minimums.`
      : `${whole(shownNames)} names of clusters are shown, ${whole(withheld.names.length)} are withheld.`,
    `Everything published stands for at least ${minimums.min_users} users and ${minimums.min_conversations} conversations. This holds by counting, whatever the auditor says.`,
  ];
  const missed = calibration?.false_pass.rate ?? null;
  if (missed === null) lines.push("How far the auditor can be trusted was not measured.");
  else if (missed >= WEAK_AUDITOR)
    lines.push(
      `The auditor is weak: on texts with a known answer it let ${percent(missed)} of the identifying ones pass. Its leak rates are floors.`,
    );
  return bullets(lines);
}

function processed({ counts, users, audit, model }: ReportInput): string {
  return table(
    ["what", "value"],
    [
      ["conversations read", whole(counts.read)],
      ["lines left out as invalid", whole(counts.invalid ?? 0)],
      ["conversations without usable facets", whole(counts.failed ?? 0)],
      [
        "users",
        users === "required"
          ? `${whole(counts.users)}, by user_id, kept as keyed hashes`
          : "unknown: each conversation counts as one user",
      ],
      ["known patterns of personal data masked", audit.masking ? "yes, before any model read text" : "NO"],
      ["model and auditor", `${model.provider} / ${model.model}`],
    ],
  );
}

function leaks({ audit }: ReportInput): string {
  return table(
    ["layer", "texts", "looked at", "leaks", "rate", "95 % interval", "auditor misses", "false alarms"],
    audit.layers.map(({ layer, population, sampled, leaks: found }) => {
      const calibrated = audit.calibration?.layers.find((each) => each.layer === layer);
      return [
        LAYERS[layer],
        whole(population),
        whole(sampled),
        whole(found.count),
        percent(found.rate),
        interval(found),
        percent(calibrated?.false_pass.rate ?? null),
        percent(calibrated?.false_alarm.rate ?? null),
      ];
    }),
  );
}

function trust({ audit: { calibration } }: ReportInput): string {
  if (calibration === null)
    return "Not measured in this run (`privacy_calibration` is off). Read the leak rates as a floor.";
  const { texts, rated, accuracy, false_pass: missed, false_alarm: alarms, groups } = calibration;
  return [
    `The auditor also rated ${whole(texts)} bundled texts whose right answer is known (${whole(rated)} with a valid answer).`,
    bullets([
      `right: ${rateOf(accuracy)}`,
      `identifying texts that it let pass: ${rateOf(missed)}`,
      `harmless texts that it failed: ${rateOf(alarms)}`,
    ]),
    table(
      ["kind of text", "wrong", "95 % interval"],
      groups.map(({ group, wrong }) => [group, ofAll(wrong), interval(wrong)]),
    ),
  ].join("\n\n");
}

function whatWasWithheld({ audit }: ReportInput): string {
  const { clusters, conversations, names } = audit.withheld;
  const reasons = Map.groupBy(
    names.flatMap((name) => name.reasons),
    (reason) => reason,
  );
  const rows = [...reasons].map(([reason, all]) => [`names: ${REASONS[reason]}`, whole(all.length)]);
  return [
    table(
      ["what", "number"],
      [
        ["clusters below the minimums", whole(clusters)],
        ["conversations in them", whole(conversations)],
        ["names and descriptions withheld", whole(names.length)],
        ...rows,
        ["clusters named anew without a facet that failed", whole(audit.relabeled.length)],
      ],
    ),
    "A name can be withheld for several reasons. Its cluster is still counted: hiding a count would let it be had by subtraction.",
  ].join("\n\n");
}

function risks(input: ReportInput): string {
  const { audit, users } = input;
  const { minimums, calibration } = audit;
  const facet = layerOf(input, "facet");
  const lines: string[] = [];
  if (users === "per-conversation")
    lines.push(
      "**Users are not known.** Each conversation counts as one user, so one person with many conversations can fill a group alone.",
    );
  if (!audit.masking)
    lines.push("**Masking is off.** Mail addresses, numbers and keys went to the model as they were typed.");
  if (minimums.min_users < USUAL_MINIMUMS.min_users)
    lines.push(`**Low minimum of users** (${minimums.min_users}, usually ${USUAL_MINIMUMS.min_users}).`);
  if (minimums.min_conversations < USUAL_MINIMUMS.min_conversations)
    lines.push(
      `**Low minimum of conversations** (${minimums.min_conversations}, usually ${USUAL_MINIMUMS.min_conversations}).`,
    );
  if (isOffline(input))
    lines.push(
      "**The auditor is a set of rules.** It knows patterns and some words; it does not understand a story that points to one person.",
    );
  const combinations = calibration?.groups.find(({ group }) => group === "combination")?.wrong;
  if (combinations !== undefined && (combinations.rate ?? 0) >= WEAK_AUDITOR)
    lines.push(
      `**Combinations of details slip through:** ${ofAll(combinations)} such texts passed the auditor. The minimums and the screen for rare words are what holds them back.`,
    );
  if (calibration === null)
    lines.push("**The auditor was not calibrated.** A leak rate of zero may mean that it looks away.");
  if (facet !== undefined && facet.sampled < Math.min(SMALL_SAMPLE, facet.population))
    lines.push(
      `**Small sample:** ${whole(facet.sampled)} of ${whole(facet.population)} facets were audited.`,
    );
  if (facet !== undefined && facet.leaks.count > 0)
    lines.push(
      `**Facets leak:** up to ${percent(facet.leaks.high)} of the facets may identify someone. They stay in the run's folder; names made from failing ones were made again.`,
    );
  lines.push(
    "**Bare names are no pattern.** Masking finds a name only where the words around it introduce it.",
    "**No formal guarantee.** This is not differential privacy; what is true of a whole group is shown.",
    "**The run's folder holds the conversations.** Whoever reads it needs no leak.",
  );
  return bullets(lines);
}

function advice(input: ReportInput): string {
  const { audit, users, shownNames } = input;
  const lines: string[] = [];
  if (users === "per-conversation") lines.push("Export conversations with `user_id` and run again.");
  if (!audit.masking) lines.push("Run again with `mask_pii` on, unless the input was masked before.");
  if (audit.withheld.clusters > 0)
    lines.push(
      "Take more conversations or fewer clusters (`--k`), so that every cluster reaches the minimums.",
    );
  if (audit.withheld.names.length > 0)
    lines.push(
      "Leave withheld names hidden. `privacy/privacy_audit.json` lists them by cluster with their reasons.",
    );
  if (shownNames > 0 && (isOffline(input) || audit.calibration === null))
    lines.push(
      `Have a person read the ${whole(shownNames)} names that are shown before \`published/\` goes to readers.`,
    );
  if (audit.calibration === null) lines.push("Run again with `privacy_calibration` on.");
  const raw = layerOf(input, "raw");
  if (raw !== undefined && raw.sampled < Math.min(SMALL_SAMPLE, raw.population))
    lines.push("Raise `privacy_sample` for narrower intervals.");
  lines.push(
    "Give readers `published/` alone; treat the rest of the folder as the conversations themselves.",
    "Delete the run when it is no longer needed: `clio prune-runs`.",
  );
  return bullets(lines);
}

/** `privacy/report.md`: one page for a data-protection officer. */
export function privacyReport(input: ReportInput): string {
  return `${[
    `# Privacy report of run ${input.runId}`,
    "Made by the run itself from counts and settings. It holds no text of a conversation and no user's id.",
    "## In short",
    inShort(input),
    "## What was processed",
    processed(input),
    "## Leaks that the audit found",
    leaks(input),
    `Texts are rated 1 (identifies a person) to 5 (nothing identifying); below ${input.audit.pass_rating} is a leak. Only the last layer is for readers, and what leaks there is withheld.`,
    "## How far the audit can be trusted",
    trust(input),
    "## What was withheld",
    whatWasWithheld(input),
    "## Risks that remain",
    risks(input),
    "## What to do",
    advice(input),
  ].join("\n\n")}\n`;
}
