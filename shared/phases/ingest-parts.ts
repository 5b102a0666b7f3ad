import * as z from "zod";
import { statisticsPart, tally } from "../contracts/validation.ts";
import { asInts, bytesOf } from "../domain/floats.ts";
import { HASH_WORDS } from "../domain/input/hash128.ts";
import { IdRecords } from "../domain/input/id-records.ts";
import { KEPT } from "../domain/input/keep-block.ts";
import type { Kept, KeptBlock } from "../domain/input/keep-block.ts";
import { ROW, ROW_NUMBERS } from "../domain/input/read-block.ts";
import { addCounted, emptyStatistics } from "../domain/input/statistics.ts";
import { emptyTally, mergeTallies } from "../domain/input/tally.ts";
import type { EncodedRows } from "../domain/row-encoder.ts";
import { packSections, sectionRanges, sectionsHeadBytes } from "../domain/sections.ts";
import type { BatchOutput, PartReader } from "./phase.ts";

/** The one row of a part: what the range counted. */
export const countsRow = z.strictObject({ tally, statistics: statisticsPart });

/*
 * Sections of a part's sidecar: how many lines the range has; for each partition the records of ids and those of users; the numbers of the
 * valid rows; for each of `KEPT` the lengths of their lines and the lines. What a reader wants of them is one range.
 */
const LINES_BYTES = Float64Array.BYTES_PER_ELEMENT;
const recordsAt = (partition: number): number => 1 + 2 * partition;
const rowsAt = (partitions: number): number => recordsAt(partitions);
const keptAt = (partitions: number, name: Kept): number => rowsAt(partitions) + 1 + 2 * KEPT.indexOf(name);
const sectionCount = (partitions: number): number => rowsAt(partitions) + 1 + 2 * KEPT.length;

/** Gathers the blocks of a range into its part. */
export class RangePart {
  private readonly ids: IdRecords;
  private readonly users: IdRecords;
  private readonly statistics = emptyStatistics();
  private counted = emptyTally();
  private readonly rows: Int32Array[] = [];
  private readonly kept: KeptBlock["kept"][] = [];

  constructor(partitions: number) {
    this.ids = new IdRecords(partitions);
    this.users = new IdRecords(partitions);
  }

  /** The block after those before. */
  add({ tally: ofBlock, rows, ids, users, kept }: KeptBlock): void {
    const before = this.counted.lines;
    for (let i = 0; i * ROW_NUMBERS < rows.length; i++) {
      const at = i * ROW_NUMBERS;
      const line = before + rows[at + ROW.line]!;
      rows[at + ROW.line] = line;
      addCounted(this.statistics, rows, at);
      this.ids.addHash(ids, i * HASH_WORDS, line);
      this.users.addHash(users, i * HASH_WORDS, line);
    }
    this.counted = mergeTallies(this.counted, ofBlock);
    this.rows.push(rows);
    this.kept.push(kept);
  }

  output(): BatchOutput {
    const users = this.users.take();
    return {
      rows: [{ tally: this.counted, statistics: this.statistics }],
      sidecar: packSections([
        new Uint8Array(new Float64Array([this.counted.lines]).buffer),
        ...this.ids.take().flatMap((records, p) => [records, users[p]!]),
        Buffer.concat(this.rows.map(bytesOf)),
        ...KEPT.flatMap((name) => [
          Buffer.concat(this.kept.map((ofBlock) => bytesOf(ofBlock[name].lengths))),
          Buffer.concat(this.kept.map((ofBlock) => ofBlock[name].bytes)),
        ]),
      ]),
    };
  }
}

/** A range's part, read piece by piece. */
export interface ReadRange {
  /** Lines of the range, blank ones among them. */
  readonly lines: number;
  /** Records of the ids and of the users that fall to a partition. */
  records(partition: number): Promise<{ ids: Uint8Array; users: Uint8Array }>;
  /** `ROW_NUMBERS` of each valid row. */
  rows(): Promise<Int32Array>;
  /** Its line of each valid row. */
  kept(name: Kept): Promise<EncodedRows>;
}

/** @param round in which the ranges were read. */
export async function openRange(
  parts: PartReader,
  { round, batch, partitions }: { round: number; batch: number; partitions: number },
): Promise<ReadRange> {
  const headBytes = sectionsHeadBytes(sectionCount(partitions));
  const head = await parts.sidecar(round, batch, { start: 0, end: headBytes + LINES_BYTES });
  const ranges = sectionRanges(head.subarray(0, headBytes));
  const two = async (first: number): Promise<[Uint8Array, Uint8Array]> => {
    const [a, b] = [ranges[first]!, ranges[first + 1]!];
    const both = await parts.sidecar(round, batch, { start: a.start, end: b.end });
    return [both.subarray(0, a.end - a.start), both.subarray(a.end - a.start)];
  };
  return {
    lines: new DataView(head.buffer, head.byteOffset + headBytes).getFloat64(0, true),
    async records(partition) {
      const [ids, users] = await two(recordsAt(partition));
      return { ids, users };
    },
    rows: async () => asInts(await parts.sidecar(round, batch, ranges[rowsAt(partitions)])),
    async kept(name) {
      const [lengths, bytes] = await two(keptAt(partitions, name));
      return { bytes, lengths: asInts(lengths) };
    },
  };
}
