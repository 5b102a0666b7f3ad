import {
  conversation as conversationSchema,
  MAX_LINE_BYTES,
  MAX_MESSAGES,
  MAX_METADATA_ITEMS,
  type Conversation,
} from "../../contracts/conversation.ts";
import { MAX_ROW_ISSUES, type IssueCode, type RowIssue, type UsersMode } from "../../contracts/validation.ts";
import { maskAround, maskText, maskValue, showKey, showPointer, type Path } from "./excerpt.ts";
import { countStringTokens, scanJson, type JsonScan } from "./json-scan.ts";
import { addFindings, tooMany, valueAt, type Finding } from "./schema-issues.ts";
import { firstInvalidUtf8 } from "./utf8.ts";

export interface ParseOptions {
  readonly users: UsersMode;
}

export interface RefusedLine {
  readonly ok: false;
  /** The first MAX_ROW_ISSUES. */
  readonly issues: readonly RowIssue[];
  /** How many there are of each code, the unlisted ones included. */
  readonly counts: ReadonlyMap<IssueCode, number>;
}

export type ParsedLine = { readonly ok: true; readonly conversation: Conversation } | RefusedLine;

/**
 * Texts longer than this are scanned before they are parsed, for depth: eight mebibytes of "[" would become half a
 * gigabyte of arrays. Below it the worst is 16 MB. In UTF-16 code units.
 */
const SCAN_FIRST_LENGTH = 256 * 1024;
/**
 * In rows longer than this, metadata is counted before the schema sees it: the schema writes about 1 KB per refused
 * value, and a row of 8 MiB holds a million. In UTF-16 code units.
 */
const COUNT_FIRST_LENGTH = 64 * 1024;

/** Keeps a byte order mark, so that one in the middle of a file is refused as JSON instead of vanishing. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenientDecoder = new TextDecoder("utf-8", { ignoreBOM: true });

const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/**
 * One line of input to a conversation, or every reason why not. Never throws, for any bytes; says nothing of the
 * content but its masked shape.
 * @param bytes the line without its ending, not blank.
 */
export function parseLine(bytes: Uint8Array, options: ParseOptions): ParsedLine {
  if (bytes.length > MAX_LINE_BYTES) return refuseOversize(bytes.length);
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return refuseUtf8(bytes);
  }

  let scan: JsonScan | undefined;
  if (text.length > SCAN_FIRST_LENGTH) {
    scan = scanJson(text);
    if (scan.errorAt >= 0 || scan.tooDeep !== null) return refuseScanned(text, scan);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuseScanned(text, scan ?? scanJson(text));
  }

  if (text.length > COUNT_FIRST_LENGTH) {
    const tooMuch = countFirst(value);
    if (!tooMuch.isEmpty) return diagnose(text, value, scan, tooMuch, options);
  }
  const parsed = conversationSchema.safeParse(value);
  if (parsed.success && isFaithful(text, value, parsed.data)) {
    return parsed.data.user_id !== undefined || options.users === "per-conversation"
      ? { ok: true, conversation: parsed.data }
      : new Findings().add(MISSING_USER).refuse(value);
  }
  const findings = new Findings();
  for (const complaint of parsed.error?.issues ?? []) {
    addFindings(complaint, value, (finding) => findings.add(finding));
  }
  return diagnose(text, value, scan, findings, options);
}

/**
 * Whether a row that the schema accepts says all that its text says. A key used twice adds a string token to the text
 * and none to the row; so does `__proto__`. Counting tokens is several times cheaper than scanning every row.
 */
function isFaithful(text: string, value: unknown, row: Conversation): boolean {
  if (countStringTokens(text) !== stringTokensOf(row)) return false;
  // Decoded UTF-8 holds no half of a surrogate pair: only an escape can.
  return !(text.includes("\\u") && SURROGATE_ESCAPE.test(text)) || isWellFormed(value);
}

