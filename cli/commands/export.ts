import { resolve } from "node:path";
import { writeAndCommit } from "../../shared/adapters/directory/files.ts";
import { rename } from "node:fs/promises";
import { breakdownDimension } from "../../shared/contracts/published.ts";
import { clusterId } from "../../shared/contracts/clusters.ts";
import { groupsCsv } from "../../shared/domain/published/export.ts";
import { isCountable } from "../../shared/domain/published/filter.ts";
import type { Condition, Filter } from "../../shared/domain/published/filter.ts";
import { readGeneration } from "../../shared/engine/published.ts";
import { loadRun } from "../../shared/engine/run-record.ts";
import { PermanentError, UsageError } from "../../shared/errors.ts";
import { parseRunId, placeFlags, storesOf } from "../context.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../io.ts";
import { plural, safe, shellWord } from "../render/text.ts";

export interface ExportOptions {
  /** As typed; null when not given. */
  readonly runId: string | null;
  /** Where to; "-" or null is stdout. */
  readonly output: string | null;
  /** "language=es,fr" each. */
  readonly where: readonly string[];
  readonly within: string | null;
}

function conditionOf(text: string): Condition {
  const at = text.indexOf("=");
  const dimension = breakdownDimension.safeParse(text.slice(0, Math.max(0, at)));
  const values = text
    .slice(at + 1)
    .split(",")
    .filter((value) => value !== "");
  if (dimension.success && values.length > 0) return { dimension: dimension.data, values };
  throw new UsageError(`--where "${safe(text).slice(0, 60)}" makes no sense.`, {
    code: "bad_filter",
    hint: 'Say a dimension and its values, for example --where language=es,fr or --where "concern=3,4,5".',
  });
}

function filterOf({ where, within }: ExportOptions): Filter {
  const conditions = where.map(conditionOf);
  if (
    new Set(conditions.map(({ dimension }) => dimension)).size < conditions.length ||
    !isCountable(conditions)
  )
    throw new UsageError("These conditions are not published together.", {
      code: "bad_filter",
      hint: "Published are one dimension alone, language with concern, and each of the others with week.",
    });
  if (within !== null && !clusterId.safeParse(within).success)
    throw new UsageError(`"${safe(within).slice(0, 40)}" cannot be the id of a group.`, {
      code: "bad_filter",
      hint: "Ids are in the first column of the table, and in the dashboard's addresses.",
    });
  return { conditions, within };
}

/** Writes the groups that a run published as CSV, the same as the dashboard's export. */
export async function exportCommand(options: ExportOptions, context: Context): Promise<ExitCode> {
  const { io, output } = context;
  if (options.runId === null)
    throw new UsageError("Which run is to be exported was not said.", {
      code: "no_run_id",
      hint: "Say it with --run-id; clio list-runs shows the runs.",
    });
  const runId = parseRunId(options.runId);
  const toStdout = options.output === null || options.output === "-";
  if (toStdout && output.json)
    throw new UsageError("--json and the table both want stdout.", {
      code: "contradiction",
      hint: "Write the table to a file: --output groups.csv",
    });
  const filter = filterOf(options);
  const stores = await storesOf(context);
  await loadRun(stores.runs, runId);
  const read = await readGeneration(stores.published, runId);
  if (read === null)
    throw new PermanentError(`Run ${runId} has published nothing that can be read.`, {
      code: "nothing_published",
      hint: `Publish it: clio run --run-id ${runId} --resume --with-privacy${placeFlags(context, shellWord)}`,
    });
  const { files } = read;
  if (filter.within !== null && !files["clusters.json"].clusters.some(({ id }) => id === filter.within))
    throw new UsageError(`Run ${runId} has no group ${filter.within}.`, {
      code: "bad_filter",
      hint: "Ids are in the first column of the table.",
    });
  const csv = groupsCsv({
    index: files["index.json"],
    clusters: files["clusters.json"],
    breakdowns: files["breakdowns.json"],
    crosstabs: files["crosstabs.json"],
    filter,
    only: null,
  });
  const groups = files["clusters.json"].clusters.length;
  if (toStdout) io.stdout.write(csv);
  else {
    const target = resolve(io.cwd, options.output ?? "");
    await writeAndCommit(
      target,
      new TextEncoder().encode(csv),
      `write ${safe(options.output ?? "")}`,
      (temporary) => rename(temporary, target),
    );
    output.say(
      `${output.paint("green", "✔")} ${plural(groups, "group")} written to ${safe(options.output ?? "")}.`,
    );
  }
  output.answer({ schema_version: "1.0.0", ok: true, exit_code: ExitCode.done, run_id: runId, groups });
  return ExitCode.done;
}
