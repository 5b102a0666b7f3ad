import { artifacts } from "../shared/contracts/artifacts.ts";
import type { ArtifactValue, JsonArtifact } from "../shared/contracts/artifacts.ts";
import type { Cluster, TreeNode } from "../shared/contracts/clusters.ts";
import type { EvaluationMetrics } from "../shared/contracts/evaluation.ts";
import type { PrivacyAudit } from "../shared/contracts/privacy.ts";
import { runMetrics, runWarnings } from "../shared/contracts/run.ts";
import type { PhaseName, RunManifest, RunMetrics, Warning } from "../shared/contracts/run.ts";
import type { ValidationReport } from "../shared/contracts/validation.ts";
import { decodeJson } from "../shared/domain/jsonl.ts";
import { nestClusters } from "../shared/domain/tree.ts";
import { artifactKey, runFile } from "../shared/keys.ts";
import type { ObjectStore } from "../shared/ports/object-store.ts";
import type { Withholding } from "./render/tree.ts";
import { safe } from "./render/text.ts";

/** What a run found, as far as its phases have run, for people to read. */
export interface RunResults {
  readonly report: ValidationReport | null;
  readonly clusters: ClusterView | null;
  readonly audit: PrivacyAudit | null;
  readonly evaluation: EvaluationMetrics | null;
  readonly metrics: RunMetrics | null;
  readonly warnings: readonly Warning[];
  /** Files that should be there and cannot be read, by path. */
  readonly unreadable: readonly string[];
}

export interface ClusterView {
  /** The artifact shown: the one that has come furthest. */
  readonly source: "filtered_clusters" | "hierarchy" | "labeled_clusters" | "base_clusters";
  /** Nested when there is a hierarchy, else the base clusters; largest first. */
  readonly roots: readonly TreeNode[];
  /** Base clusters shown. */
  readonly base: number;
  /** Conversations in them. */
  readonly conversations: number;
  readonly withholding: Withholding;
}

export function isDone(run: RunManifest, phase: PhaseName): boolean {
  const status = run.phase_states[phase]?.status;
  return run.phases.includes(phase) && (status === "done" || status === "reused");
}

/** Reads what a run left. Files that are missing or damaged are named, not fatal: a record is shown as far as it goes. */
export async function readResults(objects: ObjectStore, run: RunManifest): Promise<RunResults> {
  const unreadable: string[] = [];

  async function read<T>(
    key: string,
    path: string,
    parse: (value: unknown) => T,
    expected = true,
  ): Promise<T | null> {
    const bytes = await objects.get(key);
    if (bytes === null) {
      if (expected) unreadable.push(path);
      return null;
    }
    try {
      return parse(decodeJson(bytes));
    } catch {
      unreadable.push(path);
      return null;
    }
  }
  const artifact = async <N extends JsonArtifact>(
    name: N,
    phase: PhaseName,
  ): Promise<ArtifactValue<N> | null> => {
    if (!isDone(run, phase)) return null;
    const { path, schema } = artifacts[name];
    return read(artifactKey(run.run_id, path), path, (value) => schema.parse(value) as ArtifactValue<N>);
  };

  const refused = run.phase_states.ingest?.status === "failed";
  const { path: reportPath, schema: reportSchema } = artifacts.validation_report;
  const report =
    refused || isDone(run, "ingest")
      ? await read(
          artifactKey(run.run_id, reportPath),
          reportPath,
          (value) => reportSchema.parse(value),
          !refused,
        )
      : null;
  const ended = run.finished_at !== null && run.attempt > 0;
  const metrics = await read(
    runFile(run.run_id, "metrics"),
    "run_metrics.json",
    (value) => runMetrics.parse(value),
    ended,
  );
  const warned = await read(
    runFile(run.run_id, "warnings"),
    "run_warnings.json",
    (value) => runWarnings.parse(value),
    ended && run.warnings > 0,
  );
  const audit = await artifact("privacy_audit", "privacy");
  const evaluation = await artifact("evaluation_metrics", "evaluate");
  const clusters = await readClusters(artifact, audit);
  return { report, clusters, audit, evaluation, metrics, warnings: warned?.warnings ?? [], unreadable };
}

type ReadArtifact = <N extends JsonArtifact>(name: N, phase: PhaseName) => Promise<ArtifactValue<N> | null>;

async function readClusters(artifact: ReadArtifact, audit: PrivacyAudit | null): Promise<ClusterView | null> {
  const base = await artifact("base_clusters", "cluster");
  const below = base?.clusters.filter(({ withheld }) => withheld) ?? [];
  const withholding: Withholding = {
    reasons:
      audit === null
        ? null
        : new Map(audit.withheld.names.map(({ cluster_id: id, reasons }) => [id, reasons])),
    below:
      base === null || below.length === 0
        ? null
        : { ids: new Set(below.map(({ id }) => id)), minimums: base.minimums },
  };
  const filtered = await artifact("filtered_clusters", "privacy");
  if (filtered !== null) return view("filtered_clusters", filtered.clusters, withholding);
  // An audit whose outcome cannot be read must not end in the names from before it.
  if (audit !== null) return null;
  const built = await artifact("hierarchy", "hierarchy");
  if (built !== null) return view("hierarchy", built.clusters, withholding);
  const labeled = await artifact("labeled_clusters", "label");
  if (labeled !== null) return view("labeled_clusters", labeled.clusters, withholding);
  return base === null ? null : view("base_clusters", base.clusters, withholding);
}

function view(
  source: ClusterView["source"],
  clusters: readonly Cluster[],
  withholding: Withholding,
): ClusterView {
  const ids = new Set(clusters.map(({ id }) => id));
  // Whatever stands under a node that is not shown stands at the top.
  const rooted = clusters.map((cluster) =>
    cluster.parent_id === null || ids.has(cluster.parent_id) ? cluster : { ...cluster, parent_id: null },
  );
  const leaves = clusters.filter(({ level }) => level === 0);
  // One base cluster below the minimums means that all are, and so is what stands above them.
  const below = withholding.below === null ? null : { ...withholding.below, ids };
  return {
    source,
    roots: nestClusters(rooted),
    base: leaves.length,
    conversations: leaves.reduce((sum, { size }) => sum + size, 0),
    withholding: { ...withholding, below },
  };
}

/** A tree as an answer in JSON: names without control characters, and why there are none. */
export interface AnswerNode {
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly withheld: readonly string[];
  readonly size: number;
  readonly unique_users: number;
  readonly level: number;
  readonly children: readonly AnswerNode[];
}

function answerNode(node: TreeNode, withholding: Withholding): AnswerNode {
  const { id, size, unique_users, level } = node;
  const below = withholding.below?.ids.has(id) === true;
  return {
    id,
    name: node.name === null || below ? null : safe(node.name),
    description: node.description === null || below ? null : safe(node.description),
    withheld: below ? ["below_minimums"] : (withholding.reasons?.get(id) ?? []),
    size,
    unique_users,
    level,
    children: node.children.map((child) => answerNode(child, withholding)),
  };
}

export function clustersAnswer(clusters: ClusterView | null): unknown {
  if (clusters === null) return null;
  const { source, base, conversations, roots, withholding } = clusters;
  return {
    source,
    base_clusters: base,
    conversations,
    tree: roots.map((root) => answerNode(root, withholding)),
  };
}
