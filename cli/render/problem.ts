import { ErrorName, errorDetail, isKind } from "../../shared/errors.ts";
import type { Output } from "../io.ts";
import { safe, wrap } from "./text.ts";

/** An error as the `error` of a JSON answer, and as people read it. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** A text of ours as a sentence: full stop last, capital first unless that is something to type. */
export function sentence(text: string): string {
  const line = safe(text);
  if (line === "") return line;
  const first = /^(clio |[a-z]+[-_])/.test(line) ? (line[0] ?? "") : (line[0] ?? "").toUpperCase();
  // A full stop would be copied with a command that ends the text.
  const ended = /[.!?…:]$/.test(line) || /: clio [^:]*$/.test(line);
  return first + line.slice(1) + (ended ? "" : ".");
}

export function isOwnError(error: unknown): error is Error {
  return Object.values(ErrorName).some((name) => isKind(error, name));
}

/** Only this project's own errors promise a message without content; of any other its name is all that is told. */
export function problemOf(error: unknown): Problem {
  const { code, hint } = errorDetail(error);
  if (isOwnError(error)) {
    return {
      code: code ?? (isKind(error, ErrorName.usage) ? "usage" : "failed"),
      message: sentence(error.message),
      hint: hint === undefined || hint === "" ? null : sentence(hint),
    };
  }
  const name = error instanceof Error ? error.name : "unknown error";
  return {
    code: "unexpected",
    message: `clio met an unexpected problem (${safe(name)}).`,
    hint: "Run it again with --debug to see where; if it stays, please report it.",
  };
}

export function showProblem(output: Output, { message, hint }: Problem): void {
  const { paint, width } = output;
  output.problem(wrap(`${paint("red", "✖")} ${message}`, width, 2));
  if (hint !== null) output.problem(wrap(`  ${paint("cyan", "→")} ${hint}`, width, 4));
}
