import type { RunEvent, RunManifest } from "../../shared/contracts/run.ts";
import { UsageError } from "../../shared/errors.ts";
import { loadRun } from "../../shared/engine/run-record.ts";
import { runPrefix } from "../../shared/keys.ts";
import { phaseRow } from "../../shared/pipeline.ts";
import type { Stores } from "../compose.ts";
import { isAbandoned, parseCount, parseRunId, placeFlags, storesOf } from "../context.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../io.ts";
import { clustersAnswer, readResults } from "../results.ts";
import {
  countRows,
  heading,
  inputWords,
  modelWords,
  showClusters,
  showPrivacy,
  showWarnings,
  statisticsRows,
} from "../render/outcome.ts";
import { showEvaluation } from "../render/evaluation.ts";
import { sentence } from "../render/problem.ts";
import { phaseSeconds, statusWords } from "../render/record.ts";
import { pairs, table } from "../render/table.ts";
import { ago, bytes, count, duration, localTime, plural, safe, shellWord, wrap } from "../render/text.ts";
import { runSummary } from "./run.ts";

export interface InspectRunOptions {
  /** As typed, or null for the newest run. */
  readonly runId: string | null;
  /** As typed, or null for all levels. */
  readonly depth: string | null;
  readonly events: boolean;
}

/** Events read at a time. */
const EVENTS_PAGE = 1000;

async function chosenRun(options: InspectRunOptions, stores: Stores): Promise<RunManifest> {
  if (options.runId !== null) return loadRun(stores.runs, parseRunId(options.runId));
  const [newest] = (await stores.runs.list({ limit: 1 })).runs;
  if (newest !== undefined) return newest;
  throw new UsageError("There are no runs to look at.", {
    code: "no_runs",
    hint: "Make one with clio run, or say where they are with --runs-dir.",
  });
}

interface StoredFile {
  /** Relative to the run's folder. */
  readonly path: string;
  readonly bytes: number;
}

/** Files of a run; what batches wrote is added up by phase. */
async function filesOf(
  { objects }: Stores,
  runId: string,
): Promise<{ files: StoredFile[]; parts: { folder: string; files: number; bytes: number }[] }> {
  const prefix = runPrefix(runId);
  const files: StoredFile[] = [];
  const parts = new Map<string, { files: number; bytes: number }>();
  for await (const { key, size } of objects.list(prefix)) {
    const path = key.slice(prefix.length);
    const folder = /^[^/]+\/parts\//.exec(path)?.[0];
    if (folder === undefined) {
      files.push({ path, bytes: size });
      continue;
    }
    const held = parts.get(folder) ?? { files: 0, bytes: 0 };
    parts.set(folder, { files: held.files + 1, bytes: held.bytes + size });
  }
  return { files, parts: [...parts].map(([folder, sum]) => ({ folder, ...sum })) };
}

async function eventsOf({ runs }: Stores, runId: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for (;;) {
    const page = await runs.readEvents(runId, { after: events.length, limit: EVENTS_PAGE });
    events.push(...page);
    if (page.length < EVENTS_PAGE) return events;
  }
}

export async function inspectRunCommand(options: InspectRunOptions, context: Context): Promise<ExitCode> {
  const { io, output } = context;
  const depth = options.depth === null ? null : parseCount("--depth", options.depth, 1);
  const stores = await storesOf(context);
  const run = await chosenRun(options, stores);
  const abandoned = await isAbandoned(context, stores, run);
  const results = await readResults(stores.objects, run);
  const { files, parts } = await filesOf(stores, run.run_id);
  const events = options.events ? await eventsOf(stores, run.run_id) : null;
  const { report, clusters, audit, evaluation, metrics, warnings, unreadable } = results;

  output.answer({
    schema_version: "1.0.0",
    ok: true,
    exit_code: ExitCode.done,
    run: runSummary(stores.folder(run.run_id), run, results),
    abandoned,
    config: run.config,
    dataset: report?.statistics ?? null,
    clusters: clustersAnswer(clusters),
    privacy: audit,
    evaluation,
    metrics,
    warnings,
    artifacts: files,
    parts,
    unreadable,
    ...(events === null ? {} : { events }),
  });

  const now = io.clock.now();
  showRecord(context, stores, run, abandoned);
  showPhases(context, run, now);
  if (report !== null)
    output.say(`${heading(output, "Dataset")}\n${pairs(statisticsRows(report.statistics), output)}`);
  if (clusters !== null) showClusters(output, clusters, depth === null ? {} : { depth });
  if (audit !== null) showPrivacy(output, audit);
  if (evaluation !== null) {
    output.say(heading(output, "Evaluation"));
    showEvaluation(output, evaluation);
  }
  showWarnings(output, warnings);
  showFiles(context, files, parts);
  for (const path of unreadable)
    output.problem(
      wrap(`  ${output.paint("yellow", "!")} ${path} is missing or cannot be read.`, output.width, 4),
    );
  if (events !== null) showEvents(context, events);
  return ExitCode.done;
}