/** The issue of a line that was too long to be held. `length` in bytes. */
export function refuseOversize(length: number): RefusedLine {
  return single({
    pointer: "",
    code: "line_too_long",
    message: `${length} bytes, at most ${MAX_LINE_BYTES} are allowed`,
    excerpt: "",
  });
}

const MISSING_USER: Finding = { code: "missing_user_id", path: ["user_id"], message: "user_id is missing" };

function refuseUtf8(bytes: Uint8Array): RefusedLine {
  const at = firstInvalidUtf8(bytes);
  // Forty bytes around the place; a character cut at either side decodes to U+FFFD and is masked with the rest.
  const around = lenientDecoder.decode(bytes.subarray(Math.max(0, at - 20), at + 20));
  const wide = bytes.length > 1 && WIDE_MARKS.has(`${bytes[0]} ${bytes[1]}`);
  return single({
    pointer: "",
    code: "invalid_utf8",
    message: wide ? LOOKS_WIDE : `byte ${at + 1} of the line`,
    excerpt: maskText(around),
  });
}

/** The byte order marks of UTF-16, in either order. */
const WIDE_MARKS: ReadonlySet<string> = new Set(["255 254", "254 255"]);
const LOOKS_WIDE = "the line looks like UTF-16 or UTF-32";

/** Whether a text that is no JSON has a NUL beside about every character at its start, as the wider encodings of ASCII do. */
function looksWide(text: string): boolean {
  const start = text.slice(0, 32);
  const nuls = start.length - start.replaceAll("\u0000", "").length;
  return nuls > 0 && nuls >= start.length / 3;
}

function refuseScanned(text: string, scan: JsonScan): RefusedLine {
  if (scan.tooDeep !== null) {
    return single({
      pointer: showPointer(scan.tooDeep.slice(0, 8)),
      code: "too_deep",
      message: "nested too deep",
      excerpt: "",
    });
  }
  const at = Math.max(0, scan.errorAt);
  if (looksWide(text))
    return single({ pointer: "", code: "invalid_utf8", message: LOOKS_WIDE, excerpt: maskAround(text, at) });
  const message =
    text.charCodeAt(at) === 0xfeff
      ? `a byte order mark inside the file, at character ${at + 1} of the line`
      : at >= text.length
        ? `the line ends too early, after character ${text.length}`
        : `unexpected character at character ${at + 1} of the line`;
  return single({ pointer: "", code: "invalid_json", message, excerpt: maskAround(text, at) });
}

/** Codes whose excerpt is the key, because the key is what is wrong. */
const ABOUT_KEYS: ReadonlySet<IssueCode> = new Set(["unknown_field", "duplicate_key", "reserved_key"]);

function excerptOf(code: IssueCode, path: Path, row: unknown): string {
  if (ABOUT_KEYS.has(code)) return showKey(String(path.at(-1)));
  const value = valueAt(row, path);
  return code === "bad_role" && typeof value === "string" ? showKey(value) : maskValue(value);
}

/** Counts every finding of a row and keeps the first few: a hostile row has a million. */
class Findings {
  private first: Finding[] = [];
  private readonly counts = new Map<IssueCode, number>();

  get isEmpty(): boolean {
    return this.first.length === 0;
  }

  add(finding: Finding): this {
    this.counts.set(finding.code, (this.counts.get(finding.code) ?? 0) + 1);
    if (this.first.length < MAX_ROW_ISSUES) this.first.push(finding);
    return this;
  }

  /** Puts the scan's findings about keys before all others; it lists only its first ones, but counts them all. */
  putFirst(scan: JsonScan): void {
    const keys = scan.keys.map(({ kind, path }): Finding =>
      kind === "duplicate"
        ? { code: "duplicate_key", path, message: "the key was already used in this object" }
        : { code: "reserved_key", path, message: "the key is reserved" },
    );
    this.first = [...keys, ...this.first].slice(0, MAX_ROW_ISSUES);
    if (scan.duplicateKeys > 0) this.counts.set("duplicate_key", scan.duplicateKeys);
    if (scan.reservedKeys > 0) this.counts.set("reserved_key", scan.reservedKeys);
  }

