/** The command line of every recipe: flags, the environment, Ctrl-C, and errors without secrets or content. */
import { rmSync } from "node:fs";
import process, { argv, env, stderr, stdout } from "node:process";
import { parseArgs } from "node:util";
import { exportConversations, partialPath } from "./export.ts";
import type { Counts } from "./export.ts";
import type { SourceConversation } from "./mapping.ts";

export interface ExportRequest {
  /** Conversations that began at this time or later; null for all. */
  readonly since: Date | null;
  /** Conversations that began before this time; null for all. */
  readonly until: Date | null;
  /** Rows, documents or messages asked for at a time: what is in memory at once. */
  readonly pageSize: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Recipe {
  /** Name of the script. */
  readonly name: string;
  /** The variables that say where the source is, for --help. */
  readonly variables: string;
  readonly read: (request: ExportRequest, environment: Environment) => AsyncIterable<SourceConversation>;
  /** What an error of the source's means and what to do, or null if it is not one of its own. */
  readonly explain: (error: object) => string | null;
}

/** An error whose message was written here, for people, and holds no secret and nothing of the data. */
export class RecipeError extends Error {
  override readonly name = "RecipeError";
  /** 2 if it was called wrongly, else 1. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Shorter keys can be found by trying. */
const MIN_KEY_LENGTH = 16;
const DEFAULT_PAGE = 500;
/** The most that Elasticsearch allows. */
const MAX_PAGE = 10_000;
/** A day stands for its midnight in UTC. */
const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)$/;

/** Runs a recipe as this process: counts as one JSON object on stdout, words for people on stderr, an exit code. */
export async function runRecipe(recipe: Recipe): Promise<void> {
  let out: string | null = null;
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => {
      // At once: the source may never answer again.
      if (out !== null) rmSync(partialPath(out), { force: true });
      stderr.write("Stopped; nothing was written.\n");
      process.exit(code);
    });
  }
  try {
    const flags = readArguments(argv.slice(2));
    if (flags === "help") {
      stdout.write(help(recipe));
      return;
    }
    const pseudonymKey = readKey(env["PSEUDONYM_KEY"]);
    const request = { since: flags.since, until: flags.until, pageSize: readPageSize(env["PAGE_SIZE"]) };
    out = flags.out;
    const counts = await exportConversations(recipe.read(request, env), out, { pseudonymKey });
    stdout.write(`${JSON.stringify(counts)}\n`);
    stderr.write(summary(counts, out));
  } catch (error) {
    stderr.write(`${recipe.name}: ${explain(error, recipe)}\n`);
    process.exitCode = error instanceof RecipeError ? error.exitCode : 1;
  }
}

function help({ name, variables }: Recipe): string {
  return `Usage: node ${name} --out FILE [--since TIME] [--until TIME]

Writes conversations as JSONL for clio; compressed if FILE ends in .gz. TIME is 2026-09-01 (midnight in UTC) or
2026-09-01T08:00:00+02:00; conversations that began at or after --since and before --until.

${variables}
PSEUDONYM_KEY       a secret of ${MIN_KEY_LENGTH} characters or more: user ids become keyed hashes
PAGE_SIZE           how much is asked for at a time (${DEFAULT_PAGE}); less needs less memory
`;
}

interface Flags {
  readonly out: string;
  readonly since: Date | null;
  readonly until: Date | null;
}

