import { publishedFiles } from "../../shared/contracts/published.ts";
import type { PublishedFile } from "../../shared/contracts/published.ts";
import { decodeJson } from "../../shared/domain/jsonl.ts";
import { validatePublished } from "../../shared/domain/published/validate.ts";
import type { Finding } from "../../shared/domain/published/validate.ts";
import { storedGeneration } from "../../shared/engine/published.ts";
import { loadRun } from "../../shared/engine/run-record.ts";
import { PermanentError, UsageError } from "../../shared/errors.ts";
import { parseRunId, placeFlags, storesOf } from "../context.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../io.ts";
import { table } from "../render/table.ts";
import { plural, safe, shellWord, wrap } from "../render/text.ts";

export interface VizOptions {
  /** As typed; null when not given. */
  readonly runId: string | null;
  readonly checkOnly: boolean;
}

/** More findings than this are one and the same mistake over and over. */
const SHOWN_FINDINGS = 20;

/** A file as JSON, or what no schema takes for one that is none. */
function parsed(bytes: Uint8Array): unknown {
  try {
    return decodeJson(bytes);
  } catch {
    return undefined;
  }
}

export async function vizCommand(options: VizOptions, context: Context): Promise<ExitCode> {
  const { output } = context;
  if (!options.checkOnly) {
    throw new UsageError("There is no dashboard yet: clio viz can only check what a run published.", {
      code: "no_dashboard",
      hint: "Add --check-only. What a run found is shown by clio inspect-run --run-id <id>.",
    });
  }
  if (options.runId === null) {
    throw new UsageError("Which run is to be checked was not said.", {
      code: "no_run_id",
      hint: "Say it with --run-id; clio list-runs shows the runs.",
    });
  }
  const runId = parseRunId(options.runId);
  const stores = await storesOf(context);
  await loadRun(stores.runs, runId);
  const stored = await storedGeneration(stores.published, runId);
  if (stored === null) {
    throw new PermanentError(`Run ${runId} has published nothing.`, {
      code: "nothing_published",
      hint: `Publish it: clio run --run-id ${runId} --resume --with-privacy${placeFlags(context, shellWord)}`,
    });
  }
  const { generation } = stored;
  const files = new Map(
    [...stored.files].flatMap(([file, bytes]) => (bytes === null ? [] : [[file, parsed(bytes)]])),
  );
  const findings = validatePublished(files, runId);
  const exitCode = findings.length === 0 ? ExitCode.done : ExitCode.failed;

  output.answer({
    schema_version: "1.0.0",
    ok: findings.length === 0,
    exit_code: exitCode,
    run_id: runId,
    generation,
    files: [...files.keys()],
    findings,
  });
  if (findings.length === 0) {
    output.say(
      wrap(
        `${output.paint("green", "✔")} What ${runId} published is in order: ${plural(files.size, "file")} of generation ${safe(generation)}.`,
        output.width,
        2,
      ),
    );
    output.note(
      wrap(
        "  Checked: schemas, sums, the tree, minimums of conversations, bands of users, names. Users behind a number cannot be seen from here.",
        output.width,
        2,
      ),
    );
    return exitCode;
  }
  showFindings(context, runId, findings);
  return exitCode;
}

function showFindings({ output }: Context, runId: string, findings: readonly Finding[]): void {
  output.problem(
    wrap(
      `${output.paint("red", "✖")} What ${runId} published is not in order: ${plural(findings.length, "finding")}.`,
      output.width,
      2,
    ),
  );
  const rows = findings
    .slice(0, SHOWN_FINDINGS)
    .map(({ file, code, message }: { file: PublishedFile; code: string; message: string }) => [
      `  ${file}`,
      code,
      safe(message),
    ]);
  output.problem(
    table([{ title: "  File" }, { title: "What" }, { title: "Where", shrinks: "wrap" }], rows, output),
  );
  if (findings.length > SHOWN_FINDINGS)
    output.problem(`  … and ${findings.length - SHOWN_FINDINGS} more; --json tells all.`);
  output.note(
    wrap(
      `  ${output.paint("cyan", "→")} Nobody should read it until it is published anew. Of ${plural(Object.keys(publishedFiles).length, "file")}, those named are damaged or were changed.`,
      output.width,
      4,
    ),
  );
}