  /** Masks what is shown. `value` is the parsed row. */
  refuse(value: unknown): RefusedLine {
    const issues = this.first.map(({ code, path, message }) => ({
      pointer: showPointer(path),
      code,
      message,
      excerpt: excerptOf(code, path, value),
    }));
    return { ok: false, issues, counts: this.counts };
  }
}

/** Findings about sheer numbers, which would make the schema's own report of the same row too large. */
function countFirst(value: unknown): Findings {
  const findings = new Findings();
  const check = (path: Path, found: number, most: number, noun: string): void => {
    if (found > most) findings.add({ code: "too_many", path, message: tooMany(found, most, noun) });
  };
  const messages = valueAt(value, ["messages"]);
  if (Array.isArray(messages)) check(["messages"], messages.length, MAX_MESSAGES, "messages");
  const metadata = valueAt(value, ["metadata"]);
  if (typeof metadata === "object" && metadata !== null && !Array.isArray(metadata)) {
    const items = Object.entries(metadata);
    check(["metadata"], items.length, MAX_METADATA_ITEMS, "keys");
    for (const [key, item] of items) {
      if (Array.isArray(item)) check(["metadata", key], item.length, MAX_METADATA_ITEMS, "values");
    }
  }
  return findings;
}

/** Strings and keys that the JSON text of a valid row has at least. */
function stringTokensOf(row: Conversation): number {
  let tokens = 3 + 4 * row.messages.length;
  for (const item of row.messages) {
    if (item.name !== undefined) tokens += 2;
    if (item.timestamp !== undefined) tokens += 2;
  }
  if (row.user_id !== undefined) tokens += 2;
  if (row.timestamp !== undefined) tokens += 2;
  if (row.schema_version !== undefined) tokens += 2;
  if (row.metadata !== undefined) {
    tokens++;
    for (const key of Object.keys(row.metadata)) {
      const value = row.metadata[key];
      tokens++;
      if (typeof value === "string") tokens++;
      else if (Array.isArray(value)) for (const item of value) if (typeof item === "string") tokens++;
    }
  }
  return tokens;
}

/** Whether no string and no key in a value holds half of a surrogate pair. The value's depth is bounded by MAX_DEPTH. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (Array.isArray(value)) return value.every(isWellFormed);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, item]) => key.isWellFormed() && isWellFormed(item));
}

function addLoneSurrogates(value: unknown, path: Path, findings: Findings): void {
  if (typeof value === "string") {
    if (!value.isWellFormed()) {
      findings.add({ code: "lone_surrogate", path, message: "half of a surrogate pair in the text" });
    }
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) addLoneSurrogates(item, [...path, index], findings);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const inner = [...path, key];
      if (!key.isWellFormed()) {
        findings.add({ code: "lone_surrogate", path: inner, message: "half of a surrogate pair in the key" });
      }
      addLoneSurrogates(item, inner, findings);
    }
  }
}

/** The slow path: what the scan of the text says, then what the schema said (already in `findings`), then the rest. */
function diagnose(
  text: string,
  value: unknown,
  scanned: JsonScan | undefined,
  findings: Findings,
  options: ParseOptions,
): RefusedLine {
  const scan = scanned ?? scanJson(text);
  // Beyond the depth limit nothing else is looked at: the recursion over the value relies on it.
  if (scan.tooDeep !== null || scan.errorAt >= 0) return refuseScanned(text, scan);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return single({
      pointer: "",
      code: "not_an_object",
      message: "expected an object",
      excerpt: maskValue(value),
    });
  }
  findings.putFirst(scan);
  if (SURROGATE_ESCAPE.test(text)) addLoneSurrogates(value, [], findings);
  if (options.users === "required" && !Object.hasOwn(value, "user_id")) findings.add(MISSING_USER);
  return findings.refuse(value);
}

function single(issue: RowIssue): RefusedLine {
  return { ok: false, issues: [issue], counts: new Map([[issue.code, 1]]) };
}
