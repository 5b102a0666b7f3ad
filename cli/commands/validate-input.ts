import { realpath, rename, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { threadedCompute } from "../../shared/adapters/threads/compute.ts";
import { writeAndCommit } from "../../shared/adapters/directory/files.ts";
import type { ValidationReport } from "../../shared/contracts/validation.ts";
import { encodeDocument } from "../../shared/domain/jsonl.ts";
import { PermanentError, UsageError, errorDetail } from "../../shared/errors.ts";
import type { InputSource } from "../../shared/ports/input-source.ts";
import type { Context } from "../context.ts";
import { openInput, shownInput } from "../input.ts";
import { ExitCode } from "../io.ts";
import { heading, issueTable, showIssueKinds, statisticsRows } from "../render/outcome.ts";
import { openMeter } from "../render/meter.ts";
import { pairs } from "../render/table.ts";
import { bytes, count, duration, plural, safe } from "../render/text.ts";
import { validateInput } from "../../shared/engine/run-input.ts";
import { readSettingSources, resolveSettings } from "../settings.ts";

export interface ValidateInputOptions {
  readonly input: string | null;
  /** File for the whole report; "-" is stdout; null for none. */
  readonly reportJson: string | null;
  /** As typed; null when not given. */
  readonly users: string | null;
}

const MAX_ISSUES = 10;

export async function validateInputCommand(
  options: ValidateInputOptions,
  context: Context,
): Promise<ExitCode> {
  const { io, output } = context;
  const { reportJson } = options;
  if (reportJson === "-" && output.json) {
    throw new UsageError("--json and --report-json - both want stdout.", {
      code: "contradiction",
      hint: "The answer of --json holds the report: leave --report-json out.",
    });
  }
  if (reportJson === "")
    throw new UsageError("The name of the report is empty.", {
      code: "bad_path",
      hint: "Name a file with --report-json.",
    });
  const sources = await readSettingSources(io, context.configFile);
  const settings = resolveSettings(sources, options.users === null ? {} : { users: options.users });
  const input = await openInput(io, options.input);
  const target =
    reportJson === null || reportJson === "-" ? null : await reportTarget(io.cwd, reportJson, input.shown);
  const startedMs = io.clock.elapsed();
  const report = await validated(context, input.source, settings.config.users);
  const seconds = (io.clock.elapsed() - startedMs) / 1000;
  const exitCode = report.ok ? ExitCode.done : ExitCode.failed;

  if (reportJson === "-") io.stdout.write(Buffer.from(encodeDocument(report)).toString());
  else if (target !== null) await writeReport(target, reportJson ?? "", report);
  output.answer({
    schema_version: "1.0.0",
    ok: report.ok,
    exit_code: exitCode,
    report,
    report_file: reportJson === null ? null : safe(reportJson),
  });
  showReport(context, report, { input: shownInput(input), bytes: await input.source.size(), seconds });
  if (reportJson !== null && reportJson !== "-") output.note(`\nThe whole report is in ${safe(reportJson)}`);
  return exitCode;
}

async function validated(
  { io, output }: Context,
  source: InputSource,
  users: ValidationReport["users"],
): Promise<ValidationReport> {
  const compute = threadedCompute({ threads: availableParallelism(), signal: io.interrupt });
  const total = source.compressed ? null : await source.size();
  const meter = openMeter(output, io.stderr, io.clock, "Reading", total);
  try {
    return await validateInput(source, {
      users,
      read: async (block, mode) => compute.run("readBlock", block, mode),
      onProgress: (read) => meter.update(read),
      signal: io.interrupt,
    });
  } finally {
    meter.stop();
    await compute.close();
  }
}

/** The file that the report is to become, links followed. Throws UsageError for what a report must not replace. */
async function reportTarget(cwd: string, shown: string, input: string): Promise<string> {
  const path = resolve(cwd, shown);
  const refuse = (why: string, hint: string): UsageError => new UsageError(why, { code: "bad_path", hint });
  const found = await stat(path).catch(() => null);
  if (found === null) return path;
  if (found.isDirectory())
    throw refuse(`The report ${shown} is a folder.`, "Name a file with --report-json.");
  // Renaming a file onto a device or a pipe would replace it, for everybody on this machine.
  if (!found.isFile())
    throw refuse(
      `The report ${shown} is not a regular file.`,
      "Name a file with --report-json; - is stdout.",
    );
  const read = await stat(resolve(cwd, input));
  if (found.ino === read.ino && found.dev === read.dev)
    throw refuse("The report would replace the input.", "Name another file with --report-json.");
  return realpath(path);
}

async function writeReport(path: string, shown: string, report: ValidationReport): Promise<void> {
  try {
    await writeAndCommit(path, encodeDocument(report), `write the report ${safe(shown)}`, (temporary) =>
      rename(temporary, path),
    );
  } catch (error) {
    // The hints of the stores are about the folder of runs.
    const { code } = errorDetail(error);
    if (!(error instanceof Error) || code === undefined) throw error;
    throw new PermanentError(error.message, {
      code,
      hint: "Name a file that can be written with --report-json; - is stdout.",
      cause: error,
    });
  }
}

function showReport(
  { output }: Context,
  report: ValidationReport,
  read: { input: string; bytes: number; seconds: number },
): void {
  const { counts } = report;
  const verdict = report.ok ? output.paint("green", "✔ Valid") : output.paint("red", "✖ Not valid");
  output.say(`${verdict}  ${read.input} (${bytes(read.bytes)}, read in ${duration(read.seconds)})`);
  const rows: [string, string][] = [
    [
      "Rows",
      `${count(counts.read)}${counts.blank === 0 ? "" : ` and ${plural(counts.blank, "blank line")}`}`,
    ],
    ["Valid", count(counts.valid)],
    [
      "Invalid",
      counts.invalid === 0 ? "none" : `${count(counts.invalid)}, with ${plural(counts.issues, "issue")}`,
    ],
    ["Users", report.users === "required" ? "from user_id" : "each conversation stands for one user"],
  ];
  output.say(pairs(rows, output));
  if (counts.issues > 0) {
    output.say(heading(output, "Issues"));
    showIssueKinds(output, report);
    output.say(heading(output, counts.issues > MAX_ISSUES ? `The first ${MAX_ISSUES}` : "Where"));
    output.say(issueTable(output, report, MAX_ISSUES));
  }
  if (report.statistics.conversations > 0) {
    output.say(
      `${heading(output, "Dataset", counts.invalid > 0 ? "the valid rows" : "")}\n${pairs(statisticsRows(report.statistics), output)}`,
    );
  }
  if (!report.ok) return;
  output.note(
    `\n  ${output.paint("cyan", "→")} Run it: clio run --input ${read.input} --with-hierarchy --with-privacy`,
  );
}
