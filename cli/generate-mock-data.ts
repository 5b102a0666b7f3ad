#!/usr/bin/env node
import { randomUUID } from "node:crypto";
import { realpathSync } from "node:fs";
import { mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { systemClock } from "../shared/adapters/system-clock.ts";
import { defaultUsers, generateCorpus } from "../shared/domain/mock/generate.ts";
import type { LabelledConversation } from "../shared/domain/mock/generate.ts";
import {
  PermanentError,
  StoppedError,
  UsageError,
  errorDetail,
  isKind,
  ErrorName,
} from "../shared/errors.ts";
import { ExitCode } from "./io.ts";
import type { Io } from "./io.ts";
import { safe } from "./render/text.ts";
import { openProvider } from "../shared/adapters/open-provider.ts";
import { openWriter } from "./synthesise.ts";
import type { Synthesis } from "./synthesise.ts";

/** Everything outside that this command may touch. */
export type GenerateIo = Pick<Io, "stdout" | "stderr" | "cwd" | "env" | "clock" | "interrupt">;

/** Characters gathered before a write: large enough that a million conversations are some thousand writes. */
const CHUNK_CHARACTERS = 256 * 1024;
/** From here on a run takes seconds, and people at a terminal see how far it is. */
const PROGRESS_FROM = 50_000;
/** The generator's seeds have 32 bits. */
const MOST_SEED = 2 ** 32 - 1;
/** Code of the error that means: the reader of the pipe, such as `head`, has seen enough. */
const READER_LEFT = "reader_left";

interface Flags {
  readonly count: number;
  readonly seed: number;
  readonly output: string;
  readonly labelsOutput?: string;
  readonly users?: number;
  readonly useLlm?: true;
  readonly provider?: string;
  readonly llmModel?: string;
  readonly force?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ clio-generate-mock-data --output chats.jsonl
  $ clio-generate-mock-data --count 2400 --seed 7 --output chats.jsonl --labels-output chats.labels.jsonl
  $ clio-generate-mock-data --count 100000 --users 5000 --output - | gzip > chats.jsonl.gz
  $ clio-generate-mock-data --count 200 --use-llm --output chats.jsonl

The same count, seed and users always give the same file; with --use-llm the same ids, users, times and labels. All people, numbers and keys in it are made up.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.`;

/**
 * The command `clio-generate-mock-data`.
 * @param argv arguments without the program's own name.
 * @param openModel opens the provider of --use-llm.
 * @returns the exit code (design section 12).
 */
export async function main(
  argv: readonly string[],
  io: GenerateIo,
  openModel: typeof openProvider = openProvider,
): Promise<ExitCode> {
  let flags: Flags;
  try {
    flags = parseFlags(argv, io);
  } catch (error) {
    // commander has told the user already: what is wrong, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
    throw error;
  }
  try {
    const summary = await generate(flags, io, openModel);
    io.stderr.write(describe(summary));
    if (flags.json) io.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
    return ExitCode.done;
  } catch (error) {
    const { hint, code } = errorDetail(error);
    if (code === READER_LEFT && flags.labelsOutput === undefined) return ExitCode.done;
    const message = error instanceof Error ? error.message : String(error);
    io.stderr.write(`error: ${safe(message)}\n${hint === undefined ? "" : `hint: ${hint}\n`}`);
    if (isKind(error, ErrorName.usage)) return ExitCode.usage;
    return isKind(error, ErrorName.stopped) ? ExitCode.interrupted : ExitCode.failed;
  }
}

function parseFlags(argv: readonly string[], io: GenerateIo): Flags {
  const command = new Command("clio-generate-mock-data")
    .description("Write made-up conversations in the input format of clio: many tasks, languages and users.")
    .option("--count <n>", "how many conversations", wholeNumber(1), 240)
    .option("--seed <n>", "another seed gives another corpus", wholeNumber(0, MOST_SEED), 7)
    .requiredOption("--output <file>", 'where to write the conversations, "-" for standard output')
    .option("--labels-output <file>", "where to write what is true of each: use case, domain, language, ...")
    .option("--users <n>", "how many users write them (default: one per 8 conversations)", wholeNumber(1))
    .option("--use-llm", "have a language model write the messages; what it fails at comes from templates")
    .option("--provider <name>", "provider of --use-llm, as of clio run (default: what the settings say)")
    .option("--llm-model <name>", "model of --use-llm (default: what the settings say)")
    .option("--force", "replace files that exist")
    .option("--json", "write a summary as one JSON object to standard output")
    .helpOption("-h, --help", "show this help")
    .addHelpText("after", EXAMPLES)
    .allowExcessArguments(false)
    .showHelpAfterError("(--help shows all options)")
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    })
    .exitOverride();
  const flags = command.parse([...argv], { from: "user" }).opts<Flags>();
  const refuse = (message: string): never => command.error(`error: ${message}`);
  if (flags.labelsOutput === "-") refuse("labels go to a file, not to standard output");
  if (flags.output === "-" && flags.json) refuse('--json and "--output -" both need standard output');
  if (flags.labelsOutput !== undefined && resolve(flags.output) === resolve(flags.labelsOutput)) {
    refuse("--output and --labels-output name the same file");
  }
  if (!flags.useLlm && (flags.provider ?? flags.llmModel) !== undefined) {
    refuse("--provider and --llm-model are for --use-llm");
  }
  if ((flags.users ?? 1) > flags.count) refuse("there are more users than conversations");
  return flags;
}

function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

interface Summary {
  readonly output: string;
  readonly labels_output: string | null;
  readonly count: number;
  readonly seed: number;
  readonly users: number;
  readonly use_cases: number;
  readonly domains: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
  /** Null without --use-llm. */
  readonly llm: Synthesis | null;
}

async function generate(flags: Flags, io: GenerateIo, openModel: typeof openProvider): Promise<Summary> {
  const users = flags.users ?? defaultUsers(flags.count);
  const tally = createTally();
  const files: OutputFile[] = [];
  const writer = flags.useLlm
    ? await openWriter(io, { provider: flags.provider, model: flags.llmModel }, openModel)
    : null;
  try {
    const openFile = async (path: string): Promise<OutputFile> => {
      const file = await createOutputFile(resolve(io.cwd, path), path, flags.force === true);
      files.push(file);
      return file;
    };
    const corpus = flags.output === "-" ? createStreamSink(io.stdout) : await openFile(flags.output);
    const labels = flags.labelsOutput === undefined ? undefined : await openFile(flags.labelsOutput);
    const templates = generateCorpus({ count: flags.count, seed: flags.seed, users });
    await writeLines(flags, writer?.rewrite(templates) ?? templates, { corpus, labels, tally }, io);
    for (const file of files) await file.finish();
    for (const file of files) await file.publish();
  } finally {
    for (const file of files) await file.discard();
    await writer?.close();
  }
  return {
    output: flags.output,
    labels_output: flags.labelsOutput ?? null,
    count: flags.count,
    seed: flags.seed,
    users,
    ...tally.totals(),
    llm: writer?.summary() ?? null,
  };
}

interface Sink {
  write(text: string): Promise<void>;
}

interface Targets {
  readonly corpus: Sink;
  readonly labels: Sink | undefined;
  readonly tally: Tally;
}

async function writeLines(
  flags: Flags,
  conversations: Iterable<LabelledConversation> | AsyncIterable<LabelledConversation>,
  targets: Targets,
  io: GenerateIo,
): Promise<void> {
  const shows = io.stderr.isTTY === true && (flags.useLlm === true || flags.count >= PROGRESS_FROM);
  const show = (): void => {
    if (shows) io.stderr.write(`\r${done} of ${flags.count} conversations`);
  };
  let [lines, labels, done] = ["", "", 0];
  const flush = async (): Promise<void> => {
    if (io.interrupt.aborted) throw new StoppedError("interrupted");
    await targets.corpus.write(lines);
    await targets.labels?.write(labels);
    lines = labels = "";
    show();
  };
  for await (const labelled of conversations) {
    lines += `${JSON.stringify(labelled.conversation)}\n`;
    if (targets.labels !== undefined) labels += `${JSON.stringify(labelled.truth)}\n`;
    targets.tally.add(labelled);
    done++;
    if (lines.length >= CHUNK_CHARACTERS) await flush();
    else if (flags.useLlm) show();
  }
  await flush();
  if (shows) io.stderr.write("\n");
}

function createStreamSink(stream: NodeJS.WritableStream): Sink {
  return {
    write: (text) =>
      new Promise((done, failed) => {
        stream.write(text, (error) => {
          if (error)
            failed(new PermanentError("standard output was closed", { code: READER_LEFT, cause: error }));
          else done();
        });
      }),
  };
}

/** A file that appears under its name only when it is complete. */
interface OutputFile extends Sink {
  /** Brings everything to the disk. */
  finish(): Promise<void>;
  /** Gives the file its name. */
  publish(): Promise<void>;
  /** Removes what was not published. */
  discard(): Promise<void>;
}

/** @param shown the path as the user wrote it, for messages. */
async function createOutputFile(named: string, shown: string, replace: boolean): Promise<OutputFile> {
  // A link stays a link; what it leads to is replaced.
  const path = await realpath(named).catch(() => named);
  await refuseExisting(path, shown, replace);
  // Beside the target, since a rename works within one file system only.
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  let handle: FileHandle;
  try {
    await mkdir(dirname(path), { recursive: true });
    handle = await open(temporary, "wx");
  } catch (error) {
    throw cannotWrite(shown, error);
  }
  let state: "open" | "finished" | "published" = "open";
  return {
    write: async (text) => {
      try {
        await handle.writeFile(text);
      } catch (error) {
        throw cannotWrite(shown, error);
      }
    },
    finish: async () => {
      await handle.sync();
      await handle.close();
      state = "finished";
    },
    publish: async () => {
      // Somebody may have made the file meanwhile.
      await refuseExisting(path, shown, replace);
      await rename(temporary, path);
      state = "published";
    },
    discard: async () => {
      if (state === "open") await handle.close();
      if (state !== "published") await rm(temporary, { force: true });
    },
  };
}

async function refuseExisting(path: string, shown: string, replace: boolean): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) throw new UsageError(`${shown} is a folder`);
  // Renaming a file onto a device or a pipe would replace it, for everybody on this machine.
  if (found !== undefined && !found.isFile()) {
    throw new UsageError(`${shown} is no ordinary file`, {
      hint: 'write to standard output with "--output -"',
    });
  }
  if (found !== undefined && !replace) {
    throw new PermanentError(`${shown} exists`, { hint: "add --force to replace it" });
  }
}

function cannotWrite(shown: string, error: unknown): PermanentError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return new PermanentError(`cannot write ${shown} (${code})`, { cause: error });
}

interface Tally {
  add(labelled: LabelledConversation): void;
  totals(): Pick<Summary, "use_cases" | "domains" | "languages">;
}

function createTally(): Tally {
  const useCases = new Set<string>();
  const domains = new Map<string, number>();
  const languages = new Map<string, number>();
  const bump = (counts: Map<string, number>, key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const largestFirst = (counts: Map<string, number>): Record<string, number> =>
    Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
  return {
    add: ({ truth }) => {
      useCases.add(truth.use_case);
      bump(domains, truth.domain);
      bump(languages, truth.language);
    },
    totals: () => ({
      use_cases: useCases.size,
      domains: largestFirst(domains),
      languages: largestFirst(languages),
    }),
  };
}

function describe(summary: Summary): string {
  const where = summary.output === "-" ? "standard output" : safe(summary.output);
  const labels = summary.labels_output === null ? "" : `labels in ${safe(summary.labels_output)}\n`;
  return (
    `${summary.count} conversations of ${summary.users} users in ${where}\n${labels}` +
    `${summary.use_cases} use cases, ${Object.keys(summary.domains).length} domains, ` +
    `${Object.keys(summary.languages).length} languages, seed ${summary.seed}\n` +
    (summary.llm === null ? "" : describeSynthesis(summary.llm))
  );
}

function describeSynthesis({ model, written, from_templates: templates, usage }: Synthesis): string {
  const fallback = templates === 0 ? "" : `, ${templates} from templates, for want of a valid answer`;
  const tokens = usage.input_tokens + usage.output_tokens;
  return (
    `${written} written by ${safe(model.provider)} ${safe(model.model)}${fallback}; ` +
    `${usage.calls} calls, ${tokens} tokens, $${usage.cost_usd.toFixed(2)}\n`
  );
}

/** Whether this file is the program, also through the link that a package manager makes. */
function isProgram(): boolean {
  const started = process.argv[1];
  if (started === undefined) return false;
  try {
    return realpathSync(started) === fileURLToPath(import.meta.url);
  } catch {
    return false;
  }
}

if (isProgram()) {
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupt.abort());
  // A reader such as `head` may close the pipe early: then the write fails, and there is nothing more to say.
  process.stdout.on("error", () => {});
  void main(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    // eslint-disable-next-line node/no-process-env -- what the command hands in: settings are read from it
    env: process.env,
    clock: systemClock,
    interrupt: interrupt.signal,
  }).then((code) => {
    process.exitCode = code;
  });
}
