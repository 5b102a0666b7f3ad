import { isRecord } from "./mapping.ts";
import type { SourceConversation, SourceMessage } from "./mapping.ts";

/** What is asked of each document: nothing else leaves the server. */
export const PROJECTION = {
  userId: 1,
  createdAt: 1,
  channel: 1,
  model: 1,
  locale: 1,
  "messages.role": 1,
  "messages.content": 1,
  "messages.createdAt": 1,
} as const;

/** A document of the collection, as the driver gives it: MongoDB enforces no types. */
export function fromDocument(document: Readonly<Record<string, unknown>>): SourceConversation {
  const { messages } = document;
  return {
    id: plainId(document["_id"]),
    userId: plainId(document["userId"]),
    startedAt: document["createdAt"],
    messages: Array.isArray(messages) ? messages.filter(isRecord).map(fromMessage) : [],
    metadata: { channel: document["channel"], model: document["model"], locale: document["locale"] },
  };
}

function fromMessage(message: Readonly<Record<string, unknown>>): SourceMessage {
  return { role: message["role"], content: message["content"], at: message["createdAt"] };
}

/** ObjectId and UUID as hexadecimal text, Long as bigint; told by what they can do, so that no driver is needed here. */
function plainId(value: unknown): unknown {
  if (!isRecord(value)) return value;
  for (const method of ["toHexString", "toBigInt"]) {
    const convert = value[method];
    if (typeof convert === "function") return Reflect.apply(convert, value, []) as unknown;
  }
  return null;
}
