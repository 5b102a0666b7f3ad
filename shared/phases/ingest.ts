import * as z from "zod";
import type { StatisticsPart, Tally, ValidationReport } from "../contracts/validation.ts";
import { batchRange, cutIntoBatches } from "../domain/batching.ts";
import { mapInOrder } from "../domain/in-order.ts";
import { describeIssues } from "../domain/input/describe.ts";
import { DuplicateIndex } from "../domain/input/duplicate-index.ts";
import { lineBlocks } from "../domain/input/line-blocks.ts";
import { isBlank, rangeLineBatches } from "../domain/input/lines.ts";
import type { Kept } from "../domain/input/keep-block.ts";
import { ROW, ROW_NUMBERS } from "../domain/input/read-block.ts";
import {
  addCounted,
  emptyStatistics,
  finishStatistics,
  mergeStatistics,
} from "../domain/input/statistics.ts";
import { buildReport, emptyTally, mergeTallies, withDuplicates } from "../domain/input/tally.ts";
import { BLOCKS_AT_ONCE } from "../domain/input/validate.ts";
import type { EncodedRows } from "../domain/row-encoder.ts";
import { allRows } from "../domain/vectors.ts";
import { PermanentError } from "../errors.ts";
import { MAX_BATCHES_PER_ROUND } from "../pipeline.ts";
import type { InputSource } from "../ports/input-source.ts";
import { RangePart, countsRow, openRange } from "./ingest-parts.ts";
import type { ReadRange } from "./ingest-parts.ts";
import type {
  ArtifactOutputs,
  BatchOutput,
  PartReader,
  Phase,
  PhaseContext,
  Plan,
  ReduceAnswer,
} from "./phase.ts";

/** Bytes of one batch: read in well under a second, and held as text about four times over. */
const BYTES_PER_BATCH = 4 * 2 ** 20;
/** A compressed input is read from its start by every batch, so that it is cut into fewer of them. */
const MAX_COMPRESSED_BATCHES = 128;
/** Bytes of input per partition of the duplicate search: about a million ids, 64 MB of table. */
const BYTES_PER_PARTITION = 500e6;

/** Parts read ahead: stores answer after some 20 ms, and a large input has thousands of parts. */
const PARTS_AT_ONCE = 4;

const READ_ROUND = 0;
const DUPLICATES_ROUND = 1;

const readDetail = z.strictObject({
  /** Plain bytes to read, and how they are cut. */
  items: z.int(),
  size: z.int(),
  /** Whether these bytes are the whole input. */
  complete: z.boolean(),
  partitions: z.int().min(1),
});

const duplicatesRow = z.strictObject({
  /** 1-based lines of the file. */
  duplicates: z.array(z.strictObject({ position: z.int(), firstPosition: z.int() })),
  users: z.int(),
});

/** Plain bytes from `start` on; a compressed input has to be read from its beginning. */
async function* plainBytes(input: InputSource, start: number): AsyncGenerator<Uint8Array> {
  if (!input.compressed) {
    yield* input.stream({ start });
    return;
  }
  let at = 0;
  for await (const chunk of input.content()) {
    const end = at + chunk.length;
    if (end > start) yield at >= start ? chunk : chunk.subarray(start - at);
    at = end;
  }
}

async function plainSize(input: InputSource): Promise<number> {
  if (!input.compressed) return input.size();
  let size = 0;
  for await (const chunk of input.content()) size += chunk.length;
  return size;
}

/** Where the row after the first `limit` ones begins, or null when there is none. */
async function offsetAfter(input: InputSource, limit: number): Promise<number | null> {
  let read = 0;
  for await (const lines of rangeLineBatches(plainBytes(input, 0), {
    start: 0,
    end: Number.POSITIVE_INFINITY,
  })) {
    for (const line of lines) {
      if (line.kind === "line" && isBlank(line.bytes)) continue;
      if (read === limit) return line.startOffset;
      read++;
    }
  }
  return null;
}

async function planRead({ input, config }: PhaseContext): Promise<Plan> {
  const cut = config.limit === null ? null : await offsetAfter(input, config.limit);
  const bytes = cut ?? (await plainSize(input));
  const { items, size, batches } = cutIntoBatches(
    bytes,
    BYTES_PER_BATCH,
    input.compressed ? MAX_COMPRESSED_BATCHES : MAX_BATCHES_PER_ROUND,
  );
  const partitions = Math.max(1, Math.ceil(bytes / BYTES_PER_PARTITION));
  return { batches, concurrency: 2, detail: { items, size, complete: cut === null, partitions } };
}

