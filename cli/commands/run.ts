import type { ConfigKey, RunConfig } from "../../shared/config.ts";
import type { PhaseName, RunManifest } from "../../shared/contracts/run.ts";
import { pipeline, phaseRow, phasesOf } from "../../shared/pipeline.ts";
import type { Stage } from "../../shared/pipeline.ts";
import type { CostForecast } from "../../shared/domain/estimate/billed.ts";
import type { Range } from "../../shared/domain/estimate/range.ts";
import type { CostEstimate } from "../../shared/engine/summary.ts";
import { BUDGET_SPENT, fromMicro } from "../../shared/engine/wallet.ts";
import { loadRun } from "../../shared/engine/run-record.ts";
import { ConflictError, UsageError } from "../../shared/errors.ts";
import type { Budget } from "../../shared/ports/budget.ts";
import type { InputSource } from "../../shared/ports/input-source.ts";
import type { Stores } from "../compose.ts";
import { folderOf, parseRunId, placeFlags, storesOf } from "../context.ts";
import type { Context } from "../context.ts";
import { forecastRun, isBilled } from "../../shared/engine/estimate/forecast.ts";
import { estimateRun } from "../../shared/engine/estimate/started-runs.ts";
import { openInput, shownInput } from "../input.ts";
import { estimateTools } from "../../shared/adapters/estimate-tools.ts";
import { launchOf } from "../viz/launches.ts";
import type { Input } from "../input.ts";
import { ExitCode } from "../io.ts";
import { clustersAnswer, isDone, readResults } from "../results.ts";
import type { RunResults } from "../results.ts";
import {
  datasetLine,
  heading,
  issueTable,
  showClusters,
  showPrivacy,
  showWarnings,
  statisticsRows,
} from "../render/outcome.ts";
import { showPreflight } from "../render/preflight.ts";
import { sentence, showProblem } from "../render/problem.ts";
import { dollars, tokens } from "../render/money.ts";
import { openMeter } from "../render/meter.ts";
import { showEvaluation } from "../render/evaluation.ts";
import { openProgress } from "../render/progress.ts";
import { statusWords } from "../render/record.ts";
import { pairs } from "../render/table.ts";
import { duration, plural, safe, shellWord, wrap } from "../render/text.ts";
import { changedSettings, runToEnd } from "../run-flow.ts";
import { surveyInput } from "../../shared/engine/estimate/survey.ts";
import { resumeOnAws } from "./resume-on-aws.ts";
import {
  readSettingSources,
  recordedConfig,
  resolveSettings,
  resumeSettings,
  showValue,
} from "../settings.ts";
import { embedderKind } from "../../shared/adapters/openai/endpoints.ts";
import { providerWorld } from "../provider-world.ts";
import type { ResolvedSettings, SettingFlags, SettingSources } from "../settings.ts";

export interface RunOptions {
  readonly input: string | null;
  readonly stages: readonly Stage[];
  readonly runId: string | null;
  readonly resume: boolean;
  readonly failOnWarning: boolean;
  readonly strict: boolean;
  /** As typed; another name of facet_batch_size. */
  readonly streamChunkSize: string | null;
  readonly flags: SettingFlags;
}

/** Children shown of a node at the end of a run; inspect-run shows all. */
const MAX_CHILDREN = 8;
const MAX_ISSUES = 10;

/** `--stream-chunk-size` and `--strict` as the settings they stand for. */
function settingFlags({ flags, streamChunkSize, strict }: RunOptions): SettingFlags {
  if (strict && flags.skip_invalid === true) {
    throw new UsageError("--strict and --skip-invalid contradict each other.", {
      code: "contradiction",
      hint: "--strict takes no invalid row; leave one of the two out.",
    });
  }
  if (
    streamChunkSize !== null &&
    flags.facet_batch_size !== undefined &&
    flags.facet_batch_size !== streamChunkSize
  ) {
    throw new UsageError("--stream-chunk-size and --facet-batch-size are the same setting, and differ.", {
      code: "contradiction",
      hint: "Leave one of the two out.",
    });
  }
  return {
    ...flags,
    ...(streamChunkSize === null ? {} : { facet_batch_size: streamChunkSize }),
    ...(strict ? { skip_invalid: false } : {}),
  };
}

