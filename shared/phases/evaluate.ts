import type { Conversation } from "../contracts/conversation.ts";
import { conversation as conversationSchema } from "../contracts/conversation.ts";
import { syntheticTruth } from "../contracts/evaluation.ts";
import type {
  EvaluationMetrics,
  LabelRow,
  LeakScores,
  StabilityScores,
  SyntheticTruth,
} from "../contracts/evaluation.ts";
import { crossTabulate } from "../domain/agreement.ts";
import { agreementEstimates } from "../domain/evaluation/bootstrap.ts";
import { attackOf, leaksOf, searchable } from "../domain/evaluation/leaks.ts";
import { levelAncestors } from "../domain/evaluation/levels.ts";
import { reportFigures, reportMarkdown } from "../domain/evaluation/report.ts";
import { evaluate } from "../domain/evaluation/score.ts";
import { encodeLine, storedLines } from "../domain/jsonl.ts";
import { seededRandom } from "../domain/random.ts";
import { evaluationRunId, evaluationRuns } from "./evaluation-runs.ts";
import type { EvaluationRun } from "./evaluation-runs.ts";
import { labelledResults } from "./labelled-results.ts";
import type { ArtifactReader, BatchOutput, Phase, PhaseContext, ReduceAnswer } from "./phase.ts";

const SYNTHESIS = 0;
const INPUT_NAME = "synthetic_conversations.jsonl";

const childId = ({ runId, fingerprint }: PhaseContext, { suffix }: EvaluationRun): string =>
  evaluationRunId(runId, fingerprint, suffix);

async function synthesisOf(
  count: number,
  seed: number,
): Promise<{ rows: SyntheticTruth[]; bytes: Uint8Array }> {
  // Half a megabyte of scenes, which a function that scores has no use for.
  const { synthesise } = await import("../domain/evaluation/synthetic.ts");
  const rows: SyntheticTruth[] = [];
  const lines: Uint8Array[] = [];
  for (const { conversation, truth } of synthesise(count, seed)) {
    rows.push(truth);
    lines.push(encodeLine(conversation));
  }
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.length, 0));
  let at = 0;
  for (const line of lines) {
    bytes.set(line, at);
    at += line.length;
  }
  return { rows, bytes };
}

/** What is true of the conversations that quality is measured on. */
function labelsOf(truth: readonly SyntheticTruth[]): Map<string, LabelRow> {
  return new Map(truth.filter(({ attack }) => attack === null).map((row) => [row.conversation_id, row]));
}

/** The cluster of each conversation, at the base and at the top of the hierarchy. */
async function groupsOf(artifacts: ArtifactReader): Promise<Record<"base" | "top", (string | null)[]>> {
  const { clusters, levels } = await artifacts.json("hierarchy");
  const tops = levelAncestors(clusters, levels);
  const base = (await Array.fromAsync(artifacts.rows("assignments"))).map(({ cluster_id: id }) => id);
  return { base, top: base.map((id) => (id === null ? null : (tops.get(id) ?? null))) };
}

async function stabilityOf(
  { config }: PhaseContext,
  seeds: StabilityScores["seeds"],
  runs: readonly [ArtifactReader, ArtifactReader],
): Promise<StabilityScores> {
  const [first, second] = [await groupsOf(runs[0]), await groupsOf(runs[1])];
  const levels = (["base", "top"] as const).map((level) => {
    const table = crossTabulate(first[level], second[level]);
    const random = seededRandom(config.seed, `evaluation/stability/${level}`);
    const { nmi, ari } = agreementEstimates(table, random);
    return { level, groups: [table.rows, table.columns] as [number, number], nmi, ari };
  });
  return { seeds, levels };
}

