import type { RunManifest } from "../../shared/contracts/run.ts";
import { UsageError } from "../../shared/errors.ts";
import { runPrefix } from "../../shared/keys.ts";
import type { Stores } from "../compose.ts";
import { allRuns, isAbandoned, parseCount, placeOf } from "../context.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../io.ts";
import { statusWords } from "../render/record.ts";
import { removeRun } from "../../shared/engine/remove-run.ts";
import { table } from "../render/table.ts";
import { ago, bytes, count, localTime, plural, safe, wrap } from "../render/text.ts";

export interface PruneRunsOptions {
  /** As typed; null when not given. */
  readonly keepLast: string | null;
  /** As typed: days. */
  readonly olderThan: string | null;
  readonly yes: boolean;
}

const MS_PER_DAY = 86_400_000;

interface Candidate {
  readonly run: RunManifest;
  readonly abandoned: boolean;
  readonly files: number;
  readonly bytes: number;
}

async function sizeOf(stores: Stores, runId: string): Promise<{ files: number; bytes: number }> {
  let files = 0;
  let total = 0;
  for (const store of new Set([stores.objects, stores.published])) {
    for await (const { size } of store.list(runPrefix(runId))) {
      files++;
      total += size;
    }
  }
  return { files, bytes: total };
}

export async function pruneRunsCommand(options: PruneRunsOptions, context: Context): Promise<ExitCode> {
  const { io, output } = context;
  if (options.keepLast === null && options.olderThan === null) {
    throw new UsageError("How many runs are to stay was not said.", {
      code: "no_keep_last",
      hint: "Say it with --keep-last, for example --keep-last 10, or by age: --older-than 30. Without --yes nothing is removed.",
    });
  }
  const keep = options.keepLast === null ? 0 : parseCount("--keep-last", options.keepLast, 0);
  const days = options.olderThan === null ? null : parseCount("--older-than", options.olderThan, 1);
  const { runs, unreadable, stores } = await allRuns(context);
  const before = days === null ? Number.POSITIVE_INFINITY : io.clock.now() - days * MS_PER_DAY;

  const candidates: Candidate[] = [];
  const running: RunManifest[] = [];
  for (const run of runs.slice(keep)) {
    if (Date.parse(run.created_at) >= before) continue;
    const abandoned = await isAbandoned(context, stores, run);
    if (run.status === "running" && !abandoned) running.push(run);
    else candidates.push({ run, abandoned, ...(await sizeOf(stores, run.run_id)) });
  }

  const removed: Candidate[] = [];
  if (options.yes) {
    for (const candidate of candidates) {
      io.interrupt.throwIfAborted();
      // Somebody may have resumed it since it was looked at.
      const now = await stores.runs.get(candidate.run.run_id);
      if (now !== null && now.status === "running" && !(await isAbandoned(context, stores, now))) {
        running.push(now);
        continue;
      }
      await removeRun(stores, candidate.run.run_id);
      removed.push(candidate);
    }
  }
  const listed = options.yes ? removed : candidates;
  const freed = listed.reduce((sum, candidate) => sum + candidate.bytes, 0);

  output.answer({
    schema_version: "1.0.0",
    ok: true,
    exit_code: ExitCode.done,
    removed: options.yes,
    runs: listed.map(({ run, files, bytes: size }) => ({
      run_id: run.run_id,
      status: run.status,
      created_at: run.created_at,
      files,
      bytes: size,
    })),
    bytes: freed,
    kept: runs.length - listed.length,
    running: running.map((run) => run.run_id),
    unreadable,
  });

  for (const { run_id: runId } of running)
    output.note(wrap(`${output.paint("cyan", "•")} ${runId} is running and stays.`, output.width, 2));
  for (const runId of unreadable) {
    output.problem(
      wrap(
        `${output.paint("yellow", "!")} The record of ${safe(runId)} cannot be read; it stays. Remove its folder by hand if you no longer need it.`,
        output.width,
        2,
      ),
    );
  }
  if (listed.length === 0) {
    output.say(
      `Nothing to remove: ${runs.length === 0 ? `there are no runs in ${placeOf(context)}` : `${plural(runs.length, "run")}, ${days === null ? `${count(keep)} to keep` : `none of them older than ${plural(days, "day")}${keep > 0 ? ` beyond the newest ${count(keep)}` : ""}`}`}.`,
    );
    return ExitCode.done;
  }
  output.say(candidateTable(context, listed));
  if (options.yes) {
    output.say(
      `\n${output.paint("green", "✔")} Removed ${plural(listed.length, "run")}; ${bytes(freed)} freed.`,
    );
  } else {
    output.say(
      `\nWould remove ${plural(listed.length, "run")} and free ${bytes(freed)}. Nothing was removed.`,
    );
    output.note(
      `  ${output.paint("cyan", "→")} To remove ${listed.length === 1 ? "it" : "them"}, say it again with --yes`,
    );
  }
  return ExitCode.done;
}

function candidateTable({ io, output }: Context, candidates: readonly Candidate[]): string {
  const rows = candidates.map(({ run, abandoned, bytes: size }) => [
    run.run_id,
    statusWords(run, abandoned),
    localTime(run.created_at),
    ago(run.created_at, io.clock.now()),
    bytes(size),
  ]);
  return table(
    [
      { title: "Run" },
      { title: "Status" },
      { title: "Created", shrinks: "cut" },
      { title: "" },
      { title: "Size", align: "right" },
    ],
    rows,
    output,
  );
}
