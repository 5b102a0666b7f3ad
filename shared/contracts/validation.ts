import * as z from "zod";
import { count, day, sha256 } from "./common.ts";
import {
  INPUT_SCHEMA_VERSION,
  MAX_DEPTH,
  MAX_ID_LENGTH,
  MAX_MESSAGES,
  MAX_METADATA_ITEMS,
} from "./conversation.ts";

/** Version of the validation report's own shape. */
export const REPORT_SCHEMA_VERSION = "1.0.0";
/** Issues that a report lists in full; all are counted. */
export const MAX_REPORTED_ISSUES = 200;
/** Issues of one row that are listed in full; all are counted. */
export const MAX_ROW_ISSUES = 20;
/** Longest excerpt and longest shown key, in characters, before the ellipsis. */
export const MAX_EXCERPT_LENGTH = 40;

/**
 * `required`: every row must name its user. `per-conversation`: each conversation stands for one user, for the whole
 * file; any `user_id` in it is checked but not used.
 */
export const usersMode = z.enum(["required", "per-conversation"]);
export type UsersMode = z.infer<typeof usersMode>;

/** Every reason for refusing a row or a file, from the bytes inward. The order is that of the documentation. */
export const ISSUE_CODES = [
  "empty_input",
  "line_too_long",
  "invalid_utf8",
  "invalid_json",
  "not_an_object",
  "too_deep",
  "duplicate_key",
  "reserved_key",
  "lone_surrogate",
  "unknown_field",
  "missing_field",
  "wrong_type",
  "bad_id",
  "too_long",
  "too_many",
  "bad_role",
  "bad_timestamp",
  "bad_metadata",
  "no_user_message",
  "unsupported_version",
  "missing_user_id",
  "duplicate_id",
] as const;
export const issueCode = z.enum(ISSUE_CODES);
export type IssueCode = z.infer<typeof issueCode>;

/** For each code one sentence for people and one on what to do; the command line, the dashboard and the docs share it. */
export const ISSUE_HELP: Readonly<Record<IssueCode, { readonly meaning: string; readonly hint: string }>> = {
  empty_input: {
    meaning: "The input holds no conversation.",
    hint: "Check the path and the export that wrote the file.",
  },
  line_too_long: {
    meaning: "A line is longer than 8 MiB.",
    hint: "Check that there is one conversation a line and no line break is missing; split or shorten the conversation.",
  },
  invalid_utf8: {
    meaning: "A line is not valid UTF-8.",
    hint: "Write the file as UTF-8, for example with `iconv -f UTF-16 -t UTF-8` or `iconv -f WINDOWS-1252 -t UTF-8` if it is in that encoding.",
  },
  invalid_json: {
    meaning: "A line is not valid JSON.",
    hint: "Write each conversation as one JSON object on one line; a pretty-printed file or a JSON array is not JSONL (`jq -c '.[]'` converts an array).",
  },
  not_an_object: {
    meaning: "A line is valid JSON but not an object.",
    hint: "Write one conversation object a line (`jq -c '.[]'` converts a JSON array).",
  },
  too_deep: {
    meaning: `A line nests deeper than ${MAX_DEPTH} levels.`,
    hint: "Flatten the value or leave it out; a valid row needs four levels.",
  },
  duplicate_key: {
    meaning: "An object has the same key twice, so one of its values would be lost.",
    hint: "Keep one of the two; a key written with escapes counts as the same key.",
  },
  reserved_key: {
    meaning: "An object has the key `__proto__`, which programs can mistake for something else.",
    hint: "Rename the key.",
  },
  lone_surrogate: {
    meaning:
      "A text holds half of a surrogate pair (an escape from \\ud800 to \\udfff without its partner), which is not a character.",
    hint: "Usually a text was cut in the middle of an emoji: cut by characters instead, or drop the broken half.",
  },
  unknown_field: {
    meaning: "An object has a field that the contract does not know.",
    hint: "Rename it to the field it stands for, move it into `metadata`, or leave it out.",
  },
  missing_field: {
    meaning: "A required field is missing.",
    hint: "Every conversation needs `conversation_id` and `messages`; every message needs `role` and `content`.",
  },
  wrong_type: {
    meaning: "A value has the wrong JSON type.",
    hint: "Write ids as strings even when they are numbers, content as one string, and leave an optional field out instead of writing null.",
  },
  bad_id: {
    meaning: "An id is blank or holds control characters.",
    hint: "Use an id with at least one visible character and no control characters.",
  },
  too_long: {
    meaning: `An id, name or metadata key is longer than ${MAX_ID_LENGTH} characters.`,
    hint: "Use a shorter id, for example a hash of the long one.",
  },
  too_many: {
    meaning: `A conversation has more than ${MAX_MESSAGES.toLocaleString("en-US")} messages, or its metadata more than ${MAX_METADATA_ITEMS.toLocaleString("en-US")} keys or values in a list.`,
    hint: "Split the conversation, or leave out metadata that nobody will group by.",
  },
  bad_role: {
    meaning: "A message has a role that the contract does not know.",
    hint: "Use system, developer, user, assistant or tool; for example human becomes user, and ai, bot or model become assistant.",
  },
  bad_timestamp: {
    meaning: "A timestamp is not RFC 3339 with seconds and an offset, or not a real date.",
    hint: "Write it like 2026-09-18T16:09:00Z or 2026-09-18T18:09:00.250+02:00.",
  },
  bad_metadata: {
    meaning:
      "A metadata value is neither a scalar nor a flat list of scalars, a number in it is too large, or a key is empty.",
    hint: "Flatten nested objects into keys (`device.os` becomes `device_os`) and write large numbers as strings.",
  },
  no_user_message: {
    meaning: "A conversation has no message of the role user with text in it.",
    hint: "Leave out conversations in which no person wrote anything.",
  },
  unsupported_version: {
    meaning: `A row states a schema version other than "${INPUT_SCHEMA_VERSION}".`,
    hint: `Convert the row to version ${INPUT_SCHEMA_VERSION}, or leave the field out if it already is.`,
  },
  missing_user_id: {
    meaning: "A row has no user_id, so minimums by unique users cannot be enforced.",
    hint: "Add a user_id to every row (a pseudonym is enough), or say `--users per-conversation` to count each conversation as one user.",
  },
  duplicate_id: {
    meaning: "A conversation_id was already used by an earlier row.",
    hint: "Remove the repeated row, or give each conversation its own id; check that no export was appended twice.",
  },
};

