import { ibanCheck } from "./checksums.ts";
import type { Finding } from "./kinds.ts";

/** Length by country (SWIFT IBAN registry, the countries with SEPA or wide use). */
const LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 " +
    "FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IS26 IT27 JO30 KW30 KZ20 LB28 LI21 LT20 LU20 LV21 " +
    "MC27 MD24 ME22 MK19 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 TN24 " +
    "TR26 UA29 VA22 VG24 XK20"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Countries whose account part is digits alone (same registry): a letter in it is a word that follows. */
const DIGITS_ONLY: ReadonlySet<string> = new Set(
  "AE AT BA BE CZ DE DK EE ES FI HR HU IL IS LT ME NO PL PT RS SE SI SK TN VA XK".split(" "),
);

/** One number has one case; two words and a code have two. */
const mixedCase = (text: string): boolean => /[a-z]/.test(text) && /[A-Z]/.test(text);

const START = /\b[A-Za-z]{2}[ .-]?\d[ .-]?\d(?=[A-Za-z0-9 .-])/g;

const SEPARATORS: ReadonlySet<number> = new Set([32, 45, 46]); // space, dash, dot

const isAlphanumeric = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** International bank account numbers, grouped by spaces, dots or dashes or not at all. */
export function findIbans(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(START)) {
    const length = LENGTHS[match[0].slice(0, 2).toUpperCase()];
    if (length === undefined) continue;
    let iban = "";
    let at = match.index;
    for (let gap = 0; at < text.length && iban.length < length; at++) {
      const code = text.charCodeAt(at);
      if (isAlphanumeric(code)) {
        iban += text[at];
        gap = 0;
      } else if (!SEPARATORS.has(code) || ++gap > 2) break;
    }
    if (mixedCase(iban)) continue;
    iban = iban.toUpperCase();
    if (DIGITS_ONLY.has(iban.slice(0, 2)) && /[A-Z]/.test(iban.slice(4))) continue;
    if (iban.length === length && ibanCheck(iban))
      findings.push({ kind: "iban", start: match.index, end: at });
  }
  return findings;
}