/** The run that --resume goes on with. */
async function resumedRun(options: RunOptions, stores: Stores): Promise<RunManifest | null> {
  if (!options.resume) return null;
  if (options.runId === null) {
    throw new UsageError("--resume needs the run to go on with.", {
      code: "no_run_id",
      hint: "Say which with --run-id; clio list-runs shows them.",
    });
  }
  return loadRun(stores.runs, options.runId);
}

/** The input named, or the default one; a run that goes on with another file than the default has to be told where it is. */
async function chosenInput(
  context: Context,
  asked: string | null,
  resumed: RunManifest | null,
): Promise<Input> {
  const launched =
    asked === null && resumed !== null ? await launchOf(folderOf(context), resumed.run_id) : null;
  if (launched !== null) return openInput(context.io, launched.input_path);
  const made = resumed?.dataset?.name;
  if (asked === null && made !== undefined) {
    const found = await openInput(context.io, null).catch(() => null);
    if (found?.source.name === made) return found;
    throw new UsageError(
      `Run ${resumed?.run_id ?? ""} was made from ${safe(made)}; where that file is, it does not know.`,
      {
        code: "input_needed",
        hint: `Say it with --input, for example --input ${shellWord(made)}.`,
      },
    );
  }
  return openInput(context.io, asked);
}

export async function runCommand(options: RunOptions, context: Context): Promise<ExitCode> {
  const { io, output, log, deps } = context;
  const runId = options.runId === null ? null : parseRunId(options.runId);
  const flags = settingFlags(options);
  const sources = await readSettingSources(io, context.configFile);
  const stores = await storesOf(context);
  if (stores.executions !== null)
    return resumeOnAws({ ...options, runId, flags, sources }, stores, stores.executions, context);
  const resumed = await resumedRun({ ...options, runId }, stores);
  const settings =
    resumed === null ? resolveSettings(sources, flags) : resumeSettings(sources, flags, resumed);
  const input = await chosenInput(context, options.input, resumed);
  const asked = new Set([...(resumed?.phases ?? []), ...phasesOf(options.stages)]);
  const phases = pipeline.map(({ name }) => name).filter((name) => asked.has(name));
  const foretold = await announce(context, stores.budget, { input, settings, sources, phases, resumed });

  const world = providerWorld(io, sources);
  const provider = await deps.openProvider(settings.config, world);
  let attempt = 0;
  const progress = openProgress(output, io.stderr, io.clock);
  const reading = await readBefore(context, input.source);
  const onInterrupt = (): void => {
    if (attempt > 0)
      progress.say(
        output.paint("yellow", "Stopping: what is under way ends first. Ctrl-C again quits at once."),
      );
  };
  io.interrupt.addEventListener("abort", onInterrupt, { once: true });
  const startedMs = io.clock.elapsed();
  try {
    const { run } = await runToEnd(
      {
        input: reading.source,
        config: settings.config,
        phases,
        runId,
        resume: options.resume,
        estimate: foretold,
      },
      {
        stores,
        provider,
        openProvider: async (config, open) => deps.openProvider(config, world, open),
        progress,
        log,
        interrupt: io.interrupt,
        onStart: (started) => {
          reading.stop();
          ({ attempt } = started);
          output.note(
            `Run ${output.paint("bold", started.run_id)}${attempt > 1 ? `, attempt ${attempt}` : ""}\n`,
          );
        },
      },
    );
    if (run.status === "running" || run.status === "pending") {
      throw new ConflictError(`another process has taken over run ${run.run_id}`, {
        code: "superseded",
        hint: `clio inspect-run --run-id ${run.run_id} shows how it goes.`,
      });
    }
    if (run.failure !== null)
      progress.end(run.status === "stopped" ? "stopped" : "failed", run.failure.phase);
    const results = await readResults(stores.objects, run);
    const seconds = (io.clock.elapsed() - startedMs) / 1000;
    const exitCode = exitCodeOf(run.status, options);
    const folder = stores.folder(run.run_id);
    showOutcome(context, run, results, { input, seconds, exitCode, folder });
    output.answer(runAnswer(folder, run, results, exitCode));
    return exitCode;
  } finally {
    reading.stop();
    progress.end();
    io.interrupt.removeEventListener("abort", onInterrupt);
    await provider.embedder.close();
  }
}

