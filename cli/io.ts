import { styleText } from "node:util";
import type { Clock } from "../shared/ports/clock.ts";

/** Where text goes: a stream of the process, or what a test holds in its hand. */
export type Sink = NodeJS.WritableStream & {
  /** Whether a person looks at it. */
  readonly isTTY?: boolean;
  /** Width in character cells, of a terminal. */
  readonly columns?: number;
};

/** Everything outside that a command may touch, so that tests run commands in their own process. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly cwd: string;
  /** The folder of this program's package: the sample data lies in it. */
  readonly packageDir: string;
  /** The script that this program is: what starts another one like it. */
  readonly entry: string;
  readonly clock: Clock;
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly interrupt: AbortSignal;
}

/** Exit codes of every command (design section 12). */
export const ExitCode = { done: 0, failed: 1, usage: 2, warnings: 3, interrupted: 130 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export type Format = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";
/** Paints text, or leaves it as it is where colours are off. */
export type Paint = (format: Format, text: string) => string;

export const noPaint: Paint = (_format, text) => text;
const ansiPaint: Paint = (format, text) =>
  text === "" ? "" : styleText(format, text, { validateStream: false });

/**
 * Whether to colour: never with --no-color or NO_COLOR (no-color.org: any value but an empty one), always with
 * FORCE_COLOR, else on a terminal that is not "dumb".
 */
export function wantsColour(sink: Sink, env: Io["env"], noColour: boolean): boolean {
  const set = (name: string): boolean => (env[name] ?? "") !== "";
  if (noColour || set("NO_COLOR")) return false;
  if (set("FORCE_COLOR")) return env["FORCE_COLOR"] !== "0";
  return sink.isTTY === true && env["TERM"] !== "dumb";
}

export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
  readonly noColour: boolean;
}

/** What a command says. People read stderr, programs read the one JSON object on stdout. */
export interface Output {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
  /** Whether people read on a terminal, where lines may be redrawn. */
  readonly terminal: boolean;
  readonly paint: Paint;
  /** Character cells of a line. */
  readonly width: number;
  /** What the command was asked for. */
  say(text: string): void;
  /** What is good to know meanwhile: hints, progress; silent under --quiet. */
  note(text: string): void;
  /** What went wrong; never silent. */
  problem(text: string): void;
  /** The one JSON object, under --json. */
  answer(value: unknown): void;
}

/** Lines wider than this are hard to read, however wide the window is. */
const MAX_WIDTH = 120;
const DEFAULT_WIDTH = 80;

export function openOutput(io: Pick<Io, "stdout" | "stderr" | "env">, options: OutputOptions): Output {
  const { json, quiet, debug } = options;
  const line = (text: string): void => {
    io.stderr.write(`${text}\n`);
  };
  return {
    json,
    quiet,
    debug,
    terminal: io.stderr.isTTY === true,
    paint: wantsColour(io.stderr, io.env, options.noColour) ? ansiPaint : noPaint,
    // A terminal may be resized at any time: ask when a line is made.
    get width() {
      return Math.min(io.stderr.columns ?? DEFAULT_WIDTH, MAX_WIDTH);
    },
    say: line,
    note: quiet ? () => {} : line,
    problem: line,
    answer: (value) => {
      if (json) io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
  };
}
