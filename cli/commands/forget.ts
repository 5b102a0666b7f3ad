import { storedInput } from "../../shared/adapters/stored-input.ts";
import { providerSettings } from "../../shared/config.ts";
import type { RunConfig } from "../../shared/config.ts";
import { inputLocation } from "../../shared/contracts/aws.ts";
import type { RunManifest } from "../../shared/contracts/run.ts";
import { decodeJson, encodeDocument } from "../../shared/domain/jsonl.ts";
import { forgottenRows, remadeInput, userHashKeys } from "../../shared/engine/forget.ts";
import type { Forgotten } from "../../shared/engine/forget.ts";
import { describeInput } from "../../shared/engine/run-input.ts";
import { UsageError } from "../../shared/errors.ts";
import {
  earlierKeysKey,
  inputConfigKey,
  inputLocationKey,
  publishedPrefix,
  remadeDropKey,
  ownInputKey,
} from "../../shared/keys.ts";
import type { Stores } from "../compose.ts";
import { allRuns, isAbandoned, placeFlags } from "../context.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../io.ts";
import { removeBelow, removeRun } from "../../shared/engine/remove-run.ts";
import { openProgress } from "../render/progress.ts";
import { statusWords } from "../render/record.ts";
import { table } from "../render/table.ts";
import { count, localTime, plural, safe, shellWord, wrap } from "../render/text.ts";
import { runToEnd } from "../run-flow.ts";
import { providerWorld } from "../provider-world.ts";
import { readSettingSources, recordedConfig } from "../settings.ts";

export interface ForgetOptions {
  /** As typed; null when not given. */
  readonly user: string | null;
  readonly conversation: string | null;
  readonly yes: boolean;
}

interface Affected {
  readonly run: RunManifest;
  readonly rows: ReadonlySet<number>;
}

interface Found {
  readonly affected: readonly Affected[];
  /** Ended before their input was read to the end: whoever is in them cannot be told. */
  readonly unsearchable: readonly RunManifest[];
  readonly running: readonly RunManifest[];
}

/** What became of an affected run. */
interface Remade {
  readonly from: string;
  /** The new run; null on AWS, where its id is made when it starts, and where nobody was left. */
  readonly runId: string | null;
  readonly status: string;
}

function whoOf({ user, conversation }: ForgetOptions): Forgotten {
  if ((user === null) === (conversation === null) || user === "" || conversation === "") {
    throw new UsageError("Who is to be forgotten was not said.", {
      code: "no_user",
      hint: "Say it with --user, the id in the input, or with --conversation for runs without user ids; one of the two.",
    });
  }
  return user !== null ? { userId: user } : { conversationId: conversation ?? "" };
}

async function find(
  context: Context,
  stores: Stores,
  runs: readonly RunManifest[],
  who: Forgotten,
): Promise<Found> {
  const affected: Affected[] = [];
  const unsearchable: RunManifest[] = [];
  const running: RunManifest[] = [];
  for (const run of runs) {
    context.io.interrupt.throwIfAborted();
    if (run.status === "running" && !(await isAbandoned(context, stores, run))) {
      running.push(run);
      continue;
    }
    const rows = await forgottenRows(stores.objects, run, who);
    if (rows === null) unsearchable.push(run);
    else if (rows.size > 0) affected.push({ run, rows });
  }
  return { affected, unsearchable, running };
}

/** An id for the run made again: "may" becomes "may-again-1", and that "may-again-2". */
async function newId(stores: Stores, runId: string): Promise<string> {
  const [, name = runId, times = "0"] = /^(.+)-again-(\d{1,6})$/.exec(runId) ?? [];
  const base = name.slice(0, 50).replace(/-+$/, "");
  for (let n = Number(times) + 1; ; n++) {
    const id = `${base}-again-${n}`;
    if ((await stores.runs.get(id)) === null) return id;
  }
}

/** The object under `incoming/` that a run on AWS was made from goes too, if it is still the same. */
async function removeDropped({ objects }: Stores, run: RunManifest): Promise<void> {
  const bytes = await objects.get(inputLocationKey(run.run_id));
  if (bytes === null || run.dataset === null) return;
  const { key } = inputLocation.parse(decodeJson(bytes));
  if ((await objects.head(key)) === null) return;
  const { sha256 } = await describeInput(storedInput(objects, key, run.dataset.name));
  if (sha256 === run.dataset.sha256) await objects.delete([key]);
}

/** Without whom it asks: that is the stage's to say, which may have been deployed for another model since. */
function droppedSettings(config: RunConfig): Partial<RunConfig> {
  return Object.fromEntries(
    Object.entries(config).filter(
      ([key, value]) => !(key in providerSettings.shape) && !(key === "max_cost_usd" && value === null),
    ),
  );
}

/**
 * Makes one run again without the rows. What readers could see goes first. The old run goes last, and whatever became of
 * the new one: a kill before that leaves it to be found again.
 */
