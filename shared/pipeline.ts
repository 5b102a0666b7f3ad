import type { ArtifactName } from "./contracts/artifacts.ts";
import type { ModelTask } from "./contracts/model-tasks.ts";
import type { PhaseName } from "./contracts/run.ts";
import type { ConfigKey } from "./config.ts";

/** One row of the table: what a phase needs and touches. The engines and `infra/` know phases from here alone. */
export interface PhaseRow {
  readonly name: PhaseName;
  readonly title: string;
  /** Raised when the same inputs would give another output: part of every fingerprint. */
  readonly version: number;
  /** Settings the outcome depends on. Batch sizes and concurrencies are not among them: a plan is kept across attempts. */
  readonly config: readonly ConfigKey[];
  /** Phases whose outcome this one depends on, as far as they are part of the run. */
  readonly after: readonly PhaseName[];
  readonly reads: readonly ArtifactName[];
  readonly writes: readonly ArtifactName[];
  /** What it reads of the runs that it starts, beside what they publish. */
  readonly readsOfRuns?: readonly ArtifactName[];
  /** What its batches call beside the model; "runs" are runs of its own, which ask model and embedder in its place. */
  readonly needs: readonly ("input" | "embedder" | "runs")[];
  /** Tasks that its batches ask the model. */
  readonly asks: readonly ModelTask[];
  /** Tries of a batch in all, the first included. */
  readonly attempts: number;
  /** Seconds one batch, plan or reduce may take. At most 870: Lambda ends a function at 900, and the wrapper needs the rest. */
  readonly timeLimitSeconds: number;
  /** Lambda memory, MiB; 1,769 MiB is one whole vCPU. */
  readonly memoryMiB: number;
  /** Kind of child execution of the map: express only where attempts x time limit + backoff stays below 290 s. */
  readonly child: "standard" | "express";
}

/** Waits between the tries of a batch double from here: 1, 2, 4 ... seconds. */
export const RETRY_FIRST_WAIT_SECONDS = 1;

/** Most batches of one round: their numbers as JSON are 49 KB of the 256 KiB that a state's payload may have. */
export const MAX_BATCHES_PER_ROUND = 10_000;

export const pipeline: readonly PhaseRow[] = [
  {
    name: "ingest",
    title: "Read and validate",
    version: 3,
    config: ["limit", "users", "skip_invalid"],
    after: [],
    reads: [],
    writes: ["validation_report", "conversations", "users", "days"],
    needs: ["input"],
    asks: [],
    attempts: 4,
    timeLimitSeconds: 870,
    memoryMiB: 1769,
    child: "standard",
  },
  {
    name: "facets",
    title: "Extract facets",
    version: 3,
    config: ["provider", "seed", "mask_pii", "custom_facets"],
    after: ["ingest"],
    reads: ["conversations"],
    writes: ["facets"],
    needs: [],
    asks: ["facets"],
    attempts: 4,
    timeLimitSeconds: 600,
    memoryMiB: 1024,
    child: "standard",
  },
  {
    name: "embed",
    title: "Embed facets",
    version: 2,
    config: ["provider"],
    after: ["facets"],
    reads: ["facets"],
    writes: ["embeddings"],
    needs: ["embedder"],
    asks: [],
    attempts: 4,
    timeLimitSeconds: 600,
    memoryMiB: 1769,
    child: "standard",
  },
  {
    name: "cluster",
    title: "Find base clusters",
    version: 4,
    config: ["seed", "k", "min_users", "min_conversations", "kmeans_restarts"],
    after: ["ingest", "embed"],
    reads: ["users", "embeddings"],
    writes: ["assignments", "base_clusters", "centroids"],
    needs: [],
    asks: [],
    attempts: 3,
    timeLimitSeconds: 870,
    memoryMiB: 8192,
    child: "standard",
  },
  {
    name: "map",
    title: "Lay out the map",
    version: 3,
    config: ["seed", "map_neighbours", "map_min_dist"],
    after: ["embed", "cluster"],
    reads: ["embeddings", "assignments", "base_clusters"],
    writes: ["map_points", "map_clusters"],
    needs: [],
    asks: [],
    attempts: 3,
    timeLimitSeconds: 870,
    memoryMiB: 8192,
    child: "standard",
  },
  {
    name: "annotate",
    title: "Annotate conversations",
    version: 1,
    config: [],
    after: ["ingest", "facets", "cluster", "map"],
    reads: ["conversations", "facets", "assignments", "map_points"],
    writes: ["annotated"],
    needs: [],
    asks: [],
    attempts: 3,
    timeLimitSeconds: 870,
    memoryMiB: 1769,
    child: "standard",
  },
  {
    name: "label",
    title: "Name clusters",
    version: 5,
    config: [
      "provider",
      "seed",
      "min_users",
      "name_words",
      "label_members",
      "label_outsiders",
      "label_max_per_user",
    ],
    after: ["ingest", "facets", "embed", "cluster"],
    reads: ["users", "facets", "embeddings", "assignments", "base_clusters", "centroids"],
    writes: ["label_samples", "labeled_clusters"],
    needs: [],
    asks: ["label"],
    attempts: 4,
    timeLimitSeconds: 870,
    memoryMiB: 3538,
    child: "standard",
  },
  {
    name: "hierarchy",
    title: "Build the hierarchy",
    version: 6,
    config: ["provider", "seed", "hierarchy_top", "hierarchy_neighbourhood"],
    after: ["ingest", "cluster", "label"],
    reads: ["users", "assignments", "labeled_clusters"],
    writes: ["hierarchy", "tree_view"],
    needs: ["embedder"],
    asks: ["propose_parents", "deduplicate_parents", "assign_parent", "rename_parent"],
    attempts: 4,
    timeLimitSeconds: 870,
    memoryMiB: 3538,
    child: "standard",
  },
  {
    name: "privacy",
    title: "Audit and screen",
    version: 3,
    config: [
      "provider",
      "seed",
      "mask_pii",
      "min_users",
      "min_conversations",
      "name_words",
      "privacy_sample",
      "privacy_calibration",
      "privacy_pass_rating",
    ],
    after: ["ingest", "facets", "cluster", "label", "hierarchy"],
    reads: [
      "conversations",
      "users",
      "facets",
      "assignments",
      "base_clusters",
      "label_samples",
      "labeled_clusters",
      "hierarchy",
    ],
    writes: ["privacy_audit", "privacy_report", "filtered_clusters"],
    needs: [],
    asks: ["audit", "label"],
    attempts: 4,
    timeLimitSeconds: 870,
    memoryMiB: 3538,
    child: "standard",
  },
  {
    name: "publish",
    title: "Publish",
    version: 2,
    config: ["custom_facets", "min_users", "min_conversations", "map_grid"],
    after: ["ingest", "facets", "cluster", "map", "privacy"],
    reads: [
      "users",
      "days",
      "facets",
      "assignments",
      "base_clusters",
      "map_points",
      "privacy_audit",
      "filtered_clusters",
    ],
    writes: [],
    needs: [],
    asks: [],
    attempts: 3,
    timeLimitSeconds: 870,
    memoryMiB: 3538,
    child: "standard",
  },
  {
    name: "evaluate",
    title: "Evaluate",
    version: 3,
    config: [
      "provider",
      "seed",
      "eval_count",
      "mask_pii",
      "custom_facets",
      "k",
      "min_users",
      "min_conversations",
      "kmeans_restarts",
      "map_neighbours",
      "map_min_dist",
      "label_members",
      "label_outsiders",
      "label_max_per_user",
      "hierarchy_top",
      "hierarchy_neighbourhood",
      "privacy_sample",
      "privacy_pass_rating",
      "map_grid",
    ],
    after: [],
    reads: [],
    writes: [
      "synthetic_conversations",
      "synthetic_truth",
      "evaluation_metrics",
      "evaluation_topics",
      "evaluation_languages",
      "evaluation_report",
    ],
    readsOfRuns: [
      "conversations",
      "facets",
      "assignments",
      "labeled_clusters",
      "hierarchy",
      "filtered_clusters",
    ],
    needs: ["runs"],
    asks: [],
    attempts: 3,
    timeLimitSeconds: 870,
    memoryMiB: 3538,
    child: "standard",
  },
];

