import type { Conversation } from "../../contracts/conversation.ts";
import type { Tally, UsersMode } from "../../contracts/validation.ts";
import { HASH_WORDS, hash128 } from "./hash128.ts";
import type { LineBlock } from "./line-blocks.ts";
import { isBlank } from "./lines.ts";
import { parseLine, refuseOversize } from "./parse-line.ts";
import { COUNTED_NUMBERS, countRow } from "./statistics.ts";
import { countLine, emptyTally } from "./tally.ts";

/** Numbers of a valid row: what is counted of it (`statistics.ts`), and its 1-based line in the block. */
export const ROW = { line: COUNTED_NUMBERS } as const;
export const ROW_NUMBERS = COUNTED_NUMBERS + 1;

/** A block as it was read. Each row stands for itself: ids that repeat are found by whoever has all blocks. */
export interface ReadBlock {
  readonly tally: Tally;
  /** `ROW_NUMBERS` for each valid row. */
  readonly rows: Int32Array;
  /** hash128 of the id of each valid row, and of its user. */
  readonly ids: Uint32Array;
  readonly users: Uint32Array;
}

/** What else is done with each valid row; answers what its user is called. */
export type TakeRow = (conversation: Conversation, user: string) => string;

/** Reads and checks the lines of a block. Never throws, for any bytes. */
export function readBlock(block: LineBlock, mode: UsersMode, take: TakeRow = (_, user) => user): ReadBlock {
  const tally = emptyTally();
  const most = block.lengths.length;
  const rows = new Int32Array(most * ROW_NUMBERS);
  const ids = new Uint32Array(most * HASH_WORDS);
  const users = new Uint32Array(most * HASH_WORDS);
  let offset = 0;
  let valid = 0;
  for (const length of block.lengths) {
    const bytes = block.bytes.subarray(offset, offset + Math.max(0, length));
    offset += bytes.length;
    if (length >= 0 && isBlank(bytes)) {
      countLine(tally, "blank");
      continue;
    }
    const parsed = length < 0 ? refuseOversize(-length) : parseLine(bytes, { users: mode });
    countLine(tally, parsed.ok ? "valid" : parsed);
    if (!parsed.ok) continue;
    const { conversation } = parsed;
    const { conversation_id: id } = conversation;
    const user = take(conversation, mode === "required" ? (conversation.user_id ?? id) : id);
    countRow(conversation, rows, valid * ROW_NUMBERS);
    rows[valid * ROW_NUMBERS + ROW.line] = tally.lines;
    hash128(id, ids.subarray(valid * HASH_WORDS, (valid + 1) * HASH_WORDS));
    hash128(user, users.subarray(valid * HASH_WORDS, (valid + 1) * HASH_WORDS));
    valid++;
  }
  return {
    tally,
    rows: rows.slice(0, valid * ROW_NUMBERS),
    ids: ids.slice(0, valid * HASH_WORDS),
    users: users.slice(0, valid * HASH_WORDS),
  };
}