function readArguments(args: readonly string[]): Flags | "help" {
  let values: { out?: string; since?: string; until?: string; help?: boolean };
  try {
    values = parseArgs({
      args: [...args],
      options: {
        out: { type: "string" },
        since: { type: "string" },
        until: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch {
    // Not its own message: somebody may have typed a connection string as an argument.
    throw new RecipeError("There is an argument that is not known; see --help.", 2);
  }
  if (values.help === true) return "help";
  const { out } = values;
  if (out === undefined || out === "") throw new RecipeError("Say where to write with --out FILE.", 2);
  const since = readTime("--since", values.since);
  const until = readTime("--until", values.until);
  if (since !== null && until !== null && since >= until) {
    throw new RecipeError("--since must be before --until.", 2);
  }
  return { out, since, until };
}

function readTime(flag: string, text: string | undefined): Date | null {
  if (text === undefined) return null;
  const time = DAY.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(TIME.test(text) ? text : Number.NaN);
  if (Number.isNaN(time.getTime())) {
    throw new RecipeError(`${flag} is a day like 2026-09-01 or a time like 2026-09-01T08:00:00+02:00.`, 2);
  }
  return time;
}

function readKey(key: string | undefined): string | undefined {
  if (key !== undefined && key.length < MIN_KEY_LENGTH) {
    throw new RecipeError(`PSEUDONYM_KEY must have at least ${MIN_KEY_LENGTH} characters.`, 2);
  }
  return key;
}

function readPageSize(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PAGE;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= MAX_PAGE) return size;
  throw new RecipeError(`PAGE_SIZE is a whole number from 1 to ${MAX_PAGE}.`, 2);
}

/** The variable's value, or an error that names it. */
export function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === "") throw new RecipeError(`Set ${name}; see --help.`, 2);
  return value;
}

const UNREACHABLE = "The server cannot be reached; check its address and the network.";
const BROKEN = "The connection broke; run it again.";
const NO_WRITING = "The folder of --out may not be written to.";
/** By the code of an error of Node's own. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "There is no such folder: that of --out, or one in the connection string."],
  ["EACCES", NO_WRITING],
  ["EPERM", NO_WRITING],
  ["EROFS", NO_WRITING],
  ["EISDIR", "--out is a folder; name a file."],
  ["ENOSPC", "The disk is full."],
  ["ECONNREFUSED", UNREACHABLE],
  ["ENOTFOUND", UNREACHABLE],
  ["EAI_AGAIN", UNREACHABLE],
  ["ETIMEDOUT", UNREACHABLE],
  ["EHOSTUNREACH", UNREACHABLE],
  ["ECONNRESET", BROKEN],
  ["EPIPE", BROKEN],
  [
    "ERR_INVALID_URL",
    "The connection string is not a URL; special characters in it must be percent-encoded.",
  ],
]);

/** An error in words. Messages of drivers are not shown: they may quote a connection string or a row. */
function explain(error: unknown, recipe: Recipe): string {
  if (error instanceof RecipeError) return error.message;
  if (typeof error !== "object" || error === null) return "Failed.";
  // A server on this machine may be a file, and then its errors are those of files.
  const advice = word(error, "syscall") === "connect" ? UNREACHABLE : ADVICE.get(word(error, "code") ?? "");
  const known = recipe.explain(error) ?? advice;
  const traces = [word(error, "name"), word(error, "code"), word(error, "syscall")].filter(
    (part) => part !== null,
  );
  return `${known ?? "The export failed."} (${traces.join(" ")})`;
}

/** A field of an error if it is one plain word, as names and codes are. */
export function word(error: object, field: string): string | null {
  const value: unknown = Reflect.get(error, field);
  return typeof value === "string" && /^\w{1,60}$/.test(value) ? value : null;
}

const LEFT_OUT = {
  no_user_message: "without a user's text",
  unknown_role: "with a role that is not known (add it to ROLES in mapping.ts)",
  bad_id: "without an id",
  too_large: "longer than 8 MiB",
  too_many_messages: "of more than 10,000 messages",
} as const;

function summary(counts: Counts, out: string): string {
  const lines = [`Wrote ${counts.conversations} conversations (${counts.messages} messages) to ${out}`];
  const say = (count: number, text: string): void => {
    if (count > 0) lines.push(`${count} ${text}`);
  };
  for (const [reason, text] of Object.entries(LEFT_OUT)) {
    say(counts.leftOut[reason as keyof typeof LEFT_OUT], `conversations left out: ${text}`);
  }
  say(counts.dropped.emptyMessages, "messages without text left out");
  say(counts.dropped.timestamps, "timestamps left out: not a date with an offset");
  say(counts.dropped.metadataValues, "metadata values left out: not a scalar or a flat list of scalars");
  say(counts.withoutUserId, "conversations have no user id: clio will ask for --users per-conversation");
  const none = "Nothing matched: check the names in the recipe, and --since and --until.";
  lines.push(counts.conversations === 0 ? none : `Next: clio validate-input --input ${out}`);
  return `${lines.join("\n")}\n`;
}
