/** Rows one after another as they are to lie in a file, each a line of JSON with its newline, and the bytes of each. */
export interface EncodedRows {
  readonly bytes: Uint8Array;
  readonly lengths: Int32Array;
}

const encoder = new TextEncoder();
/** Bytes of UTF-8 that one UTF-16 code unit takes at most. */
const MOST_PER_UNIT = 3;

/** Encodes rows into one piece of memory that doubles. */
export class RowEncoder {
  private bytes: Uint8Array;
  private used = 0;
  private readonly lengths: number[] = [];

  /** @param expected bytes. */
  constructor(expected = 1024) {
    this.bytes = new Uint8Array(expected);
  }

  append(row: unknown): void {
    const text = `${JSON.stringify(row)}\n`;
    const most = this.used + MOST_PER_UNIT * text.length;
    if (most > this.bytes.length) {
      const larger = new Uint8Array(Math.max(most, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(0, this.used));
      this.bytes = larger;
    }
    const { written } = encoder.encodeInto(text, this.bytes.subarray(this.used));
    this.used += written;
    this.lengths.push(written);
  }

  /** The rows so far, in memory of their own. */
  rows(): EncodedRows {
    return { bytes: this.bytes.slice(0, this.used), lengths: Int32Array.from(this.lengths) };
  }
}
