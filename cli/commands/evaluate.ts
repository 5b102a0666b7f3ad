import { resolve } from "node:path";
import { fileInput } from "../../shared/adapters/directory/input-source.ts";
import type { ArtifactName } from "../../shared/contracts/artifacts.ts";
import type { EvaluationMetrics, LabelRow } from "../../shared/contracts/evaluation.ts";
import type { RunManifest } from "../../shared/contracts/run.ts";
import { GATE_MEASURES, checkGates, parseGate } from "../../shared/domain/evaluation/gates.ts";
import type { Gate } from "../../shared/domain/evaluation/gates.ts";
import { parseLabelLine } from "../../shared/domain/evaluation/labels.ts";
import type { LabelProblem } from "../../shared/domain/evaluation/labels.ts";
import { reportFigures, reportMarkdown } from "../../shared/domain/evaluation/report.ts";
import { evaluate } from "../../shared/domain/evaluation/score.ts";
import { storedLines } from "../../shared/domain/jsonl.ts";
import { artifactReader, writeArtifacts } from "../../shared/engine/artifact-io.ts";
import { loadRun } from "../../shared/engine/run-record.ts";
import { UsageError } from "../../shared/errors.ts";
import { labelledResults } from "../../shared/phases/labelled-results.ts";
import { parseRunId, placeFlags, storesOf } from "../context.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../io.ts";
import type { Io } from "../io.ts";
import { showEvaluation } from "../render/evaluation.ts";
import { count, list, plural, safe, shellWord } from "../render/text.ts";
import { isDone } from "../results.ts";
import { recordedConfig } from "../settings.ts";

export interface EvaluateOptions {
  readonly runId: string | null;
  readonly labels: string | null;
  /** As typed: "nmi>=0.6". */
  readonly gates: readonly string[];
  readonly write: boolean;
}

/** Problems of a labels file that are told. */
const MOST_PROBLEMS = 5;
/** Labels of a run of this many conversations fit into memory with the vectors of the word baseline beside them. */
const MOST_LABELS = 200_000;

const LABEL_HINT =
  'A line reads {"conversation_id": "c-1", "label": "refunds"}; domain, language and concern (1 to 5) may stand beside them.';

function gatesOf(texts: readonly string[]): Gate[] {
  return texts.map((text) => {
    const gate = parseGate(text);
    if (gate !== null) return gate;
    throw new UsageError(`--gate is "${safe(text).slice(0, 60)}", which is no gate.`, {
      code: "bad_gate",
      hint: `Write it in quotes, for example --gate "nmi>=0.6". What can be asked for: ${list(GATE_MEASURES, "and")}.`,
    });
  });
}

function badLabels(shown: string, problems: readonly LabelProblem[], total: number): UsageError {
  const told = problems.map(({ line, message }) => `line ${line}: ${safe(message)}`).join("; ");
  const more = total > problems.length ? `; and ${plural(total - problems.length, "more line")}` : "";
  return new UsageError(`The labels in ${shown} cannot be used: ${told}${more}.`, {
    code: "bad_labels",
    hint: LABEL_HINT,
  });
}

/** Labels by conversation. Throws UsageError that names the lines with something wrong in them. */
async function readLabels({ cwd }: Pick<Io, "cwd">, path: string): Promise<Map<string, LabelRow>> {
  const shown = safe(path);
  const source = await fileInput(resolve(cwd, path));
  const labels = new Map<string, LabelRow>();
  const problems: LabelProblem[] = [];
  let [line, wrong] = [0, 0];
  const tell = (problem: LabelProblem): void => {
    if (++wrong <= MOST_PROBLEMS) problems.push(problem);
  };
  for await (const raw of storedLines(source.content())) {
    line++;
    const text = (line === 1 ? raw.replace(/^\uFEFF/, "") : raw).trim();
    if (text === "") continue;
    const parsed = parseLabelLine(text, line);
    if (!parsed.ok) tell(parsed.problem);
    else if (labels.has(parsed.row.conversation_id))
      tell({ line, message: "a second label of a conversation that has one already" });
    else labels.set(parsed.row.conversation_id, parsed.row);
    if (labels.size > MOST_LABELS)
      throw new UsageError(`There are more than ${count(MOST_LABELS)} labels in ${shown}.`, {
        code: "too_many_labels",
        hint: "Take a random part of them: the intervals say how much it tells.",
      });
  }
  if (wrong > 0) throw badLabels(shown, problems, wrong);
  if (labels.size > 0) return labels;
  throw new UsageError(`There is no label in ${shown}.`, { code: "no_labels", hint: LABEL_HINT });
}

