import { HASH_WORDS, hash128 } from "./hash128.ts";

/**
 * One id as a batch writes it for the second round: 4 little-endian words of hash128, then the position as two words,
 * low first. 24 bytes.
 */
export const ID_RECORD_BYTES = 24;
const WORDS = ID_RECORD_BYTES / 4;
const TWO_32 = 2 ** 32;

/** The partition, 0 to partitions - 1, that all records of an id go to. `firstWord` is the hash's first word. */
export function partitionOf(firstWord: number, partitions: number): number {
  return Math.floor(((firstWord >>> 0) / TWO_32) * partitions);
}

/** Collects records of ids by partition, about 24 to 48 bytes an id. */
export class IdRecords {
  private readonly parts: { words: DataView<ArrayBuffer>; used: number }[];
  private readonly hash = new Uint32Array(HASH_WORDS);

  /** @param partitions at least 1; the same for every batch of a run. */
  constructor(partitions: number) {
    this.parts = Array.from({ length: partitions }, () => ({
      words: new DataView(new ArrayBuffer(0)),
      used: 0,
    }));
  }

  /** @param position where the id was seen: an integer from 0 to 2^52, such as the line in its batch. */
  add(id: string, position: number): void {
    hash128(id, this.hash);
    this.addHash(this.hash, 0, position);
  }

  /** As `add`, of an id whose hash lies in `hashes` from `from` on. */
  addHash(hashes: Uint32Array, from: number, position: number): void {
    const part = this.parts[partitionOf(hashes[from] as number, this.parts.length)];
    if (part === undefined) return;
    if (part.used + ID_RECORD_BYTES > part.words.byteLength) {
      const larger = new Uint8Array(Math.max(64 * ID_RECORD_BYTES, 2 * part.words.byteLength));
      larger.set(new Uint8Array(part.words.buffer));
      part.words = new DataView(larger.buffer);
    }
    for (let i = 0; i < HASH_WORDS; i++)
      part.words.setUint32(part.used + 4 * i, hashes[from + i] as number, true);
    part.words.setUint32(part.used + 16, position % TWO_32, true);
    part.words.setUint32(part.used + 20, Math.floor(position / TWO_32), true);
    part.used += ID_RECORD_BYTES;
  }

  /** The bytes of each partition, records in the order in which they were added. */
  take(): Uint8Array[] {
    return this.parts.map(({ words, used }) => new Uint8Array(words.buffer, 0, used));
  }
}

/**
 * Calls `each` with the hash (a buffer that is used again) and the position of every record, in order.
 * @throws RangeError when the bytes are not whole records.
 */
export function readIdRecords(bytes: Uint8Array, each: (hash: Uint32Array, position: number) => void): void {
  if (bytes.length % ID_RECORD_BYTES !== 0)
    throw new RangeError(`${bytes.length} bytes are not whole id records`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hash = new Uint32Array(4);
  for (let at = 0; at < bytes.length; at += 4 * WORDS) {
    for (let i = 0; i < 4; i++) hash[i] = view.getUint32(at + 4 * i, true);
    each(hash, view.getUint32(at + 20, true) * TWO_32 + view.getUint32(at + 16, true));
  }
}
