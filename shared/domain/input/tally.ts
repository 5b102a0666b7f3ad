import { INPUT_SCHEMA_VERSION } from "../../contracts/conversation.ts";
import {
  ISSUE_CODES,
  MAX_REPORTED_ISSUES,
  REPORT_SCHEMA_VERSION,
  type DatasetStatistics,
  type Issue,
  type IssueCode,
  type IssueCounts,
  type Tally,
  type UsersMode,
  type ValidationReport,
} from "../../contracts/validation.ts";
import type { Duplicate } from "./duplicate-index.ts";
import type { RefusedLine } from "./parse-line.ts";

/** A tally of no line: the neutral element of mergeTallies. */
export function emptyTally(): Tally {
  return { lines: 0, blank: 0, read: 0, valid: 0, invalid: 0, issues: 0, by_code: {}, first_issues: [] };
}

/** Counts one more line of the part, in place: this runs once per line. Its number is the tally's `lines` afterwards. */
export function countLine(tally: Tally, outcome: "blank" | "valid" | RefusedLine): void {
  tally.lines++;
  if (outcome === "blank") {
    tally.blank++;
    return;
  }
  tally.read++;
  if (outcome === "valid") {
    tally.valid++;
    return;
  }
  tally.invalid++;
  for (const [code, issues] of outcome.counts) addCount(tally, code, 1, issues);
  for (const found of outcome.issues) {
    if (tally.first_issues.length >= MAX_REPORTED_ISSUES) break;
    tally.first_issues.push({ line: tally.lines, ...found });
  }
}

function addCount(tally: Tally, code: IssueCode, rows: number, issues: number): void {
  const before = tally.by_code[code] ?? { rows: 0, issues: 0 };
  tally.by_code[code] = { rows: before.rows + rows, issues: before.issues + issues };
  tally.issues += issues;
}

/** The tally of part `a` followed by part `b`; lines of `b` are renumbered. Associative. */
export function mergeTallies(a: Tally, b: Tally): Tally {
  const merged: Tally = {
    lines: a.lines + b.lines,
    blank: a.blank + b.blank,
    read: a.read + b.read,
    valid: a.valid + b.valid,
    invalid: a.invalid + b.invalid,
    issues: a.issues,
    by_code: { ...a.by_code },
    first_issues: [
      ...a.first_issues,
      ...b.first_issues.map((found) => ({ ...found, line: a.lines + found.line })),
    ].slice(0, MAX_REPORTED_ISSUES),
  };
  for (const code of ISSUE_CODES) {
    const counts = b.by_code[code];
    if (counts !== undefined) addCount(merged, code, counts.rows, counts.issues);
  }
  return merged;
}

/** The issue of a row whose id an earlier row has. `position`s are 1-based lines of the file. */
function duplicateIssue({ position, firstPosition }: Duplicate): Issue {
  return {
    line: position,
    pointer: "/conversation_id",
    code: "duplicate_id",
    message: `the same conversation_id as on line ${firstPosition}`,
    excerpt: "",
  };
}

/**
 * Takes duplicates that were found later out of the valid rows. With all duplicates of a file, the result is that of one pass
 * over it.
 * @param tally of the file as far as it was read, merged from its parts, which counted these rows as valid.
 * @param duplicates positions are 1-based lines of the file.
 */
export function withDuplicates(tally: Tally, duplicates: readonly Duplicate[]): Tally {
  const found = duplicates.length;
  const result: Tally = {
    ...tally,
    valid: tally.valid - found,
    invalid: tally.invalid + found,
    by_code: { ...tally.by_code },
    first_issues: [...tally.first_issues, ...duplicates.map(duplicateIssue)]
      .sort((a, b) => a.line - b.line)
      .slice(0, MAX_REPORTED_ISSUES),
  };
  if (found > 0) addCount(result, "duplicate_id", found, found);
  return result;
}

export interface ReportParts {
  /** Path or name of the input; only its last part is kept. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly complete: boolean;
  readonly users: UsersMode;
  readonly tally: Tally;
  readonly statistics: DatasetStatistics;
}

/** The report of a whole input. An input without a single row is refused as empty. */
export function buildReport(parts: ReportParts): ValidationReport {
  const { tally } = parts;
  const empty = tally.read === 0;
  const issues: Issue[] = empty
    ? [{ line: 1, pointer: "", code: "empty_input", message: "no conversation in the input", excerpt: "" }]
    : tally.first_issues;
  const total = empty ? 1 : tally.issues;
  const byCode: IssueCounts = empty ? { empty_input: { rows: 0, issues: 1 } } : tally.by_code;
  return {
    schema_version: REPORT_SCHEMA_VERSION,
    input_schema_version: INPUT_SCHEMA_VERSION,
    ok: total === 0,
    input: { name: baseName(parts.name), bytes: parts.bytes, sha256: parts.sha256, complete: parts.complete },
    users: parts.users,
    counts: {
      lines: tally.lines,
      blank: tally.blank,
      read: tally.read,
      valid: tally.valid,
      invalid: tally.invalid,
      issues: total,
    },
    issues_by_code: inOrder(byCode),
    issues,
    issues_truncated: total > issues.length,
    statistics: parts.statistics,
  };
}

/** In the order of the documentation, so that equal reports are equal bytes. */
function inOrder(counts: IssueCounts): IssueCounts {
  const ordered: IssueCounts = {};
  for (const code of ISSUE_CODES) {
    const of = counts[code];
    if (of !== undefined) ordered[code] = of;
  }
  return ordered;
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
