const encoder = new TextEncoder();
/** Bytes of UTF-8 that one UTF-16 code unit takes at most. */
const MOST_PER_UNIT = 3;

/** Text appended as UTF-8 to one piece of memory that doubles. */
export class ByteBuilder {
  private bytes: Uint8Array;
  private used = 0;

  constructor(expected = 1024) {
    this.bytes = new Uint8Array(expected);
  }

  /** @returns the bytes it took. */
  append(text: string): number {
    const most = this.used + MOST_PER_UNIT * text.length;
    if (most > this.bytes.length) {
      const larger = new Uint8Array(Math.max(most, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(0, this.used));
      this.bytes = larger;
    }
    const { written } = encoder.encodeInto(text, this.bytes.subarray(this.used));
    this.used += written;
    return written;
  }

  /** What was appended, in memory of its own size. */
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.used);
    this.used = 0;
    return taken;
  }
}