/** From this size on the first pass over the input, for its hash, takes long enough to be shown. */
const SHOWN_FROM_BYTES = 200e6;

/** The input, shown and interruptible while it is read before the run begins; `stop` ends that. */
async function readBefore(
  { io, output }: Context,
  source: InputSource,
): Promise<{ source: InputSource; stop: () => void }> {
  const size = await source.size();
  const meter =
    size < SHOWN_FROM_BYTES ? null : openMeter(output, io.stderr, io.clock, "Reading the input", size);
  let before = true;
  let read = 0;
  return {
    stop() {
      if (before) meter?.stop();
      before = false;
    },
    source: {
      name: source.name,
      compressed: source.compressed,
      size: () => source.size(),
      content: () => source.content(),
      async *stream(range) {
        for await (const chunk of source.stream(range)) {
          if (before) {
            io.interrupt.throwIfAborted();
            read += chunk.length;
            meter?.update(read);
          }
          yield chunk;
        }
      },
    },
  };
}

function exitCodeOf(status: RunManifest["status"], { failOnWarning, strict }: RunOptions): ExitCode {
  switch (status) {
    case "done":
      return ExitCode.done;
    case "done_with_warnings":
      return failOnWarning || strict ? ExitCode.warnings : ExitCode.done;
    case "stopped":
      return ExitCode.interrupted;
    case "failed":
    case "pending":
    case "running":
      return ExitCode.failed;
  }
}

interface Announcement {
  readonly input: Input;
  readonly settings: ResolvedSettings;
  readonly sources: SettingSources;
  readonly phases: readonly PhaseName[];
  readonly resumed: RunManifest | null;
}

/** Conversations looked at to foretell the cost: well under a second. */
const LOOKED_AT = 200;

/** Tells what will be done and what it will take; answers what it will cost, where that is known. */
async function announce(
  context: Context,
  budget: Budget,
  { input, settings, sources, phases, resumed }: Announcement,
): Promise<CostEstimate | null> {
  const { output } = context;
  if (output.quiet) return null;
  const survey = await surveyInput(input.source);
  const rows = survey?.rows ?? null;
  const { limit } = settings.config;
  const taken = rows === null ? null : limit === null ? rows.n : Math.min(rows.n, limit);
  const { config } = settings;
  const foretold =
    survey === null || !isBilled(estimateTools.identify(config))
      ? null
      : await forecastRun(phases, config, survey, LOOKED_AT, estimateTools);
  showPreflight(output, {
    input: shownInput(input),
    sample: input.isDefault,
    bytes: await input.source.size(),
    rows,
    limit,
    phases,
    config: settings.config,
    estimate: taken === null ? null : estimateRun(phases, settings.config, taken),
    forecast: foretold,
    runsDir: safe(context.runsDir),
    resumed: resumed?.run_id ?? null,
    changes: resumed === null ? [] : changesSince(recordedConfig(resumed), settings.config),
    notes: [
      ...settings.notes,
      ...keyNotes(sources, settings.config),
      ...(await budgetNotes(budget, resumed, config)),
    ],
  });
  return costOfOwnPhases(foretold);
}

