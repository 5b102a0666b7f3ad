import { Command, CommanderError, Option } from "commander";
import type { ConfigKey } from "../shared/config.ts";
import { ErrorName, UsageError, errorDetail, isKind } from "../shared/errors.ts";
import type { Stage } from "../shared/pipeline.ts";
import { DEFAULT_RUNS_DIR, DEFAULT_STAGE, realDeps } from "./context.ts";
import type { Context, Deps } from "./context.ts";
import { DEFAULT_INPUT } from "./input.ts";
import { ExitCode, openOutput } from "./io.ts";
import type { Io, Output } from "./io.ts";
import { jsonLinesLog, logError, silentLog } from "./log.ts";
import { isOwnError, problemOf, sentence, showProblem } from "./render/problem.ts";
import { safe, shellWord, widthOf } from "./render/text.ts";
import { CONFIG_FILE, settings } from "./settings.ts";
import type { Setting, SettingFlags } from "./settings.ts";
import { VERSION } from "../shared/version.ts";

/** Options of every command, as commander gives them. */
interface GlobalOptions {
  runsDir: string;
  target: "local" | "aws";
  stage: string;
  config?: string;
  json?: true;
  quiet?: true;
  debug?: true;
  color: boolean;
}

/** Phases a flag switches on, with what each adds. */
const STAGE_FLAGS: readonly (readonly [stage: Stage, description: string])[] = [
  ["facets", "find out what each conversation is about"],
  ["clustering", "group conversations that ask for the same, and lay out the map"],
  ["labeling", "name and describe the groups"],
  ["hierarchy", "arrange the groups in a tree"],
  ["privacy", "audit what was found, hide what could identify somebody, publish the rest"],
  ["eval", "measure all of it on synthetic conversations whose topics are known (--eval-count)"],
];

const SETTINGS_GROUP = "Settings:";

/** How a setting is given as a flag: text, or a switch and its opposite; a list is not. */
function settingOptions({ key, flag, description, shownDefault, words }: Setting): Option[] {
  if (flag === null) return [];
  if (words !== "")
    return [
      new Option(`${flag} <${words}>`, `${description} (default: ${shownDefault})`).helpGroup(SETTINGS_GROUP),
    ];
  const on = new Option(flag, description);
  const off = new Option(
    `--no-${key.replaceAll("_", "-")}`,
    `Do not ${(description[0] ?? "").toLowerCase()}${description.slice(1)}`,
  );
  // Help shows the one that changes the default.
  if (shownDefault === "true") on.hideHelp();
  else off.hideHelp();
  return [on.helpGroup(SETTINGS_GROUP), off.helpGroup(SETTINGS_GROUP)];
}

