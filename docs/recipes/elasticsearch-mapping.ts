import type { MessageRow } from "./grouping.ts";
import { isRecord } from "./mapping.ts";

/** What is asked of each document; the time comes apart, see TIME_FIELD. */
export const FIELDS = [
  "conversation_id",
  "user_id",
  "role",
  "content",
  "channel",
  "model",
  "locale",
] as const;
/** Read from the index instead of the document, which may hold it in any format the mapping allows. */
export const TIME_FIELD = { field: "@timestamp", format: "strict_date_time" } as const;

/** One hit of a search: a message. */
export function fromHit(hit: Readonly<Record<string, unknown>>): MessageRow {
  const source = isRecord(hit["_source"]) ? hit["_source"] : {};
  const fields = isRecord(hit["fields"]) ? hit["fields"] : {};
  const times = fields[TIME_FIELD.field];
  const at: unknown = Array.isArray(times) ? times[0] : null;
  return {
    conversationId: source["conversation_id"],
    userId: source["user_id"],
    startedAt: at,
    metadata: { channel: source["channel"], model: source["model"], locale: source["locale"] },
    message: { role: source["role"], content: source["content"], at },
  };
}
