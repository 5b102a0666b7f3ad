import { publishedFiles } from "../../shared/contracts/published.ts";
import type { PublishedFile } from "../../shared/contracts/published.ts";
import { decodeJson } from "../../shared/domain/jsonl.ts";
import { validatePublished } from "../../shared/domain/published/validate.ts";
import type { Finding } from "../../shared/domain/published/validate.ts";
import { storedGeneration } from "../../shared/engine/published.ts";
import { loadRun } from "../../shared/engine/run-record.ts";
import { PermanentError, UsageError } from "../../shared/errors.ts";
import { folderOf, parseCount, parseRunId, placeFlags, placeOf, storesOf } from "../context.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../io.ts";
import { table } from "../render/table.ts";
import { plural, safe, shellWord, wrap } from "../render/text.ts";
import { launchedUploads } from "../viz/launches.ts";
import { startVizServer } from "../viz/server.ts";
import { directoryUploads } from "../viz/uploads.ts";

export interface VizOptions {
  /** As typed; null when not given. */
  readonly runId: string | null;
  readonly checkOnly: boolean;
  readonly allowRawMessages: boolean;
  readonly live: boolean;
  /** As typed; null when not given. */
  readonly refreshSeconds: string | null;
  readonly port: string | null;
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
  return options.checkOnly ? checkPublished(options, context) : showDashboard(options, context);
}

/** Serves the dashboard until it is interrupted; runs that it started go on. */
async function showDashboard(options: VizOptions, context: Context): Promise<ExitCode> {
  const { io, output } = context;
  const stores = await storesOf(context);
  const runId = options.runId === null ? null : parseRunId(options.runId);
  if (runId !== null) await loadRun(stores.runs, runId);
  if (options.allowRawMessages && context.stage !== null)
    throw new UsageError("Raw conversations of a stage are not shown from here.", {
      code: "contradiction",
      hint: "Leave --allow-raw-messages out, or deploy the stage with -c allowRawMessages=true.",
    });
  const folder = folderOf(context);
  const uploads = directoryUploads(folder, io.clock);
  if (context.stage === null) await uploads.sweep(await launchedUploads(folder));
  const laptop = {
    context,
    stores,
    uploads,
    options: { allowRawMessages: options.allowRawMessages, liveSeconds: liveSeconds(options) },
  };
  const port = options.port === null ? null : parseCount("--port", options.port, 0);
  if (port !== null && port > HIGHEST_PORT)
    throw new UsageError(`--port is ${port}, and the highest there is is ${HIGHEST_PORT}.`, {
      code: "bad_number",
      hint: "Choose one from 1024 to 65535, or 0 for any that is free.",
    });
  const server = await startVizServer(laptop, port);
  const path = runId === null ? "/runs" : `/runs/${runId}/overview`;
  const url = `${server.origin}${path}#token=${server.token}`;
  output.answer({ schema_version: "1.0.0", ok: true, url, runs_dir: context.stage === null ? folder : null });
  output.say(`The dashboard of ${placeOf(context)} is at\n\n  ${output.paint("cyan", url)}\n`);
  output.note(
    wrap(
      `Only this machine reaches it, and only with the token in that address.${options.allowRawMessages ? " Raw conversations can be shown; each time is recorded in the run's folder." : ""} Ctrl-C ends it; runs that it started go on.`,
      output.width,
      0,
    ),
  );
  await new Promise<void>((done) => {
    if (io.interrupt.aborted) done();
    else io.interrupt.addEventListener("abort", () => done(), { once: true });
  });
  await server.close();
  return ExitCode.done;
}

const HIGHEST_PORT = 65_535;
/** Between looks at what has changed, under --live. */
const DEFAULT_REFRESH_SECONDS = 2;

function liveSeconds({ live, refreshSeconds }: VizOptions): number | null {
  if (refreshSeconds === null) return live ? DEFAULT_REFRESH_SECONDS : null;
  const seconds = Number(refreshSeconds);
  if (/^\d+(\.\d+)?$/.test(refreshSeconds) && seconds >= 0.5 && seconds <= 3600) return seconds;
  throw new UsageError(`--refresh-seconds is "${safe(refreshSeconds).slice(0, 40)}".`, {
    code: "bad_number",
    hint: "Give seconds from 0.5 to 3600, for example --refresh-seconds 5.",
  });
}

async function checkPublished(options: VizOptions, context: Context): Promise<ExitCode> {
  const { output } = context;
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