/** Without the runs of an evaluation, which have metrics of their own. */
function costOfOwnPhases(foretold: CostForecast | null): CostEstimate | null {
  if (foretold === null) return null;
  const sum = (end: keyof Range): number =>
    foretold.phases.reduce((total, { phase, usd }) => total + (phase === "evaluate" ? 0 : usd[end]), 0);
  return { lowUsd: sum("low"), likelyUsd: sum("mid"), highUsd: sum("high") };
}

/** What a run that goes on has of its limit. */
async function budgetNotes(budget: Budget, run: RunManifest | null, config: RunConfig): Promise<string[]> {
  const { max_cost_usd: limit } = config;
  if (run === null || limit === null) return [];
  const { spent, reserved } = await budget.read(run.budget_run_id ?? run.run_id);
  if (spent + reserved === 0) return [];
  const cutOff =
    reserved === 0
      ? ""
      : `; ${dollars(fromMicro(reserved))} more counts as spent: an attempt that was cut off had set it aside for its calls`;
  return [`${dollars(fromMicro(spent))} of ${dollars(limit)} is spent${cutOff}.`];
}

/** Settings that differ from those of the run so far, as "min_users 5 → 10"; of a list with the same ids, that it does. */
function changesSince(before: RunConfig, now: RunConfig): string[] {
  return changedSettings(before, now)
    .map((key) => key as ConfigKey)
    .map((key) => {
      const [was, is] = [showValue(before[key]), showValue(now[key])];
      return was === is ? `${key} changed` : `${key} ${was} → ${is}`;
    });
}

/** Keys of model providers that people may expect to be used because they are set (design section 9). */
const PROVIDER_KEYS = ["OPENAI_API_KEY", "AZURE_OPENAI_API_KEY", "ANTHROPIC_API_KEY", "JINA_API_KEY"];

const USED_KEYS: Readonly<Partial<Record<RunConfig["provider"] | RunConfig["embedder"], string>>> = {
  openai: "OPENAI_API_KEY",
  azure: "AZURE_OPENAI_API_KEY",
  jina: "JINA_API_KEY",
};

function keyNotes({ variables }: SettingSources, config: RunConfig): string[] {
  const { provider } = config;
  const used = new Set([USED_KEYS[provider], USED_KEYS[embedderKind(config)]]);
  const set = PROVIDER_KEYS.filter((name) => variables.has(name) && !used.has(name));
  return set.length === 0
    ? []
    : [
        `${set.join(" and ")} ${set.length === 1 ? "is" : "are"} set but not used: the provider is ${provider}.`,
      ];
}

/** The command that goes on with this run. */
function resumeCommand(
  context: Context,
  { run_id: runId, dataset }: RunManifest,
  input: Input,
  more = "",
): string {
  const named = input.isDefault && dataset !== null ? "" : ` --input ${shellWord(input.shown)}`;
  return `clio run${named} --run-id ${runId} --resume${more}${placeFlags(context, shellWord)}`;
}

interface Ending {
  readonly input: Input;
  /** Of this attempt, wall clock. */
  readonly seconds: number;
  readonly exitCode: ExitCode;
  /** Where the run's files are. */
  readonly folder: string;
}

