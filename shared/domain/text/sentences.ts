/** Abbreviations whose dot ends no sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:[A-Za-z]|mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx|no|inc|ltd|jr|sr|bzw|usw|z\.b|ca|p\.ej|sra?)\.$/i;
const END = /[.!?…]+["'”’)\]]{0,3}(?=\s|$)|[。！？]+|\n+/gu;

/**
 * Sentences and lines of a text, trimmed, none empty. Rules for scripts with a stop and a space, or with ideographic
 * stops; good enough to pick a sentence out, not to typeset.
 */
export function sentences(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    // Longest abbreviation with a blank before it: 8 characters.
    if (match[0] === "." && ABBREVIATION.test(text.slice(Math.max(start, end - 8), end))) continue;
    const sentence = text.slice(start, end).trim();
    if (sentence !== "") found.push(sentence);
    start = end;
  }
  const rest = text.slice(start).trim();
  if (rest !== "") found.push(rest);
  return found;
}
