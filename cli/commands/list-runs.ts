import type { RunManifest } from "../../shared/contracts/run.ts";
import { allRuns, folderOf, isAbandoned, parseCount } from "../context.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../io.ts";
import { doneSeconds, phasesDone, statusWords } from "../render/record.ts";
import { table } from "../render/table.ts";
import { ago, count, duration, localTime, padEnd, safe, wrap } from "../render/text.ts";

export interface ListRunsOptions {
  /** As typed. */
  readonly limit: string;
}

export async function listRunsCommand(options: ListRunsOptions, context: Context): Promise<ExitCode> {
  const { io, output } = context;
  const limit = parseCount("--limit", options.limit, 1);
  const { runs, unreadable, stores } = await allRuns(context);
  const shown: { run: RunManifest; abandoned: boolean }[] = [];
  for (const run of runs.slice(0, limit))
    shown.push({ run, abandoned: await isAbandoned(context, stores, run) });
  const now = io.clock.now();

  output.answer({
    schema_version: "1.0.0",
    ok: true,
    exit_code: ExitCode.done,
    total: runs.length,
    unreadable,
    runs: shown.map(({ run, abandoned }) => ({
      run_id: run.run_id,
      status: run.status,
      abandoned,
      folder: folderOf(context, run.run_id),
      created_at: run.created_at,
      finished_at: run.finished_at,
      attempt: run.attempt,
      dataset: run.dataset,
      counts: run.counts,
      phases: { done: phasesDone(run), total: run.phases.length },
      seconds: doneSeconds(run, now),
      warnings: run.warnings,
      failure: run.failure,
    })),
  });

  for (const runId of unreadable) {
    output.problem(
      wrap(
        `${output.paint("yellow", "!")} The record of ${safe(runId)} cannot be read; it is left out.`,
        output.width,
        2,
      ),
    );
  }
  if (shown.length === 0) {
    output.say(`There are no runs in ${safe(context.runsDir)}.`);
    output.note(`  ${output.paint("cyan", "→")} Make one: clio run --with-hierarchy --with-privacy`);
    return ExitCode.done;
  }
  output.say(runTable(context, shown, now));
  if (runs.length > shown.length) {
    output.note(
      `\n${count(runs.length - shown.length)} older ${runs.length - shown.length === 1 ? "run is" : "runs are"} not shown: --limit ${runs.length} shows all.`,
    );
  }
  if (shown.some(({ abandoned }) => abandoned)) {
    output.note(
      `\n${wrap("abandoned: the process that ran it is gone. Go on with clio run --run-id … --resume, or end it with clio stop --run-id …", output.width)}`,
    );
  }
  return ExitCode.done;
}

function runTable(
  { output }: Context,
  shown: readonly { run: RunManifest; abandoned: boolean }[],
  now: number,
): string {
  // Both columns of "Created", padded here so that they stand below each other inside one cell.
  const times = shown.map(({ run }) => ago(run.created_at, now));
  const agoCells = Math.max(...times.map((text) => text.length));
  const rows = shown.map(({ run, abandoned }, i) => {
    const { counts } = run;
    const seconds = doneSeconds(run, now);
    return [
      run.run_id,
      statusWords(run, abandoned),
      `${padEnd(times[i] ?? "", agoCells)}  ${localTime(run.created_at)}`,
      counts.read === null ? "–" : count(counts.read),
      counts.base_clusters === null ? "–" : count(counts.base_clusters),
      `${phasesDone(run)}/${run.phases.length}`,
      seconds === null ? "–" : duration(seconds),
    ];
  });
  const colour = (cell: string): string => {
    const status = cell.trim();
    if (status.startsWith("done")) return output.paint(status === "done" ? "green" : "yellow", cell);
    return output.paint(status === "running" ? "cyan" : status === "pending" ? "dim" : "red", cell);
  };
  return table(
    [
      { title: "Run", shrinks: "cut" },
      { title: "Status", paint: colour },
      { title: "Created" },
      { title: "Convs", align: "right" },
      { title: "Clusters", align: "right" },
      { title: "Phases", align: "right" },
      { title: "Time", align: "right" },
    ],
    rows,
    output,
  );
}
