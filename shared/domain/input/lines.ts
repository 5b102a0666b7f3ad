import { MAX_LINE_BYTES } from "../../contracts/conversation.ts";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
/** Bytes that trimming may take off a line: a byte order mark and a carriage return. */
const TRIMMED = BYTE_ORDER_MARK.length + 1;

interface Place {
  /** Absolute offset in the file of the line's first byte, before trimming. */
  readonly startOffset: number;
  /** 0-based number of the line among those of its range, blank lines included. */
  readonly lineIndexInRange: number;
}

/**
 * One line without its ending (LF or CRLF) and, at the start of the file, without a byte order mark. `bytes` is a view
 * into the chunk when the line lies inside one, so it holds only until the source reuses that chunk. A line longer
 * than the limit is an `oversize` marker with its trimmed length: its bytes were never held.
 */
export type Line =
  | ({ readonly kind: "line"; readonly bytes: Uint8Array } & Place)
  | ({ readonly kind: "oversize"; readonly length: number } & Place);

/** A byte range [start, end) of a plain file. A line belongs to the range in which its first byte lies. */
export interface ByteCut {
  readonly start: number;
  readonly end: number;
}

/** A line that lies in more than one chunk, as far as it was seen. Holds at most the limit, plus what trimming removes. */
class PendingLine {
  private pieces: Uint8Array[] = [];
  private length = 0;
  private discarding = false;
  private hasMark = false;
  private lastByte = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** Appends a copy of `part`, or forgets the content and keeps the length once the limit is passed. */
  append(part: Uint8Array, atFileStart: boolean): void {
    if (part.length === 0) return;
    this.lastByte = part[part.length - 1] as number;
    if (!this.discarding && this.length + part.length > this.limit + TRIMMED) {
      this.hasMark =
        atFileStart && startsWithMark([...this.pieces.map((p) => p.subarray(0, 3)), part.subarray(0, 3)]);
      this.discarding = true;
      this.pieces = [];
    }
    this.length += part.length;
    if (!this.discarding) this.pieces.push(part.slice());
  }

  /** The whole line, untrimmed, or its trimmed length if it was too long to hold. Leaves this empty. */
  take(): Uint8Array | number {
    const { pieces, length, discarding } = this;
    const trimmed =
      length - (this.hasMark ? BYTE_ORDER_MARK.length : 0) - (this.lastByte === CARRIAGE_RETURN ? 1 : 0);
    this.pieces = [];
    this.length = 0;
    this.discarding = false;
    this.hasMark = false;
    if (discarding) return trimmed;
    if (pieces.length === 1) return pieces[0] as Uint8Array;
    const whole = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }
}

function startsWithMark(parts: readonly Uint8Array[]): boolean {
  const head = parts.flatMap((part) => [...part]);
  return BYTE_ORDER_MARK.every((byte, i) => head[i] === byte);
}

function trimLine(bytes: Uint8Array, atFileStart: boolean): Uint8Array {
  const from =
    atFileStart &&
    bytes[0] === BYTE_ORDER_MARK[0] &&
    bytes[1] === BYTE_ORDER_MARK[1] &&
    bytes[2] === BYTE_ORDER_MARK[2]
      ? BYTE_ORDER_MARK.length
      : 0;
  const to =
    bytes.length > from && bytes[bytes.length - 1] === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
  return from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to);
}

/**
 * The lines whose first byte lies in [cut.start, cut.end), one array per chunk that ends at least one line: awaiting
 * once per chunk instead of once per line.
 * @param stream the file's bytes from offset max(0, cut.start - 1), open to the end of the file: the byte before the
 *   range tells whether a line starts at it, and the last line may run on past it. It is closed after the last owned line.
 * @param maxLineBytes longest line that is held, in bytes after trimming.
 */
export async function* rangeLineBatches(
  stream: AsyncIterable<Uint8Array>,
  cut: ByteCut,
  maxLineBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<Line[], void, undefined> {
  if (cut.start >= cut.end) return;
  const pending = new PendingLine(maxLineBytes);
  let chunkOffset = Math.max(0, cut.start - 1);
  // Whether `lineStart` is known to be a line's first byte; before that, everything up to a line feed is another range's.
  let aligned = cut.start === 0;
  let lineStart = cut.start;
  let index = 0;

  const finish = (lastPart: Uint8Array): Line => {
    const place = { startOffset: lineStart, lineIndexInRange: index++ };
    let raw: Uint8Array | number = lastPart;
    if (!pending.isEmpty) {
      pending.append(lastPart, lineStart === 0);
      raw = pending.take();
    }
    if (typeof raw === "number") return { kind: "oversize", length: raw, ...place };
    const bytes = trimLine(raw, lineStart === 0);
    return bytes.length > maxLineBytes
      ? { kind: "oversize", length: bytes.length, ...place }
      : { kind: "line", bytes, ...place };
  };

  for await (const chunk of stream) {
    let from = 0;
    if (!aligned) {
      const feed = chunk.indexOf(LINE_FEED);
      if (feed < 0) {
        chunkOffset += chunk.length;
        // The next line can start at chunkOffset + 1 at the earliest.
        if (chunkOffset + 1 >= cut.end) return;
        continue;
      }
      from = feed + 1;
      lineStart = chunkOffset + from;
      if (lineStart >= cut.end) return;
      aligned = true;
    }
    const lines: Line[] = [];
    for (let feed = chunk.indexOf(LINE_FEED, from); feed >= 0; feed = chunk.indexOf(LINE_FEED, from)) {
      lines.push(finish(chunk.subarray(from, feed)));
      from = feed + 1;
      lineStart = chunkOffset + from;
      if (lineStart >= cut.end) {
        yield lines;
        return;
      }
    }
    pending.append(chunk.subarray(from), lineStart === 0);
    chunkOffset += chunk.length;
    if (lines.length > 0) yield lines;
  }
  if (!pending.isEmpty) yield [finish(new Uint8Array(0))];
}

/** Like rangeLineBatches, one line at a time. */
export async function* rangeLines(
  stream: AsyncIterable<Uint8Array>,
  cut: ByteCut,
  maxLineBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<Line, void, undefined> {
  for await (const lines of rangeLineBatches(stream, cut, maxLineBytes)) yield* lines;
}

/** All lines of a stream that starts at the file's first byte. */
export function splitLines(
  stream: AsyncIterable<Uint8Array>,
  maxLineBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<Line, void, undefined> {
  return rangeLines(stream, { start: 0, end: Infinity }, maxLineBytes);
}

/** Whether a line holds nothing but JSON white space, and so is no row. */
export function isBlank(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte !== 0x20 && byte !== 0x09 && byte !== CARRIAGE_RETURN) return false;
  }
  return true;
}
