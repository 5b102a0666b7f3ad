import { gzipSync } from "node:zlib";
import { MAX_LINE_BYTES } from "../../../shared/contracts/conversation.ts";
import { CONTENT, chat, chats, file, jsonl, runOf } from "./kind.ts";
import type { Kind } from "./kind.ts";

export const CONTENT_FILE = "chats.jsonl";

/** A file whose content a run refuses. */
function content(
  name: string,
  bytes: string | Uint8Array,
  code: string,
  cause: RegExp,
  advice: RegExp,
  more: Partial<Kind> = {},
): Kind {
  return {
    name,
    make: file(CONTENT_FILE, bytes),
    command: runOf(CONTENT_FILE),
    exit: 1,
    code,
    cause,
    advice,
    leaves: "failed run",
    ...more,
  };
}

/** A good row, the bad one, a good row. */
const among = (bad: unknown): string => jsonl([chat(1), bad, chat(2)]);

/** A file in which line 2 alone is wrong: `issue` is its code, `cause` what is said about the place. */
function row(name: string, bad: unknown, issue: string, cause: RegExp, advice: RegExp): Kind {
  return content(
    name,
    among(bad),
    "invalid_input",
    new RegExp(
      `1 of 3 rows are invalid \\(${issue} in 1; the first on line 2\\).* 2 ${issue} .*${cause.source}`,
    ),
    advice,
  );
}