/** "min_users" as commander names it: "minUsers". */
function attributeOf(key: ConfigKey): string {
  return key.replaceAll(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

function givenSettings(options: Readonly<Record<string, unknown>>): SettingFlags {
  const flags: Partial<Record<ConfigKey, string | boolean>> = {};
  for (const { key } of settings()) {
    const given = options[attributeOf(key)];
    if (typeof given === "string" || typeof given === "boolean") flags[key] = given;
  }
  return flags;
}

function examples(lines: readonly (readonly [command: string, what: string])[]): string {
  return `\nExamples:\n${lines.map(([command, what]) => `  # ${what}\n  ${command}`).join("\n")}`;
}

/** What an option was given, as text or null. */
function textOf(options: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = options[name];
  return typeof value === "string" ? value : null;
}

type Run = (options: Readonly<Record<string, unknown>>, context: Context) => Promise<ExitCode>;

/**
 * The command line: parses `argv` (without node and script) and runs the command it names. Answers the exit code and
 * never throws; whatever goes wrong is told on stderr, and under --json on stdout too.
 */
export async function main(argv: readonly string[], io: Io, deps: Deps = realDeps): Promise<number> {
  const early = openOutput(io, earlyOptions(argv));
  let exitCode: number = ExitCode.done;
  const act =
    (run: Run, graceful = false) =>
    async (_options: unknown, command: Command): Promise<void> => {
      const options = command.optsWithGlobals<GlobalOptions & Record<string, unknown>>();
      const swallowed = swallowedFlag(command, options);
      exitCode = await runCommand(
        swallowed === null ? run : () => Promise.reject(swallowed),
        options,
        io,
        deps,
        graceful,
      );
    };
  try {
    await buildProgram(io, early, act).parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    return refuse(error, early);
  }
}

/** "--input --resume" takes a flag for the value of another one, which nobody means. */
function swallowedFlag(command: Command, options: Readonly<Record<string, unknown>>): UsageError | null {
  const known = [...command.options, ...(command.parent?.options ?? [])];
  const flags = new Set(known.map(({ long }) => long));
  for (const option of known) {
    const value = options[option.attributeName()];
    if (typeof value !== "string" || !flags.has(value)) continue;
    return new UsageError(
      `${option.long ?? option.flags} has no value: ${value} follows it, which is a flag.`,
      {
        code: "option_missing_argument",
        hint: `Give it one; clio ${command.name()} --help shows which.`,
      },
    );
  }
  return null;
}

/** Errors have to be told in the right form even when the arguments cannot be parsed. */
function earlyOptions(argv: readonly string[]) {
  const end = argv.indexOf("--");
  const flags = new Set(end === -1 ? argv : argv.slice(0, end));
  return {
    json: flags.has("--json"),
    quiet: flags.has("--quiet"),
    debug: flags.has("--debug"),
    noColour: flags.has("--no-color"),
  };
}

/** Runs one command to its exit code, whatever it throws. */
async function runCommand(
  run: Run,
  options: GlobalOptions & Record<string, unknown>,
  io: Io,
  deps: Deps,
  graceful: boolean,
): Promise<ExitCode> {
  const { json = false, quiet = false, debug = false, color, runsDir, target, stage, config } = options;
  const output = openOutput(io, { json, quiet, debug, noColour: !color });
  const log = debug ? jsonLinesLog(io.stderr, io.clock) : silentLog;
  try {
    if (runsDir === "")
      throw new UsageError("The name of the runs folder is empty.", {
        code: "bad_path",
        hint: "Name a folder with --runs-dir.",
      });
    const context: Context = {
      io,
      output,
      log,
      runsDir,
      stage: target === "aws" ? stage : null,
      configFile: config ?? null,
      deps,
    };
    const done = run(options, context);
    return await (graceful ? done : Promise.race([done, interrupted(io.interrupt)]));
  } catch (error) {
    if (!isOwnError(error)) logError(log, error);
    const problem = problemOf(error);
    const stopped = isKind(error, ErrorName.stopped) && errorDetail(error).code === "interrupted";
    const exitCode = stopped
      ? ExitCode.interrupted
      : isKind(error, ErrorName.usage)
        ? ExitCode.usage
        : ExitCode.failed;
    output.answer(failureAnswer(exitCode, problem));
    if (stopped) output.problem("Interrupted.");
    else showProblem(output, problem);
    return exitCode;
  }
}

/** Rejects when Ctrl-C is pressed: for commands that have nothing to bring to an end. */
async function interrupted(signal: AbortSignal): Promise<never> {
  return new Promise<never>((_resolve, reject) => {
    const stop = (): void =>
      reject(signal.reason instanceof Error ? signal.reason : new Error("interrupted"));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

function failureAnswer(
  exitCode: ExitCode,
  error: { code: string; message: string; hint: string | null },
): unknown {
  return { schema_version: "1.0.0", ok: false, exit_code: exitCode, error };
}

/** What commander could not make sense of; help and version end here too. */
function refuse(error: unknown, output: Output): ExitCode {
  if (!(error instanceof CommanderError)) {
    output.answer(failureAnswer(ExitCode.failed, problemOf(error)));
    showProblem(output, problemOf(error));
    return ExitCode.failed;
  }
  if (error.exitCode === 0) return ExitCode.done;
  // Commander's own message: "error: unknown option '--inptu'\n(Did you mean --input?)".
  const [first = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const meant = /Did you mean ([^)]*)\)/.exec(rest.join(" "))?.[1]?.replace(/\?$/, "");
  const noCommand = error.code === "commander.help";
  const stray = /^too many arguments for '(?:run|validate-input)'.*: (.+)$/i.exec(first)?.[1];
  const problem = {
    code: noCommand
      ? "no_command"
      : error.code.replace(/^commander\./, "").replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    message: noCommand ? "No command was given." : sentence(first),
    hint:
      stray !== undefined
        ? `A file is named with its flag: --input ${shellWord(stray)}`
        : meant === undefined
          ? "clio --help lists the commands, clio <command> --help their options."
          : `Did you mean ${safe(meant)}?`,
  };
  output.answer(failureAnswer(ExitCode.usage, problem));
  // Help has been shown already.
  if (!noCommand) showProblem(output, problem);
  return ExitCode.usage;
}

type Act = (run: Run, graceful?: boolean) => (options: unknown, command: Command) => Promise<void>;

function buildProgram(io: Io, output: Output, act: Act): Command {
  const program = new Command("clio");
  program
    .description("See what people use your AI assistant for, without anyone reading their conversations.")
    .version(VERSION, "-V, --version", "Print the version")
    .helpOption("-h, --help", "Show this help")
    .helpCommand("help [command]", "Show the help of a command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // Told by `refuse`, once and in the form asked for.
      outputError: () => {},
      getOutHelpWidth: () => Math.min(io.stdout.columns ?? 80, 120),
      getErrHelpWidth: () => output.width,
      getOutHasColors: () => output.paint("bold", "x") !== "x" && io.stdout.isTTY === true,
      getErrHasColors: () => output.paint("bold", "x") !== "x",
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => output.paint("bold", title),
      styleCommandText: (text) => output.paint("cyan", text),
      styleOptionText: (text) => output.paint("cyan", text),
      styleSubcommandText: (text) => output.paint("cyan", text),
      displayWidth: widthOf,
    })
    .option("--runs-dir <folder>", "Where runs are kept", DEFAULT_RUNS_DIR)
    .addOption(
      new Option("--target <where>", "Where runs are: in the runs folder, or on AWS")
        .choices(["local", "aws"])
        .default("local"),
    )
    .option("--stage <name>", "Under --target aws: which deployment", DEFAULT_STAGE)
    .option("--config <file>", `Settings file (default: ${CONFIG_FILE}, if there is one)`)
    .option("--json", "One JSON object on stdout; people still read stderr")
    .option("--quiet", "No progress and no hints: results, of a run in one line, and problems")
    .option("--debug", "Also tell events as JSON lines on stderr: names, ids, counts, never content")
    .option("--no-color", "No colours (as NO_COLOR does)")
    .addHelpText(
      "after",
      examples([
        ["clio run --with-hierarchy --with-privacy", "try it on the sample conversations"],
        ["clio run --input chats.jsonl --with-privacy", "your own, one conversation a line"],
        ["clio list-runs", "what there is"],
      ]),
    );

  addRun(program, act);
  addEstimate(program, act);
  addInput(program, act);
  addRuns(program, act);
  addViz(program, act);
  addExport(program, act);
  addEvaluate(program, act);
  addMachine(program, act);
  return program;
}

function addStages(command: Command): void {
  for (const [stage, description] of STAGE_FLAGS) command.option(`--with-${stage}`, `Also ${description}`);
}

function givenStages(options: Readonly<Record<string, unknown>>): Stage[] {
  return STAGE_FLAGS.map(([stage]) => stage).filter(
    (stage) => options[`with${(stage[0] ?? "").toUpperCase()}${stage.slice(1)}`] === true,
  );
}

function addSettings(command: Command): void {
  for (const setting of settings()) for (const option of settingOptions(setting)) command.addOption(option);
}

function addEstimate(program: Command, act: Act): void {
  const command = program
    .command("estimate")
    .summary("say what a run would ask, take and cost")
    .description(
      "Says how many calls, tokens and dollars a run with the same flags would take, phase by phase, from a look at the conversations. Asks no model, needs no key, writes nothing.",
    )
    .option("--input <file>", `Conversations (default: ${DEFAULT_INPUT}, or the copy that came with clio)`);
  addStages(command);
  addSettings(command);
  command
    .addHelpText(
      "after",
      examples([
        [
          "clio estimate --input chats.jsonl --with-hierarchy --with-privacy --provider openai",
          "what would it cost?",
        ],
        [
          "clio estimate --input chats.jsonl --with-facets --provider openai --model gpt-4.1 --json",
          "for a program",
        ],
      ]),
    )
    .action(
      act(async (options, context) => {
        const { estimateCommand } = await import("./commands/estimate.ts");
        return estimateCommand(
          { input: textOf(options, "input"), stages: givenStages(options), flags: givenSettings(options) },
          context,
        );
      }),
    );
}

function addRun(program: Command, act: Act): void {
  const run = program
    .command("run")
    .summary("run the pipeline over a file of conversations")
    .description(
      "Runs the pipeline over a file of conversations (JSONL, one a line; .gz is fine). Without any --with-… it reads and validates the file and prints its statistics.",
    )
    .option("--input <file>", `Conversations (default: ${DEFAULT_INPUT}, or the copy that came with clio)`);
  addStages(run);
  run
    .option("--run-id <id>", "Name of the run (default: made from the time)")
    .option(
      "--resume",
      "Go on with the run of --run-id: what is finished is kept; its settings and phases stay unless changed here",
    )
    .option(
      "--streaming",
      "Bound memory to a chunk of the input: always so, accepted for scripts that say it",
    )
    .option(
      "--stream-chunk-size <n>",
      "Conversations held at a time while facets are found: another name of --facet-batch-size",
    )
    .option("--fail-on-warning", "End with exit code 3 when the run is done with warnings")
    .option("--strict", "As --fail-on-warning, and never leave invalid rows out");
  addSettings(run);
  run
    .addHelpText(
      "after",
      `\nEach --with-… implies those before it; hierarchy and privacy stand side by side,
and eval stands alone: it makes runs of its own, named <run id>-eval-….

Settings can also stand in clio.config.json ("min_users": 5), or in .env and the
environment (CLIO_MIN_USERS=5). Flags win, then the environment, then .env.
The file alone can hold custom_facets, questions of your own: see
docs/custom-facets.md.

Exit codes: 0 done, 1 failed or invalid, 2 wrong usage, 3 done with warnings
under --fail-on-warning, 130 interrupted (go on with --resume).
${examples([
  ["clio run", "check and describe the sample conversations"],
  ["clio run --input chats.jsonl --with-hierarchy --with-privacy", "everything"],
  ["clio run --input chats.jsonl --with-privacy --min-users 20", "with stricter minimums"],
  [
    "clio run --input chats.jsonl --with-privacy --provider openai",
    "by a language model (first: clio doctor, clio estimate)",
  ],
  ["clio run --input chats.jsonl --run-id may --resume", "go on with a run that stopped"],
])}`,
    )
    .action(
      act(async (options, context) => {
        const { runCommand: execute } = await import("./commands/run.ts");
        return execute(
          {
            input: textOf(options, "input"),
            stages: givenStages(options),
            runId: textOf(options, "runId"),
            resume: options["resume"] === true,
            failOnWarning: options["failOnWarning"] === true,
            strict: options["strict"] === true,
            streamChunkSize: textOf(options, "streamChunkSize"),
            flags: givenSettings(options),
          },
          context,
        );
      }, true),
    );
}

function addInput(program: Command, act: Act): void {
  const users = settings().find(({ key }) => key === "users");
  program
    .command("validate-input")
    .summary("check a file of conversations")
    .description(
      "Checks every row of a file of conversations against the input contract and says what is wrong, where, and what to do. Exit code 1 when anything is invalid.",
    )
    .option("--input <file>", `Conversations (default: ${DEFAULT_INPUT}, or the copy that came with clio)`)
    .option("--report-json <file>", "Write the whole report there; - is stdout")
    .option("--users <word>", `${users?.description ?? ""} (default: ${users?.shownDefault ?? ""})`)
    .addHelpText(
      "after",
      examples([
        ["clio validate-input --input chats.jsonl", "is it all right?"],
        ["clio validate-input --input chats.jsonl --report-json report.json", "with the report as a file"],
      ]),
    )
    .action(
      act(async (options, context) => {
        const { validateInputCommand } = await import("./commands/validate-input.ts");
        return validateInputCommand(
          {
            input: textOf(options, "input"),
            reportJson: textOf(options, "reportJson"),
            users: textOf(options, "users"),
          },
          context,
        );
      }),
    );
}

function addRuns(program: Command, act: Act): void {
  program
    .command("list-runs")
    .summary("list the runs, newest first")
    .description("Lists the runs, newest first.")
    .option("--limit <n>", "Runs shown at most", "20")
    .addHelpText(
      "after",
      examples([
        ["clio list-runs", "the newest 20"],
        ["clio list-runs --limit 100 --json", "for a program"],
      ]),
    )
    .action(
      act(async (options, context) => {
        const { listRunsCommand } = await import("./commands/list-runs.ts");
        return listRunsCommand({ limit: textOf(options, "limit") ?? "20" }, context);
      }),
    );
  program
    .command("inspect-run")
    .summary("show everything about one run")
    .description("Shows one run in full: how it went, what it found, which files it left.")
    .option("--run-id <id>", "The run (default: the newest)")
    .option("--depth <n>", "Levels of the tree that are shown (default: all)")
    .option("--events", "Also the run's events")
    .addHelpText(
      "after",
      examples([
        ["clio inspect-run", "the newest run"],
        ["clio inspect-run --run-id may --depth 1", "only the groups at the top"],
      ]),
    )
    .action(
      act(async (options, context) => {
        const { inspectRunCommand } = await import("./commands/inspect-run.ts");
        return inspectRunCommand(
          {
            runId: textOf(options, "runId"),
            depth: textOf(options, "depth"),
            events: options["events"] === true,
          },
          context,
        );
      }),
    );
  program
    .command("prune-runs")
    .summary("remove old runs")
    .description(
      "Removes old runs, with everything they hold: all but the newest, or those of some age. Without --yes it only says what it would remove. Runs that are running always stay.",
    )
    .option("--keep-last <n>", "Runs that stay, newest first")
    .option("--older-than <days>", "Only runs made more than so many days ago")
    .option("--yes", "Remove them")
    .addHelpText(
      "after",
      examples([
        ["clio prune-runs --keep-last 10", "what would go"],
        ["clio prune-runs --older-than 30 --yes", "keep nothing for more than a month"],
        ["clio prune-runs --keep-last 10 --yes", "remove it"],
      ]),
    )
    .action(
      act(async (options, context) => {
        const { pruneRunsCommand } = await import("./commands/prune-runs.ts");
        return pruneRunsCommand(
          {
            keepLast: textOf(options, "keepLast"),
            olderThan: textOf(options, "olderThan"),
            yes: options["yes"] === true,
          },
          context,
        );
      }),
    );
  program
    .command("forget")
    .summary("remove one user from every run")
    .description(
      "Finds the runs that hold conversations of a user. With --yes it withdraws what they published, deletes them, and makes each again without that user, as a new run. Without --yes it only says what it would do. The file a run was made from is yours: remove the user from it too.",
    )
    .option("--user <id>", "The user, by the id in the input")
    .option("--conversation <id>", "One conversation instead, for runs without user ids")
    .option("--yes", "Do it")
    .addHelpText(
      "after",
      examples([
        ["clio forget --user u-17", "which runs hold this user?"],
        ["clio forget --user u-17 --yes", "remove the user, make the runs again"],
      ]),
    )
    .action(
      act(async (options, context) => {
        const { forgetCommand } = await import("./commands/forget.ts");
        return forgetCommand(
          {
            user: textOf(options, "user"),
            conversation: textOf(options, "conversation"),
            yes: options["yes"] === true,
          },
          context,
        );
      }, true),
    );
  program
    .command("stop")
    .summary("ask a run to stop")
    .description(
      "Asks a run in another process to stop, and waits for it. Finished batches are kept: the run can be resumed. A run whose process is gone is marked as stopped.",
    )
    .option("--run-id <id>", "The run")
    .option("--no-wait", "Ask only")
    .addHelpText("after", examples([["clio stop --run-id may", "stop it and wait for its end"]]))
    .action(
      act(async (options, context) => {
        const { stopCommand } = await import("./commands/stop.ts");
        return stopCommand({ runId: textOf(options, "runId"), wait: options["wait"] !== false }, context);
      }),
    );
}

function addViz(program: Command, act: Act): void {
  program
    .command("viz")
    .summary("show the dashboard, or check what a run published")
    .description(
      "Serves the dashboard on this machine: start runs, watch them, explore what they found. Prints its address, with a token that it alone takes. With --check-only it shows nothing and checks the files that a run published: exit code 1 when anything is wrong.",
    )
    .option("--run-id <id>", "The run to open, or to check")
    .option("--check-only", "Check what is published, show no dashboard")
    .option(
      "--allow-raw-messages",
      "Let the page show raw conversations; each time asks for a reason and is recorded",
    )
    .option("--live", "Look for what has changed all the time, not only while a run is under way")
    .option("--refresh-seconds <n>", "Seconds between looks; implies --live (default: 2)")
    .option("--port <n>", "Port; 0 is any that is free (default: 4711, or the next free one)")
    .addHelpText(
      "after",
      examples([
        ["clio viz", "the dashboard of the runs folder"],
        ["clio viz --run-id may", "opened at one run"],
        ["clio viz --target aws --stage prod", "what a stage has published, with your own credentials"],
        ["clio viz --check-only --run-id may", "is what it published in order?"],
      ]),
    )
    .action(
      act(async (options, context) => {
        const { vizCommand } = await import("./commands/viz.ts");
        return vizCommand(
          {
            runId: textOf(options, "runId"),
            checkOnly: options["checkOnly"] === true,
            allowRawMessages: options["allowRawMessages"] === true,
            live: options["live"] === true,
            refreshSeconds: textOf(options, "refreshSeconds"),
            port: textOf(options, "port"),
          },
          context,
        );
      }, true),
    );
}

function addExport(program: Command, act: Act): void {
  program
    .command("export")
    .summary("write the groups of a run as a table")
    .description(
      "Writes the groups that a run published as CSV: the same file as the dashboard's export. Only what is published is in it.",
    )
    .option("--run-id <id>", "The run")
    .option("--output <file>", "Where to; - is stdout (default: -)")
    .addOption(
      new Option(
        "--where <condition>",
        'Count only conversations that fit, for example "language=es,fr"; may be given twice',
      ).argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]),
    )
    .option("--within <group>", "Only this group and those below it, by id")
    .addHelpText(
      "after",
      examples([
        ["clio export --run-id may --output groups.csv", "all groups"],
        ['clio export --run-id may --where "concern=3,4,5" > concern.csv', "where is there concern?"],
      ]),
    )
    .action(
      act(async (options, context) => {
        const { exportCommand } = await import("./commands/export.ts");
        return exportCommand(
          {
            runId: textOf(options, "runId"),
            output: textOf(options, "output"),
            where: Array.isArray(options["where"]) ? (options["where"] as string[]) : [],
            within: textOf(options, "within"),
          },
          context,
        );
      }),
    );
}

function addEvaluate(program: Command, act: Act): void {
  program
    .command("evaluate")
    .summary("score a run against labels of your own")
    .description(
      "Compares the clusters, tree, languages and concern that a run found with labels of your own, beside baselines of the same conversations. Every number has its n and a 95 % interval.",
    )
    .option("--run-id <id>", "The run")
    .option(
      "--labels <file>",
      "Labels, one JSON object a line: conversation_id, label; domain, language, concern",
    )
    .addOption(
      new Option(
        "--gate <measure>",
        'Exit code 1 below it, for example "nmi>=0.6"; may be repeated',
      ).argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]),
    )
    .option("--write", "Also write eval/report.md and eval/phase6_metrics.json into the run's folder")
    .addHelpText(
      "after",
      `\nExit codes: 0 done and every gate passed, 1 a gate missed, 2 wrong usage.
${examples([
  ["clio evaluate --run-id may --labels labels.jsonl", "how good are the clusters?"],
  ['clio evaluate --run-id may --labels labels.jsonl --gate "nmi>=0.6" --json', "in CI"],
])}`,
    )
    .action(
      act(async (options, context) => {
        const { evaluateCommand } = await import("./commands/evaluate.ts");
        return evaluateCommand(
          {
            runId: textOf(options, "runId"),
            labels: textOf(options, "labels"),
            gates: Array.isArray(options["gate"]) ? (options["gate"] as string[]) : [],
            write: options["write"] === true,
          },
          context,
        );
      }),
    );
}

