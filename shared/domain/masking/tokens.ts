import { codiceFiscale, dni, nir } from "./checksums.ts";
import type { Finding, PiiKind } from "./kinds.ts";

/** Keys whose issuers mark them with a prefix. Greedy single classes behind a boundary: linear. */
const PREFIXED_KEY =
  /\b(?:sk-[A-Za-z0-9_-]{16,}|[prsw]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}|(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{12,}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{30,}|hf_[A-Za-z0-9]{20,}|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|key-[a-f0-9]{24,}|shp(?:at|ca|pa|ss)_[a-f0-9]{24,}|dop_v1_[a-f0-9]{32,}|lin_api_[A-Za-z0-9]{20,}|AGE-SECRET-KEY-[A-Z0-9]{20,}|dapi[a-f0-9]{32}|r8_[A-Za-z0-9]{30,}|ntn_[A-Za-z0-9]{30,}|\d{8,10}:AA[\w-]{33}|eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?)/g;

/** The shortest of these keys (Slack's "xoxb-" and ten) is one word of 15 characters. */
const LONG_WORD = /[A-Za-z0-9+/=_.~:-]{15}/;

const BEARER = /\b(?:bearer|basic)\s{1,3}([A-Za-z0-9._~+/=-]{12,})/gi;

/** A secret that is announced: "password: x", "api_key = 'x'", "my PIN is x". */
const ANNOUNCED =
  /\b(?:password|passwd|passphrase|pwd|passcode|contraseña|mot de passe|passwort|kennwort|senha|secret|api[ _-]?key|access[ _-]?key(?:[ _-]?id)?|(?:auth|access|refresh|session)[ _-]?token|client[ _-]?secret|pin(?: code)?|cvv|cvc)["']?\s{0,3}(?:is|es|ist|est|é|è|:=|=>|:|=)\s{0,3}["']?([^\s"'`,;<>(){}[\]]{3,256})/giu;
/** Code that says where a secret comes from instead of what it is: "process.env.KEY", "os.environ['KEY']". */
const REFERENCE =
  /^(?:\$|%|process\.env\b|os\.(?:environ|getenv)\b|import\.meta\b|env\.|config\.|settings\.|self\.|this\.)/;
const SECRET_LIKE = /[\d!@#$%^&*?+~|\\]/;

/** An account or a document that is announced by name. Order and ticket numbers are left alone on purpose. */
const ACCOUNT =
  /\b(?:account|acct|routing|passport|policy|membership|member|patient|customer|medical record|mrn|nhs|insurance|driver'?s? licen[cs]e|licen[cs]e plate|tax|kontonummer|reisepass|personalausweis|pasaporte|passeport|sort code)(?: (?:id|no|number|num|nr|code))?\b\.?[\s:#]{0,3}(?:is|=|:)?\s{0,2}#?((?=[A-Za-z-]{0,6}\d)[A-Za-z0-9](?:[A-Za-z0-9-]{3,22})[A-Za-z0-9])(?![A-Za-z0-9])/gi;

const BLOCK_START = /-----BEGIN [A-Z0-9 ]{0,40}(?:PRIVATE KEY(?: BLOCK)?|CERTIFICATE)-----/g;
/** Longest key block without an end line that is masked: an 8192-bit RSA key in PEM is about 6.3 KiB. */
const MAX_OPEN_BLOCK = 8192;

const RUN = /(?<![A-Za-z0-9+/=_.~-])[A-Za-z0-9+/=_.~-]{16,}/g;
/** Patterns of a whole machine identifier; looked for inside runs only. */
const UUID =
  /(?<![A-Za-z0-9])[0-9a-fA-F]{8}(-?)[0-9a-fA-F]{4}\1[0-9a-fA-F]{4}\1[0-9a-fA-F]{4}\1[0-9a-fA-F]{12}(?![A-Za-z0-9])/g;
const HEX = /(?<![A-Za-z0-9])(?:0x)?[0-9a-fA-F]{16,}(?![A-Za-z0-9])/g;
/** Vehicle identification numbers: 17 of digits and capitals without I, O, Q (ISO 3779). */
const VIN = /(?<![A-Za-z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Za-z0-9])/g;
const MAC_DASHED = /(?<![A-Za-z0-9])[0-9a-fA-F]{2}(?:-[0-9a-fA-F]{2}){5}(?![A-Za-z0-9])/g;
/** Secret access keys of AWS are 40 characters of base64 without a mark of their own. */
const FORTY = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/])/g;
const NINO = /(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?![A-Za-z0-9])/g;
const DNI = /(?<![A-Za-z0-9])(?:\d{8}|[XYZ]\d{7})-?[A-HJ-NP-TV-Z](?![A-Za-z0-9])/g;
/** Letters stand for digits where two people would share a code (omocodia): at least three digits are asked for. */
const CODICE_FISCALE =
  /(?<![A-Za-z0-9])[A-Za-z]{6}[\dLMNP-V]{2}[A-EHLMPR-Ta-ehlmpr-t][\dLMNP-V]{2}[A-Za-z][\dLMNP-V]{3}[A-Za-z](?![A-Za-z0-9])/g;
/** A French NIR of Corsica; the others are digits alone. */
const CORSICAN_NIR = /(?<![A-Za-z0-9])[12] ?\d\d ?\d\d ?2[AB] ?\d{3} ?\d{3} ?\d\d(?![A-Za-z0-9])/g;
/** As Cisco prints MAC addresses; a letter tells it from a number. */
const MAC_DOTTED =
  /(?<![A-Za-z0-9.])(?=[\d.]{0,13}[A-Fa-f])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?!\.?[A-Za-z0-9])/g;

/** Shortest run that is taken for an encoded secret; base64 of 18 bytes. */
const ENCODED = 24;

const classOf = (code: number): number => {
  if (code >= 48 && code <= 57) return 1;
  if (code >= 65 && code <= 90) return 2;
  return code >= 97 && code <= 122 ? 3 : 0;
};

/** Whether base64 of printable ASCII is behind the run; the chance of that is small for words that were not encoded. */
function decodesToText(run: string): boolean {
  const body = run
    .replace(/={1,2}$/, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/");
  if (!/^[A-Za-z0-9+/]*$/.test(body)) return false;
  const sample = body.slice(0, Math.min(400, body.length - (body.length % 4)));
  return /^[\t\n\r\x20-\x7e]*$/.test(atob(sample));
}

/**
 * Whether a run of base64 characters looks drawn rather than written. Words, paths and identifiers keep their class
 * (digit, upper case, lower case) for several letters: 0.42 changes a character is above all but one in a hundred of
 * the mixed-case identifiers in this project's dependencies, and below nine in ten of random base64 of 24.
 */
export function looksEncoded(run: string): boolean {
  if (run.length < ENCODED) return false;
  let digits = 0;
  let upper = 0;
  let lower = 0;
  let changes = 0;
  let breaks = 0;
  let previous = -1;
  for (let i = 0; i < run.length; i++) {
    const kind = classOf(run.charCodeAt(i));
    if (kind === 1) digits++;
    else if (kind === 2) upper++;
    else if (kind === 3) lower++;
    else breaks++;
    if (kind !== previous && kind !== 0 && previous > 0) changes++;
    previous = kind;
  }
  const letters = upper + lower;
  if (breaks > run.length / 6 || letters === 0) return false;
  if (decodesToText(run)) return true;
  return digits > 0 && changes / run.length > (upper > 0 && lower > 0 ? 0.42 : 0.3);
}

function whole(
  kind: PiiKind,
  pattern: RegExp,
  text: string,
  accept?: (match: string) => boolean,
  offset = 0,
): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(pattern)) {
    if (accept && !accept(match[0])) continue;
    const start = offset + match.index;
    findings.push({ kind, start, end: start + match[0].length });
  }
  return findings;
}

/** Findings of the pattern's first group, which ends where the match ends. */
function tail(kind: PiiKind, pattern: RegExp, text: string, accept: (value: string) => boolean): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(pattern)) {
    const value = match[1] ?? "";
    if (!accept(value)) continue;
    const end = match.index + match[0].length;
    findings.push({ kind, start: end - value.length, end });
  }
  return findings;
}

function keyBlocks(text: string): Finding[] {
  const findings: Finding[] = [];
  let until = 0;
  for (const match of text.matchAll(BLOCK_START)) {
    if (match.index < until) continue;
    const open = match.index + match[0].length;
    const window = text.slice(open, open + 4 * MAX_OPEN_BLOCK);
    const end = /-----END [A-Z0-9 ]{0,40}-----/.exec(window);
    const body = /^[A-Za-z0-9+/=\s:,-]{0,8192}/.exec(window);
    until = end ? open + end.index + end[0].length : open + (body?.[0].length ?? 0);
    findings.push({ kind: "key", start: match.index, end: until });
  }
  return findings;
}

/** Not an empty identifier, all of one digit. */
const drawn = (run: string): boolean => new Set(run.replaceAll("-", "").toLowerCase()).size > 1;
const mixedHex = (run: string): boolean => /\d/.test(run.replace(/^0x/, "")) && /[a-fA-F]/.test(run);
const digitCount = (text: string): number => text.replace(/\D/g, "").length;
const vin = (run: string): boolean => digitCount(run) >= 3 && digitCount(run) <= 12;
const threeClasses = (run: string): boolean => /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);

/** An encoded secret in a run; of "name=value" the value is judged, and base64 padding stays with it. */
function encoded(run: string, offset: number): Finding[] {
  const start = run.search(/=(?=[^=])/) + 1;
  const value = run.slice(start).replace(/[.~_-]{1,16}$/, "");
  if (!looksEncoded(value)) return [];
  return [{ kind: "key", start: offset + start, end: offset + start + value.length }];
}

function runs(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (/\d/.test(run)) {
      findings.push(
        ...whole("id", UUID, run, drawn, index),
        ...whole("id", HEX, run, mixedHex, index),
        ...whole("id", VIN, run, vin, index),
        ...whole("id", MAC_DASHED, run, undefined, index),
        ...whole("key", FORTY, run, threeClasses, index),
      );
    }
    findings.push(...encoded(run, index));
  }
  return findings;
}

/** Patterns none of which matches without a digit: most messages have none, and are not read for these. */
function numbered(text: string): Finding[] {
  if (!/\d/.test(text)) return [];
  return [
    ...tail("id", ACCOUNT, text, (value) => digitCount(value) >= 4),
    ...whole("ssn", NINO, text),
    ...whole("ssn", DNI, text, (run) => dni(run.replace("-", ""))),
    ...whole("id", MAC_DOTTED, text),
    ...whole("ssn", CORSICAN_NIR, text, (run) => nir(run.replaceAll(" ", ""))),
    ...whole("ssn", CODICE_FISCALE, text, (run) => digitCount(run) >= 3 && codiceFiscale(run.toUpperCase())),
  ];
}

/** Secrets, keys and machine identifiers. */
export function findTokens(text: string): Finding[] {
  const secret = (value: string): boolean => SECRET_LIKE.test(value) && !REFERENCE.test(value);
  const long = LONG_WORD.test(text);
  return [
    ...(long ? whole("key", PREFIXED_KEY, text) : []),
    ...tail("key", BEARER, text, (value) => /\d/.test(value)),
    ...tail("key", ANNOUNCED, text, secret),
    ...keyBlocks(text),
    ...(long ? runs(text) : []),
    ...numbered(text),
  ];
}
