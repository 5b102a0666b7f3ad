import type { Line } from "./lines.ts";

/** Lines one after another in memory of their own: what one thread reads at a time. */
export interface LineBlock {
  /** Without their endings. */
  readonly bytes: Uint8Array;
  /** Of each line its length; of one that was too long to be held, that as a negative number, and no bytes. */
  readonly lengths: Float64Array;
}

/** Bytes of lines in a block: long enough that handing it to a thread costs nothing beside reading it, some 10 ms. */
const BLOCK_BYTES = 2 ** 20;
/** Lines without bytes, blank ones among them, count too: a file may have a thousand million of them. */
const BLOCK_LINES = 2 ** 16;

/** Lines copied into blocks: a line's own bytes hold only until the next chunk is read. A block has one line at least. */
export async function* lineBlocks(
  batches: AsyncIterable<readonly Line[]>,
  blockBytes: number = BLOCK_BYTES,
): AsyncGenerator<LineBlock, void, undefined> {
  let held = new Uint8Array(blockBytes);
  let lengths: number[] = [];
  let used = 0;
  for await (const lines of batches) {
    for (const line of lines) {
      const bytes = line.kind === "line" ? line.bytes : null;
      const isFull = used + (bytes?.length ?? 0) > blockBytes || lengths.length === BLOCK_LINES;
      if (lengths.length > 0 && isFull) {
        yield { bytes: held.subarray(0, used), lengths: Float64Array.from(lengths) };
        held = new Uint8Array(blockBytes);
        lengths = [];
        used = 0;
      }
      if (bytes !== null) {
        if (bytes.length > held.length) held = new Uint8Array(bytes.length);
        held.set(bytes, used);
        used += bytes.length;
      }
      lengths.push(line.kind === "line" ? line.bytes.length : -line.length);
    }
  }
  if (lengths.length > 0) yield { bytes: held.subarray(0, used), lengths: Float64Array.from(lengths) };
}
