/** What the recipes share: from a source's values to one row of the input contract (input_jsonl_contract.md). */
import { createHash, createHmac } from "node:crypto";

/** The contract's limits; whatever is larger is left out and counted, because `clio` would refuse it. */
export const MAX_LINE_BYTES = 8 * 1024 * 1024;
export const MAX_MESSAGES = 10_000;
const MAX_ID_LENGTH = 256;
const MAX_METADATA_VALUES = 1_000;

export type Role = "system" | "developer" | "user" | "assistant" | "tool";
type Scalar = string | number | boolean;

export interface Message {
  role: Role;
  content: string;
  timestamp?: string;
}

export interface Conversation {
  conversation_id: string;
  user_id?: string;
  timestamp?: string;
  messages: Message[];
  metadata?: Record<string, Scalar | Scalar[]>;
}

/** A message as a source holds it; the types are what its driver says, so anything. */
export interface SourceMessage {
  readonly role: unknown;
  readonly content: unknown;
  readonly at?: unknown;
}

/** A conversation as a source holds it, its messages in order. */
export interface SourceConversation {
  readonly id: unknown;
  readonly userId: unknown;
  readonly startedAt: unknown;
  readonly messages: readonly SourceMessage[];
  /** By the names that the metadata is to have. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** It was larger than the contract allows, and the rest of its messages was not kept. */
  readonly cut?: "too_large" | "too_many_messages";
}

/** Why a whole conversation is left out. */
export type LeftOut = "no_user_message" | "unknown_role" | "bad_id" | "too_large" | "too_many_messages";

/** What a conversation that is kept has lost. */
export interface Dropped {
  /** Without text, such as a picture or a call of a tool. */
  emptyMessages: number;
  /** Not a date, or without an offset. */
  timestamps: number;
  /** Neither a scalar nor a flat list of scalars. */
  metadataValues: number;
}

export type Mapped =
  | { readonly kind: "conversation"; readonly conversation: Conversation; readonly dropped: Dropped }
  | { readonly kind: "left out"; readonly reason: LeftOut };

export interface MappingOptions {
  /** Secret; user ids are replaced by their keyed hash. */
  readonly pseudonymKey?: string | undefined;
}

/**
 * Lower-case names of roles. Left out on purpose: `agent`, which is a person in one product and the model in the next.
 * Add what your product writes.
 */
const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ["user", "user"],
  ["human", "user"],
  ["customer", "user"],
  ["end_user", "user"],
  ["assistant", "assistant"],
  ["ai", "assistant"],
  ["bot", "assistant"],
  ["chatbot", "assistant"],
  ["model", "assistant"],
  ["system", "system"],
  ["developer", "developer"],
  ["tool", "tool"],
  ["function", "tool"],
]);

const VISIBLE = /\S/;
const CONTROL_CHARACTER = /[\p{Cc}\u2028\u2029]/u;
const DATE_WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** The role that a source's word stands for, or null. */
export function roleOf(value: unknown): Role | null {
  return typeof value === "string" ? (ROLES.get(value.trim().toLowerCase()) ?? null) : null;
}

/** Text without NUL, and with U+FFFD for each half of a surrogate pair. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

/** The text of a message: a string, or the text parts of a list such as `[{type: "text", text: "..."}]`. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return cleanText(content);
  if (!Array.isArray(content)) return "";
  return content
    .map((part: unknown) => {
      if (typeof part === "string") return part;
      return isRecord(part) && typeof part["text"] === "string" ? part["text"] : "";
    })
    .filter((text) => text !== "")
    .map(cleanText)
    .join("\n");
}

/** An id as text, or null. A number above 2^53 has lost digits already, so it is none. */
function idText(value: unknown): string | null {
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return String(value);
  return typeof value === "string" && VISIBLE.test(value) ? value : null;
}

/** The id itself; its hash, the same each time, if the contract does not allow it; null without one. */
export function idOf(value: unknown): string | null {
  const id = idText(value);
  if (id === null) return null;
  if (id.length <= MAX_ID_LENGTH && id.isWellFormed() && !CONTROL_CHARACTER.test(id)) return id;
  return `sha256-${createHash("sha256").update(id).digest("hex")}`;
}