/** Settings that say whom to ask, which is what doctor tries. */
const PROVIDER_SETTING = /^(provider$|model|embedder)/;

function addMachine(program: Command, act: Act): void {
  const doctor = program
    .command("doctor")
    .summary("check that everything is in place")
    .description(
      "Checks this machine: Node, folders, disk, memory, settings, and that the provider answers. Exit code 1 when something has to be mended.",
    )
    .addHelpText(
      "after",
      examples([
        ["clio doctor", "is everything in place?"],
        ["clio doctor --provider openai --embedder offline", "can this provider be used?"],
      ]),
    );
  for (const setting of settings())
    if (PROVIDER_SETTING.test(setting.key))
      for (const option of settingOptions(setting)) doctor.addOption(option);
  doctor.action(
    act(async (options, context) => {
      const { doctorCommand } = await import("./commands/doctor.ts");
      return doctorCommand(givenSettings(options), context);
    }),
  );
  program
    .command("info")
    .summary("show versions, paths and settings")
    .description(
      "Shows versions, paths, and each setting with its value and where it comes from. Secrets are never shown.",
    )
    .addHelpText(
      "after",
      examples([
        ["clio info", "which settings apply here?"],
        ["clio info --config other.json", "and with another file?"],
      ]),
    )
    .action(
      act(async (_options, context) => {
        const { infoCommand } = await import("./commands/info.ts");
        return infoCommand(context);
      }),
    );
}
