import type { Fit } from "./prompt.ts";

const CUT_MARK = "[... text left out ...]";

/** Longest piece that is counted at once. */
const PIECE_CHARACTERS = 1000;
/**
 * Longest run of blanks, or of anything else, in one piece. Byte-pair encoders take the square of its length: a thousand equal letters cost
 * them 70 ms, and a hostile conversation has millions.
 */
const RUN_CHARACTERS = 100;
const LONG_RUN = new RegExp(`\\S{${RUN_CHARACTERS + 1}}|\\s{${RUN_CHARACTERS + 1}}`);

/** Where a piece that begins at `start` ends: before a blank, else within a long run, never inside a surrogate pair. */
function pieceEnd(text: string, start: number): number {
  const most = start + PIECE_CHARACTERS;
  const run = LONG_RUN.exec(text.slice(start, most + 1));
  if (run !== null) {
    const end = start + run.index + RUN_CHARACTERS;
    return splitsPair(text, end) ? end - 1 : end;
  }
  if (most >= text.length) return text.length;
  let end = most;
  while (!isBlank(text, end)) end--;
  return end;
}

const isBlank = (text: string, at: number): boolean => /\s/.test(text.charAt(at));
const splitsPair = (text: string, at: number): boolean =>
  /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));

function pieces(text: string): string[] {
  const list: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = pieceEnd(text, start);
    list.push(text.slice(start, end));
    start = end;
  }
  return list;
}

/** Tokens of a text, counted piece by piece, at most a few too many; no further than until they exceed the room. */
export function tokensUpTo(text: string, { countTokens, room }: Fit): number {
  let tokens = 0;
  for (let start = 0; start < text.length && tokens <= room;) {
    const end = pieceEnd(text, start);
    tokens += countTokens(text.slice(start, end));
    start = end;
  }
  return tokens;
}

/** The longest beginning of a piece, up to a blank if it has one, that fits. */
function beginningThatFits(text: string, { countTokens, room }: Fit): string {
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (countTokens(text.slice(0, middle)) <= room) low = middle;
    else high = middle - 1;
  }
  if (low === text.length) return text;
  let end = low;
  while (end > 0 && !isBlank(text, end)) end--;
  if (end === 0) end = splitsPair(text, low) ? low - 1 : low;
  return text.slice(0, end);
}

/** As `beginningThatFits`, from the other end. */
function endingThatFits(text: string, { countTokens, room }: Fit): string {
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (countTokens(text.slice(middle)) <= room) high = middle;
    else low = middle + 1;
  }
  if (low === 0) return text;
  let start = low;
  while (start < text.length && !isBlank(text, start - 1)) start++;
  if (start === text.length) start = splitsPair(text, low) ? low + 1 : low;
  return text.slice(start);
}

/** A text that fits the room: itself, or its beginning and end with a mark between; empty when the mark does not fit. */
export function cutText(text: string, fit: Fit): string {
  if (tokensUpTo(text, fit) <= fit.room) return text;
  const { countTokens } = fit;
  const space = fit.room - countTokens(CUT_MARK) - 2;
  if (space <= 0) return "";
  const all = pieces(text);
  const half = Math.ceil(space / 2);

  let left = half;
  let [first, head] = [0, ""];
  for (; first < all.length; first++) {
    const cost = countTokens(all[first]!);
    if (cost > left) break;
    head += all[first]!;
    left -= cost;
  }
  const beginning = beginningThatFits(all[first]!, { countTokens, room: left });
  head += beginning;
  all[first] = all[first]!.slice(beginning.length);

  left = space - half;
  let [last, tail] = [all.length - 1, ""];
  for (; last >= first; last--) {
    const cost = countTokens(all[last]!);
    if (cost > left) break;
    tail = all[last]! + tail;
    left -= cost;
  }
  if (last >= first) tail = endingThatFits(all[last]!, { countTokens, room: left }) + tail;
  return `${head.trimEnd()}\n${CUT_MARK}\n${tail.trimStart()}`;
}
