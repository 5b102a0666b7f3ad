import { join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "..");
/** Holds `node` 24 and `cdk`. */
export const BIN = join(ROOT, "node_modules/.bin");
/** Python's packages of the emulator. */
export const VENV = join(ROOT, ".venv/ministack");
/** What the running emulator leaves: pid, log, state. */
export const STATE = join(ROOT, ".localstack");
