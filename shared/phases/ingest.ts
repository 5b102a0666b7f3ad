import * as z from "zod";
import type { ConversationSnapshot, DayRow, UserRow } from "../contracts/artifacts.ts";
import { conversationSnapshot } from "../contracts/artifacts.ts";
import type { Conversation } from "../contracts/conversation.ts";
import { statisticsPart, tally } from "../contracts/validation.ts";
import type { StatisticsPart, Tally, ValidationReport } from "../contracts/validation.ts";
import { batchRange, cutIntoBatches } from "../domain/batching.ts";
import { userHash } from "../domain/hash.ts";
import { DuplicateIndex } from "../domain/input/duplicate-index.ts";
import { IdRecords } from "../domain/input/id-records.ts";
import { isBlank, rangeLineBatches } from "../domain/input/lines.ts";
import { parseLine, refuseOversize } from "../domain/input/parse-line.ts";
import {
  addConversation,
  dayName,
  dayNumber,
  emptyStatistics,
  finishStatistics,
  mergeStatistics,
} from "../domain/input/statistics.ts";
import { buildReport, countLine, emptyTally, mergeTallies, withDuplicates } from "../domain/input/tally.ts";
import { describeIssues } from "../domain/input/describe.ts";
import { encodeLine, storedLines } from "../domain/jsonl.ts";
import { remembered } from "../domain/remembered.ts";
import { packSections, unpackSections } from "../domain/sections.ts";
import { MAX_BATCHES_PER_ROUND } from "../pipeline.ts";
import type { InputSource } from "../ports/input-source.ts";
import type { ArtifactOutputs, BatchOutput, Phase, PhaseContext, Plan, ReduceAnswer } from "./phase.ts";

/** Bytes of one batch: read in well under a second, and held as text about four times over. */
const BYTES_PER_BATCH = 8 * 2 ** 20;
/** A compressed input is read from its start by every batch, so that it is cut into fewer of them. */
const MAX_COMPRESSED_BATCHES = 128;
/** Bytes of input per partition of the duplicate search: about a million ids, 64 MB of table. */
const BYTES_PER_PARTITION = 500e6;

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

/** First row of a part: what the range counted. */
const countsRow = z.strictObject({ tally, statistics: statisticsPart });
const conversationRow = z.strictObject({
  /** 1-based line in the range. */
  line: z.int().min(1),
  conversation: conversationSnapshot,
  day: z.string().nullable(),
  /** Which optional fields the row had: statistics are counted anew when rows turn out to repeat an id. */
  given: z.strictObject({ user_id: z.boolean(), timestamp: z.boolean(), metadata: z.boolean() }),
});
type ConversationRow = z.infer<typeof conversationRow>;
/** What else is known of a row: a line of the sidecar, so that it is read without the conversations. */
const personRow = z.strictObject({
  line: z.int().min(1),
  conversation_id: z.string(),
  user: z.string(),
  day: z.string().nullable(),
});
type PersonRow = z.infer<typeof personRow>;

/** Sections of a sidecar before those of the partitions: how many lines the range has, and its people. */
const SECTIONS_BEFORE = 2;
/** Users whose hashes are remembered: most have several conversations. */
const USERS_HELD = 10_000;
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

function dayOf({ timestamp, messages }: Conversation): string | null {
  const at = timestamp ?? messages[0]?.timestamp;
  return at === undefined ? null : dayName(dayNumber(at));
}

async function readRange(
  { input, config, userHashKey, parts }: PhaseContext,
  batch: number,
): Promise<BatchOutput> {
  const detail = readDetail.parse((await parts.plan(READ_ROUND)).detail);
  const range = batchRange(detail, batch);
  const counted = emptyTally();
  const statistics = emptyStatistics();
  const ids = new IdRecords(detail.partitions);
  const users = new IdRecords(detail.partitions);
  const rows: ConversationRow[] = [];
  const people: Uint8Array[] = [];
  const hashOf = remembered(USERS_HELD, (user) => userHash(userHashKey, user));
  const bytes = plainBytes(input, Math.max(0, range.start - 1));
  for await (const lines of rangeLineBatches(bytes, range)) {
    for (const line of lines) {
      if (line.kind === "line" && isBlank(line.bytes)) {
        countLine(counted, "blank");
        continue;
      }
      const parsed =
        line.kind === "oversize"
          ? refuseOversize(line.length)
          : parseLine(line.bytes, { users: config.users });
      countLine(counted, parsed.ok ? "valid" : parsed);
      if (!parsed.ok) continue;
      const { conversation } = parsed;
      const { conversation_id: id } = conversation;
      const user = hashOf(config.users === "required" ? (conversation.user_id ?? id) : id);
      const day = dayOf(conversation);
      addConversation(statistics, conversation);
      ids.add(id, counted.lines);
      users.add(user, counted.lines);
      const messages = conversation.messages.map(({ role, content, name }) => ({
        role,
        content,
        ...(name === undefined ? {} : { name }),
      }));
      const given = {
        user_id: conversation.user_id !== undefined,
        timestamp: conversation.timestamp !== undefined,
        metadata: conversation.metadata !== undefined,
      };
      rows.push({
        line: counted.lines,
        conversation: { conversation_id: id, messages },
        day,
        given,
      });
      people.push(encodeLine({ line: counted.lines, conversation_id: id, user, day } satisfies PersonRow));
    }
  }
  const lines = new Uint8Array(new Float64Array([counted.lines]).buffer);
  return {
    rows: [{ tally: counted, statistics }, ...rows],
    sidecar: packSections([lines, Buffer.concat(people), ...ids.take(), ...users.take()]),
  };
}