function showRecord(context: Context, stores: Stores, run: RunManifest, abandoned: boolean): void {
  const { io, output } = context;
  const { failure } = run;
  const rows: [string, string][] = [
    [
      "Status",
      `${statusWords(run, abandoned)}${abandoned ? ": what ran it is gone" : ""}${run.stop_requested_at !== null && run.status === "running" && !abandoned ? ", asked to stop" : ""}`,
    ],
    ["Created", `${localTime(run.created_at)} (${ago(run.created_at, io.clock.now())})`],
    ["Attempts", count(run.attempt)],
    ["Input", inputWords(run)],
    ["Provider", modelWords(run)],
    ["Versions", `ant-clio ${safe(run.versions.ant_clio)}, Node ${safe(run.versions.node)}`],
    ["Folder", stores.folder(run.run_id)],
    ...countRows(run),
  ];
  output.say(`${output.paint("bold", run.run_id)}\n${pairs(rows, output)}`);
  if (failure === null && !abandoned) return;
  if (failure !== null) {
    const where = failure.phase === null ? "" : ` in "${phaseRow(failure.phase).title}"`;
    output.say(
      wrap(
        `\n  ${output.paint("red", "✖")} ${run.status === "stopped" ? "Stopped" : "Failed"}${where} (${safe(failure.code)}): ${sentence(failure.message)}`,
        output.width,
        4,
      ),
    );
    if (failure.hint !== null)
      output.say(wrap(`    ${output.paint("cyan", "→")} ${sentence(failure.hint)}`, output.width, 6));
  }
  // A refused input has to be mended first, and is another input then.
  if (failure?.phase === "ingest") return;
  const input =
    run.dataset === null || context.stage !== null ? "" : ` --input ${shellWord(run.dataset.name)}`;
  output.note(
    `    ${output.paint("cyan", "→")} Go on:\n      clio run${input} --run-id ${run.run_id} --resume${placeFlags(context, shellWord)}`,
  );
}

function showPhases({ output }: Context, run: RunManifest, now: number): void {
  const rows = run.phases.map((phase) => {
    const state = run.phase_states[phase];
    const seconds = state?.status === "running" && run.status !== "running" ? null : phaseSeconds(state, now);
    const status = state?.status ?? "pending";
    return [
      `  ${phaseRow(phase).title}`,
      status === "reused" ? "done, kept" : status,
      seconds === null ? "–" : duration(seconds),
    ];
  });
  const colour = (cell: string): string => {
    const status = cell.trim();
    return output.paint(
      status.startsWith("done")
        ? "green"
        : status === "failed"
          ? "red"
          : status === "running"
            ? "cyan"
            : "dim",
      cell,
    );
  };
  output.say(
    `\n${table([{ title: "  Phase" }, { title: "Status", paint: colour }, { title: "Time", align: "right" }], rows, output)}`,
  );
}

/** The indices of lines beside JSONL files tell a person nothing. */
const isShown = ({ path }: StoredFile): boolean => !path.endsWith(".idx");

function showFiles(
  { output }: Context,
  files: readonly StoredFile[],
  parts: readonly { folder: string; files: number; bytes: number }[],
): void {
  const rows = [
    ...files.filter(isShown).map(({ path, bytes: size }) => [`  ${safe(path)}`, bytes(size)]),
    ...parts.map(({ folder, files: n, bytes: size }) => [
      `  ${safe(folder)} (${plural(n, "file")})`,
      bytes(size),
    ]),
  ];
  if (rows.length === 0) return;
  output.say(
    `\n${table(
      [
        { title: "  File", shrinks: "cut" },
        { title: "Size", align: "right" },
      ],
      rows,
      output,
    )}`,
  );
}

function showEvents({ output }: Context, events: readonly RunEvent[]): void {
  const rows = events.map(({ at, attempt, event, phase, round, fields }) => [
    `  ${localTime(at)}`,
    count(attempt),
    event,
    `${phase ?? ""}${round === null ? "" : ` ${round}`}`,
    Object.entries(fields)
      .map(([name, value]) => safe(`${name}=${String(value)}`))
      .join(" "),
  ]);
  output.say(
    `\n${table([{ title: "  Time" }, { title: "Attempt", align: "right" }, { title: "Event" }, { title: "Phase" }, { title: "Detail", shrinks: "wrap" }], rows, output)}`,
  );
}