function showOutcome(context: Context, run: RunManifest, results: RunResults, ending: Ending): void {
  const { output } = context;
  const { failure } = run;
  if (failure !== null) {
    showFailure(context, run, results, ending);
    return;
  }
  if (output.quiet) {
    showWarnings(output, results.warnings);
    output.say(shortOutcome(run, ending.folder));
    return;
  }
  const { statistics } = results.report ?? {};
  if (statistics !== undefined) {
    // With nothing but the first phase the statistics are the result; later they are one line above it.
    const whole = run.phases.length === 1;
    output.say(
      whole
        ? `${heading(output, "Dataset")}\n${pairs(statisticsRows(statistics), output)}`
        : `\n${wrap(`${output.paint("bold", "Dataset")}  ${datasetLine(statistics)}`, output.width, 9)}`,
    );
  }
  if (results.clusters !== null) showClusters(output, results.clusters, { maxChildren: MAX_CHILDREN });
  if (results.audit !== null) showPrivacy(output, results.audit);
  if (results.evaluation !== null) {
    output.say(heading(output, "Evaluation"));
    showEvaluation(output, results.evaluation);
    output.say(wrap(`\nThe whole of it is in ${ending.folder}/eval/report.md`, output.width, 0));
  }
  showWarnings(output, results.warnings);
  const good =
    run.status === "done"
      ? output.paint("green", "✔ Done")
      : output.paint("yellow", "✔ Done, with warnings,");
  output.say(`\n${good} in ${duration(ending.seconds)}. Everything is in ${ending.folder}`);
  for (const line of costLines(results)) output.say(line);
  showNext(context, nextCommands(context, run, results, ending.input));
  if (ending.exitCode === ExitCode.warnings) output.note("  The exit code is 3 because there are warnings.");
}

/** What the run has used and cost, in all its attempts; nothing where nothing is billed. */
function costLines({ metrics }: Pick<RunResults, "metrics">): string[] {
  if (metrics === null || metrics.total.cost_usd === 0) return [];
  const { total, estimate } = metrics;
  const beside = estimate === null ? "" : `, where ${dollars(estimate.likely_usd)} was estimated`;
  return [
    `${plural(total.calls, "model call")}, ${tokens(total.input_tokens)} tokens in and ${tokens(total.output_tokens)} out: ${dollars(total.cost_usd)}${beside}.`,
  ];
}

/** A run that came to its end, in one line. */
function shortOutcome(run: RunManifest, folder: string): string {
  const { read, base_clusters: clusters } = run.counts;
  const found = clusters === null ? "" : `, ${plural(clusters, "cluster")}`;
  return `${run.run_id}: ${statusWords(run, false)}, ${plural(read ?? 0, "conversation")}${found}, in ${folder}`;
}

function showNext({ output }: Context, commands: readonly (readonly [why: string, command: string])[]): void {
  // Commands stay on one line each, however long: they are there to be copied.
  for (const [why, command] of commands)
    output.note(`  ${output.paint("cyan", "→")} ${why}:\n    ${command}`);
}

function nextCommands(
  context: Context,
  run: RunManifest,
  { clusters }: RunResults,
  input: Input,
): [string, string][] {
  const inspect = `clio inspect-run --run-id ${run.run_id}${placeFlags(context, shellWord)}`;
  const missing = [
    isDone(run, "hierarchy") ? "" : " --with-hierarchy",
    isDone(run, "privacy") ? "" : " --with-privacy",
  ].join("");
  if (missing === "") return [["See it in full", inspect]];
  const what = clusters === null ? "Find out what people ask for" : "Go on";
  return [
    [what, resumeCommand(context, run, input, missing)],
    ["See this run", inspect],
  ];
}

function showFailure(
  context: Context,
  run: RunManifest,
  { report, metrics }: RunResults,
  { input, exitCode, seconds, folder }: Ending,
): void {
  const { output } = context;
  const { failure, run_id: runId } = run;
  if (failure === null) return;
  const where = failure.phase === null ? "" : ` while it was to ${lowerFirst(phaseRow(failure.phase).title)}`;
  if (exitCode === ExitCode.interrupted) {
    output.problem(
      `\n${output.paint("yellow", "■ Stopped")} after ${duration(seconds)}: ${safe(failure.message)}. Finished batches are kept.`,
    );
    for (const line of costLines({ metrics })) output.problem(line);
    showNext(context, [wayOn(context, run, input)]);
    return;
  }
  output.problem("");
  if (failure.phase === "ingest" && report !== null && report.counts.issues > 0) {
    showProblem(output, {
      code: failure.code,
      message: sentence(failure.message),
      hint: failure.hint === null ? null : sentence(failure.hint),
    });
    output.problem(`\n${issueTable(output, report, MAX_ISSUES)}\n`);
    output.problem(wrap(`  All of it is in ${folder}/validation_report.json`, output.width, 2));
    showNext(
      context,
      waysAround(failure.code, (flag) => resumeCommand(context, run, input, flag)),
    );
    return;
  }
  showProblem(output, {
    code: failure.code,
    message: sentence(`Run ${runId} failed${where}: ${failure.message}`),
    hint: failure.hint === null ? null : sentence(failure.hint),
  });
  if (!BAD_ARCHIVE.has(failure.code))
    showNext(context, [["Go on from there", resumeCommand(context, run, input)]]);
}

