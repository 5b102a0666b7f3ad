import { ISSUE_HELP } from "../../contracts/validation.ts";
import type { IssueCode, ValidationReport } from "../../contracts/validation.ts";

/** Kinds of issues named in one message. */
const KINDS_NAMED = 3;

/** A report in one sentence, and what to do about its most frequent kind. */
export function describeIssues({ counts, issues_by_code: byCode, issues }: ValidationReport): {
  message: string;
  hint: string;
} {
  const kinds = (Object.entries(byCode) as [IssueCode, { rows: number }][]).sort(
    (a, b) => b[1].rows - a[1].rows,
  );
  const first = kinds[0]?.[0];
  if (first === undefined) return { message: "every row is valid", hint: "" };
  if (first === "empty_input")
    return { message: ISSUE_HELP.empty_input.meaning, hint: ISSUE_HELP.empty_input.hint };
  const named = kinds.slice(0, KINDS_NAMED).map(([code, { rows }]) => `${code} in ${rows}`);
  const more = kinds.length > KINDS_NAMED ? `, and ${kinds.length - KINDS_NAMED} more kinds` : "";
  const where = issues[0] === undefined ? "" : `; the first on line ${issues[0].line}`;
  return {
    message: `${counts.invalid} of ${counts.read} rows are invalid (${named.join(", ")}${more}${where})`,
    hint: ISSUE_HELP[first].hint,
  };
}
