import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { directoryRunStore } from "../../shared/adapters/directory/run-store.ts";
import { defaultConfig } from "../../shared/config.ts";
import type {
  BreakdownCell,
  Crosstab,
  MapCell,
  PublishedGeneration,
} from "../../shared/contracts/published.ts";
import { configRecord, newRun } from "../../shared/domain/new-run.ts";
import { validatePublished } from "../../shared/domain/published/validate.ts";
import { seededRandom } from "../../shared/domain/random.ts";
import { publishedKey, publishedLatestKey, RUNS_PREFIX } from "../../shared/keys.ts";
import { phasesOf } from "../../shared/pipeline.ts";

const IDENTITY = { provider: "offline", model: "made up", version: "1" };
const GENERATION = "00000000b16b00b5";
const AT = "2026-11-01T10:00:00.000Z";
/** Conversations of a base cluster, in cells that each reach the minimums. */
const EACH = 100;
const WEEKS = ["2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28"];
const WORDS =
  "plan write fix translate compare explain book cook learn build test draft review summarise invoice garden".split(
    " ",
  );

const idOf = (kind: "c" | "p", n: number): string => `${kind}${n.toString(16).padStart(12, "0")}`;

const LANGUAGE: readonly BreakdownCell[] = [
  { value: "en", conversations: 60 },
  { value: "de", conversations: 20 },
  { value: "other", conversations: 20 },
];
const RATING: readonly BreakdownCell[] = [
  { value: "1", conversations: 80 },
  { value: "other", conversations: 20 },
];
const WEEK: readonly BreakdownCell[] = [
  ...WEEKS.map((value) => ({ value, conversations: 20 })),
  { value: "other", conversations: 20 },
];
const byWeek = (rows: "concern" | "frustration"): Crosstab => ({
  rows,
  columns: "week",
  cells: [
    ...WEEKS.map((column) => ({ row: "1", column, conversations: 20 })),
    { row: "other", column: "other", conversations: 20 },
  ],
});
const TABLES: readonly Crosstab[] = [
  {
    rows: "language",
    columns: "concern",
    cells: [
      { row: "de", column: "1", conversations: 20 },
      { row: "en", column: "1", conversations: 60 },
      { row: "other", column: "other", conversations: 20 },
    ],
  },
  byWeek("concern"),
  byWeek("frustration"),
];
const times = <T extends { conversations: number }>(cells: readonly T[], factor: number): T[] =>
  cells.map((cell) => ({ ...cell, conversations: cell.conversations * factor }));