/** The command that goes on with a run that stopped; one that may spend no more needs a higher limit. */
function wayOn(context: Context, run: RunManifest, input: Input): [string, string] {
  const { max_cost_usd: limit } = recordedConfig(run);
  if (run.failure?.code !== BUDGET_SPENT || limit === null)
    return ["Go on", resumeCommand(context, run, input)];
  const more = ` --max-cost-usd ${Math.max(0.01, 2 * limit)}`;
  return ["Go on with twice as much", resumeCommand(context, run, input, more)];
}

/** What has to be mended in the file, which is another input then: such a run cannot go on. */
const BAD_ARCHIVE: ReadonlySet<string> = new Set(["truncated_gzip", "corrupt_gzip", "not_gzip", "too_large"]);

/** Flags with which a refused input is taken all the same. */
function waysAround(code: string, command: (flag: string) => string): [string, string][] {
  switch (code) {
    case "invalid_input":
      return [["Or leave the invalid rows out", command(" --skip-invalid")]];
    case "missing_user_id":
      return [["Or count each conversation as one user", command(" --users per-conversation")]];
    default:
      return [];
  }
}

const lowerFirst = (text: string): string => (text[0] ?? "").toLowerCase() + text.slice(1);

function runAnswer(folder: string, run: RunManifest, results: RunResults, exitCode: ExitCode): unknown {
  const { clusters, audit, evaluation, metrics, warnings, report } = results;
  const { failure } = run;
  return {
    schema_version: "1.0.0",
    ok: failure === null,
    exit_code: exitCode,
    run: runSummary(folder, run, results),
    dataset: report?.statistics ?? null,
    clusters: clustersAnswer(clusters),
    privacy:
      audit === null
        ? null
        : {
            minimums: audit.minimums,
            layers: audit.layers,
            withheld: audit.withheld,
            relabeled: audit.relabeled,
          },
    evaluation,
    metrics:
      metrics === null
        ? null
        : {
            wall_seconds: metrics.wall_seconds,
            peak_rss_mib: metrics.peak_rss_mib,
            total: metrics.total,
            models: metrics.models,
            estimate: metrics.estimate,
          },
    warnings,
    error:
      failure === null
        ? null
        : { code: failure.code, message: sentence(failure.message), hint: failure.hint },
  };
}

/** A run's record as answers in JSON give it. */
export function runSummary(
  folder: string,
  run: RunManifest,
  { metrics }: Pick<RunResults, "metrics">,
): unknown {
  return {
    run_id: run.run_id,
    status: run.status,
    folder,
    attempt: run.attempt,
    created_at: run.created_at,
    finished_at: run.finished_at,
    dataset: run.dataset,
    users: run.users,
    phases: run.phases.map((phase) => ({
      phase,
      status: run.phase_states[phase]?.status ?? "pending",
      seconds: metrics?.phases.find((row) => row.phase === phase)?.wall_seconds ?? null,
    })),
    counts: run.counts,
    warnings: run.warnings,
    failure: run.failure,
    model: run.model,
    embedder: run.embedder,
    offline: run.offline,
    versions: run.versions,
  };
}
