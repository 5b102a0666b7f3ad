import { expect, test } from "vitest";
import type { PrivacyAudit } from "../../shared/contracts/privacy.ts";
import { calibrationOf, calibrationSet } from "../../shared/domain/calibration/score.ts";
import { rateWithInterval } from "../../shared/domain/interval.ts";
import { privacyReport } from "../../shared/domain/privacy-report.ts";
import type { ReportInput } from "../../shared/domain/privacy-report.ts";

const layer = (name: "raw" | "facet" | "cluster", population: number, sampled: number, leaks: number) => ({
  layer: name,
  population,
  sampled,
  leaks: rateWithInterval(leaks, sampled),
  ratings: [leaks, 0, 0, 0, sampled - leaks] as [number, number, number, number, number],
});

const AUDIT: PrivacyAudit = {
  schema_version: "1.0.0",
  minimums: { min_users: 5, min_conversations: 15 },
  pass_rating: 3,
  masking: true,
  layers: [layer("raw", 2400, 400, 72), layer("facet", 2400, 400, 0), layer("cluster", 40, 40, 2)],
  calibration: calibrationOf(
    calibrationSet().map((text) => ({ ...text, rating: text.pass ? 5 : 1 })),
    3,
  ),
  withheld: {
    clusters: 0,
    conversations: 0,
    names: [
      { cluster_id: "c-0001", reasons: ["audit_rating", "rare_word"] },
      { cluster_id: "c-0002", reasons: ["rare_word"] },
    ],
  },
  relabeled: ["c-0003"],
};

const INPUT: ReportInput = {
  runId: "some-run",
  audit: AUDIT,
  counts: {
    read: 2400,
    invalid: 3,
    users: 300,
    fallback_facets: 0,
    assigned: 2400,
    failed: 0,
    base_clusters: 30,
    hierarchy_levels: null,
    roots: null,
    published_clusters: null,
    withheld_conversations: null,
    withheld_names: null,
  },
  users: "required",
  model: { provider: "hosted", model: "large", version: "1" },
  shownNames: 38,
};

/** A section's text, from its heading to the next. */
function section(report: string, heading: string): string {
  const parts = report.split(/^## /m);
  return parts.find((part) => part.startsWith(`${heading}\n`)) ?? "";
}

test("one page, in order, with the counts, rates and intervals where they belong", () => {
  const report = privacyReport(INPUT);
  expect(report.match(/^#+ .*$/gm)).toEqual([
    "# Privacy report of run some-run",
    "## In short",
    "## What was processed",
    "## Leaks that the audit found",
    "## How far the audit can be trusted",
    "## What was withheld",
    "## Risks that remain",
    "## What to do",
  ]);
  expect(report.split("\n").length).toBeLessThan(100);
  expect(section(report, "In short")).toContain("38 names of clusters are shown, 2 are withheld");
  expect(section(report, "What was processed")).toMatch(/users +\| 300, by user_id/);
  expect(section(report, "Leaks that the audit found")).toMatch(
    /as a model reads them +\| 2,400 +\| 400 +\| 72 +\| 18\.0 % +\| 14\.4 to 22\.1 % +\| 0\.0 % +\| 0\.0 %/,
  );
  expect(section(report, "What was withheld")).toMatch(/too few users use +\| 2 /);
  expect(section(report, "What was withheld")).toMatch(/named anew .* \| 1 /);
});

test("rows of a table are as wide as each other, so that a terminal shows columns", () => {
  const tables = privacyReport(INPUT)
    .split("\n\n")
    .filter((block) => block.startsWith("|"));
  expect(tables).toHaveLength(4);
  for (const rows of tables) expect(new Set(rows.split("\n").map((row) => row.length)).size).toBe(1);
});

const RISKS: [string, Partial<ReportInput>, string, string | null][] = [
  ["unknown users", { users: "per-conversation" }, "Users are not known", "user_id"],
  ["no masking", { audit: { ...AUDIT, masking: false } }, "Masking is off", "mask_pii"],
  [
    "low minimums",
    { audit: { ...AUDIT, minimums: { min_users: 2, min_conversations: 4 } } },
    "Low minimum of users",
    null,
  ],
  [
    "an auditor of rules",
    { model: { provider: "offline", model: "rules", version: "1" } },
    "The auditor is a set of rules",
    "Have a person read the 38 names",
  ],
  ["no calibration", { audit: { ...AUDIT, calibration: null } }, "not calibrated", "privacy_calibration"],
  [
    "a small sample",
    {
      audit: {
        ...AUDIT,
        layers: [layer("raw", 900, 20, 0), layer("facet", 900, 20, 0), layer("cluster", 40, 40, 0)],
      },
    },
    "Small sample",
    "privacy_sample",
  ],
  [
    "facets that leak",
    {
      audit: {
        ...AUDIT,
        layers: [layer("raw", 900, 200, 0), layer("facet", 900, 200, 4), layer("cluster", 40, 40, 0)],
      },
    },
    "Facets leak",
    null,
  ],
];

test.each(RISKS)("%s are a risk, and only then", (_, change, risk, advice) => {
  const plain = privacyReport(INPUT);
  const report = privacyReport({ ...INPUT, ...change });
  expect(section(plain, "Risks that remain")).not.toContain(risk);
  expect(section(report, "Risks that remain")).toContain(risk);
  if (advice === null) return;
  expect(section(plain, "What to do")).not.toContain(advice);
  expect(section(report, "What to do")).toContain(advice);
});

test("an auditor that lets texts pass is called weak in the first lines", () => {
  const calibration = calibrationOf(
    calibrationSet().map((text) => ({ ...text, rating: 5 })),
    3,
  );
  const report = privacyReport({ ...INPUT, audit: { ...AUDIT, calibration } });
  expect(section(report, "In short")).toContain("The auditor is weak");
  expect(section(report, "Risks that remain")).toContain("30 of 30 such texts");
  expect(section(privacyReport(INPUT), "In short")).not.toContain("weak");
});

test("below the minimums nothing is published, and the page says what to do", () => {
  const withheld = { clusters: 3, conversations: 40, names: [] };
  const report = privacyReport({ ...INPUT, audit: { ...AUDIT, withheld }, shownNames: 0 });
  expect(section(report, "In short")).toContain("Nothing is published");
  expect(section(report, "What to do")).toContain("reaches the minimums");
});
