import { hash128 } from "./hash128.ts";
import { readIdRecords } from "./id-records.ts";

/** Words of a slot: four of the hash, two of the position plus one (all zero: the slot is empty). 24 bytes. */
const SLOT_WORDS = 6;
const TWO_32 = 2 ** 32;
/** Share of slots in use at which the table doubles; linear probing then looks at 2.5 slots on average for a hit. */
const MAX_LOAD = 0.75;

/** A second sighting of an id. */
export interface Duplicate {
  readonly position: number;
  readonly firstPosition: number;
}

/**
 * Which ids were seen, and where first: open addressing over 128-bit hashes in one typed array, 32 to 64 bytes an id
 * (96 while it doubles), whatever the ids' length. The ids themselves are not kept. Also counts distinct users.
 */
export class DuplicateIndex {
  private slots: Uint32Array;
  private mask: number;
  private used = 0;
  private readonly hash = new Uint32Array(4);

  /** @param expected ids to make room for from the start. */
  constructor(expected = 0) {
    let capacity = 1024;
    while (capacity * MAX_LOAD < expected) capacity *= 2;
    this.slots = new Uint32Array(capacity * SLOT_WORDS);
    this.mask = capacity - 1;
  }

  /** Distinct ids so far. */
  get size(): number {
    return this.used;
  }

  /**
   * @param position an integer from 0 to 2^52; added in ascending order, the position returned is the smallest.
   * @returns where the id was first seen, or null if this is the first time.
   */
  add(id: string, position: number): number | null {
    hash128(id, this.hash);
    return this.addHash(this.hash, position);
  }

  /**
   * Adds the records of one batch for one partition; feed the batches in the order of the file.
   * @param base added to each record's position: the lines before the batch, when positions are lines in the batch.
   */
  addRecords(bytes: Uint8Array, base = 0, onDuplicate?: (duplicate: Duplicate) => void): void {
    readIdRecords(bytes, (hash, relative) => {
      const position = base + relative;
      const firstPosition = this.addHash(hash, position);
      if (firstPosition !== null) onDuplicate?.({ position, firstPosition });
    });
  }

  private addHash(hash: Uint32Array, position: number): number | null {
    const at = this.find(hash);
    const { slots } = this;
    const stored = (slots[at + 5] as number) * TWO_32 + (slots[at + 4] as number);
    if (stored > 0) return stored - 1;
    slots[at] = hash[0] as number;
    slots[at + 1] = hash[1] as number;
    slots[at + 2] = hash[2] as number;
    slots[at + 3] = hash[3] as number;
    slots[at + 4] = (position + 1) % TWO_32;
    slots[at + 5] = Math.floor((position + 1) / TWO_32);
    this.used++;
    if (this.used > MAX_LOAD * (this.mask + 1)) this.grow();
    return null;
  }

  /** Offset of the hash's slot, or of the empty one where it belongs. */
  private find(hash: Uint32Array): number {
    const { slots, mask } = this;
    const h0 = hash[0];
    const h1 = hash[1];
    const h2 = hash[2];
    const h3 = hash[3];
    // The second word: the first one chose the partition, so within a partition its high bits are all alike.
    let slot = (h1 as number) & mask;
    for (;;) {
      const at = slot * SLOT_WORDS;
      if (slots[at + 4] === 0 && slots[at + 5] === 0) return at;
      if (slots[at] === h0 && slots[at + 1] === h1 && slots[at + 2] === h2 && slots[at + 3] === h3) return at;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const old = this.slots;
    const capacity = 2 * (this.mask + 1);
    this.slots = new Uint32Array(capacity * SLOT_WORDS);
    this.mask = capacity - 1;
    const { slots } = this;
    const hash = new Uint32Array(4);
    for (let from = 0; from < old.length; from += SLOT_WORDS) {
      if (old[from + 4] === 0 && old[from + 5] === 0) continue;
      for (let i = 0; i < 4; i++) hash[i] = old[from + i] as number;
      const to = this.find(hash);
      for (let i = 0; i < SLOT_WORDS; i++) slots[to + i] = old[from + i] as number;
    }
  }
}
