import { MAX_LINE_BYTES, type Conversation } from "../../contracts/conversation.ts";
import type { UsersMode, ValidationReport } from "../../contracts/validation.ts";
import { DuplicateIndex } from "./duplicate-index.ts";
import { isBlank, rangeLineBatches, type Line } from "./lines.ts";
import { parseLine, refuseOversize, type ParsedLine } from "./parse-line.ts";
import { addConversation, emptyStatistics, finishStatistics } from "./statistics.ts";
import { buildReport, countLine, emptyTally, refuseDuplicate } from "./tally.ts";

/** A hash under way, such as node:crypto's, fed with the bytes as they are read. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** Hexadecimal SHA-256 of everything so far; called once, at the end. */
  hex(): string;
}

/** Where a row lies. */
export interface RowPlace {
  /** 1-based. */
  readonly line: number;
  /** Offset of the line's first byte. */
  readonly startOffset: number;
}

export interface ValidateOptions {
  /** Path or name of the input; the report keeps the last part only. */
  readonly name: string;
  readonly users: UsersMode;
  /** Rows to read at most; the rest of the input is not looked at. */
  readonly limit?: number;
  readonly digest?: Digest;
  /** Every valid row, in order; first of those with the same id. */
  readonly onConversation?: (conversation: Conversation, place: RowPlace) => void;
  /** After each chunk, with the bytes read so far. */
  readonly onProgress?: (bytes: number) => void;
  /** For tests; the contract's limit by default. */
  readonly maxLineBytes?: number;
}

/**
 * Reads a whole input once and reports on it. Memory: a chunk, the longest line, and 32 to 64 bytes per conversation
 * and per user. Rejects only when the stream does.
 * @param stream the plain bytes from the first one on; a compressed input is decompressed by the caller.
 */
export async function validateChunks(
  stream: AsyncIterable<Uint8Array>,
  options: ValidateOptions,
): Promise<ValidationReport> {
  const { users, digest, onConversation, onProgress, limit = Infinity } = options;
  const tally = emptyTally();
  const statistics = emptyStatistics();
  const ids = new DuplicateIndex();
  const userIds = new DuplicateIndex();
  let bytes = 0;
  let complete = false;

  async function* observed(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of stream) {
      bytes += chunk.length;
      digest?.update(chunk);
      yield chunk;
      onProgress?.(bytes);
    }
    complete = true;
  }

  const take = (line: Line): void => {
    const parsed: ParsedLine =
      line.kind === "oversize" ? refuseOversize(line.length) : parseLine(line.bytes, { users });
    if (!parsed.ok) return countLine(tally, parsed);
    const { conversation } = parsed;
    const number = tally.lines + 1;
    const firstLine = ids.add(conversation.conversation_id, number);
    if (firstLine !== null) return countLine(tally, refuseDuplicate(number, firstLine));
    countLine(tally, "valid");
    addConversation(statistics, conversation);
    if (conversation.user_id !== undefined && users === "required") userIds.add(conversation.user_id, number);
    onConversation?.(conversation, { line: number, startOffset: line.startOffset });
  };

  reading: for await (const lines of rangeLineBatches(
    observed(),
    { start: 0, end: Infinity },
    options.maxLineBytes ?? MAX_LINE_BYTES,
  )) {
    for (const line of lines) {
      if (line.kind === "line" && isBlank(line.bytes)) {
        countLine(tally, "blank");
        continue;
      }
      // One row past the limit is looked for, so that a limit that the input does not reach leaves it complete.
      if (tally.read >= limit) break reading;
      take(line);
    }
  }

  return buildReport({
    name: options.name,
    bytes,
    sha256: complete && digest !== undefined ? digest.hex() : null,
    complete,
    users,
    tally,
    statistics: finishStatistics(
      statistics,
      users === "per-conversation" ? statistics.conversations : userIds.size,
    ),
  });
}
