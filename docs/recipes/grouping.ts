/** From one row a message, sorted by conversation, to one value a conversation; holds one conversation at a time. */
import { MAX_LINE_BYTES, MAX_MESSAGES, timestampOf } from "./mapping.ts";
import type { SourceConversation, SourceMessage } from "./mapping.ts";

export interface MessageRow {
  readonly conversationId: unknown;
  readonly userId: unknown;
  /** Null if the source only knows when each message was sent. */
  readonly startedAt: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Null for a conversation that has no message. */
  readonly message: SourceMessage | null;
  /** The message alone is longer than the contract allows for a line, so the source did not send it. */
  readonly tooLarge?: boolean;
}

interface Open {
  readonly id: unknown;
  userId: unknown;
  readonly startedAt: unknown;
  readonly messages: SourceMessage[];
  readonly metadata: Record<string, unknown>;
  characters: number;
  cut?: "too_large" | "too_many_messages";
}

/**
 * Joins neighbouring rows of the same conversation. The user and each field of the metadata are the first that is
 * there, the start is the first row's. A conversation that outgrows the contract is marked `cut` and its messages are let go, so that not even
 * one without end fills the memory.
 */
export async function* groupByConversation(
  rows: AsyncIterable<MessageRow>,
): AsyncGenerator<SourceConversation, void, undefined> {
  let open: Open | null = null;
  for await (const row of rows) {
    if (open === null || open.id !== row.conversationId) {
      if (open !== null) yield open;
      const { conversationId: id, userId, startedAt } = row;
      open = { id, userId, startedAt, messages: [], metadata: {}, characters: 0 };
    }
    add(open, row);
  }
  if (open !== null) yield open;
}

function add(open: Open, row: MessageRow): void {
  open.userId ??= row.userId;
  for (const [name, value] of Object.entries(row.metadata)) open.metadata[name] ??= value;
  if (row.tooLarge === true) cut(open, "too_large");
  if (open.cut !== undefined || row.message === null) return;
  open.messages.push(row.message);
  // A character is at least one byte in the file; an empty message counts as one so that they end as well.
  open.characters += typeof row.message.content === "string" ? row.message.content.length : 1;
  if (open.characters > MAX_LINE_BYTES) cut(open, "too_large");
  else if (open.messages.length > MAX_MESSAGES) cut(open, "too_many_messages");
}

function cut(open: Open, reason: "too_large" | "too_many_messages"): void {
  open.cut = reason;
  open.messages.length = 0;
}

/** Whether a conversation began at or after `since` and before `until`; null means no limit. */
export function beganWithin(startedAt: unknown, since: Date | null, until: Date | null): boolean {
  if (since === null && until === null) return true;
  const text = timestampOf(startedAt);
  if (text === null) return false;
  const began = new Date(text);
  return (since === null || began >= since) && (until === null || began < until);
}
