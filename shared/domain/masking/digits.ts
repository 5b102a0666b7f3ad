import { cardPrefix, cpf, isbn13, kimlik, luhn, nir, personnummer, pesel, steuerId } from "./checksums.ts";
import { ID_CONTEXT, PHONE_AFTER, PHONE_CONTEXT, RECORD_CONTEXT, UNIT_AFTER } from "./context.ts";
import type { Finding, PiiKind } from "./kinds.ts";

/** Digits with at most three separators between any two; a separator is never a digit, so this is linear. */
const PHRASE = /\+?\(?\d(?:[ \t.\-()/]{0,3}\d)*/g;
/** Shortest run of digits that is masked whatever stands around it. */
const LONG_RUN = 12;

/** Scripts that put no space between words do not bind the digits beside them. */
const WORD_CHARACTER =
  /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}_]/u;

const DATE =
  /^(?:(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])(?:([-/.])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)?| (?:0?[1-9]|1[0-2]) (?:19|20))\d\d)(?!\d)/;
/** ddd-dd-dddd without the areas, groups and serials that are never issued (US Social Security Administration). */
const SSN = /^(?!000|666|9)\d{3}([-. ])(?!00)\d\d\1(?!0000)\d{4}(?!\d)/;
const CPF = /^\d{3}\.\d{3}\.\d{3}-\d\d(?!\d)/;
const NIR = /^[12] \d\d \d\d \d\d \d{3} \d{3} \d\d(?!\d)/;
const STEUER_ID = /^\d\d[ /]\d{3}[ /]\d{3}[ /]\d{3}(?!\d)/;
const PERSONNUMMER = /^(?:19|20)?\d{6}-\d{4}(?!\d)/;
const EXTENSION = /^,? {0,2}(?:x|ext\.?|extension|Durchwahl|poste|#) {0,2}\d{1,6}(?!\d)/i;
const NANP = /^(?:1[ .-]?)?(?:\(\d{3}\)[ .-]{0,2}|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\d)/;
/** Brazil: area code in brackets, eight or nine digits (Anatel). */
const BRAZILIAN = /^\(\d\d\) ?\d{4,5}-\d{4}(?!\d)/;
const NANP_RUN = /^1?[2-9]\d\d[2-9]\d{6}$/;
const CHINESE_MOBILE = /^1[3-9]\d{9}$/;
/** Where number types end: 2^31 and 2^32 (less 1), 2^53 - 1, 2^63 and 2^64 (less 1). */
const TYPE_LIMITS: ReadonlySet<string> = new Set(
  "2147483647 2147483648 4294967295 4294967296 9007199254740991 9223372036854775807 9223372036854775808 18446744073709551615".split(
    " ",
  ),
);
const EPOCH_MILLISECONDS = /^1[2-9]\d{11}$/;

/** One run of digits: offsets in the text. */
interface Group {
  readonly start: number;
  readonly end: number;
}

function groupsOf(text: string, start: number, end: number): Group[] {
  const groups: Group[] = [];
  let from = -1;
  for (let i = start; i <= end; i++) {
    const code = i < end ? text.charCodeAt(i) : 0;
    const digit = code >= 48 && code <= 57;
    if (digit && from < 0) from = i;
    if (!digit && from >= 0) {
      groups.push({ start: from, end: i });
      from = -1;
    }
  }
  return groups;
}

/** Whether a run of digits is masked on sight, and as what. */
function longRun(text: string, group: Group): PiiKind | undefined {
  const n = group.end - group.start;
  if (n < LONG_RUN) return undefined;
  const digits = text.slice(group.start, Math.min(group.end, group.start + 20));
  // Neither a book's number nor a time is a card's: one in ten of them passes Luhn's check by chance.
  if (TYPE_LIMITS.has(digits)) return undefined;
  if (n === 13 && (isbn13(digits) || EPOCH_MILLISECONDS.test(digits))) return undefined;
  const checked = n >= 13 && n <= 19 && luhn(digits);
  if (checked) return cardPrefix(digits) ? "card" : "id";
  const fraction = /\d\.$/.test(text.slice(Math.max(0, group.start - 2), group.start));
  if (fraction) return undefined;
  return "id";
}

/** Groups as cards are printed and typed: fours, 4-6-5, or equal groups with one separator throughout ("4 1 1 1"). */
function cardShape(text: string, groups: readonly Group[], from: number, to: number): boolean {
  const first = groups[from] as Group;
  const width = first.end - first.start;
  let separator: string | undefined;
  let uniform = true;
  let equal = true;
  let shortest = Infinity;
  for (let i = from; i <= to; i++) {
    const { start, end } = groups[i] as Group;
    if (i > from) {
      const between = text.slice((groups[i - 1] as Group).end, start);
      separator ??= between;
      if (between !== separator) uniform = false;
    }
    if (end - start !== width && (i < to || end - start > width)) equal = false;
    shortest = Math.min(shortest, end - start);
  }
  if (equal && (uniform || width === 4)) return true;
  return uniform && shortest >= 3 && separator !== ".";
}

/** The last group of a payment card that starts at group `from`, or -1. */
function cardEnd(text: string, groups: readonly Group[], from: number): number {
  if (!/[2-68]/.test(text[(groups[from] as Group).start] ?? "")) return -1; // first digits that cards have
  let digits = "";
  let last = -1;
  for (let to = from; to < groups.length && digits.length < 19; to++) {
    const group = groups[to] as Group;
    if (group.end - group.start > 19 - digits.length) break;
    digits += text.slice(group.start, group.end);
    if (digits.length < 13 || !cardPrefix(digits) || !luhn(digits)) continue;
    if (cardShape(text, groups, from, to)) last = to;
  }
  return last;
}

/** The last group of a phone number that starts at group `from`, or -1. At most 15 digits (ITU-T E.164). */
function phoneEnd(text: string, groups: readonly Group[], from: number, announced: boolean): number {
  const first = groups[from] as Group;
  const opened = text[first.start - 1] === "(";
  const international = text[first.start - (opened ? 2 : 1)] === "+";
  // National numbers are written with the trunk prefix 0: "030 1234567", "(020) 7946 0958".
  const national = /^0\d/.test(text.slice(first.start, first.end));
  if (!international && !announced && !national) return -1;
  const least = international ? 8 : announced ? 7 : 9;
  const most = international || announced ? 15 : 12;
  let total = 0;
  let last = -1;
  for (let to = from; to < groups.length; to++) {
    const group = groups[to] as Group;
    if (to > from && DATE.test(text.slice(group.start, group.start + 11))) break;
    total += group.end - group.start;
    if (total > most) break;
    if (total >= least) last = to;
  }
  return last;
}

function lookback(text: string, at: number, length: number): string {
  return text.slice(Math.max(0, at - length), at);
}

/** The last group of a national number that the words before it announce: 8 to 15 digits, one separator at a time; or -1. */
function announcedIdEnd(text: string, groups: readonly Group[], from: number): number {
  if (from > 3 || !ID_CONTEXT.test(lookback(text, (groups[from] as Group).start, 48))) return -1;
  let total = 0;
  let last = -1;
  for (let to = from; to < groups.length; to++) {
    const group = groups[to] as Group;
    if (to > from && group.start - (groups[to - 1] as Group).end > 1) break;
    total += group.end - group.start;
    if (total > 15) break;
    if (total >= 8) last = to;
  }
  return last;
}

/** As phoneEnd, reading from the words before it whether it is a phone number or the number of a record. */
function announcedPhoneEnd(text: string, groups: readonly Group[], from: number, lead: number): number {
  const plain = /[+0(]/.test(text[lead] ?? "");
  // The words before a long table say nothing about its later columns.
  if (!plain && from > 3) return -1;
  const before = lookback(text, lead, 48);
  if (RECORD_CONTEXT.test(before)) return -1;
  const end = phoneEnd(text, groups, from, true);
  if (end >= 0 && PHONE_AFTER.test(text.slice((groups[end] as Group).end, (groups[end] as Group).end + 16)))
    return end;
  return phoneEnd(text, groups, from, PHONE_CONTEXT.test(before));
}

/** Where a pattern anchored at a group's start ends, or -1. */
function matchEnd(pattern: RegExp, text: string, at: number, accept?: (digits: string) => boolean): number {
  const match = pattern.exec(text.slice(at, at + 32));
  if (!match || (accept && !accept(match[0].replace(/\D/g, "")))) return -1;
  return at + match[0].length;
}

/** A run of digits on its own: too short to be masked on sight, but shaped or announced as a number of a person. */
function shortRun(text: string, group: Group): PiiKind | undefined {
  const n = group.end - group.start;
  if (n < 7) return undefined;
  const digits = text.slice(group.start, group.end);
  const before = lookback(text, group.start, 48);
  if (RECORD_CONTEXT.test(before)) return undefined;
  if (n === 11 && [cpf, kimlik, pesel, steuerId].some((check) => check(digits))) return "ssn";
  if (TYPE_LIMITS.has(digits)) return undefined;
  if (/^[01]+$/.test(digits)) return undefined; // binary
  const behind = text.slice(group.end, group.end + 16);
  if (PHONE_AFTER.test(behind)) return "phone";
  if (PHONE_CONTEXT.test(before) && !UNIT_AFTER.test(behind)) return "phone";
  if (NANP_RUN.test(digits) || CHINESE_MOBILE.test(digits)) return "phone";
  return n >= 9 && /^0[1-9]/.test(digits) ? "phone" : undefined;
}

function scanPhrase(text: string, groups: readonly Group[], findings: Finding[]): void {
  const add = (kind: PiiKind, start: number, end: number): void => {
    const extension = kind === "phone" ? (EXTENSION.exec(text.slice(end, end + 24))?.[0].length ?? 0) : 0;
    findings.push({ kind, start, end: end + extension });
  };
  /** First group that starts at or after `end`. */
  const after = (from: number, end: number): number => {
    let i = from;
    while (i < groups.length && (groups[i] as Group).start < end) i++;
    return i;
  };
  for (let i = 0; i < groups.length;) {
    const group = groups[i] as Group;
    const { start } = group;
    const opening = text[start - 1] === "(" ? start - 1 : start;
    const lead = text[opening - 1] === "+" ? opening - 1 : opening;
    const left = text[start - 1] ?? " ";
    const bounded = !WORD_CHARACTER.test(left);
    const international = text[lead] === "+" && !WORD_CHARACTER.test(text[lead - 1] ?? " ");
    const width = group.end - start;
    // "+" and up to 15 digits in one run (ITU-T E.164).
    if (international && width >= LONG_RUN && width <= 15) {
      add("phone", lead, group.end);
      i++;
      continue;
    }
    const long = longRun(text, group);
    if (long) {
      add(long, start, group.end);
      i++;
      continue;
    }
    const card = cardEnd(text, groups, i);
    if (card >= 0) {
      add("card", start, (groups[card] as Group).end);
      i = card + 1;
      continue;
    }
    if (!bounded) {
      i++;
      continue;
    }
    // All that follows needs seven digits in at most 15 characters of the phrase.
    if (group.end - start < 7 && groups[i + 1] === undefined) {
      i++;
      continue;
    }
    const date = matchEnd(DATE, text, start);
    if (date >= 0) {
      i = after(i, date);
      continue;
    }
    const person = Math.max(
      matchEnd(SSN, text, start),
      matchEnd(CPF, text, start, cpf),
      matchEnd(NIR, text, start, nir),
      matchEnd(STEUER_ID, text, start, steuerId),
      matchEnd(PERSONNUMMER, text, start, personnummer),
    );
    if (person >= 0) {
      add("ssn", start, person);
      i = after(i, person);
      continue;
    }
    const announced = announcedIdEnd(text, groups, i);
    if (announced >= 0) {
      add("ssn", start, (groups[announced] as Group).end);
      i = announced + 1;
      continue;
    }
    const nanp = Math.max(matchEnd(NANP, text, opening), matchEnd(BRAZILIAN, text, opening));
    if (nanp >= 0) {
      add("phone", lead, nanp);
      i = after(i, nanp);
      continue;
    }
    const next = groups[i + 1];
    const decimal = text[group.end] === "." && group.end - start < 3;
    const apart = (next === undefined || next.start - group.end > 3) && text[lead] !== "+";
    const phone = apart || decimal ? -1 : announcedPhoneEnd(text, groups, i, lead);
    if (phone >= 0) {
      add("phone", lead, (groups[phone] as Group).end);
      i = phone + 1;
      continue;
    }
    const alone =
      text[group.end] === "." && /\d/.test(text[group.end + 1] ?? "") ? undefined : shortRun(text, group);
    if (alone && left !== ".") add(alone, lead, group.end);
    i++;
  }
}

/** Cards, phone numbers, national numbers and long ids, also when spaced, dotted or dashed. */
export function findNumbers(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(PHRASE)) {
    if (match[0].length < 7) continue;
    scanPhrase(text, groupsOf(text, match.index, match.index + match[0].length), findings);
  }
  return findings;
}
