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

/** The text with every finding replaced by its kind in square brackets: "[email]", "[card]". Idempotent. */
export function maskPersonalData(text: string): Masked {
  const counts = Object.fromEntries(PII_KINDS.map((kind) => [kind, 0])) as Record<PiiKind, number>;
  let current = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const findings = findPersonalData(current);
    if (findings.length === 0) break;
    const pieces: string[] = [];
    let kept = 0;
    for (const { kind, start, end } of findings) {
      counts[kind]++;
      pieces.push(current.slice(kept, start), `[${kind}]`);
      kept = end;
    }
    pieces.push(current.slice(kept));
    current = pieces.join("");
  }
  return { text: current, counts };
}
