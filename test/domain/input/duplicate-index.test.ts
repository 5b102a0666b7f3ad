import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DuplicateIndex, type Duplicate } from "../../../shared/domain/input/duplicate-index.ts";
import { hash128 } from "../../../shared/domain/input/hash128.ts";
import {
  ID_RECORD_BYTES,
  IdRecords,
  partitionOf,
  readIdRecords,
} from "../../../shared/domain/input/id-records.ts";
import { runs } from "./support.ts";

const ids = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "é", "😀", "0"), maxLength: 3 }), {
  maxLength: 60,
});

/** The naive answer: a map of every id to its first place. */
function reference(all: readonly string[]): Duplicate[] {
  const first = new Map<string, number>();
  return all.flatMap((id, position) => {
    const firstPosition = first.get(id);
    if (firstPosition === undefined) first.set(id, position);
    return firstPosition === undefined ? [] : [{ position, firstPosition }];
  });
}

describe("hash128", () => {
  // From the mmh3 package for Python: hash128(text.encode("utf-16-le"), 0, x64arch=False), low word first.
  it.each<[string, number[]]>([
    ["", [0, 0, 0, 0]],
    ["a", [54243734, 3438235617, 3438235617, 3438235617]],
    ["abc", [727422883, 553082805, 1343406772, 1343406772]],
    ["user-0038", [1824076016, 1501775016, 437339249, 480269560]],
    ["日本語😀", [1459490647, 3958644047, 752946229, 1151947600]],
    ["xxxxxxxx", [734993900, 1583160886, 2708153884, 1042099958]],
    ["conversation-123456789012345678901234567890", [2888847514, 4172272897, 3146535921, 3410481018]],
  ])("of %j is MurmurHash3 x86_128", (text, words) => {
    const out = new Uint32Array(4);
    hash128(text, out);
    expect([...out]).toEqual(words);
  });
});

describe("DuplicateIndex", () => {
  it("finds what a map of all ids finds", () => {
    fc.assert(
      fc.property(ids, (all) => {
        const index = new DuplicateIndex();
        const found = all.flatMap((id, position) => {
          const firstPosition = index.add(id, position);
          return firstPosition === null ? [] : [{ position, firstPosition }];
        });
        expect(found).toEqual(reference(all));
        expect(index.size).toBe(new Set(all).size);
      }),
      runs(500),
    );
  });

  it("keeps every id while it grows, and positions up to the last", () => {
    const index = new DuplicateIndex();
    const start = 2 ** 32 - 50_001;
    for (let i = 0; i < 50_000; i++) expect(index.add(`id-${i}`, start + i)).toBeNull();
    for (let i = 0; i < 50_000; i++) expect(index.add(`id-${i}`, 0)).toBe(start + i);
    expect(index.size).toBe(50_000);
    expect(index.add("new", 0)).toBeNull();
    expect(index.add("new", 1)).toBe(0);
    expect(() => index.add("newer", 2 ** 32 - 1)).toThrow(RangeError);
  });

  it("compares 96 bits of a hash: the first word has chosen the partition", () => {
    const records = [1, 2, 3, null].map((changed) => {
      const words = new Uint32Array(ID_RECORD_BYTES / 4).fill(7);
      words[5] = 0;
      if (changed !== null) words[changed] = 8;
      return new Uint8Array(words.buffer);
    });
    const index = new DuplicateIndex();
    for (const record of records) index.addRecords(record);
    expect(index.size).toBe(records.length);
    for (const record of records) index.addRecords(record);
    expect(index.size).toBe(records.length);
  });

  it("finds duplicates over batches, partition by partition, as one pass does", () => {
    fc.assert(
      fc.property(
        ids,
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(60), { maxLength: 4 }),
        (all, partitions, places) => {
          const bounds = [0, ...places.filter((at) => at <= all.length), all.length].sort((a, b) => a - b);
          const batches = bounds.slice(1).map((end, i) => {
            const start = bounds[i] ?? 0;
            const records = new IdRecords(partitions);
            for (const [k, id] of all.slice(start, end).entries()) records.add(id, k);
            return { start, parts: records.take() };
          });
          const found: Duplicate[] = [];
          let distinct = 0;
          for (let p = 0; p < partitions; p++) {
            const index = new DuplicateIndex();
            for (const { start, parts } of batches) {
              index.addRecords(parts[p] ?? new Uint8Array(), start, (duplicate) => found.push(duplicate));
            }
            distinct += index.size;
          }
          expect(found.sort((a, b) => a.position - b.position)).toEqual(reference(all));
          expect(distinct).toBe(new Set(all).size);
        },
      ),
      runs(500),
    );
  });
});

describe("id records", () => {
  it("come back as written, in order, from any offset of a buffer", () => {
    const records = new IdRecords(1);
    const positions = [0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 52];
    for (const position of positions) records.add(`id-${position}`, position);
    const bytes = records.take()[0] ?? new Uint8Array();
    expect(bytes).toHaveLength(positions.length * ID_RECORD_BYTES);
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(bytes, 3);
    const read: number[] = [];
    const expected = new Uint32Array(4);
    readIdRecords(moved.subarray(3), (hash, position) => {
      hash128(`id-${position}`, expected);
      expect([...hash]).toEqual([...expected]);
      read.push(position);
    });
    expect(read).toEqual(positions);
  });

  it("that are cut short are an error", () => {
    expect(() => readIdRecords(new Uint8Array(25), () => {})).toThrow(RangeError);
  });

  it("spread evenly over the partitions", () => {
    const counts = [0, 0, 0, 0, 0, 0, 0];
    const hash = new Uint32Array(4);
    for (let i = 0; i < 7000; i++) {
      hash128(`user-${i}`, hash);
      const part = partitionOf(hash[0] ?? 0, counts.length);
      counts[part] = (counts[part] ?? NaN) + 1;
    }
    // 1,000 each with a standard deviation of 29: five of them.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect([partitionOf(0, 7), partitionOf(0xffff_ffff, 7), partitionOf(-1, 7)]).toEqual([0, 6, 6]);
  });
});
