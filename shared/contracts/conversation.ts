import * as z from "zod";

/** Version of the input contract (docs/input_jsonl_contract.md). A row may state it; rows that state another are refused. */
export const INPUT_SCHEMA_VERSION = "1.0.0";

/** Longest accepted line, in bytes of UTF-8, without its line ending and without a byte order mark: 8 MiB. */
export const MAX_LINE_BYTES = 8 * 1024 * 1024;
/** Most messages in one conversation. */
export const MAX_MESSAGES = 10_000;
/** Longest `conversation_id`, `user_id`, message `name` and metadata key, in UTF-16 code units. */
export const MAX_ID_LENGTH = 256;
/** Most metadata keys in one conversation, and most values in one metadata list. Bounds the cost of one hostile row. */
export const MAX_METADATA_ITEMS = 1_000;
/** Deepest nesting that the validator follows. A valid row needs four levels. */
export const MAX_DEPTH = 64;

export const ROLES = ["system", "developer", "user", "assistant", "tool"] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

// Two plain tests instead of one expression: linear in time on a line of 8 MiB.
const CONTROL_CHARACTER = /[\p{Cc}\u2028\u2029]/u;
const VISIBLE = /\S/;

/** The issue code travels in `params`, see domain/input/schema-issues.ts. */
const identifier = z
  .string()
  .max(MAX_ID_LENGTH)
  .refine((id) => VISIBLE.test(id) && !CONTROL_CHARACTER.test(id), {
    params: { code: "bad_id" },
    error: "blank, or holds control characters",
  });

/** RFC 3339 with seconds and `Z` or `±hh:mm`, upper case, no leap second, calendar checked. */
const timestamp = z.iso.datetime({ offset: true });

export const message = z.strictObject({
  role,
  /** May be empty; one user message of the conversation must not be blank. */
  content: z.string(),
  name: z.string().max(MAX_ID_LENGTH).optional(),
  timestamp: timestamp.optional(),
});
export type Message = z.infer<typeof message>;

/** JSON's scalars. `null` means "not known": exporters write it, and metadata only feeds breakdowns. */
const scalars = [z.string(), z.number(), z.boolean(), z.null()] as const;
// One flat union, and an object with a catch-all below instead of a record: together five times as fast in zod 4.6.
const metadataValue = z.union([...scalars, z.array(z.union(scalars)).max(MAX_METADATA_ITEMS)]);
export type MetadataValue = z.infer<typeof metadataValue>;

/** Flat, and typed as a record. zod leaves out an own key `__proto__` without a word; domain/input refuses it. */
const metadata = z
  .object({})
  .catchall(metadataValue)
  .superRefine((fields, context) => {
    const keys = Object.keys(fields);
    if (keys.length > MAX_METADATA_ITEMS) {
      context.addIssue({
        code: "custom",
        params: { code: "too_many" },
        message: `${keys.length} keys, at most ${MAX_METADATA_ITEMS} are allowed`,
      });
    }
    for (const key of keys) {
      if (key.length > MAX_ID_LENGTH) {
        context.addIssue({
          code: "custom",
          params: { code: "too_long" },
          path: [key],
          message: `the key has ${key.length} characters, at most ${MAX_ID_LENGTH} are allowed`,
        });
      }
      if (key === "") {
        context.addIssue({
          code: "custom",
          params: { code: "bad_metadata" },
          path: [key],
          message: "the key is empty",
        });
      }
    }
  });

/**
 * One row of the input. What a schema over the parsed value cannot see (bytes, duplicate keys, `__proto__`, lone
 * surrogates, ids used twice) is checked by domain/input.
 */
export const conversation = z.strictObject({
  conversation_id: identifier,
  messages: z
    .array(message)
    .min(1, { abort: true })
    .max(MAX_MESSAGES)
    .refine((messages) => messages.some((item) => item.role === "user" && VISIBLE.test(item.content)), {
      params: { code: "no_user_message" },
      error: "no user message with text",
    }),
  user_id: identifier.optional(),
  timestamp: timestamp.optional(),
  metadata: metadata.optional(),
  schema_version: z.literal(INPUT_SCHEMA_VERSION).optional(),
});
export type Conversation = z.infer<typeof conversation>;
