import { expect, test } from "vitest";
import type { PublishedGeneration } from "../../../shared/contracts/published.ts";
import { validatePublished } from "../../../shared/domain/published/validate.ts";
import { RUN_ID, sampleGeneration } from "../../published/sample-generation.ts";

function findingsOf(change: (files: PublishedGeneration) => unknown): string[] {
  const files = sampleGeneration();
  change(files);
  return validatePublished(new Map(Object.entries(files)), RUN_ID).map(({ file, code }) => `${file} ${code}`);
}

test("nothing is found in what is in order", () => {
  expect(findingsOf(() => {})).toEqual([]);
});

const clusters = (files: PublishedGeneration) => files["clusters.json"].clusters;
const leafTables = (files: PublishedGeneration) => files["crosstabs.json"].clusters[1]!.tables;

test.each<[string, (files: PublishedGeneration) => unknown, string]>([
  ["a count below the minimum", (f) => (f["map.json"].cells[1]!.conversations = 3), "map.json below_minimum"],
  ["a parent that is not a sum", (f) => (clusters(f)[0]!.conversations = 101), "clusters.json sum"],
  ["a share of something else", (f) => (clusters(f)[1]!.share = 0.61), "clusters.json sum"],
  ["a parent that is not there", (f) => (clusters(f)[1]!.parent_id = "p000000000009"), "clusters.json tree"],
  ["a cluster twice", (f) => clusters(f).push(clusters(f)[2]!), "clusters.json tree"],
  [
    "a band of more users than conversations",
    (f) => (clusters(f)[2]!.users = "1000+"),
    "clusters.json contradiction",
  ],
  ["a withheld name that is shown", (f) => (clusters(f)[2]!.name = "A"), "clusters.json contradiction"],
  ["an escape sequence in a name", (f) => (clusters(f)[1]!.name = "A\u001b[2J"), "clusters.json text"],
  [
    "a text in place of a description",
    (f) => (clusters(f)[1]!.description = "a".repeat(3000)),
    "clusters.json text",
  ],
  [
    "a breakdown that lacks some",
    (f) => f["breakdowns.json"].clusters[1]!.cells.language.pop(),
    "breakdowns.json sum",
  ],
  [
    "a parent's cell that is not a sum",
    (f) => {
      const [en, de] = f["breakdowns.json"].clusters[0]!.cells.language;
      en!.conversations--;
      de!.conversations++;
    },
    "breakdowns.json sum",
  ],
  [
    "an unknown cluster",
    (f) => (f["breakdowns.json"].clusters[1]!.cluster_id = "c000000000009"),
    "breakdowns.json unknown_cluster",
  ],
  [
    "a text in place of a value",
    (f) => (f["breakdowns.json"].clusters[2]!.cells.language[0]!.value = "x".repeat(81)),
    "breakdowns.json text",
  ],
  [
    "a cross-tab that contradicts the breakdown",
    (f) => {
      const [de, en] = leafTables(f)[0]!.cells;
      de!.conversations++;
      en!.conversations--;
    },
    "crosstabs.json sum",
  ],
  [
    "a ring of tables",
    (f) => {
      for (const row of f["crosstabs.json"].clusters)
        row.tables.push({ rows: "language", columns: "week", cells: [] });
    },
    "crosstabs.json ring",
  ],
  ["another run", (f) => (f["index.json"].run_id = "other-run"), "index.json contradiction"],
  ["totals that do not fit", (f) => (f["index.json"].totals.published = 99), "index.json contradiction"],
  ["more than was read", (f) => (f["index.json"].totals.read = 100), "index.json sum"],
  ["a file that is not listed", (f) => f["index.json"].files.pop(), "index.json contradiction"],
  [
    "a field that no schema knows",
    (f) => Object.assign(f["map.json"].cells[0]!, { text: "hello" }),
    "map.json schema",
  ],
  ["a cell beyond the grid", (f) => (f["map.json"].cells[0]!.column = 64), "map.json contradiction"],
])("%s is found", (_what, change, expected) => {
  expect(findingsOf(change)).toContain(expected);
});

test("a finding repeats no text of the files", () => {
  const files = sampleGeneration();
  clusters(files)[1]!.name = "Zebulon\u0007";
  files["breakdowns.json"].clusters[2]!.cells.language[0]!.value = "Zebulon".repeat(20);
  Object.assign(files["map.json"], { Zebulon: 1 });
  expect(JSON.stringify(validatePublished(new Map(Object.entries(files))))).not.toContain("Zebulon");
});
