import { visible } from "../../model/visible.ts";

export interface LogLine {
  /** From 1. */
  readonly number: number;
  readonly level: "debug" | "info" | "warn" | "error" | "text";
  readonly at: string | null;
  readonly text: string;
}

/** Lines that are held; what is older is in the file. */
export const MOST_LINES = 100_000;
const LINE_CHARACTERS = 2_000;

function lineOf(text: string, number: number): LogLine {
  if (text.startsWith("{")) {
    try {
      const { at, level, event, ...fields } = JSON.parse(text) as Record<string, unknown>;
      const known = (["debug", "info", "warn", "error"] as const).find((each) => each === level);
      if (typeof event === "string" && known !== undefined) {
        const words = Object.entries(fields).map(
          ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
        );
        return {
          number,
          level: known,
          at: typeof at === "string" ? visible(at).slice(0, 30) : null,
          text: visible([event, ...words].join(" ")).slice(0, LINE_CHARACTERS),
        };
      }
    } catch {
      // A line that is no JSON is shown as it is.
    }
  }
  return { number, level: "text", at: null, text: visible(text).slice(0, LINE_CHARACTERS) };
}

/** A log as far as it was read. */
export interface LogState {
  readonly lines: readonly LogLine[];
  /** Bytes read. */
  readonly offset: number;
  /** The beginning of a line whose end has not come yet, as bytes: it may end in the middle of a character. */
  readonly rest: Uint8Array;
  readonly total: number;
}

export const EMPTY_LOG: LogState = { lines: [], offset: 0, rest: new Uint8Array(), total: 0 };

/** A log with further bytes. */
export function withBytes(log: LogState, bytes: Uint8Array): LogState {
  if (bytes.length === 0) return log;
  const joined = new Uint8Array(log.rest.length + bytes.length);
  joined.set(log.rest);
  joined.set(bytes, log.rest.length);
  const end = joined.lastIndexOf(0x0a);
  const text = end === -1 ? "" : new TextDecoder().decode(joined.subarray(0, end));
  const fresh = end === -1 ? [] : text.split("\n");
  const lines = [...log.lines, ...fresh.map((line, i) => lineOf(line, log.total + i + 1))];
  return {
    lines: lines.length > MOST_LINES ? lines.slice(-MOST_LINES) : lines,
    offset: log.offset + bytes.length,
    rest: joined.slice(end + 1),
    total: log.total + fresh.length,
  };
}
