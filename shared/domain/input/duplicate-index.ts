import { HASH_WORDS, hash128 } from "./hash128.ts";
import { readIdRecords } from "./id-records.ts";

/** Words of a slot: the last three of the hash, the position plus one (0: the slot is empty). 16 bytes. */
const SLOT_WORDS = 4;
const MOST_POSITION = 2 ** 32 - 2;
/** Share of slots in use at which the table doubles; linear probing then looks at 2.5 slots on average for a hit. */
const MAX_LOAD = 0.75;

const FIRST_SLOTS = 64;
/** Sixteen tables, of which one doubles at a time. */
const TABLE_BITS = 4;

/** A second sighting of an id. */
export interface Duplicate {
  readonly position: number;
  readonly firstPosition: number;
}

/** Open addressing over hashes in one typed array. */
class Table {
  used = 0;
  private slots = new Uint32Array(FIRST_SLOTS * SLOT_WORDS);
  private mask = FIRST_SLOTS - 1;

  add(hashes: Uint32Array, from: number, position: number): number | null {
    const at = this.find(hashes, from);
    const { slots } = this;
    const stored = slots[at + 3] as number;
    if (stored > 0) return stored - 1;
    if (position > MOST_POSITION) throw new RangeError(`there is no line ${position}`);
    slots[at] = hashes[from + 1] as number;
    slots[at + 1] = hashes[from + 2] as number;
    slots[at + 2] = hashes[from + 3] as number;
    slots[at + 3] = position + 1;
    this.used++;
    if (this.used > MAX_LOAD * (this.mask + 1)) this.grow();
    return null;
  }

  /** Offset of the hash's slot, or of the empty one where it belongs. */
  private find(hashes: Uint32Array, from: number): number {
    const { slots, mask } = this;
    const h1 = hashes[from + 1];
    const h2 = hashes[from + 2];
    const h3 = hashes[from + 3];
    // The second word: the first one chose the partition, so within a partition its high bits are all alike.
    let slot = (h1 as number) & mask;
    for (;;) {
      const at = slot * SLOT_WORDS;
      if (slots[at + 3] === 0) return at;
      if (slots[at] === h1 && slots[at + 1] === h2 && slots[at + 2] === h3) return at;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const old = this.slots;
    const capacity = 2 * (this.mask + 1);
    this.slots = new Uint32Array(capacity * SLOT_WORDS);
    this.mask = capacity - 1;
    const { slots } = this;
    for (let from = 0; from < old.length; from += SLOT_WORDS) {
      if (old[from + 3] === 0) continue;
      // A slot's first word is the hash's second.
      const to = this.find(old, from - 1);
      for (let i = 0; i < SLOT_WORDS; i++) slots[to + i] = old[from + i] as number;
    }
  }
}

/**
 * Which ids were seen, and where first: hashes of 96 bits in typed arrays, 21 to 43 bytes an id, whatever the ids' length. Of a thousand
 * million ids two share such a hash once in 10^11 files. The ids themselves are not kept. Also counts distinct users.
 */
export class DuplicateIndex {
  private readonly tables = Array.from({ length: 2 ** TABLE_BITS }, () => new Table());
  private readonly hash = new Uint32Array(HASH_WORDS);

  /** Distinct ids so far. */
  get size(): number {
    return this.tables.reduce((sum, { used }) => sum + used, 0);
  }

  /**
   * @param position an integer from 0 to 2^32 - 2; added in ascending order, the position returned is the smallest.
   * @returns where the id was first seen, or null if this is the first time.
   * @throws RangeError for a position beyond.
   */
  add(id: string, position: number): number | null {
    hash128(id, this.hash);
    return this.addHash(this.hash, 0, position);
  }

  /** As `add`, of an id whose hash lies in `hashes` from `from` on. */
  addHash(hashes: Uint32Array, from: number, position: number): number | null {
    // Bits that nothing else goes by: the first word chose the partition, the second chooses the slot.
    return this.tables[hashes[from + 2]! >>> (32 - TABLE_BITS)]!.add(hashes, from, position);
  }

  /**
   * Adds the records of one batch for one partition; feed the batches in the order of the file.
   * @param base added to each record's position: the lines before the batch, when positions are lines in the batch.
   */
  addRecords(bytes: Uint8Array, base = 0, onDuplicate?: (duplicate: Duplicate) => void): void {
    readIdRecords(bytes, (hash, relative) => {
      const position = base + relative;
      const firstPosition = this.addHash(hash, 0, position);
      if (firstPosition !== null) onDuplicate?.({ position, firstPosition });
    });
  }
}
