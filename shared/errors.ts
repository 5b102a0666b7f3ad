import type { Usage } from "./contracts/model-tasks.ts";

/**
 * The three kinds of failure (design sections 2 and 13). The engines act on `name` alone: minifiers mangle class
 * names and SDK errors carry none, so each name is a literal and both thrower and catcher import it from here.
 * No message may hold conversation text, user ids or keys: it ends in logs and in the run's record.
 */
export const ErrorName = {
  /** Worth trying again: the engine retries it. */
  transient: "ClioTransientError",
  /** Never worth trying again: recorded as the batch's outcome, and reduce answers "failed". */
  permanent: "ClioPermanentError",
  /** A conditional write lost: somebody else moved the record on. */
  conflict: "ClioConflictError",
  /** The run is stopped, by a user, a signal or a budget. */
  stopped: "ClioStoppedError",
  /** A model answered, but not to its schema, even after repair: the item gets its fallback and a ledger entry. */
  badAnswer: "ClioBadAnswerError",
  /** The caller's words are wrong: flags, config, environment, input path. */
  usage: "ClioUsageError",
} as const;
export type ErrorName = (typeof ErrorName)[keyof typeof ErrorName];

interface ErrorDetail {
  /** Stable snake_case code for programs. */
  code?: string;
  /** What the user can do about it, as one sentence. */
  hint?: string;
  /** What the call that failed has cost all the same. */
  usage?: Usage;
  cause?: unknown;
}

class ClioError extends Error {
  readonly code: string | undefined;
  readonly hint: string | undefined;
  readonly usage: Usage | undefined;
  constructor(name: ErrorName, message: string, detail: ErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = name;
    this.code = detail.code;
    this.hint = detail.hint;
    this.usage = detail.usage;
  }
}

export class TransientError extends ClioError {
  /** Milliseconds the other side asked to wait (Retry-After), or undefined. */
  readonly retryAfterMs: number | undefined;
  constructor(message: string, detail: ErrorDetail & { retryAfterMs?: number } = {}) {
    super(ErrorName.transient, message, detail);
    this.retryAfterMs = detail.retryAfterMs;
  }
}

export class PermanentError extends ClioError {
  constructor(message: string, detail: ErrorDetail = {}) {
    super(ErrorName.permanent, message, detail);
  }
}

export class ConflictError extends ClioError {
  constructor(message: string, detail: ErrorDetail = {}) {
    super(ErrorName.conflict, message, detail);
  }
}

export class StoppedError extends ClioError {
  constructor(message: string, detail: ErrorDetail = {}) {
    super(ErrorName.stopped, message, detail);
  }
}

export class BadAnswerError extends ClioError {
  constructor(message: string, detail: ErrorDetail = {}) {
    super(ErrorName.badAnswer, message, detail);
  }
}

export class UsageError extends ClioError {
  constructor(message: string, detail: ErrorDetail = {}) {
    super(ErrorName.usage, message, detail);
  }
}

/** Whether `error` is of this kind, also when it comes from another realm or another bundle. */
export function isKind(error: unknown, name: ErrorName): boolean {
  return error instanceof Error && error.name === name;
}

/** The hint and code of an error, if it carries them. */
export function errorDetail(error: unknown): { code?: string; hint?: string } {
  if (!(error instanceof Error)) return {};
  const { code, hint } = error as Error & { code?: unknown; hint?: unknown };
  return {
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof hint === "string" ? { hint } : {}),
  };
}

/** What a failed call has cost, if its error says so. */
export function usageOf(error: unknown): Usage | null {
  return (error instanceof Error ? (error as Error & { usage?: Usage }).usage : undefined) ?? null;
}

/** An error as it may be recorded and printed. */
export interface ToldError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/**
 * What may be told of an error: of this project's own kinds the message, which holds no content; of any other, which may
 * quote what it choked on, the name alone.
 * @param where what was being done, such as a phase.
 */
export function tellError(error: unknown, where: string): ToldError {
  const { code, hint } = errorDetail(error);
  const own = Object.values(ErrorName).some((name) => isKind(error, name));
  if (own && error instanceof Error)
    return { code: code ?? "unexpected", message: error.message, hint: hint ?? null };
  const name = error instanceof Error ? error.name : "an unknown error";
  return {
    code: code ?? "unexpected",
    message: `${name} in ${where}`,
    hint: hint ?? "Run again with --debug to see where it happened.",
  };
}
