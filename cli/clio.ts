#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { systemClock } from "../shared/adapters/system-clock.ts";
import { ExitCode } from "./io.ts";
import { main } from "./program.ts";
import { stopReason } from "./runner.ts";

/** The line of a progress bar away, cursor visible, lines wrapped: what a bar changes. */
const RESTORE_TERMINAL = "\r\u001b[K\u001b[?25h\u001b[?7h";

const interrupt = new AbortController();
let signals = 0;

function onSignal(signal: NodeJS.Signals): void {
  signals++;
  if (signals === 1) {
    interrupt.abort(
      stopReason("interrupted", signal === "SIGINT" ? "it was interrupted" : "it was asked to end"),
    );
    return;
  }
  if (process.stderr.isTTY) process.stderr.write(RESTORE_TERMINAL);
  process.exit(ExitCode.interrupted);
}
process.on("SIGINT", onSignal);
process.on("SIGTERM", onSignal);

// A reader that has seen enough, such as head, is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  // eslint-disable-next-line node/no-process-env -- the one place where the command line reads it
  env: process.env,
  cwd: process.cwd(),
  entry: fileURLToPath(import.meta.url),
  packageDir: fileURLToPath(new URL("..", import.meta.url)),
  clock: systemClock,
  interrupt: interrupt.signal,
});
// What was interrupted may still hold the process: a stream, a thread, a timer.
if (process.exitCode === ExitCode.interrupted) process.exit();