async function readRange(
  { input, config, userHashKey, parts, compute }: PhaseContext,
  batch: number,
): Promise<BatchOutput> {
  const detail = readDetail.parse((await parts.plan(READ_ROUND)).detail);
  const range = batchRange(detail, batch);
  const part = new RangePart(detail.partitions);
  const lines = rangeLineBatches(plainBytes(input, Math.max(0, range.start - 1)), range);
  const options = { users: config.users, userKey: userHashKey };
  const blocks = mapInOrder(lineBlocks(lines), BLOCKS_AT_ONCE, async (block) =>
    compute.run("keepBlock", block, options),
  );
  for await (const read of blocks) part.add(read);
  return part.output();
}

const countsOf = async (parts: PartReader, batch: number): Promise<z.infer<typeof countsRow>> => {
  for await (const counts of parts.rows(READ_ROUND, batch, countsRow)) return counts;
  throw new PermanentError(`batch ${batch} of the input counted nothing`, { code: "corrupt_part" });
};

/** Duplicate ids and distinct users of one partition, over all ranges in the order of the file. */
async function findDuplicates({ parts }: PhaseContext, partition: number): Promise<BatchOutput> {
  const { batches, detail } = await parts.plan(READ_ROUND);
  const { partitions } = readDetail.parse(detail);
  const ids = new DuplicateIndex();
  const users = new DuplicateIndex();
  const duplicates: z.infer<typeof duplicatesRow>["duplicates"] = [];
  let base = 0;
  const read = mapInOrder(allRows(batches), PARTS_AT_ONCE, async (batch) => {
    const range = await openRange(parts, { round: READ_ROUND, batch, partitions });
    return { lines: range.lines, records: await range.records(partition) };
  });
  for await (const { lines, records } of read) {
    ids.addRecords(records.ids, base, (duplicate) => duplicates.push({ ...duplicate }));
    users.addRecords(records.users);
    base += lines;
  }
  return { rows: [{ duplicates, users: users.size }] };
}

interface Merged {
  readonly report: ValidationReport;
  /** Lines of the file that repeat an id. */
  readonly duplicateLines: ReadonlySet<number>;
  /** Lines before each range. */
  readonly lineBases: readonly number[];
}

async function mergeReads(context: PhaseContext): Promise<Merged> {
  const { parts, dataset, config } = context;
  const { batches, detail } = await parts.plan(READ_ROUND);
  const { items, complete } = readDetail.parse(detail);
  let merged: { tally: Tally; statistics: StatisticsPart } = {
    tally: emptyTally(),
    statistics: emptyStatistics(),
  };
  const lineBases: number[] = [];
  const counted = mapInOrder(allRows(batches), PARTS_AT_ONCE, async (batch) => countsOf(parts, batch));
  for await (const part of counted) {
    lineBases.push(merged.tally.lines);
    merged = {
      tally: mergeTallies(merged.tally, part.tally),
      statistics: mergeStatistics(merged.statistics, part.statistics),
    };
  }
  const second = await Array.fromAsync(parts.allRows(DUPLICATES_ROUND, duplicatesRow));
  const duplicates = second.flatMap((row) => row.duplicates).sort((a, b) => a.position - b.position);
  const duplicateLines = new Set(duplicates.map(({ position }) => position));
  let { statistics } = merged;
  if (duplicateLines.size > 0) {
    statistics = emptyStatistics();
    const ranges = eachRange(context, lineBases, async (range, base) => ({ base, rows: await range.rows() }));
    for await (const { base, rows } of ranges)
      for (const i of keptPlaces(rows, base, duplicateLines)) addCounted(statistics, rows, i * ROW_NUMBERS);
  }
  const report = buildReport({
    name: dataset.name,
    bytes: items,
    sha256: complete ? dataset.sha256 : null,
    complete,
    users: config.users,
    tally: withDuplicates(merged.tally, duplicates),
    statistics: finishStatistics(
      statistics,
      second.reduce((sum, row) => sum + row.users, 0),
    ),
  });
  return { report, duplicateLines, lineBases };
}