/** The id under which a user is exported: 128 bits of HMAC-SHA-256 in hexadecimal under a key, else the id itself. */
export function userIdOf(value: unknown, pseudonymKey: string | undefined): string | null {
  const id = idText(value);
  if (id === null || pseudonymKey === undefined) return idOf(value);
  return createHmac("sha256", pseudonymKey).update(id).digest("hex").slice(0, 32);
}

/**
 * RFC 3339 in UTC, or null. Takes a Date, a text with an offset, or a number since 1970: below 10^11 it is seconds (as
 * milliseconds it would lie before March 1973), else milliseconds.
 */
export function timestampOf(value: unknown): string | null {
  const date = dateOf(value);
  if (date === null || Number.isNaN(date.getTime())) return null;
  const text = date.toISOString();
  // Years before 0 and after 9999 are written with a sign and six digits, which RFC 3339 has not.
  return /^\d{4}-/.test(text) ? text : null;
}

function dateOf(value: unknown): Date | null {
  if (value instanceof Date) return value;
  if (typeof value === "number") return new Date(value < 1e11 ? value * 1000 : value);
  if (typeof value !== "string" || !DATE_WITH_OFFSET.test(value)) return null;
  // The 30th of February would become the 2nd of March.
  const day = value.slice(0, 10);
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return null;
  return new Date(value);
}

function scalarOf(value: unknown): Scalar | null {
  if (typeof value === "string") return cleanText(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return value instanceof Date ? timestampOf(value) : null;
}

function metadataValueOf(value: unknown): Scalar | Scalar[] | null {
  if (!Array.isArray(value)) return scalarOf(value);
  const scalars = value.map(scalarOf).filter((scalar) => scalar !== null);
  return scalars.length === value.length && scalars.length <= MAX_METADATA_VALUES ? scalars : null;
}

/** One row of the contract, or the reason why there is none. Pure: the same values give the same row. */
export function mapConversation(source: SourceConversation, options: MappingOptions): Mapped {
  if (source.cut !== undefined) return { kind: "left out", reason: source.cut };
  const id = idOf(source.id);
  if (id === null) return { kind: "left out", reason: "bad_id" };

  const dropped: Dropped = { emptyMessages: 0, timestamps: 0, metadataValues: 0 };
  const timestamp = (value: unknown): { timestamp?: string } => {
    if (value === null || value === undefined) return {};
    const text = timestampOf(value);
    if (text === null) dropped.timestamps += 1;
    return text === null ? {} : { timestamp: text };
  };

  const messages: Message[] = [];
  for (const message of source.messages) {
    const content = textOf(message.content);
    if (!VISIBLE.test(content)) {
      dropped.emptyMessages += 1;
      continue;
    }
    const role = roleOf(message.role);
    if (role === null) return { kind: "left out", reason: "unknown_role" };
    messages.push({ role, content, ...timestamp(message.at) });
  }
  if (!messages.some(({ role }) => role === "user")) return { kind: "left out", reason: "no_user_message" };
  if (messages.length > MAX_MESSAGES) return { kind: "left out", reason: "too_many_messages" };

  const metadata: Record<string, Scalar | Scalar[]> = {};
  for (const [name, value] of Object.entries(source.metadata)) {
    if (value === null || value === undefined) continue;
    const kept = metadataValueOf(value);
    if (kept === null) dropped.metadataValues += 1;
    else metadata[name] = kept;
  }

  const userId = userIdOf(source.userId, options.pseudonymKey);
  const began = timestamp(source.startedAt);
  const conversation: Conversation = {
    conversation_id: id,
    ...(userId === null ? {} : { user_id: userId }),
    ...(began.timestamp === undefined ? firstTimestamp(messages) : began),
    messages,
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  };
  return { kind: "conversation", conversation, dropped };
}

function firstTimestamp(messages: readonly Message[]): { timestamp?: string } {
  const timestamp = messages.find((message) => message.timestamp !== undefined)?.timestamp;
  return timestamp === undefined ? {} : { timestamp };
}

/** An object that may be read by key. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