/** A generation of `leaves` base clusters, a hundred conversations each, under two levels. */
function generationOf(runId: string, leaves: number, grid: number): PublishedGeneration {
  const random = seededRandom(7);
  const name = (n: number): string =>
    `${WORDS[n % WORDS.length]} and ${WORDS[(n * 7 + 3) % WORDS.length]} things of kind ${n}`;
  const roots = Math.max(1, Math.round(Math.sqrt(leaves) / 3));
  const middles = Math.max(roots, Math.round(Math.sqrt(leaves) * 3));
  const total = leaves * EACH;
  const under = (children: number, parents: number, parent: number): number =>
    Array.from({ length: children }, (_, i) => i).filter((i) => i % parents === parent).length;
  const leavesOfMiddle = (m: number): number => under(leaves, middles, m);
  const leavesOfRoot = (r: number): number =>
    Array.from({ length: middles }, (_, m) => m)
      .filter((m) => m % roots === r)
      .reduce((sum, m) => sum + leavesOfMiddle(m), 0);
  const cluster = (id: string, parent: string | null, level: number, size: number, n: number) => ({
    id,
    parent_id: parent,
    level,
    name: name(n),
    description: `People ask to ${name(n)}.`,
    name_withheld: [],
    conversations: size * EACH,
    share: (size * EACH) / total,
    users: size * EACH >= 250 ? ("250-999" as const) : ("25-49" as const),
  });
  const root = (r: number): string => idOf("p", r);
  const middle = (m: number): string => idOf("p", roots + m);
  const clusters = [
    ...Array.from({ length: roots }, (_, r) => cluster(root(r), null, 2, leavesOfRoot(r), r)),
    ...Array.from({ length: middles }, (_, m) =>
      cluster(middle(m), root(m % roots), 1, leavesOfMiddle(m), m + 11),
    ),
    ...Array.from({ length: leaves }, (_, l) => cluster(idOf("c", l), middle(l % middles), 0, 1, l + 29)),
  ].filter(({ conversations }) => conversations > 0);
  clusters.sort((a, b) => b.level - a.level || b.conversations - a.conversations);

  const cells: MapCell[] = [];
  for (let l = 0; l < leaves; l++) {
    const angle = ((l % middles) / middles) * 2 * Math.PI;
    const reach = 0.25 + 0.6 * random();
    const x = Math.cos(angle) * reach + (random() - 0.5) * 0.2;
    const y = Math.sin(angle) * reach + (random() - 0.5) * 0.2;
    const at = (value: number): number =>
      Math.min(grid - 2, Math.max(0, Math.floor(((value + 1) / 2) * grid)));
    for (const [dx, dy] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const)
      cells.push({ column: at(x) + dx, row: at(y) + dy, cluster_id: idOf("c", l), conversations: EACH / 4 });
  }
  const sized = clusters.map(({ id, conversations }) => ({ id, factor: conversations / EACH }));
  const version = "1.0.0" as const;
  const minimums = { min_users: 5, min_conversations: 15 };
  return {
    "index.json": {
      schema_version: version,
      run_id: runId,
      generation: GENERATION,
      model: IDENTITY,
      embedder: IDENTITY,
      offline: true,
      users: "required",
      minimums,
      totals: {
        read: total,
        failed: 0,
        published: total,
        withheld: 0,
        clusters: clusters.length,
        withheld_names: 0,
      },
      period: { first_day: "2026-09-07", last_day: "2026-10-04" },
      files: ["clusters.json", "breakdowns.json", "crosstabs.json", "map.json", "privacy.json"],
    },
    "clusters.json": { schema_version: version, clusters },
    "breakdowns.json": {
      schema_version: version,
      clusters: sized.map(({ id, factor }) => ({
        cluster_id: id,
        cells: {
          language: times(LANGUAGE, factor),
          concern: times(RATING, factor),
          frustration: times(RATING, factor),
          week: times(WEEK, factor),
        },
      })),
    },
    "crosstabs.json": {
      schema_version: version,
      clusters: sized.map(({ id, factor }) => ({
        cluster_id: id,
        tables: TABLES.map((table) => ({ ...table, cells: times(table.cells, factor) })),
      })),
    },
    "map.json": { schema_version: version, grid, cells },
    "privacy.json": {
      schema_version: version,
      minimums,
      masking: true,
      layers: [],
      calibration: null,
      withheld_clusters: 0,
      withheld_conversations: 0,
      withheld_names: {},
      relabeled: 0,
    },
  };
}

/** Writes the record of a run that is done, and what it published: made up, and in order by the product's own check. */
export async function writeBigRun(runsDir: string, runId: string, leaves: number, grid = 128): Promise<void> {
  const files = generationOf(runId, leaves, grid);
  const findings = validatePublished(new Map(Object.entries(files)), runId);
  if (findings.length > 0) throw new Error(`what was made up is not in order: ${findings[0]?.message}`);
  const config = defaultConfig();
  const made = newRun({
    runId,
    at: AT,
    config,
    phases: phasesOf(["hierarchy", "privacy"]),
    dataset: { name: `${runId}.jsonl`, bytes: 1, sha256: "0".repeat(64) },
    model: IDENTITY,
    embedder: IDENTITY,
    versions: { ant_clio: "0.0.0", node: process.version },
  });
  await directoryRunStore({ dir: runsDir }).create({
    ...made,
    config: configRecord(config),
    status: "done",
    attempt: 1,
    finished_at: AT,
    counts: {
      ...made.counts,
      read: leaves * EACH,
      published_clusters: files["clusters.json"].clusters.length,
    },
  });
  const write = async (key: string, value: unknown): Promise<void> => {
    const path = join(runsDir, key.slice(RUNS_PREFIX.length));
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, JSON.stringify(value));
  };
  for (const [file, value] of Object.entries(files))
    await write(publishedKey(runId, GENERATION, file), value);
  await write(publishedLatestKey(runId), {
    schema_version: "1.0.0",
    run_id: runId,
    generation: GENERATION,
    published_at: AT,
  });
}
