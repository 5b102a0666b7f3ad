const ELLIPSIS = "…";

/** The first `max` white-space separated words; the text itself, trimmed, if it has no more. */
export function truncateWords(text: string, max: number): string {
  let count = 0;
  for (const match of text.matchAll(/\S+/gu)) {
    if (++count > max) return text.slice(0, match.index).trim();
  }
  return text.trim();
}

/**
 * At most `max` UTF-16 code units, cut at a word border if there is one in the last third, never inside a surrogate
 * pair. A cut text ends in `mark`, which counts.
 */
export function truncate(text: string, max: number, mark = ELLIPSIS): string {
  if (text.length <= max) return text;
  const room = Math.max(0, max - mark.length);
  let end = room;
  const space = text.lastIndexOf(" ", room);
  if (space > room * (2 / 3)) end = space;
  const unit = text.charCodeAt(end - 1);
  if (unit >= 0xd800 && unit <= 0xdbff) end--;
  return (text.slice(0, end).replace(/[\s,;:.–—-]+$/u, "") + mark).slice(0, max);
}