async function remake(context: Context, stores: Stores, { run, rows }: Affected): Promise<Remade> {
  const { objects, published, executions } = stores;
  const config = { ...recordedConfig(run), limit: null };
  const id = await newId(stores, run.run_id);
  const isEmpty = rows.size >= (run.counts.read ?? 0);
  await removeBelow(published, publishedPrefix(run.run_id));
  let made: Pick<Remade, "runId" | "status"> = { runId: null, status: "nobody left" };
  try {
    const key = executions === null ? ownInputKey(id) : remadeDropKey(id);
    if (!isEmpty)
      await objects.put(earlierKeysKey(key), encodeDocument(await userHashKeys(objects, run.run_id)));
    if (!isEmpty && executions !== null) {
      await objects.put(inputConfigKey(key), encodeDocument(droppedSettings(config)));
      // The event of this write starts the run.
      await objects.put(key, remadeInput(objects, run, rows));
      made = { runId: null, status: "starts by itself" };
    } else if (!isEmpty) {
      await objects.put(key, remadeInput(objects, run, rows));
      const again = await runAgain(context, stores, id, { config, phases: run.phases });
      made = { runId: id, status: statusWords(again, false) };
    }
  } finally {
    if (executions !== null) await removeDropped(stores, run);
    await removeRun(stores, run.run_id);
  }
  return { from: run.run_id, ...made };
}

async function runAgain(
  context: Context,
  stores: Stores,
  runId: string,
  { config, phases }: { readonly config: RunConfig; readonly phases: RunManifest["phases"] },
): Promise<RunManifest> {
  const { io, output, log, deps } = context;
  const world = providerWorld(io, await readSettingSources(io, context.configFile));
  const provider = await deps.openProvider(config, world);
  const progress = openProgress(output, io.stderr, io.clock);
  try {
    const { run } = await runToEnd(
      {
        input: storedInput(stores.objects, ownInputKey(runId), "input.jsonl"),
        config,
        phases,
        runId,
        resume: false,
      },
      {
        stores,
        provider,
        openProvider: async (settings, open) => deps.openProvider(settings, world, open),
        progress,
        log,
        interrupt: io.interrupt,
        onStart: () => {},
      },
    );
    return run;
  } finally {
    progress.end();
    await provider.embedder.close();
  }
}

/** Removes a user from every run: on disk and on AWS. */
export async function forgetCommand(options: ForgetOptions, context: Context): Promise<ExitCode> {
  const { output } = context;
  const who = whoOf(options);
  const { runs, unreadable, stores } = await allRuns(context);
  const { affected, unsearchable, running } = await find(context, stores, runs, who);
  const remade: Remade[] = [];
  if (options.yes && running.length === 0)
    for (const each of affected) remade.push(await remake(context, stores, each));
  const complete = running.length === 0 && unsearchable.length === 0 && unreadable.length === 0;
  const failed = remade.some(({ status }) => status === "failed" || status === "stopped");
  const exitCode = (options.yes && !complete) || failed ? ExitCode.failed : ExitCode.done;

  output.answer({
    schema_version: "1.0.0",
    ok: exitCode === ExitCode.done,
    exit_code: exitCode,
    done: options.yes && running.length === 0,
    runs: affected.map(({ run, rows }) => ({
      run_id: run.run_id,
      conversations: rows.size,
      made_again: remade.find(({ from }) => from === run.run_id) ?? null,
    })),
    running: running.map((run) => run.run_id),
    unsearchable: unsearchable.map((run) => run.run_id),
    unreadable,
  });

  for (const { run_id: runId } of running)
    output.problem(
      wrap(
        `${output.paint("yellow", "!")} ${runId} is running: nothing is changed while it does. Wait for it, or end it with clio stop --run-id ${runId}${placeFlags(context, shellWord)}`,
        output.width,
        2,
      ),
    );
  for (const runId of [...unsearchable.map((run) => run.run_id), ...unreadable])
    output.problem(
      wrap(
        `${output.paint("yellow", "!")} ${safe(runId)} cannot be searched: it ended before its input was read, or is damaged. If it may hold this user, remove it whole: clio prune-runs.`,
        output.width,
        2,
      ),
    );
  if (affected.length === 0) {
    output.say(
      `Nobody like that in ${plural(runs.length - running.length - unsearchable.length, "run")} that could be searched.`,
    );
    return exitCode;
  }
  output.say(runTable(context, affected, remade));
  if (remade.length > 0) {
    output.say(
      `\n${output.paint("green", "✔")} Forgotten in ${plural(remade.length, "run")}: old runs removed, made again where anybody was left.`,
    );
    output.note(
      wrap(
        "The files they were made from are yours: remove the user there too, or the next run has them again.",
        output.width,
      ),
    );
  } else {
    output.say(`\nNothing was changed.`);
    if (running.length === 0) output.note(`  ${output.paint("cyan", "→")} To do it, say it again with --yes`);
  }
  return exitCode;
}

function runTable({ output }: Context, affected: readonly Affected[], remade: readonly Remade[]): string {
  const rows = affected.map(({ run, rows: found }) => {
    const made = remade.find(({ from }) => from === run.run_id);
    return [
      run.run_id,
      localTime(run.created_at),
      count(found.size),
      made === undefined ? "" : `${made.runId ?? "–"} (${made.status})`,
    ];
  });
  return table(
    [
      { title: "Run" },
      { title: "Created", shrinks: "cut" },
      { title: "Conversations", align: "right" },
      { title: "Made again as" },
    ],
    rows,
    output,
  );
}
