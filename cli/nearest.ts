/** Edits (insert, delete, replace, swap neighbours) that turn one word into another. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + same,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

/** The known word that was probably meant: at most a third of it mistyped, or one is the beginning of the other. */
export function nearest(word: string, known: readonly string[]): string | null {
  // Longer words are no typing errors, and their distance would take long.
  if (word.length > 64) return null;
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[-_.\s]/g, "");
  const asked = plain(word);
  let best: { candidate: string; edits: number } | null = null;
  for (const candidate of known) {
    const target = plain(candidate);
    const begins = asked.length >= 3 && (target.startsWith(asked) || asked.startsWith(target));
    const edits = begins ? 1 : distance(asked, target);
    if (edits <= Math.max(1, Math.floor(target.length / 3)) && (best === null || edits < best.edits)) {
      best = { candidate, edits };
    }
  }
  return best?.candidate ?? null;
}
