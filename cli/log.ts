import type { Clock } from "../shared/ports/clock.ts";
import type { Log, LogFields } from "../shared/ports/log.ts";
import type { Sink } from "./io.ts";

/** Says nothing. */
export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {} };

/** One JSON line an event, for --debug: names, ids of runs, counts, codes. */
export function jsonLinesLog(sink: Sink, clock: Clock): Log {
  const write =
    (level: string) =>
    (event: string, fields: LogFields = {}): void => {
      const at = new Date(clock.now()).toISOString();
      sink.write(`${JSON.stringify({ at, level, event, ...fields })}\n`);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn") };
}

/** Tells an unexpected error: its name and where it came from. Its message stays out: parsers quote what they read. */
export function logError(log: Log, error: unknown): void {
  if (!(error instanceof Error)) {
    log.warn("unexpected_error", { name: typeof error });
    return;
  }
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  log.warn("unexpected_error", { name: error.name, stack: frames.map((line) => line.trim()).join("\n") });
  if (error.cause !== undefined) logError(log, error.cause);
}
