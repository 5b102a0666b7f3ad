import type { MessageRow } from "./grouping.ts";

/** A row of the query in postgresql.ts, as `pg` gives it: bigint as text, timestamptz as Date. */
export interface Row {
  readonly conversation_id: string;
  readonly user_id: string | null;
  readonly started_at: Date | null;
  readonly channel: string | null;
  readonly model: string | null;
  readonly locale: string | null;
  /** Null, like all that follows, for a conversation without messages. */
  readonly message_id: string | null;
  readonly role: string | null;
  readonly content: string | null;
  readonly created_at: Date | null;
  readonly too_large: boolean;
}

export function fromRow(row: Row): MessageRow {
  return {
    conversationId: row.conversation_id,
    userId: row.user_id,
    startedAt: row.started_at,
    metadata: { channel: row.channel, model: row.model, locale: row.locale },
    message: row.message_id === null ? null : { role: row.role, content: row.content, at: row.created_at },
    tooLarge: row.too_large,
  };
}
