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
import { packSections, sectionRanges, sectionsHeadBytes } from "../domain/sections.ts";
import type { BatchOutput, PartReader } from "./phase.ts";

/** The one row of a part: what the range counted. */
export const countsRow = z.strictObject({ tally, statistics: statisticsPart });

/*
 * Sections of a part's sidecar: for each partition the records of ids and those of users, then the numbers of the valid rows, the
 * lengths of their lines, and these lines, a section for each of `KEPT`. What a reader wants of them is one range.
 */
const sectionsBefore = (partitions: number): number => 2 * partitions;

/** Gathers the blocks of a range into its part. */
export class RangePart {
  private readonly ids: IdRecords;
  private readonly users: IdRecords;
  private readonly statistics = emptyStatistics();
  private counted = emptyTally();
  private readonly rows: Int32Array[] = [];
  private readonly lengths: Int32Array[] = [];
  private readonly lines = new Map<Kept, Uint8Array[]>(KEPT.map((name) => [name, []]));

  constructor(partitions: number) {
    this.ids = new IdRecords(partitions);
    this.users = new IdRecords(partitions);
  }

  /** The block after those before. */
  add({ tally: ofBlock, rows, ids, users, lines, lengths }: KeptBlock): void {
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
    this.lengths.push(lengths);
    for (const name of KEPT) this.lines.get(name)!.push(lines[name]);
  }

  output(): BatchOutput {
    const users = this.users.take();
    return {
      rows: [{ tally: this.counted, statistics: this.statistics }],
      sidecar: packSections([
        ...this.ids.take().flatMap((records, p) => [records, users[p]!]),
        Buffer.concat(this.rows.map(bytesOf)),
        Buffer.concat(this.lengths.map(bytesOf)),
        ...KEPT.map((name) => Buffer.concat(this.lines.get(name)!)),
      ]),
    };
  }
}

/** A range's part, read piece by piece. */
export interface ReadRange {
  /** Records of the ids and of the users that fall to a partition. */
  records(partition: number): Promise<{ ids: Uint8Array; users: Uint8Array }>;
  /** `ROW_NUMBERS` of each valid row. */
  rows(): Promise<Int32Array>;
  /** Bytes of each of a row's lines, in the order of `KEPT`, for each valid row. */
  lengths(): Promise<Int32Array>;
  lines(name: Kept): Promise<Uint8Array>;
}

/** @param round in which the ranges were read. */
export async function openRange(
  parts: PartReader,
  { round, batch, partitions }: { round: number; batch: number; partitions: number },
): Promise<ReadRange> {
  const count = sectionsBefore(partitions) + 2 + KEPT.length;
  const head = await parts.sidecar(round, batch, { start: 0, end: sectionsHeadBytes(count) });
  const ranges = sectionRanges(head);
  const section = async (i: number): Promise<Uint8Array> => parts.sidecar(round, batch, ranges[i]);
  return {
    async records(partition) {
      const [first, second] = [ranges[2 * partition]!, ranges[2 * partition + 1]!];
      const both = await parts.sidecar(round, batch, { start: first.start, end: second.end });
      const cut = first.end - first.start;
      return { ids: both.subarray(0, cut), users: both.subarray(cut) };
    },
    rows: async () => asInts(await section(sectionsBefore(partitions))),
    lengths: async () => asInts(await section(sectionsBefore(partitions) + 1)),
    lines: async (name) => section(sectionsBefore(partitions) + 2 + KEPT.indexOf(name)),
  };
}