/** Whether its batches call the provider: such a phase needs its code, its key and the time for its answers. */
export const callsProvider = ({ asks, needs }: Pick<PhaseRow, "asks" | "needs">): boolean =>
  asks.length > 0 || needs.includes("embedder");

export function phaseRow(name: PhaseName): PhaseRow {
  const row = pipeline.find((candidate) => candidate.name === name);
  if (row === undefined) throw new RangeError(`no phase ${name}`);
  return row;
}

/**
 * Phases of a run that have ended before `row` starts: those that it depends on. One that starts runs of its own waits for
 * all before it: its runs want the same calls in flight, and none are paid for a run that fails.
 * @param rows of the run, in the order of the table.
 */
export function startsAfter(row: PhaseRow, rows: readonly PhaseRow[]): PhaseName[] {
  return rows
    .slice(0, rows.indexOf(row))
    .map(({ name }) => name)
    .filter((name) => row.needs.includes("runs") || row.after.includes(name));
}

/** What a user switches on; each implies those before it, but hierarchy, privacy and the evaluation stand side by side (design section 12). */
export const stages = {
  ingest: ["ingest"],
  facets: ["ingest", "facets", "annotate"],
  clustering: ["ingest", "facets", "embed", "cluster", "map", "annotate"],
  labeling: ["ingest", "facets", "embed", "cluster", "map", "annotate", "label"],
  hierarchy: ["ingest", "facets", "embed", "cluster", "map", "annotate", "label", "hierarchy"],
  privacy: ["ingest", "facets", "embed", "cluster", "map", "annotate", "label", "privacy", "publish"],
  eval: ["ingest", "evaluate"],
} as const satisfies Record<string, readonly PhaseName[]>;
export type Stage = keyof typeof stages;

/** Phases in the order of the table, each once. */
export function inTableOrder(phases: Iterable<PhaseName>): PhaseName[] {
  const wanted = new Set(phases);
  return pipeline.map((row) => row.name).filter((name) => wanted.has(name));
}

/** The phases of the stages asked for, in the order of the table. */
export function phasesOf(asked: readonly Stage[]): PhaseName[] {
  return inTableOrder(["ingest", ...asked.flatMap((stage): readonly PhaseName[] => stages[stage])]);
}
