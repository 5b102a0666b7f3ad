import type { ConversationSnapshot, DayRow, UserRow } from "../../contracts/artifacts.ts";
import type { Conversation } from "../../contracts/conversation.ts";
import type { UsersMode } from "../../contracts/validation.ts";
import { userHash } from "../hash.ts";
import { remembered } from "../remembered.ts";
import { RowEncoder } from "../row-encoder.ts";
import type { EncodedRows } from "../row-encoder.ts";
import type { LineBlock } from "./line-blocks.ts";
import { readBlock } from "./read-block.ts";
import type { ReadBlock } from "./read-block.ts";
import { dayName, dayNumber } from "./statistics.ts";

export interface KeepOptions {
  readonly users: UsersMode;
  /** Of the run: users are told apart by their keyed hashes. */
  readonly userKey: Uint8Array;
}

/** The artifacts that a valid row has a line of. */
export const KEPT = ["conversations", "users", "days"] as const;
export type Kept = (typeof KEPT)[number];

/** A block as it was read, and what a run keeps of it; users are the hashes of their keyed hashes. */
export interface KeptBlock extends ReadBlock {
  /** One of each for a valid row. */
  readonly kept: Readonly<Record<Kept, EncodedRows>>;
}

/** Users whose hashes are remembered: most have several conversations. */
const USERS_HELD = 10_000;

function dayOf({ timestamp, messages }: Conversation): string | null {
  const at = timestamp ?? messages[0]?.timestamp;
  return at === undefined ? null : dayName(dayNumber(at));
}

function snapshotOf({ conversation_id, messages }: Conversation): ConversationSnapshot {
  return {
    conversation_id,
    messages: messages.map(({ role, content, name }) => ({
      role,
      content,
      ...(name === undefined ? {} : { name }),
    })),
  };
}

/** As `readBlock`; and encodes what is written of each valid row, so that it is parsed once in a run's life. */
export function keepBlock(block: LineBlock, { users, userKey }: KeepOptions): KeptBlock {
  const conversations = new RowEncoder(block.bytes.length);
  const people = new RowEncoder();
  const days = new RowEncoder();
  const hashOf = remembered(USERS_HELD, (user: string) => userHash(userKey, user));
  const read = readBlock(block, users, (conversation, given) => {
    const { conversation_id } = conversation;
    const user = hashOf(given);
    conversations.append(snapshotOf(conversation));
    people.append({ conversation_id, user } satisfies UserRow);
    days.append({ conversation_id, day: dayOf(conversation) } satisfies DayRow);
    return user;
  });
  return {
    ...read,
    kept: { conversations: conversations.rows(), users: people.rows(), days: days.rows() },
  };
}
