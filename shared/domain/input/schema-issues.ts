import type * as z from "zod";
import { INPUT_SCHEMA_VERSION, MAX_ID_LENGTH, MAX_METADATA_ITEMS } from "../../contracts/conversation.ts";
import { issueCode, type IssueCode } from "../../contracts/validation.ts";
import type { Path } from "./excerpt.ts";

/** A broken rule before masking: `path` and `message`; only the path may hold content. */
export interface Finding {
  readonly code: IssueCode;
  readonly path: Path;
  readonly message: string;
}

type SchemaIssue = z.core.$ZodIssue;

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  array: "a list",
  object: "an object",
  number: "a number",
  boolean: "true or false",
};

/** Fields of other formats, reduced to lower-case letters, and the field of the contract they usually stand for. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    conversation_id: "id uuid conversationid convid convoid chatid dialogid dialogueid threadid sessionid",
    user_id: "userid user uid userhash accountid customerid",
    timestamp: "timestamp time ts date datetime created createdat createtime starttime startedat",
    messages: "messages message turns conversation conversations chat history dialog dialogue thread",
    metadata: "metadata meta attributes attrs properties props labels tags extra",
    schema_version: "schemaversion version",
    role: "role author from sender speaker type",
    content: "content contents text body value message parts",
    name: "name username authorname",
  }).flatMap(([field, words]) => words.split(" ").map((word): [string, string] => [word, field])),
);
const MESSAGE_FIELDS: ReadonlySet<string> = new Set(["role", "content", "name", "timestamp"]);

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return TYPE_NAMES[typeof value] ?? "something else";
}

/** The value at a path, through own properties only; undefined when there is none (JSON has no undefined). */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

function unknownField(path: Path): Finding {
  const inMessage = path.length > 1;
  const letters = String(path.at(-1))
    .slice(0, 40)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "");
  const field = LOOKALIKES.get(letters);
  const fits = field !== undefined && (field === "timestamp" || MESSAGE_FIELDS.has(field) === inMessage);
  return {
    code: "unknown_field",
    path,
    message: `not a field of a ${inMessage ? "message" : "conversation"}${fits ? `; is it ${field}?` : ""}`,
  };
}

/** Which value of a metadata list is at fault, or the whole value. */
function badMetadata(path: Path, value: unknown): Finding {
  if (Array.isArray(value)) {
    if (value.length > MAX_METADATA_ITEMS) {
      return { code: "too_many", path, message: tooMany(value.length, MAX_METADATA_ITEMS, "values") };
    }
    // One level only: the value is not yet known to be shallow.
    const at = value.findIndex((item) => (typeof item === "object" && item !== null) || isTooLarge(item));
    if (at >= 0) return notMetadata([...path, at], value[at]);
  }
  return notMetadata(path, value);
}

function notMetadata(path: Path, value: unknown): Finding {
  const message = isTooLarge(value)
    ? "the number is too large for a double"
    : `expected a scalar or a flat list of scalars, found ${typeName(value)}`;
  return { code: "bad_metadata", path, message };
}

function isTooLarge(value: unknown): boolean {
  return typeof value === "number" && !Number.isFinite(value);
}

export function tooMany(found: number, most: number, noun: string): string {
  return `${found} ${noun}, at most ${most} are allowed`;
}

/**
 * Translates one complaint of the conversation schema into findings with our codes. zod's own messages are not used:
 * they quote keys. `__proto__` is left to the scanner, which sees it at every depth.
 * @param root the parsed row that the schema refused.
 * @param add takes each finding; a callback because one complaint can be about a million keys.
 */
export function addFindings(complaint: SchemaIssue, root: unknown, add: (finding: Finding) => void): void {
  const path = complaint.path.map((part) => (typeof part === "number" ? part : String(part)));
  if (complaint.code === "unrecognized_keys") {
    for (const key of complaint.keys) if (key !== "__proto__") add(unknownField([...path, key]));
    return;
  }
  add(findingOf(complaint, path, valueAt(root, path)));
}

function findingOf(
  complaint: Exclude<SchemaIssue, { code: "unrecognized_keys" }>,
  path: Path,
  value: unknown,
): Finding {
  if (value === undefined) return { code: "missing_field", path, message: "required field is missing" };
  switch (complaint.code) {
    case "invalid_type": {
      const expected = TYPE_NAMES[complaint.expected] ?? "something else";
      return { code: "wrong_type", path, message: `expected ${expected}, found ${typeName(value)}` };
    }
    case "invalid_value": {
      if (path[0] === "schema_version") {
        return { code: "unsupported_version", path, message: `only "${INPUT_SCHEMA_VERSION}" is supported` };
      }
      return typeof value === "string"
        ? { code: "bad_role", path, message: "not a role of the contract" }
        : { code: "wrong_type", path, message: `expected a string, found ${typeName(value)}` };
    }
    case "too_big":
      return typeof value === "string"
        ? { code: "too_long", path, message: tooLong(value) }
        : { code: "too_many", path, message: `at most ${complaint.maximum} are allowed` };
    case "too_small":
      return { code: "no_user_message", path, message: "the list is empty" };
    case "invalid_format":
      return {
        code: "bad_timestamp",
        path,
        message: "not RFC 3339 with seconds and an offset, or not a real date",
      };
    case "invalid_union":
      return badMetadata(path, value);
    case "custom": {
      const code = issueCode.safeParse(complaint.params?.["code"]);
      return { code: code.success ? code.data : "wrong_type", path, message: complaint.message };
    }
    case "invalid_key":
    case "invalid_element":
    case "not_multiple_of":
    default:
      // The conversation schema has no other rule; one that is added without a code here must still be reported.
      return { code: "wrong_type", path, message: "not allowed by the contract" };
  }
}

function tooLong(text: string): string {
  return `${text.length} characters, at most ${MAX_ID_LENGTH} are allowed`;
}
