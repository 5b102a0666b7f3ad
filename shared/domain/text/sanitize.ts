const ESC = String.fromCharCode(0x1b);
const BEL = String.fromCharCode(0x07);
const CSI = String.fromCharCode(0x9b);
/** CSI and OSC sequences of terminals (ECMA-48), also when the closing of an OSC is missing; all bounded. */
const TERMINAL = new RegExp(
  `(?:${ESC}\\[|${CSI})[0-?]{0,32}[ -/]{0,8}[@-~]?|${ESC}\\][^${BEL}${ESC}\\n]{0,256}(?:${BEL}|${ESC}\\\\)?|${ESC}.`,
  "g",
);
/** Control and format characters: bidi overrides, zero-width, tags, soft hyphen; and other invisible code points. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
const SPACE = /\s+/gu;

/**
 * One line of plain text that is safe to show in a terminal, a page or a prompt: no control or format characters, no
 * terminal sequences, no lone surrogates, every run of white space one space, none at the ends.
 */
export function sanitize(text: string): string {
  return text
    .replace(TERMINAL, "")
    .replace(SPACE, " ")
    .replace(INVISIBLE, "")
    .replace(LONE_SURROGATE, "\ufffd")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** As sanitize, but line breaks stay, each as "\n". */
export function sanitizeLines(text: string): string {
  return text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/u)
    .map(sanitize)
    .join("\n");
}
