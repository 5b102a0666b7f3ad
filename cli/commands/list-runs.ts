import type { RunManifest } from "../../shared/contracts/run.ts";
import { allRuns, isAbandoned, parseCount, placeFlags, placeOf } from "../context.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../io.ts";
import type { Format } from "../io.ts";
import { doneSeconds, phasesDone, statusWords } from "../render/record.ts";
import { table } from "../render/table.ts";
import { ago, count, duration, localTime, padEnd, safe, shellWord, widthOf, wrap } from "../render/text.ts";

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
      folder: stores.folder(run.run_id),
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
        `${output.paint("yellow", "!")} The record of ${safe(runId)} cannot be read; it is left out. clio inspect-run --run-id ${runId} says why.`,
        output.width,
        2,
      ),
    );
  }
  if (shown.length === 0) {
    output.say(`There are no runs in ${placeOf(context)}.`);
    const make =
      stores.executions === null
        ? "clio run --with-hierarchy --with-privacy"
        : `aws s3 cp chats.jsonl ${stores.executions.dropAt}`;
    output.note(`  ${output.paint("cyan", "→")} Make one: ${make}`);
    return ExitCode.done;
  }
  output.say(runTable(context, shown, now));
  if (runs.length > shown.length) {
    output.note(
      `\n${count(runs.length - shown.length)} older ${runs.length - shown.length === 1 ? "run is" : "runs are"} not shown: --limit ${runs.length} shows all.`,
    );
  }
  if (shown.some(({ abandoned }) => abandoned)) {
    const place = placeFlags(context, shellWord);
    const words = `abandoned: what ran it is gone. Go on with clio run --run-id … --resume${place}, or end it with clio stop --run-id …${place}`;
    output.note(`\n${wrap(words, output.width)}`);
  }
  return ExitCode.done;
}

function runTable(
  { output }: Context,
  shown: readonly { run: RunManifest; abandoned: boolean }[],
  now: number,
): string {
  const rows = shown.map(({ run, abandoned }) => rowOf(run, abandoned, now));
  const agoCells = Math.max(...rows.map(({ age }) => age.length));
  const colour = (cell: string): string => output.paint(colourOf(cell.trim()), cell);
  const whole = table(
    [
      { title: "Run" },
      { title: "Status", paint: colour },
      { title: "Created" },
      { title: "Convs", align: "right" },
      { title: "Clusters", align: "right" },
      { title: "Phases", align: "right" },
      { title: "Time", align: "right" },
    ],
    rows.map(({ id, status, age, created, read, clusters, phases, time }) => [
      id,
      status,
      `${padEnd(age, agoCells)}  ${created}`,
      read ?? "–",
      clusters ?? "–",
      phases,
      time ?? "–",
    ]),
    { width: Number.POSITIVE_INFINITY, paint: output.paint },
  );
  if (whole.split("\n").every((line) => widthOf(line) <= output.width)) return whole;
  // Ids are there to be copied: rather two lines a run than a shortened id.
  const idCells = Math.max(...rows.map(({ id }) => id.length));
  const statusCells = Math.max(...rows.map(({ status }) => status.length));
  return rows
    .map(({ id, status, age, created, read, clusters, phases, time }) => {
      const found = [
        read === null ? "" : `${read} conversations`,
        clusters === null ? "" : `${clusters} clusters`,
        `${phases} phases`,
        time ?? "",
      ];
      const detail = found.filter((part) => part !== "").join(", ");
      return `${output.paint("bold", padEnd(id, idCells))}  ${colour(padEnd(status, statusCells))}  ${age} (${created})\n  ${output.paint("dim", detail)}`;
    })
    .join("\n");
}

function rowOf(run: RunManifest, abandoned: boolean, now: number) {
  const { read, base_clusters: clusters } = run.counts;
  const seconds = doneSeconds(run, now);
  return {
    id: run.run_id,
    status: statusWords(run, abandoned),
    age: ago(run.created_at, now),
    created: localTime(run.created_at),
    read: read === null ? null : count(read),
    clusters: clusters === null ? null : count(clusters),
    phases: `${phasesDone(run)}/${run.phases.length}`,
    time: seconds === null ? null : duration(seconds),
  };
}

function colourOf(status: string): Format {
  if (status.startsWith("done")) return status === "done" ? "green" : "yellow";
  if (status === "running") return "cyan";
  return status === "pending" ? "dim" : "red";
}