/** One finding. Nothing in it is content: keys of others and values are masked (letters to x, digits to 0). */
export const issue = z.strictObject({
  /** 1-based, over all lines, blank ones included. */
  line: z.int().min(1),
  /** RFC 6901, except that a segment that is no name of the contract and no harmless word is masked. "" is the row. */
  pointer: z.string(),
  code: issueCode,
  message: z.string(),
  excerpt: z.string(),
});
export type Issue = z.infer<typeof issue>;
/** An issue whose line the caller knows. */
export type RowIssue = Omit<Issue, "line">;

/** `rows`: rows with at least one such issue. `issues`: how many in all. */
export const issueCounts = z.partialRecord(issueCode, z.strictObject({ rows: count, issues: count }));
export type IssueCounts = z.infer<typeof issueCounts>;

/**
 * What one pass over some lines counted; parts of a file merge into the whole (domain/input/tally.ts).
 * read = valid + invalid; lines = blank + read. Line numbers count from the part's first line.
 */
export const tally = z.strictObject({
  lines: count,
  blank: count,
  read: count,
  valid: count,
  invalid: count,
  issues: count,
  by_code: issueCounts,
  first_issues: z.array(issue).max(MAX_REPORTED_ISSUES),
});
export type Tally = z.infer<typeof tally>;

/** Bins of a power-of-two histogram: bin 0 counts zeros, bin i the values from 2^(i-1) to 2^i - 1. 2^24 > 8 MiB. */
export const HISTOGRAM_BINS = 25;

/** Mergeable part of a distribution of non-negative integers. */
export const distributionPart = z.strictObject({
  count,
  sum: count,
  /** null while count is 0. */
  min: count.nullable(),
  max: count.nullable(),
  histogram: z.array(count).length(HISTOGRAM_BINS),
});
export type DistributionPart = z.infer<typeof distributionPart>;

const roleCounts = z.strictObject({
  system: count,
  developer: count,
  user: count,
  assistant: count,
  tool: count,
});
const rowsWith = z.strictObject({ user_id: count, timestamp: count, metadata: count });

/** Mergeable part of the dataset statistics (domain/input/statistics.ts). Days are UTC days since 1970-01-01. */
export const statisticsPart = z.strictObject({
  conversations: count,
  messages: count,
  roles: roleCounts,
  rows_with: rowsWith,
  turns: distributionPart,
  messages_per_conversation: distributionPart,
  characters: distributionPart,
  first_day: z.int().nullable(),
  last_day: z.int().nullable(),
});
export type StatisticsPart = z.infer<typeof statisticsPart>;

/** A finished distribution. `median_estimate` is interpolated inside a power-of-two bin: right to a factor of two. */
export const distribution = z.strictObject({
  ...distributionPart.shape,
  mean: z.number().min(0).nullable(),
  median_estimate: z.number().min(0).nullable(),
});
export type Distribution = z.infer<typeof distribution>;

/** Statistics over the valid rows. */
export const datasetStatistics = z.strictObject({
  conversations: count,
  messages: count,
  /** Distinct users; the number of conversations when each stands for one user; null when not counted. */
  users: count.nullable(),
  roles: roleCounts,
  rows_with: rowsWith,
  /** User messages of a conversation. */
  turns: distribution,
  messages_per_conversation: distribution,
  /** UTF-16 code units of all content of a conversation. */
  characters: distribution,
  /** UTC days of the conversations' timestamps, to the day only; null when no row has one. */
  first_day: day.nullable(),
  last_day: day.nullable(),
});
export type DatasetStatistics = z.infer<typeof datasetStatistics>;

export const validationReport = z.strictObject({
  schema_version: z.literal(REPORT_SCHEMA_VERSION),
  input_schema_version: z.literal(INPUT_SCHEMA_VERSION),
  /** Whether a run would take this input as it is: no issue at all. */
  ok: z.boolean(),
  input: z.strictObject({
    /** Base name only. */
    name: z.string(),
    /** Bytes read, after decompression. */
    bytes: count,
    /** Of the file as it is stored, compressed if it is; null when not asked for or not read to the end. */
    sha256: sha256.nullable(),
    /** False when a limit stopped the reading before the end. */
    complete: z.boolean(),
  }),
  users: usersMode,
  counts: z.strictObject({
    lines: count,
    blank: count,
    read: count,
    valid: count,
    invalid: count,
    issues: count,
  }),
  issues_by_code: issueCounts,
  /** The first ones, by line. */
  issues: z.array(issue).max(MAX_REPORTED_ISSUES),
  /** Whether there are more issues than `issues` lists. */
  issues_truncated: z.boolean(),
  statistics: datasetStatistics,
});
export type ValidationReport = z.infer<typeof validationReport>;