/** Duplicate ids and distinct users of one partition, over all ranges in the order of the file. */
async function findDuplicates({ parts }: PhaseContext, partition: number): Promise<BatchOutput> {
  const { batches, detail } = await parts.plan(READ_ROUND);
  const { partitions } = readDetail.parse(detail);
  const ids = new DuplicateIndex();
  const users = new DuplicateIndex();
  const duplicates: { position: number; firstPosition: number }[] = [];
  let base = 0;
  for (let batch = 0; batch < batches; batch++) {
    const sections = unpackSections(await parts.sidecar(READ_ROUND, batch));
    ids.addRecords(sections[SECTIONS_BEFORE + partition]!, base, (duplicate) =>
      duplicates.push({ ...duplicate }),
    );
    users.addRecords(sections[SECTIONS_BEFORE + partitions + partition]!);
    base += new Float64Array(sections[0]!.slice().buffer)[0]!;
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
  for (let batch = 0; batch < batches; batch++) {
    lineBases.push(merged.tally.lines);
    for await (const row of parts.rows(READ_ROUND, batch, z.unknown())) {
      const part = countsRow.parse(row);
      merged = {
        tally: mergeTallies(merged.tally, part.tally),
        statistics: mergeStatistics(merged.statistics, part.statistics),
      };
      break;
    }
  }
  const second = await Array.fromAsync(parts.allRows(DUPLICATES_ROUND, duplicatesRow));
  const duplicates = second.flatMap((row) => row.duplicates).sort((a, b) => a.position - b.position);
  const duplicateLines = new Set(duplicates.map(({ position }) => position));
  let { statistics } = merged;
  if (duplicateLines.size > 0) {
    statistics = emptyStatistics();
    for await (const row of keptRows(context, { duplicateLines, lineBases }))
      addConversation(statistics, countable(row));
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

/** What the statistics look at, of a row as it was kept. */
function countable({ conversation, day, given }: ConversationRow): Conversation {
  return {
    ...conversation,
    ...(given.user_id ? { user_id: conversation.conversation_id } : {}),
    ...(given.timestamp && day !== null ? { timestamp: `${day}T00:00:00Z` } : {}),
    ...(given.metadata ? { metadata: {} } : {}),
  };
}

/** Valid rows in the order of the file, those that repeat an id left out. */
async function* keptRows(
  { parts }: PhaseContext,
  { duplicateLines, lineBases }: Pick<Merged, "duplicateLines" | "lineBases">,
): AsyncGenerator<ConversationRow> {
  for (const [batch, base] of lineBases.entries()) {
    let first = true;
    for await (const row of parts.rows(READ_ROUND, batch, z.unknown())) {
      if (first) {
        first = false;
        continue;
      }
      const kept = conversationRow.parse(row);
      if (!duplicateLines.has(base + kept.line)) yield kept;
    }
  }
}

/** The people of valid rows in the order of the file, those of rows that repeat an id left out. */
async function* keptPeople(
  { parts }: PhaseContext,
  { duplicateLines, lineBases }: Pick<Merged, "duplicateLines" | "lineBases">,
): AsyncGenerator<PersonRow> {
  for (const [batch, base] of lineBases.entries()) {
    const [, people] = unpackSections(await parts.sidecar(READ_ROUND, batch));
    for await (const line of storedLines([people!])) {
      const person = personRow.parse(JSON.parse(line));
      if (!duplicateLines.has(base + person.line)) yield person;
    }
  }
}

function snapshots(context: PhaseContext, merged: Merged): ArtifactOutputs {
  async function* conversations(): AsyncGenerator<ConversationSnapshot> {
    for await (const { conversation } of keptRows(context, merged)) yield conversation;
  }
  async function* users(): AsyncGenerator<UserRow> {
    for await (const { conversation_id, user } of keptPeople(context, merged))
      yield { conversation_id, user };
  }
  async function* days(): AsyncGenerator<DayRow> {
    for await (const { conversation_id, day } of keptPeople(context, merged)) yield { conversation_id, day };
  }
  return { conversations: conversations(), users: users(), days: days() };
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
