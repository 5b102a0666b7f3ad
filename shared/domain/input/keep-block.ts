import type { ConversationSnapshot, DayRow, UserRow } from "../../contracts/artifacts.ts";
import type { Conversation } from "../../contracts/conversation.ts";
import type { UsersMode } from "../../contracts/validation.ts";
import { ByteBuilder } from "../byte-builder.ts";
import { userHash } from "../hash.ts";
import { remembered } from "../remembered.ts";
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
  /** Lines of JSON with their newlines, one of each for a valid row. */
  readonly lines: Readonly<Record<Kept, Uint8Array>>;
  /** Bytes of each of a row's lines, in the order of `KEPT`, for each valid row. */
  readonly lengths: Int32Array;
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
  const builders: Record<Kept, ByteBuilder> = {
    conversations: new ByteBuilder(block.bytes.length),
    users: new ByteBuilder(),
    days: new ByteBuilder(),
  };
  const lengths = new Int32Array(block.lengths.length * KEPT.length);
  const hashOf = remembered(USERS_HELD, (user: string) => userHash(userKey, user));
  let at = 0;
  const read = readBlock(block, users, (conversation, given) => {
    const { conversation_id } = conversation;
    const user = hashOf(given);
    const values: { conversations: ConversationSnapshot; users: UserRow; days: DayRow } = {
      conversations: snapshotOf(conversation),
      users: { conversation_id, user },
      days: { conversation_id, day: dayOf(conversation) },
    };
    for (const name of KEPT) lengths[at++] = builders[name].append(`${JSON.stringify(values[name])}\n`);
    return user;
  });
  return {
    ...read,
    lines: {
      conversations: builders.conversations.take(),
      users: builders.users.take(),
      days: builders.days.take(),
    },
    lengths: lengths.slice(0, at),
  };
}
