import stringWidth from "string-width";
import { sanitize } from "../../shared/domain/text/sanitize.ts";

const ELLIPSIS = "…";

/** Character cells that a text takes: 2 for CJK and emoji, 0 for escape sequences and combining marks. */
export const widthOf = (text: string): number => stringWidth(text);

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** At most `cells` cells of a text without escape sequences, cut between visible characters, with an ellipsis if cut. */
export function cutTo(text: string, cells: number): string {
  if (widthOf(text) <= cells) return text;
  if (cells < 1) return "";
  let kept = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const width = widthOf(segment);
    if (used + width > cells - 1) break;
    kept += segment;
    used += width;
  }
  return kept.trimEnd() + ELLIPSIS;
}

export function padEnd(text: string, cells: number): string {
  return text + " ".repeat(Math.max(0, cells - widthOf(text)));
}

export function padStart(text: string, cells: number): string {
  return " ".repeat(Math.max(0, cells - widthOf(text))) + text;
}

/** Text from data as one line that is safe in a terminal. */
export const safe = sanitize;

/**
 * Breaks text between words into lines of at most `cells` cells, each but the first after `indent` spaces; spaces before
 * the first word stay. A word longer than a line, such as a path, stays whole: it can then still be copied.
 */
export function wrap(text: string, cells: number, indent = 0): string {
  const lead = /^\s*/.exec(text)?.[0] ?? "";
  const lines: string[] = [];
  let line = lead;
  let empty = true;
  for (const word of text.slice(lead.length).split(" ")) {
    if (!empty && widthOf(line) + 1 + widthOf(word) > cells) {
      lines.push(line);
      line = " ".repeat(indent) + word;
    } else {
      line += empty ? word : ` ${word}`;
    }
    empty = false;
  }
  return [...lines, line].join("\n");
}

const counts = new Intl.NumberFormat("en-US");

export const count = (n: number): string => counts.format(n);

/** "1 run", "2,400 conversations". */
export function plural(n: number, noun: string, more = `${noun}s`): string {
  return `${count(n)} ${n === 1 ? noun : more}`;
}

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

/** Bytes in decimal units, as file managers show them: "812 bytes", "1.2 MB". */
export function bytes(n: number): string {
  let value = n;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  if (unit === 0) return plural(n, "byte");
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** "0.4 s", "12 s", "2 min 5 s", "3 h 10 min". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) {
    const rest = whole % 60;
    return `${Math.floor(whole / 60)} min${rest === 0 ? "" : ` ${rest} s`}`;
  }
  const minutes = Math.round(seconds / 60);
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}

/** Share of a whole: "23.0 %", "<0.1 %"; "0 %" and "100 %" only when exact. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  if (share < 0.0005) return "<0.1 %";
  return share > 0.9995 ? ">99.9 %" : `${(share * 100).toFixed(1)} %`;
}

const two = (n: number): string => String(n).padStart(2, "0");

/** An instant on this machine's clock: "2026-11-03 10:42". */
export function localTime(iso: string): string {
  const at = new Date(iso);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** How long ago: "just now", "5 min ago", "3 h ago", "12 days ago". */
export function ago(iso: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} days ago`;
}

/** A word of a shell command, quoted if it needs to be. */
export function shellWord(word: string): string {
  const shown = safe(word);
  return /^[\w@%+=:,./~-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}

/** "a", "a and b", "a, b and c". */
export function list(words: readonly string[], last = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
