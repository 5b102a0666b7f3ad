import { labelRow } from "../../contracts/evaluation.ts";
import type { LabelRow } from "../../contracts/evaluation.ts";

export interface LabelProblem {
  /** From 1, as editors count. */
  readonly line: number;
  /** Names the field and what is wrong with it; holds no text of the file. */
  readonly message: string;
}

export type LabelLine =
  | { readonly ok: true; readonly row: LabelRow }
  | { readonly ok: false; readonly problem: LabelProblem };

/** One line of a labels file. */
export function parseLabelLine(text: string, line: number): LabelLine {
  const wrong = (message: string): LabelLine => ({ ok: false, problem: { line, message } });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the line.
    return wrong("is not JSON");
  }
  const parsed = labelRow.safeParse(value);
  if (parsed.success) return { ok: true, row: parsed.data };
  const { path, message } = parsed.error.issues[0]!;
  return wrong(path.length === 0 ? "is not a JSON object" : `${path.join(".")}: ${message}`);
}
