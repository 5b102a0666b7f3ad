import { findNumbers } from "./masking/digits.ts";
import { fold, unfold } from "./masking/fold.ts";
import { findIbans } from "./masking/iban.ts";
import type { Detector, Finding, PiiKind } from "./masking/kinds.ts";
import { PII_KINDS } from "./masking/kinds.ts";
import { findNames } from "./masking/names.ts";
import { findNetwork } from "./masking/network.ts";
import { findPlaces } from "./masking/places.ts";
import { findTokens } from "./masking/tokens.ts";

export type { Finding, PiiKind } from "./masking/kinds.ts";
export { HARD_KINDS, PII_KINDS } from "./masking/kinds.ts";

/** On equal spans the earlier detector decides the kind. */
const DETECTORS: readonly Detector[] = [
  findTokens,
  findIbans,
  findNetwork,
  findNumbers,
  findPlaces,
  findNames,
];

/** Eight or more single characters with one space between: "j a n e @ ...". */
const LETTER_SPACED = /(?<!\S)(?:\S ){7,}\S(?!\S)/g;

/** What the detectors find once letter-spaced runs are closed up. Runs of digits alone are tables as often as numbers. */
const findLetterSpaced: Detector = (text) => {
  const findings: Finding[] = [];
  for (const { 0: run, index } of text.matchAll(LETTER_SPACED)) {
    const closed = run.replaceAll(" ", "");
    if ((closed.match(/[A-Za-z]/g)?.length ?? 0) < 4) continue;
    for (const { kind, start, end } of DETECTORS.flatMap((detect) => detect(closed))) {
      findings.push({ kind, start: index + 2 * start, end: index + 2 * end - 1 });
    }
  }
  return findings;
};

/** A mask can bring the text on its two sides together so that it forms a new pattern; two rounds have sufficed. */
const MAX_ROUNDS = 4;
/**
 * Where a mask can have that effect: no detector looks further back than 140 characters. Texts up to `WHOLE` are
 * simply read again.
 */
const REACH = 400;
const MARGIN = 150;
const WHOLE = 2000;

export interface Masked {
  readonly text: string;
  /** Findings by kind. */
  readonly counts: Record<PiiKind, number>;
}

/** Overlapping findings become one that covers them all, of the kind of the longest. */
function merge(findings: readonly Finding[]): Finding[] {
  const sorted = findings.toSorted((a, b) => a.start - b.start);
  const merged: Finding[] = [];
  let longest = 0;
  for (const finding of sorted) {
    const last = merged.at(-1);
    const length = finding.end - finding.start;
    if (!last || finding.start >= last.end) {
      merged.push(finding);
      longest = length;
      continue;
    }
    const kind = length > longest ? finding.kind : last.kind;
    longest = Math.max(longest, length);
    merged[merged.length - 1] = { kind, start: last.start, end: Math.max(last.end, finding.end) };
  }
  return merged;
}

/**
 * Known patterns of personal data, in order and without overlap. Sees through fullwidth and other look-alike
 * characters, invisible characters, spaced or dotted digits and spelled-out mail addresses; not through reversal,
 * paraphrase or encryption. Linear in the length of the text, also on hostile input.
 * @returns spans in UTF-16 code units of `text`.
 */
export function findPersonalData(text: string): Finding[] {
  const folded = fold(text);
  const findings = merge([...DETECTORS, findLetterSpaced].flatMap((detect) => detect(folded.text)));
  if (folded.offsets === null) return findings;
  return findings.map(({ kind, start, end }) => ({ kind, ...unfold(folded, start, end) }));
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Findings near the masks that were just set. What lies close to a window's edge may be half a pattern: not taken. */
function findNear(text: string, masks: readonly Span[]): Finding[] {
  if (text.length <= WHOLE) return findPersonalData(text);
  const windows: { start: number; end: number }[] = [];
  for (const mask of masks) {
    const start = Math.max(0, mask.start - REACH);
    const end = Math.min(text.length, mask.end + REACH);
    const last = windows.at(-1);
    if (last && start <= last.end) last.end = end;
    else windows.push({ start, end });
  }
  return windows.flatMap((window) => {
    const from = window.start === 0 ? 0 : window.start + MARGIN;
    const to = window.end === text.length ? text.length : window.end - MARGIN;
    return findPersonalData(text.slice(window.start, window.end))
      .map(({ kind, start, end }) => ({ kind, start: start + window.start, end: end + window.start }))
      .filter(({ start, end }) => start >= from && end <= to);
  });
}

/** The text with every finding replaced by its kind in square brackets: "[email]", "[card]". Idempotent. */
export function maskPersonalData(text: string): Masked {
  const counts = Object.fromEntries(PII_KINDS.map((kind) => [kind, 0])) as Record<PiiKind, number>;
  let current = text;
  let findings = findPersonalData(text);
  for (let round = 1; findings.length > 0; round++) {
    const pieces: string[] = [];
    const masks: Span[] = [];
    let kept = 0;
    let length = 0;
    for (const { kind, start, end } of findings) {
      counts[kind]++;
      const token = `[${kind}]`;
      pieces.push(current.slice(kept, start), token);
      length += start - kept + token.length;
      masks.push({ start: length - token.length, end: length });
      kept = end;
    }
    pieces.push(current.slice(kept));
    current = pieces.join("");
    if (round === MAX_ROUNDS) break;
    findings = findNear(current, masks);
  }
  return { text: current, counts };
}