const CHATS = jsonl(chats(20));
const ONE_OBJECT_A_LINE = /Write each conversation as one JSON object on one line/;
const AS_UTF8 = /Write the file as UTF-8, for example with `iconv/;
/** The first bytes of every PNG, and an image's header. */
const PNG = Buffer.from("89504e470d0a1a0a0000000d4948445200000100000001000806000000", "hex");
const wide = (text: string): Buffer => Buffer.from(text, "utf16le");
const deep = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
const userSays = (text: unknown) => ({ messages: [{ role: "user", content: text }] });

/** Contents that a run refuses whole. */
export const badContents: readonly Kind[] = [
  content(
    "an empty file",
    "",
    "empty_input",
    /The input holds no conversation/,
    /Check the path and the export/,
  ),
  content(
    "nothing but white space",
    " \n\t\n\r\n   \n",
    "empty_input",
    /The input holds no conversation/,
    /Check the path and the export/,
  ),
  content("an image", Buffer.concat([PNG, Buffer.alloc(4096, 0xfe)]), "empty_input", /invalid_utf8/, AS_UTF8),
  content(
    "UTF-16 with a byte order mark",
    Buffer.concat([Buffer.from([0xff, 0xfe]), wide(CHATS)]),
    "empty_input",
    /invalid_utf8.*UTF-16/,
    AS_UTF8,
  ),
  content("UTF-16 without one", wide(CHATS), "empty_input", /invalid_utf8.*UTF-16/, AS_UTF8),
  content(
    "UTF-16 of the other byte order",
    Buffer.from(wide(CHATS)).swap16(),
    "empty_input",
    /invalid_utf8.*UTF-16/,
    AS_UTF8,
  ),
  content(
    "UTF-32",
    Buffer.concat(
      [...`\ufeff${CHATS}`].map((letter) => {
        const bytes = Buffer.alloc(4);
        bytes.writeUInt32LE(letter.codePointAt(0) ?? 0);
        return bytes;
      }),
    ),
    "empty_input",
    /invalid_utf8.*UTF-16 or UTF-32/,
    AS_UTF8,
  ),
  content(
    "Latin-1",
    Buffer.from(jsonl([chat(1), chat(2, userSays(`Caf\u00e9 ${CONTENT}`))]), "latin1"),
    "invalid_input",
    /invalid_utf8 in 1; the first on line 2.*byte \d+ of the line/,
    AS_UTF8,
  ),
  content(
    "one broken line in ten thousand",
    jsonl([...chats(7000), `{"conversation_id": "${CONTENT}`, ...chats(9999).slice(7000)]),
    "invalid_input",
    /1 of 10000 rows are invalid \(invalid_json in 1; the first on line 7001\)/,
    /--skip-invalid/,
  ),
  content(
    "a JSON array",
    JSON.stringify(chats(5)),
    "empty_input",
    /not_an_object/,
    /one conversation object a line \(`jq -c '\.\[\]'` converts/,
  ),
  content(
    "a JSON array, one row a line",
    JSON.stringify(chats(5)).replaceAll("},{", "},\n{"),
    "empty_input",
    /invalid_json/,
    ONE_OBJECT_A_LINE,
  ),
  content(
    "pretty-printed JSON",
    JSON.stringify(chat(1), null, 2),
    "empty_input",
    /invalid_json/,
    ONE_OBJECT_A_LINE,
  ),
  content(
    "CSV",
    `conversation_id,user_id,text\nc-1,u-1,"My ${CONTENT}"\nc-2,u-2,"Eggs"\n`,
    "empty_input",
    /3 of 3 rows are invalid \(invalid_json in 3/,
    ONE_OBJECT_A_LINE,
  ),
  content(
    "a web page",
    `<!DOCTYPE html>\n<html><body>${CONTENT}</body></html>\n`,
    "empty_input",
    /invalid_json/,
    ONE_OBJECT_A_LINE,
  ),
  row(
    "a comma after the row",
    `${JSON.stringify(chat(3))},`,
    "invalid_json",
    /unexpected character at character \d+/,
    ONE_OBJECT_A_LINE,
  ),
  row(
    "a comma after the last field",
    JSON.stringify(chat(3)).replace(/\}$/, ",}"),
    "invalid_json",
    /unexpected character/,
    ONE_OBJECT_A_LINE,
  ),
  row(
    "NaN",
    JSON.stringify(chat(3, { metadata: { rating: 0 } })).replace('"rating":0', '"rating":NaN'),
    "invalid_json",
    /unexpected character/,
    ONE_OBJECT_A_LINE,
  ),
  row(
    "a row that was cut off",
    JSON.stringify(chat(3)).slice(0, 60),
    "invalid_json",
    /the line ends too early, after character 60/,
    ONE_OBJECT_A_LINE,
  ),
  row(
    "two rows on one line",
    JSON.stringify(chat(3)).repeat(2),
    "invalid_json",
    /unexpected/,
    ONE_OBJECT_A_LINE,
  ),
  row(
    "a byte order mark in the middle, as joined files have",
    `\ufeff${JSON.stringify(chat(3))}`,
    "invalid_json",
    /a byte order mark inside the file/,
    ONE_OBJECT_A_LINE,
  ),
  row(
    "a raw NUL in a text",
    JSON.stringify(chat(3)).replace(CONTENT, "a\u0000b"),
    "invalid_json",
    /unexpected character/,
    ONE_OBJECT_A_LINE,
  ),
  row(
    "an id used twice",
    chat(1),
    "duplicate_id",
    /the same conversation_id as on line 1/,
    /Remove the repeated row/,
  ),
  row(
    "a key used twice",
    JSON.stringify(chat(3)).replace("{", '{"user_id":"u-9",'),
    "duplicate_key",
    /the key was already used/,
    /Keep one of the two/,
  ),
  row(
    "a key used twice, once in disguise",
    JSON.stringify(chat(3)).replace("{", '{"\\u0075ser_id":"u-9",'),
    "duplicate_key",
    /the key was already used/,
    /a key written with escapes counts/,
  ),
  row(
    "an unknown field",
    chat(3, { usr: "x" }),
    "unknown_field",
    /./,
    /Rename it to the field it stands for/,
  ),
  row("a number as id", chat(3, { conversation_id: 3 }), "wrong_type", /\/conversation_id/, /ids as strings/),
  row(
    "an object for messages",
    chat(3, { messages: {} }),
    "wrong_type",
    /\/messages/,
    /Write ids as strings/,
  ),
  row(
    "null for a text",
    chat(3, {
      messages: [
        { role: "user", content: "a" },
        { role: "assistant", content: null },
      ],
    }),
    "wrong_type",
    /\/messages\/1\/content/,
    /content as one string/,
  ),
  row(
    "a list for a text, as some interfaces have it",
    chat(3, userSays([{ type: "text", text: CONTENT }])),
    "wrong_type",
    /\/messages\/0\/content/,
    /content as one string/,
  ),
  row(
    "null for a timestamp",
    chat(3, { timestamp: null }),
    "wrong_type",
    /\/timestamp/,
    /leave an optional field out/,
  ),
  row(
    "no conversation_id",
    chat(3, { conversation_id: undefined }),
    "missing_field",
    /./,
    /Every conversation needs `conversation_id`/,
  ),
  row(
    "a message without a role",
    chat(3, { messages: [{ content: CONTENT }] }),
    "missing_field",
    /\/messages\/0/,
    /every message needs `role` and `content`/,
  ),
  row(
    "a role of another format",
    chat(3, { messages: [{ role: "human", content: CONTENT }] }),
    "bad_role",
    /human/,
    /human becomes user/,
  ),
  row("no messages", chat(3, { messages: [] }), "no_user_message", /./, /Leave out conversations/),
  row(
    "no user message",
    chat(3, { messages: [{ role: "assistant", content: CONTENT }] }),
    "no_user_message",
    /no user message with text/,
    /in which no person wrote anything/,
  ),
  row(
    "a blank user message",
    chat(3, userSays(" \n\t ")),
    "no_user_message",
    /no user message with text/,
    /Leave out/,
  ),
  row(
    "a blank id",
    chat(3, { conversation_id: "  " }),
    "bad_id",
    /blank, or holds control characters/,
    /visible character/,
  ),
  row(
    "half a surrogate pair",
    JSON.stringify(chat(3)).replace(CONTENT, "\\ud83d"),
    "lone_surrogate",
    /half of a surrogate pair in the text/,
    /cut in the middle of an emoji/,
  ),
  row(
    "escape codes in an id",
    chat(3, { conversation_id: `\u001b[31m${CONTENT}\u001b[0m` }),
    "bad_id",
    /holds control characters/,
    /no control characters/,
  ),
  row(
    "escape codes in a key",
    chat(3, { [`\u001b]0;${CONTENT}\u0007`]: 1 }),
    "unknown_field",
    /./,
    /Rename it/,
  ),
  row(
    "a key __proto__",
    JSON.stringify(chat(3)).replace("{", '{"__proto__":{"admin":true},'),
    "reserved_key",
    /the key is reserved/,
    /Rename the key/,
  ),
  row("a key constructor", chat(3, { constructor: { prototype: 1 } }), "unknown_field", /./, /Rename it/),
  row(
    "a row that nests 100,000 levels deep",
    JSON.stringify(chat(3, { metadata: { tags: 0 } })).replace('"tags":0', `"tags":${deep(100_000)}`),
    "too_deep",
    /nested too deep/,
    /a valid row needs four levels/,
  ),
  content("a file of 100,000 brackets", "[".repeat(100_000), "empty_input", /too_deep/, /Flatten the value/),
  row(
    "nested metadata",
    chat(3, { metadata: { device: { os: "x" } } }),
    "bad_metadata",
    /\/metadata\/device/,
    /device_os/,
  ),
  row(
    "a number too large to be one",
    JSON.stringify(chat(3, { metadata: { rating: 0 } })).replace('"rating":0', '"rating":1e999'),
    "bad_metadata",
    /\/metadata\/rating/,
    /write large numbers as strings/,
  ),
  row(
    "an id of 257 characters",
    chat(3, { user_id: "u".repeat(257) }),
    "too_long",
    /\/user_id/,
    /a hash of the long one/,
  ),
  row(
    "10,001 messages",
    chat(3, { messages: Array.from({ length: 10_001 }, () => ({ role: "user", content: "a" })) }),
    "too_many",
    /10001 messages, at most 10000/,
    /Split the conversation/,
  ),
  row(
    "a line of 20 MiB",
    chat(3, userSays(CONTENT.repeat(Math.ceil((20 * 2 ** 20) / CONTENT.length)))),
    "line_too_long",
    new RegExp(`2\\d{7} bytes, at most ${MAX_LINE_BYTES}`),
    /no line break is missing/,
  ),
  row(
    "a timestamp without an offset",
    chat(3, { timestamp: "2026-09-18T16:09:00" }),
    "bad_timestamp",
    /./,
    /Write it like/,
  ),
  row("a number as timestamp", chat(3, { timestamp: 1789747740 }), "wrong_type", /\/timestamp/, /./),
  row(
    "the 30th of February",
    chat(3, { timestamp: "2026-02-30T12:00:00Z" }),
    "bad_timestamp",
    /./,
    /Write it like/,
  ),
  row(
    "a timestamp far off",
    chat(3, { timestamp: "+275760-09-13T00:00:00Z" }),
    "bad_timestamp",
    /./,
    /Write it like/,
  ),
  row(
    "another version of the contract",
    chat(3, { schema_version: "2.0.0" }),
    "unsupported_version",
    /./,
    /Convert the row/,
  ),
  content(
    "one row without user_id",
    among(chat(3, { user_id: undefined })),
    "missing_user_id",
    /missing_user_id in 1; the first on line 2.*user_id is missing/,
    /Add a user_id to every row.*--users per-conversation/,
  ),
  content(
    "no user_id at all",
    jsonl(chats(5).map(({ user_id: _user, ...rest }) => rest)),
    "missing_user_id",
    /5 of 5 rows are invalid \(missing_user_id in 5/,
    /Or count each conversation as one user: clio run --input chats\.jsonl --run-id bad --resume --users per-conversation/,
  ),
  content(
    "many kinds of mistakes at once",
    jsonl(["{", [], { conversation_id: 1 }, chat(1), chat(1), chat(2, { usr: 1 })]),
    "missing_user_id",
    /5 of 6 rows are invalid \(.*and \d+ more kinds/,
    /All of it is in runs\/bad\/validation_report\.json/,
  ),
];

function good(name: string, bytes: string | Uint8Array, cause: RegExp, more: Partial<Kind> = {}): Kind {
  return {
    name,
    make: file(CONTENT_FILE, bytes),
    command: runOf(CONTENT_FILE),
    exit: 0,
    code: null,
    cause,
    advice: /clio run --input \S+ --run-id bad --resume --with-hierarchy --with-privacy/,
    leaves: "finished run",
    ...more,
  };
}

/** Contents that look odd and are valid. */
export const goodContents: readonly Kind[] = [
  good("lines that end in CR LF", CHATS.replaceAll("\n", "\r\n"), /Conversations 20\b/),
  good("a byte order mark first", `\ufeff${CHATS}`, /Conversations 20\b/),
  good(
    "no line break at the end, blank lines within",
    `\n\n${CHATS}\n${JSON.stringify(chat(99))}`,
    /Conversations 21\b/,
  ),
  good("an archive under a plain name", gzipSync(CHATS), /Conversations 20\b/),
  good("a NUL in a text, written as an escape", among(chat(3, userSays("a\u0000b"))), /Conversations 3\b/),
  good("escape codes in a text", among(chat(3, userSays("\u001b[2J\u001b]0;x\u0007"))), /Conversations 3\b/),
  good("a timestamp in the far future", among(chat(3, { timestamp: "9999-12-31T23:59:59Z" })), /9999-12-31/),
  good(
    "keys of prototypes in metadata",
    among(chat(3, { metadata: { constructor: "x", toString: 1 } })),
    /Conversations 3\b/,
  ),
  good("invalid rows that may be left out", among("{"), /Conversations 2\b.*1 invalid rows were left out/, {
    command: runOf(CONTENT_FILE, "--skip-invalid"),
  }),
  good("the same, when warnings are failures", among("{"), /1 invalid rows were left out/, {
    command: runOf(CONTENT_FILE, "--skip-invalid", "--fail-on-warning"),
    exit: 3,
  }),
];