/** What `read` makes of each range and of the lines before it, in the order of the file. */
async function* eachRange<T>(
  { parts }: PhaseContext,
  lineBases: readonly number[],
  read: (range: ReadRange, base: number) => Promise<T>,
): AsyncGenerator<T> {
  const { partitions } = readDetail.parse((await parts.plan(READ_ROUND)).detail);
  yield* mapInOrder(lineBases.entries(), PARTS_AT_ONCE, async ([batch, base]) =>
    read(await openRange(parts, { round: READ_ROUND, batch, partitions }), base),
  );
}

/** Which of a range's valid rows repeat no earlier id, by place. */
function keptPlaces(rows: Int32Array, base: number, duplicateLines: ReadonlySet<number>): Int32Array {
  return allRows(rows.length / ROW_NUMBERS).filter(
    (i) => !duplicateLines.has(base + rows[i * ROW_NUMBERS + ROW.line]!),
  );
}

/** What the batches kept of the rows, in the order of the file, those that repeat an id left out. */
function keptLines(
  context: PhaseContext,
  { duplicateLines, lineBases }: Merged,
  name: Kept,
): AsyncGenerator<EncodedRows> {
  return eachRange(context, lineBases, async (range, base) => {
    const all = await range.kept(name);
    return duplicateLines.size === 0
      ? all
      : someRows(all, keptPlaces(await range.rows(), base, duplicateLines));
  });
}

/** Some of the rows, by place, ascending. */
function someRows({ bytes, lengths }: EncodedRows, places: Int32Array): EncodedRows {
  const starts = new Float64Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    starts[i + 1] = starts[i]! + length;
  });
  return {
    bytes: Buffer.concat(Array.from(places, (i) => bytes.subarray(starts[i], starts[i + 1]))),
    lengths: places.map((i) => lengths[i]!),
  };
}

function snapshots(context: PhaseContext, merged: Merged): ArtifactOutputs {
  return {
    conversations: { encoded: keptLines(context, merged, "conversations") },
    users: { encoded: keptLines(context, merged, "users") },
    days: { encoded: keptLines(context, merged, "days") },
  };
}

/** What refuses the input, or null when the run may go on. */
function refusal(
  { config }: PhaseContext,
  report: ValidationReport,
): { code: string; message: string; hint: string } | null {
  const { counts, issues_by_code: byCode } = report;
  if (counts.valid > 0 && report.ok) return null;
  const withoutUser = byCode.missing_user_id?.rows ?? 0;
  const { message, hint } = describeIssues(report);
  if (withoutUser > 0) return { code: "missing_user_id", message, hint };
  if (counts.valid === 0) return { code: "empty_input", message, hint };
  return config.skip_invalid
    ? null
    : { code: "invalid_input", message, hint: `${hint} Or leave the invalid rows out with --skip-invalid.` };
}

/** Reads and validates the input in byte ranges, finds duplicate ids, and takes the snapshot that the run works on (design section 5). */
export const ingestPhase: Phase = {
  name: "ingest",

  async plan(context, round) {
    if (round === READ_ROUND) return planRead(context);
    const { partitions } = readDetail.parse((await context.parts.plan(READ_ROUND)).detail);
    return { batches: partitions, concurrency: 1 };
  },

  batch: (context, round, batch) =>
    round === READ_ROUND ? readRange(context, batch) : findDuplicates(context, batch),

  async reduce(context, round): Promise<ReduceAnswer> {
    if (round === READ_ROUND) return { next: "round", carry: null };
    const merged = await mergeReads(context);
    const { report } = merged;
    const refused = refusal(context, report);
    const artifacts: ArtifactOutputs = { validation_report: report };
    if (refused !== null) return { next: "failed", failure: refused, artifacts };
    const { valid, invalid } = report.counts;
    return {
      next: "done",
      artifacts: { ...artifacts, ...snapshots(context, merged) },
      counts: () => ({ read: valid, invalid, users: report.statistics.users }),
      warnings: () =>
        invalid === 0
          ? []
          : [
              {
                phase: "ingest",
                code: "invalid_left_out",
                count: invalid,
                message: `${invalid} invalid rows were left out; validation_report.json lists them`,
              },
            ],
    };
  },
};
