/** A text with look-alike characters replaced by ASCII, and the way back to the original. */
export interface Folded {
  readonly text: string;
  /** Start in the original of every code unit of `text`, then the original's length; null when nothing changed. */
  readonly offsets: Int32Array | null;
}

const NON_ASCII = /[^\0-\x7f]/;
/** Characters that render as nothing: zero-width, bidi, variation selectors, tags, soft hyphen. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;
const DIGIT = /\p{Nd}/u;
const SPACE = /\p{Zs}/u;
const DASH = /[\p{Pd}\u2212\u00b7]/u;

/** What a code point folds to, or undefined for itself. */
function foldCodePoint(code: number): string | undefined {
  const char = String.fromCodePoint(code);
  if (INVISIBLE.test(char)) return "";
  if (SPACE.test(char)) return " ";
  if (DASH.test(char)) return "-";
  const folded = char.normalize("NFKC");
  if (DIGIT.test(folded) && folded.length <= 2) {
    // Decimal digits come in tens that start at a code point ending in 0 or 6 (the Unicode Standard, 4.6).
    const digit = folded.codePointAt(0) ?? code;
    if (digit < 128) return folded;
    const block = digit & ~0xf;
    const zero = DIGIT.test(String.fromCodePoint(block)) ? block : block + 6;
    return String(Math.abs(digit - zero) % 10);
  }
  // Only what becomes ASCII matters to the patterns; other compatibility forms keep their length.
  return folded === char || NON_ASCII.test(folded) ? undefined : folded;
}

/** Memo of foldCodePoint over the basic plane: 0 not asked yet, 1 itself, 2 in `replaced`. */
const seen = new Uint8Array(0x10000);
const replaced = new Map<number, string>();

function foldUnit(code: number): string | undefined {
  const state = seen[code];
  if (state === 1) return undefined;
  if (state === 2) return replaced.get(code);
  const folded = foldCodePoint(code);
  seen[code] = folded === undefined ? 1 : 2;
  if (folded !== undefined) replaced.set(code, folded);
  return folded;
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/**
 * Folds what NFKC and a reader's eye take for ASCII (fullwidth and mathematical letters, digits of any script, odd
 * spaces and dashes) and drops invisible characters, so that one set of ASCII patterns sees through disguises.
 * Linear in time; a text without such characters comes back as it is.
 */
export function fold(text: string): Folded {
  if (!NON_ASCII.test(text)) return { text, offsets: null };
  const pieces: string[] = [];
  let offsets: Int32Array | null = null;
  let length = 0; // of the folded text so far
  let kept = 0; // start of the run not yet copied
  const copy = (end: number, target: Int32Array): void => {
    for (let i = kept; i < end; i++) target[length++] = i;
    if (end > kept) pieces.push(text.slice(kept, end));
  };
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 128) continue;
    const pair = isHighSurrogate(unit) && i + 1 < text.length;
    const folded = pair ? foldCodePoint(text.codePointAt(i) ?? unit) : foldUnit(unit);
    const width = pair && (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
    if (folded !== undefined) {
      // No character folds to more than 18 code units, and few to more than one; grow when needed.
      offsets ??= new Int32Array(text.length + 64);
      if (length + (i - kept) + folded.length + (text.length - i) + 2 > offsets.length) {
        const grown: Int32Array = new Int32Array(offsets.length * 2 + 64);
        grown.set(offsets.subarray(0, length));
        offsets = grown;
      }
      copy(i, offsets);
      for (let j = 0; j < folded.length; j++) offsets[length++] = i;
      if (folded !== "") pieces.push(folded);
      kept = i + width;
    }
    i += width - 1;
  }
  if (offsets === null) return { text, offsets: null };
  copy(text.length, offsets);
  offsets[length] = text.length;
  return { text: pieces.join(""), offsets: offsets.subarray(0, length + 1) };
}

/** The original span of a folded span: whole original characters, never half of one. */
export function unfold(folded: Folded, start: number, end: number): { start: number; end: number } {
  const { offsets } = folded;
  if (offsets === null) return { start, end };
  let after = end;
  while (after < offsets.length - 1 && offsets[after] === offsets[end - 1]) after++;
  return { start: offsets[start] ?? 0, end: offsets[after] ?? 0 };
}
