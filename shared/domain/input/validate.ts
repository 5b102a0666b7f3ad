import { MAX_LINE_BYTES } from "../../contracts/conversation.ts";
import type { UsersMode, ValidationReport } from "../../contracts/validation.ts";
import { mapInOrder } from "../in-order.ts";
import { DuplicateIndex } from "./duplicate-index.ts";
import type { Duplicate } from "./duplicate-index.ts";
import { HASH_WORDS } from "./hash128.ts";
import { lineBlocks } from "./line-blocks.ts";
import type { LineBlock } from "./line-blocks.ts";
import { rangeLineBatches } from "./lines.ts";
import { ROW, ROW_NUMBERS, readBlock } from "./read-block.ts";
import type { ReadBlock } from "./read-block.ts";
import { addCounted, emptyStatistics, finishStatistics } from "./statistics.ts";
import { buildReport, emptyTally, mergeTallies, withDuplicates } from "./tally.ts";

/** A hash under way, such as node:crypto's, fed with the bytes as they are read. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** Hexadecimal SHA-256 of everything so far; called once, at the end. */
  hex(): string;
}

export interface ValidateOptions {
  /** Path or name of the input; the report keeps the last part only. */
  readonly name: string;
  readonly users: UsersMode;
  /** Reads the blocks, some at a time, where others may help; default here. */
  readonly read?: (block: LineBlock, users: UsersMode) => Promise<ReadBlock>;
  readonly digest?: Digest;
  /** After each chunk, with the bytes read so far. */
  readonly onProgress?: (bytes: number) => void;
  /** For tests; the contract's limit by default. */
  readonly maxLineBytes?: number;
  /** As `maxLineBytes`; default that of `lineBlocks`. */
  readonly blockBytes?: number;
}

/** Blocks under way: what a thread beside this one has at a time, and two here. */
export const BLOCKS_AT_ONCE = 5;

/**
 * Reads a whole input once and reports on it. Memory: a few blocks, the longest line, and 21 to 64 bytes per conversation
 * and per user. Rejects only when the stream does.
 * @param stream the plain bytes from the first one on; a compressed input is decompressed by the caller.
 */
export async function validateChunks(
  stream: AsyncIterable<Uint8Array>,
  options: ValidateOptions,
): Promise<ValidationReport> {
  const { users, digest, onProgress } = options;
  const { read = async (block, mode) => readBlock(block, mode) } = options;
  const statistics = emptyStatistics();
  const ids = new DuplicateIndex();
  const userIds = new DuplicateIndex();
  let tally = emptyTally();
  let bytes = 0;

  async function* observed(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of stream) {
      bytes += chunk.length;
      digest?.update(chunk);
      yield chunk;
      onProgress?.(bytes);
    }
  }

  const all = { start: 0, end: Infinity };
  const lines = rangeLineBatches(observed(), all, options.maxLineBytes ?? MAX_LINE_BYTES);
  const blocks = mapInOrder(lineBlocks(lines, options.blockBytes), BLOCKS_AT_ONCE, async (block) =>
    read(block, users),
  );
  for await (const { tally: ofBlock, rows, ids: idHashes, users: userHashes } of blocks) {
    const duplicates: Duplicate[] = [];
    for (let i = 0; i * ROW_NUMBERS < rows.length; i++) {
      const at = i * ROW_NUMBERS;
      const position = tally.lines + rows[at + ROW.line]!;
      const firstPosition = ids.addHash(idHashes, i * HASH_WORDS, position);
      if (firstPosition !== null) {
        duplicates.push({ position, firstPosition });
        continue;
      }
      addCounted(statistics, rows, at);
      if (users === "required") userIds.addHash(userHashes, i * HASH_WORDS, position);
    }
    tally = withDuplicates(mergeTallies(tally, ofBlock), duplicates);
  }

  return buildReport({
    name: options.name,
    bytes,
    sha256: digest?.hex() ?? null,
    complete: true,
    users,
    tally,
    statistics: finishStatistics(
      statistics,
      users === "per-conversation" ? statistics.conversations : userIds.size,
    ),
  });
}