function refuseUnfinished(context: Context, run: RunManifest): void {
  const missing = (["facets", "cluster"] as const).filter((phase) => !isDone(run, phase));
  if (missing.length === 0) return;
  throw new UsageError(`Run ${run.run_id} has no clusters yet that labels could be compared with.`, {
    code: "no_clusters",
    hint: `Find them: clio run --run-id ${run.run_id} --resume --with-hierarchy${placeFlags(context, shellWord)}`,
  });
}

function noneInRun(run: RunManifest, given: number): UsageError {
  return new UsageError(`None of the ${count(given)} labels is of a conversation of run ${run.run_id}.`, {
    code: "labels_of_other_conversations",
    hint: "Their conversation_id has to be that of the input; check that run and labels belong together.",
  });
}

/** Scores a run against the user's own labels. */
export async function evaluateCommand(options: EvaluateOptions, context: Context): Promise<ExitCode> {
  const { io, output } = context;
  if (options.runId === null || options.labels === null)
    throw new UsageError(`${options.runId === null ? "Which run" : "Where the labels are"} was not said.`, {
      code: options.runId === null ? "no_run_id" : "no_labels_file",
      hint: "For example: clio evaluate --run-id may --labels labels.jsonl",
    });
  const gates = gatesOf(options.gates);
  const runId = parseRunId(options.runId);
  const labels = await readLabels(io, options.labels);
  const stores = await storesOf(context);
  const run = await loadRun(stores.runs, runId);
  refuseUnfinished(context, run);

  const read = new Set<ArtifactName>(["conversations", "facets", "assignments", "hierarchy"]);
  const artifacts = artifactReader(stores.objects, runId, read);
  const { items, unlabelled } = await labelledResults(artifacts, labels);
  if (items.length === 0) throw noneInRun(run, labels.size);
  const nodes = isDone(run, "hierarchy") ? (await artifacts.json("hierarchy")).clusters : [];
  const quality = evaluate(items, nodes, recordedConfig(run).seed);
  const metrics: EvaluationMetrics = {
    schema_version: "1.0.0",
    run_id: runId,
    model: run.model,
    embedder: run.embedder,
    source: "labels",
    labels: { given: labels.size, not_in_run: labels.size - items.length, unlabelled },
    quality,
    stability: null,
    leaks: null,
    attack: null,
  };
  const results = checkGates(quality, gates);
  if (options.write) {
    const { topics, languages } = reportFigures(metrics);
    await writeArtifacts(stores.objects, runId, {
      evaluation_metrics: metrics,
      evaluation_report: reportMarkdown(metrics, results),
      evaluation_topics: topics,
      evaluation_languages: languages,
    });
  }
  const exitCode = results.every(({ passed }) => passed) ? ExitCode.done : ExitCode.failed;
  const folder = stores.folder(runId);
  showEvaluation(output, metrics, results);
  if (options.write) output.say(`\nWritten to ${folder.replace(/\/$/, "")}/eval/report.md`);
  output.answer({
    schema_version: "1.0.0",
    ok: exitCode === ExitCode.done,
    exit_code: exitCode,
    evaluation: metrics,
    gates: results,
  });
  return exitCode;
}