async function leakScores(
  { config, children }: PhaseContext,
  runId: string,
  truth: readonly SyntheticTruth[],
): Promise<{ leaks: LeakScores; shown: string[] }> {
  const artifacts = children.artifacts(runId);
  const facets = new Map<string, string>();
  const planted = new Set(truth.flatMap(({ conversation_id: id, canary }) => (canary === null ? [] : [id])));
  for await (const { conversation_id: id, ...row } of artifacts.rows("facets"))
    if (planted.has(id)) facets.set(id, searchable(JSON.stringify(row)));
  const named = [
    ...(await artifacts.json("labeled_clusters")).clusters,
    ...(await artifacts.json("hierarchy")).clusters,
  ];
  const names = searchable(named.map(({ name, description }) => `${name} ${description}`).join("\n"));
  const published = searchable((await children.published(runId)).join("\n"));
  const { min_users, min_conversations } = config;
  const layers = {
    facets: (id: string) => facets.get(id) ?? "",
    names: () => names,
    published: () => published,
  };
  const { clusters } = await artifacts.json("filtered_clusters");
  return {
    leaks: leaksOf(truth, layers, { min_users, min_conversations }),
    shown: clusters.map(({ name, description }) => `${name ?? ""}\n${description ?? ""}`),
  };
}

async function score(context: PhaseContext, runs: readonly EvaluationRun[]): Promise<ReduceAnswer> {
  const { children, config, parts } = context;
  const truth = await Array.fromAsync(parts.allRows(SYNTHESIS, syntheticTruth));
  const idOf = (role: EvaluationRun["role"]): string =>
    childId(
      context,
      runs.find((run) => run.role === role)!,
    );
  const [quality, other] = [children.artifacts(idOf("quality")), children.artifacts(idOf("stability"))];
  const seeds = runs.map((run) => run.config.seed);
  const { items } = await labelledResults(quality, labelsOf(truth));
  const { clusters } = await quality.json("hierarchy");
  const { leaks, shown } = await leakScores(context, idOf("leaks"), truth);
  const metrics: EvaluationMetrics = {
    schema_version: "1.0.0",
    run_id: context.runId,
    model: context.model.identity,
    embedder: context.embedder.identity,
    source: "synthetic",
    labels: null,
    quality: evaluate(items, clusters, config.seed),
    stability: await stabilityOf(context, [seeds[0]!, seeds[1]!], [quality, other]),
    leaks,
    attack: attackOf(truth, shown, seededRandom(config.seed, "evaluation/attack")),
  };
  const { topics, languages } = reportFigures(metrics);
  async function* conversations(): AsyncGenerator<Conversation> {
    const bytes = await parts.sidecar(SYNTHESIS, 0);
    for await (const line of storedLines(chunksOf(bytes))) yield conversationSchema.parse(JSON.parse(line));
  }
  async function* truths(): AsyncGenerator<SyntheticTruth> {
    yield* truth;
  }
  return {
    next: "done",
    artifacts: {
      synthetic_conversations: conversations(),
      synthetic_truth: truths(),
      evaluation_metrics: metrics,
      evaluation_topics: topics,
      evaluation_languages: languages,
      evaluation_report: reportMarkdown(metrics),
    },
  };
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/**
 * How good the run's settings and provider are, on synthetic conversations whose topics are known (design section 8):
 * runs of their own go over them, and are scored when they have ended. It depends on the settings alone, not on the input.
 */
export const evaluatePhase: Phase = {
  name: "evaluate",

  plan: async (_context, round) => ({ batches: round === SYNTHESIS ? 1 : 0, concurrency: 1 }),

  async batch({ config }): Promise<BatchOutput> {
    const { rows, bytes } = await synthesisOf(config.eval_count, config.seed);
    return { rows, sidecar: bytes };
  },

  async reduce(context, round): Promise<ReduceAnswer> {
    if (round === SYNTHESIS) return { next: "round", carry: null };
    const { children, config, parts } = context;
    const runs = evaluationRuns(config);
    for (const [i, run] of runs.entries()) {
      const child = await children.ensure({
        runId: childId(context, run),
        title: `${run.role} (${i + 1} of ${runs.length})`,
        config: run.config,
        phases: run.phases,
        input: { name: INPUT_NAME, content: () => parts.sidecar(SYNTHESIS, 0) },
      });
      // One after the other: side by side they would take turns on the same cores, and hold twice the memory.
      if (child.state === "running") return { next: "poll", afterSeconds: child.lookAgainSeconds };
      if (child.state === "failed") {
        const { code, message, hint } = child.failure;
        return {
          next: "failed",
          failure: { code, message: `its run ${childId(context, run)} failed: ${message}`, hint },
        };
      }
    }
    return score(context, runs);
  },
};
