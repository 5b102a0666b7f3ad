import { MAX_DEPTH } from "../../contracts/conversation.ts";
import { MAX_ROW_ISSUES } from "../../contracts/validation.ts";
import type { Path } from "./excerpt.ts";

/** A key that JSON.parse would not show: the second of two equal ones, or one that must not be used. */
export interface KeyFinding {
  readonly kind: "duplicate" | "reserved";
  /** Path of the member. */
  readonly path: Path;
}

export interface JsonScan {
  /** Index of the UTF-16 code unit at which the text stops being JSON, or -1. Equal to the length when it ends too early. */
  readonly errorAt: number;
  /** Path of the first value beyond the depth limit, at which the scan stopped, or null. */
  readonly tooDeep: Path | null;
  /** The first MAX_ROW_ISSUES findings about keys. */
  readonly keys: readonly KeyFinding[];
  readonly duplicateKeys: number;
  readonly reservedKeys: number;
}

interface Frame {
  /** Keys seen so far; null in an array. */
  readonly seen: Set<string> | null;
  key: string;
  index: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const SMALL_U = 0x75;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const LITERAL = /true|false|null/y;
const FOUR_HEX = /[0-9a-fA-F]{4}/y;
/** What may follow a backslash, besides "u": quote, backslash, slash, b, f, n, r, t. */
const ESCAPED: ReadonlySet<number> = new Set([QUOTE, BACKSLASH, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74]);

/**
 * Reads a whole JSON text (RFC 8259) and reports what JSON.parse hides: keys used twice in one object ("\u0061" is
 * "a"), keys named `__proto__`, nesting beyond `maxDepth`, and the place of a syntax error without quoting the text.
 * Accepts exactly what JSON.parse accepts. Keeps its own stack, so no input can overflow the call stack; memory is
 * bounded by the text.
 * @param text the text, at most one line of input.
 * @param maxDepth arrays and objects that may lie inside each other.
 */
export function scanJson(text: string, maxDepth: number = MAX_DEPTH): JsonScan {
  const stack: Frame[] = [];
  const keys: KeyFinding[] = [];
  let duplicateKeys = 0;
  let reservedKeys = 0;
  let at = 0;

  const pathTo = (): Path => stack.map((frame) => (frame.seen === null ? frame.index : frame.key));
  const found = (kind: KeyFinding["kind"]): void => {
    if (kind === "duplicate") duplicateKeys++;
    else reservedKeys++;
    if (keys.length < MAX_ROW_ISSUES) keys.push({ kind, path: pathTo() });
  };
  const result = (errorAt: number, tooDeep: Path | null = null): JsonScan => ({
    errorAt,
    tooDeep,
    keys,
    duplicateKeys,
    reservedKeys,
  });
  const skipSpace = (): void => {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return;
      at++;
    }
  };
  /** Moves past a member's key and colon, up to its value. False, with `at` on the fault, if there is none. */
  const readKey = (frame: Frame, seen: Set<string>): boolean => {
    const start = at;
    if (text.charCodeAt(at) !== QUOTE) return false;
    const end = stringEnd(text, at);
    if (end < 0) {
      at = -end - 1;
      return false;
    }
    const raw = text.slice(start + 1, end - 1);
    frame.key = raw.includes("\\") ? unescapeKey(text.slice(start, end)) : raw;
    if (seen.has(frame.key)) found("duplicate");
    else seen.add(frame.key);
    if (frame.key === "__proto__") found("reserved");
    at = end;
    skipSpace();
    if (text.charCodeAt(at) !== COLON) return false;
    at++;
    return true;
  };

  for (;;) {
    // A value starts here.
    skipSpace();
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (stack.length >= maxDepth) return result(-1, pathTo());
      const frame: Frame = { seen: code === OPEN_BRACE ? new Set() : null, key: "", index: 0 };
      stack.push(frame);
      at++;
      skipSpace();
      if (text.charCodeAt(at) === (frame.seen === null ? CLOSE_BRACKET : CLOSE_BRACE)) {
        at++;
        stack.pop();
      } else {
        if (frame.seen !== null && !readKey(frame, frame.seen)) return result(at);
        continue;
      }
    } else if (code === QUOTE) {
      const end = stringEnd(text, at);
      if (end < 0) return result(-end - 1);
      at = end;
    } else {
      const pattern = code === 0x74 || code === 0x66 || code === 0x6e ? LITERAL : NUMBER;
      pattern.lastIndex = at;
      if (!pattern.test(text)) return result(at);
      at = pattern.lastIndex;
    }
    // A value ended here: close what it closes, or go on to the next value of the innermost array or object.
    for (;;) {
      skipSpace();
      const frame = stack.at(-1);
      if (frame === undefined) return result(at === text.length ? -1 : at);
      const next = text.charCodeAt(at);
      if (next === (frame.seen === null ? CLOSE_BRACKET : CLOSE_BRACE)) {
        at++;
        stack.pop();
        continue;
      }
      if (next !== COMMA) return result(at);
      at++;
      frame.index++;
      if (frame.seen !== null) {
        skipSpace();
        if (!readKey(frame, frame.seen)) return result(at);
      }
      break;
    }
  }
}

/** Index after the closing quote of the string that starts at `start`, or -(index of the fault) - 1. */
function stringEnd(text: string, start: number): number {
  let i = start + 1;
  for (;;) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i + 1;
    if (code === BACKSLASH) {
      const escape = text.charCodeAt(i + 1);
      if (escape === SMALL_U) {
        FOUR_HEX.lastIndex = i + 2;
        if (!FOUR_HEX.test(text)) return -i - 1;
        i += 6;
      } else if (ESCAPED.has(escape)) {
        i += 2;
      } else {
        return -i - 1;
      }
    } else if (code >= 0x20) {
      i++;
    } else {
      // A control character, or NaN: past the end.
      return -Math.min(i, text.length) - 1;
    }
  }
}

function unescapeKey(quoted: string): string {
  const key: unknown = JSON.parse(quoted);
  return typeof key === "string" ? key : "";
}

/**
 * How many string tokens a valid JSON text has: half its unescaped quotes. Cheaper than a scan, because each step
 * jumps to the next quote.
 */
export function countStringTokens(text: string): number {
  let quotes = 0;
  for (let i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) {
    if (text.charCodeAt(i - 1) !== BACKSLASH || !isEscaped(text, i)) quotes++;
  }
  return quotes / 2;
}

/** Whether an odd number of backslashes stands before index `at`. */
function isEscaped(text: string, at: number): boolean {
  let i = at - 1;
  while (i >= 0 && text.charCodeAt(i) === BACKSLASH) i--;
  return (at - 1 - i) % 2 === 1;
}
