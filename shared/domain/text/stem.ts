import { remembered } from "../remembered.ts";

/** Words that only look inflected. */
const WHOLE: ReadonlySet<string> = new Set(
  (
    "news always does was is has his this its us as bus gas yes plus less series species during morning evening king " +
    "ring spring string thing something anything everything nothing bring sing wing being bed red need feed seed speed " +
    "indeed exceed proceed succeed hundred christmas canvas atlas lens alias bias pasta wedding ceiling pricing"
  ).split(" "),
);
const VOWEL = /[aeiouy]/;

/** "runn" -> "run"; "call", "miss" and "buzz" keep both letters. */
function undouble(base: string): string {
  return /([bdgmnprt])\1$|[^aeiou][eo]ll$/.test(base) ? base.slice(0, -1) : base;
}

/** Whether a stem that lost -ing or -ed wants its e back: "mak", "shar", "writ", but not "cook", "walk", "open". */
function restoreE(base: string): string {
  if (/[^aeiou]i$/.test(base)) return `${base.slice(0, -1)}y`;
  if (
    /(?:at|iz|bl|[^aeiou]v|[aeiou]v|ag|rg|dg|nc|rc|ic|uc|ys|[aeiouy]r?s|ul|rrang|chang|creat|delet|mplet)$/.test(
      base,
    ) &&
    !/(?:ss|oat|[^r]eat|ai[sr])$/.test(base)
  ) {
    return `${base}e`;
  }
  // One consonant, one vowel, one consonant: "mak", "shar", "writ", "clos"; "visit" and "open" have two syllables.
  return /^[^aeiouy]{1,2}[aiou][^aeiouwxy]$/.test(base) ? `${base}e` : base;
}

/**
 * A light English stem: plurals, -ing and -ed. It joins "alarms" with "alarm" and "booking" with "book", and leaves
 * anything else, names and other languages included, alone. For counting, not for display.
 */
export const stem = remembered(50_000, (word) => {
  if (word.length < 4 || WHOLE.has(word) || !/^[a-z'-]+$/.test(word)) return word;
  const base = word.replace(/'s?$/, "");
  if (base.endsWith("ies")) return base.length > 4 ? `${base.slice(0, -3)}y` : base.slice(0, -1);
  if (/(?:ss|sh|ch|x|z)es$/.test(base)) return base.slice(0, -2);
  if (/[^su]s$/.test(base) && !/(?:is|os)$/.test(base)) return base.slice(0, -1);
  for (const ending of ["ing", "ed"]) {
    const stripped = base.slice(0, -ending.length);
    if (!base.endsWith(ending) || stripped.length < 3 || !VOWEL.test(stripped)) continue;
    const single = undouble(stripped);
    return single === stripped ? restoreE(stripped) : single;
  }
  return base;
});
