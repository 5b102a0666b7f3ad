import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conversation, MAX_LINE_BYTES } from "../../../shared/contracts/conversation.ts";
import {
  ISSUE_CODES,
  issue,
  MAX_ROW_ISSUES,
  type IssueCode,
  type RowIssue,
} from "../../../shared/contracts/validation.ts";
import { scanJson } from "../../../shared/domain/input/json-scan.ts";
import { parseLine, type ParsedLine } from "../../../shared/domain/input/parse-line.ts";
import { firstInvalidUtf8 } from "../../../shared/domain/input/utf8.ts";
import { row, runs, utf8, validRow } from "./support.ts";

const required = { users: "required" } as const;

function parse(
  line: string | object | Uint8Array,
  options: { users: "required" | "per-conversation" } = required,
): ParsedLine {
  if (line instanceof Uint8Array) return parseLine(line, options);
  return parseLine(utf8(typeof line === "string" ? line : JSON.stringify(line)), options);
}

function issuesOf(line: string | object | Uint8Array): readonly RowIssue[] {
  const parsed = parse(line);
  return parsed.ok ? [] : parsed.issues;
}

/** code and pointer of every issue. */
function found(line: string | object | Uint8Array): string[] {
  return issuesOf(line).map(({ code, pointer }) => `${code} ${pointer}`);
}

/** A valid row's text with a piece of it replaced. */
function edited(from: string, to: string): string {
  const text = JSON.stringify(row());
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

describe("valid rows", () => {
  it("are returned as they are", () => {
    const full = row({
      schema_version: "1.0.0",
      metadata: {
        channel: "web",
        n: 1.5,
        ok: true,
        none: null,
        tags: ["a", 1, false, null],
        constructor: "x",
        toString: "y",
      },
      messages: [
        { role: "system", content: "" },
        { role: "developer", content: "" },
        {
          role: "user",
          content: 'Grüße 👍 "quoted" \\ \u0000',
          name: "",
          timestamp: "2026-09-18T18:09:00.123456+02:00",
        },
        { role: "tool", content: "{}" },
        { role: "assistant", content: "" },
      ],
    });
    expect(parse(full)).toEqual({ ok: true, conversation: full });
  });

  it("are accepted whatever they hold, and however they are written", () => {
    fc.assert(
      fc.property(validRow, fc.boolean(), fc.constantFrom(0, 1), (fields, ascii, indent) => {
        const text = JSON.stringify(fields, null, indent ? " " : undefined).replaceAll("\n", " ");
        const written = ascii
          ? text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
          : text;
        const meant: unknown = JSON.parse(text);
        expect(parse(written)).toEqual({ ok: true, conversation: meant });
      }),
      runs(4000),
    );
  });

  it("need no user_id when each conversation stands for one user", () => {
    const anonymous = row({ user_id: undefined });
    expect(parse(anonymous, { users: "per-conversation" }).ok).toBe(true);
    expect(found(anonymous)).toEqual(["missing_user_id /user_id"]);
  });

  it("may be as long as the limit", () => {
    const frame = JSON.stringify(row({ messages: [{ role: "user", content: "" }] })).length;
    const at = row({ messages: [{ role: "user", content: "a".repeat(MAX_LINE_BYTES - frame) }] });
    expect(parse(at).ok).toBe(true);
    expect(found(utf8(`${JSON.stringify(at)} `))).toEqual(["line_too_long "]);
  });
});

const two = [{ role: "user", content: "hi" }];
/** For every code that one line can have: lines, and what is found in them. */
const refused: Partial<Record<IssueCode, [line: string | object | Uint8Array, issues: string[]][]>> = {
  invalid_utf8: [
    [Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d), ["invalid_utf8 "]],
    // A surrogate written as three bytes (CESU-8).
    [Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), ["invalid_utf8 "]],
    [Uint8Array.of(0x22, 0xc3), ["invalid_utf8 "]],
    // UTF-16 without a mark is valid UTF-8 full of NULs, as long as the text is ASCII.
    [Buffer.from(JSON.stringify(row()), "utf16le"), ["invalid_utf8 "]],
    [Buffer.from(`\uFEFF${JSON.stringify(row())}`, "utf16le"), ["invalid_utf8 "]],
  ],
  invalid_json: [
    ["{", ["invalid_json "]],
    ['{"conversation_id":"a",}', ["invalid_json "]],
    [`${JSON.stringify(row())}${JSON.stringify(row())}`, ["invalid_json "]],
    [`\uFEFF${JSON.stringify(row())}`, ["invalid_json "]],
    ['{"a":NaN}', ["invalid_json "]],
    [`${JSON.stringify(row()).slice(0, -1)},"metadata":{"a":"${"x".repeat(300_000)}`, ["invalid_json "]],
  ],
  not_an_object: [
    ["[]", ["not_an_object "]],
    ["null", ["not_an_object "]],
    ['"text"', ["not_an_object "]],
  ],
  too_deep: [
    [
      edited('"user_id":"u-1"', `"user_id":"u-1","metadata":${"[".repeat(64)}${"]".repeat(64)}`),
      [`too_deep /metadata${"/0".repeat(7)}`],
    ],
    ["[".repeat(MAX_LINE_BYTES), [`too_deep ${"/0".repeat(8)}`]],
    ['{"a":'.repeat(300_000), [`too_deep ${"/x".repeat(8)}`]],
    // Short enough to be parsed before it is scanned.
    [
      edited('"user_id":"u-1"', `"user_id":"u-1","metadata":{"tags":${"[".repeat(1e5)}${"]".repeat(1e5)}}`),
      [`too_deep /metadata/tags${"/0".repeat(6)}`],
    ],
  ],
  duplicate_key: [
    [edited('"user_id":"u-1"', '"user_id":"u-1","user_id":"u-2"'), ["duplicate_key /user_id"]],
    [edited('"user_id":"u-1"', '"user_id":"u-1","user_\\u0069d":"u-1"'), ["duplicate_key /user_id"]],
    [edited('"role":"assistant"', '"role":"user","role":"assistant"'), ["duplicate_key /messages/1/role"]],
    [
      edited('"user_id":"u-1"', '"user_id":"u-1","metadata":{"zoe":1,"zoe":2}'),
      ["duplicate_key /metadata/xxx"],
    ],
    // The value that is lost may be anything, broken or deep.
    [edited('"user_id":"u-1"', '"user_id":[[{"a":1}]],"user_id":"u-1"'), ["duplicate_key /user_id"]],
  ],
  reserved_key: [
    [
      edited('"user_id":"u-1"', '"user_id":"u-1","metadata":{"__proto__":1}'),
      ["reserved_key /metadata/__proto__"],
    ],
    [
      edited('"user_id":"u-1"', '"user_id":"u-1","metadata":{"\\u005f_proto__":{"a":1}}'),
      ["reserved_key /metadata/__proto__"],
    ],
    [edited('"user_id":"u-1"', '"user_id":"u-1","__proto__":{"role":"user"}'), ["reserved_key /__proto__"]],
    [
      edited('"role":"assistant"', '"role":"assistant","__proto__":null'),
      ["reserved_key /messages/1/__proto__"],
    ],
  ],
  lone_surrogate: [
    [edited("eggs", "\\ud83d"), ["lone_surrogate /messages/0/content"]],
    [edited("eggs", "\\uDE00\\uD83D"), ["lone_surrogate /messages/0/content"]],
    [edited('"u-1"', '"\\udc00"'), ["lone_surrogate /user_id"]],
    [
      edited('"user_id":"u-1"', '"user_id":"u-1","metadata":{"\\ud800":["\\ud800"]}'),
      ["lone_surrogate /metadata/?", "lone_surrogate /metadata/?/0"],
    ],
  ],
  unknown_field: [
    [row({ title: "x" }), ["unknown_field /title"]],
    [row({ zoe: 1, "a b": 2 }), ["unknown_field /xxx", "unknown_field /x x"]],
    [row({ messages: [{ ...two[0], text: "x" }] }), ["unknown_field /messages/0/text"]],
  ],
  missing_field: [
    [row({ conversation_id: undefined }), ["missing_field /conversation_id"]],
    [row({ messages: undefined }), ["missing_field /messages"]],
    [
      row({ messages: [...two, { content: "x" }, { role: "user" }] }),
      ["missing_field /messages/1/role", "missing_field /messages/2/content"],
    ],
  ],
  wrong_type: [
    [row({ conversation_id: 7 }), ["wrong_type /conversation_id"]],
    [row({ user_id: null }), ["wrong_type /user_id"]],
    [row({ timestamp: 1_758_211_740 }), ["wrong_type /timestamp"]],
    [row({ messages: {} }), ["wrong_type /messages"]],
    [row({ messages: [...two, "hello"] }), ["wrong_type /messages/1"]],
    [
      row({ messages: [...two, { role: 1, content: [{ type: "text" }] }] }),
      ["wrong_type /messages/1/role", "wrong_type /messages/1/content"],
    ],
    [row({ metadata: ["a"] }), ["wrong_type /metadata"]],
    [row({ metadata: null }), ["wrong_type /metadata"]],
  ],
  bad_id: [
    [row({ conversation_id: "" }), ["bad_id /conversation_id"]],
    [row({ user_id: " \u00a0" }), ["bad_id /user_id"]],
    [row({ user_id: "a\u001b[31mb" }), ["bad_id /user_id"]],
    [row({ user_id: "a\u2028b" }), ["bad_id /user_id"]],
  ],
  too_long: [
    [row({ conversation_id: "c".repeat(257) }), ["too_long /conversation_id"]],
    [row({ messages: [{ ...two[0], name: "n".repeat(257) }] }), ["too_long /messages/0/name"]],
    [row({ metadata: { ["k".repeat(257)]: 1 } }), [`too_long /metadata/${"x".repeat(40)}…`]],
  ],
  too_many: [
    [row({ messages: Array.from({ length: 10_001 }, () => two[0]) }), ["too_many /messages"]],
    [row({ metadata: { tags: Array.from({ length: 1001 }, () => 1) } }), ["too_many /metadata/tags"]],
    [
      row({ metadata: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`k${i}`, 1])) }),
      ["too_many /metadata"],
    ],
    [
      row({ metadata: Object.fromEntries(Array.from({ length: 300_000 }, (_, i) => [`k${i}`, {}])) }),
      ["too_many /metadata"],
    ],
  ],
  bad_role: [[row({ messages: [...two, { role: "human", content: "" }] }), ["bad_role /messages/1/role"]]],
  bad_timestamp: [
    "2026-09-18",
    "2026-09-18T16:09:00",
    "2026-09-18 16:09:00Z",
    "2026-09-18T16:09Z",
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-09-18T24:00:00Z",
    "2026-12-31T23:59:60Z",
    "2026-09-18T16:09:00+0200",
    "2026-09-18t16:09:00z",
    "",
  ].map((timestamp): [object, string[]] => [row({ timestamp }), ["bad_timestamp /timestamp"]]),
  bad_metadata: [
    [row({ metadata: { device: { os: "x" } } }), ["bad_metadata /metadata/device"]],
    [row({ metadata: { tags: ["a", ["b"]] } }), ["bad_metadata /metadata/tags/1"]],
    [row({ metadata: { "": 1 } }), ["bad_metadata /metadata/"]],
    [edited('"user_id":"u-1"', '"user_id":"u-1","metadata":{"size":1e999}'), ["bad_metadata /metadata/size"]],
  ],
  no_user_message: [
    [row({ messages: [] }), ["no_user_message /messages"]],
    [row({ messages: [{ role: "assistant", content: "hi" }] }), ["no_user_message /messages"]],
    [row({ messages: [{ role: "user", content: " \n\t\u3000" }] }), ["no_user_message /messages"]],
  ],
  unsupported_version: [
    [row({ schema_version: "2.0.0" }), ["unsupported_version /schema_version"]],
    [row({ schema_version: 1 }), ["unsupported_version /schema_version"]],
  ],
  missing_user_id: [
    [row({ user_id: undefined, title: "x" }), ["unknown_field /title", "missing_user_id /user_id"]],
  ],
};

describe("refused rows", () => {
  it.each(
    Object.entries(refused).flatMap(([code, lines]) =>
      lines.map(([line, issues], i) => ({ code, i, line, issues })),
    ),
  )("$code $i", ({ code, line, issues }) => {
    expect(found(line)).toEqual(issues);
    expect(issues.some((text) => text.startsWith(`${code} `))).toBe(true);
  });

  it("have an example for every code of a line", () => {
    const ofFiles: IssueCode[] = ["empty_input", "duplicate_id", "line_too_long"];
    expect(Object.keys(refused).sort()).toEqual(ISSUE_CODES.filter((code) => !ofFiles.includes(code)).sort());
  });

  it("say where in the line the bytes or the JSON break", () => {
    expect(issuesOf(Uint8Array.of(0x7b, 0x22, 0xff))[0]?.message).toBe("byte 3 of the line");
    expect(issuesOf('{"a":1,}')[0]?.message).toContain("character 8 ");
    expect(issuesOf("{")[0]?.message).toContain("too early");
    expect(issuesOf("\uFEFF{}")[0]?.message).toContain("byte order mark");
  });

  it("name the field that an unknown one probably stands for", () => {
    const messages = issuesOf(
      row({ userId: "u", createdAt: "x", messages: [{ ...two[0], text: "x", user: "y" }] }),
    )
      .filter(({ code }) => code === "unknown_field")
      .map(({ message }) => message.split("; ")[1]);
    expect(messages).toEqual(["is it content?", undefined, "is it user_id?", "is it timestamp?"]);
  });

  it("show the shape of what is wrong, and harmless words", () => {
    const excerpts = issuesOf(
      row({
        timestamp: "18.09.2026 16:09",
        messages: [
          { role: "human", content: "x" },
          { role: "Zoe", content: "" },
        ],
      }),
    );
    expect(excerpts.map(({ excerpt }) => excerpt)).toEqual(["human", "xxx", "00.00.0000 00:00"]);
  });

  it("count every issue and list the first twenty", () => {
    const parsed = parse(row({ messages: Array.from({ length: 5000 }, () => ({ role: "bot" })) }));
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.issues).toHaveLength(MAX_ROW_ISSUES);
    expect(Object.fromEntries(parsed.counts)).toEqual({ bad_role: 5000, missing_field: 5000 });
  });

  it("count duplicate keys beyond the listed ones", () => {
    const parsed = parse(edited('"user_id":"u-1"', `"user_id":"u-1"${',"user_id":"u-1"'.repeat(50)}`));
    expect(!parsed.ok && parsed.counts.get("duplicate_key")).toBe(50);
  });

  it("do not change any prototype", () => {
    parse(
      edited(
        '"user_id":"u-1"',
        '"user_id":"u-1","metadata":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}',
      ),
    );
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("parseLine", () => {
  const anyBytes = fc.uint8Array({ maxLength: 60 });
  const extra = fc.oneof(
    fc.uint8Array({ maxLength: 3 }),
    fc.constantFrom('"user_id":"u",', '"a":1,', "\\ud83d", "\\u0061", ",", '"__proto__":1,', "{}").map(utf8),
  );
  const damaged = fc.tuple(validRow, fc.nat(), fc.nat(2), extra).map(([fields, at, cut, inserted]) => {
    const bytes = utf8(JSON.stringify(fields));
    const place = at % bytes.length;
    return Uint8Array.of(...bytes.subarray(0, place), ...inserted, ...bytes.subarray(place + cut));
  });
  const otherJson = fc.oneof(
    fc.jsonValue(),
    fc
      .tuple(
        validRow,
        fc.constantFrom("conversation_id", "user_id", "messages", "metadata", "timestamp"),
        fc.jsonValue(),
      )
      .map(([fields, name, value]) => ({ ...fields, [name]: value })),
    fc.record(
      {
        conversation_id: fc.jsonValue(),
        user_id: fc.jsonValue(),
        messages: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
        metadata: fc.jsonValue(),
        timestamp: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
  );

  /** Rows with one value that is deeper than any call stack. */
  const deep = fc
    .tuple(
      validRow,
      fc.constantFrom("conversation_id", "messages", "metadata", "timestamp", "title"),
      fc.constantFrom(["[", "]"], ['{"a":', "}"], ['[{"a":', "}]"], ['{"tags":[', "]}"]),
      fc.constantFrom(["", ""], ['{"tags":', "}"]),
      fc.constantFrom(1, 60, 100, 20_000),
    )
    .map(([fields, name, [open = "", close = ""], [before = "", after = ""], levels]) =>
      utf8(
        JSON.stringify({ ...fields, [name]: 0 }).replace(
          new RegExp(`"${name}":0(?=[,}])`),
          `"${name}":${before}${open.repeat(levels)}1${close.repeat(levels)}${after}`,
        ),
      ),
    );

  /** The row that the contract, read as plainly as can be, takes these bytes for; undefined if it refuses them. */
  function reference(bytes: Uint8Array): unknown {
    let value: unknown;
    let text: string;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      value = JSON.parse(text);
    } catch {
      return undefined;
    }
    const scan = scanJson(text);
    const refusedByKeys = scan.duplicateKeys + scan.reservedKeys > 0;
    const parsed = conversation.safeParse(value);
    const takes =
      parsed.success && !refusedByKeys && isWellFormed(value) && parsed.data.user_id !== undefined;
    return takes ? parsed.data : undefined;
  }

  function isWellFormed(value: unknown): boolean {
    if (typeof value === "string") return value.isWellFormed();
    if (typeof value !== "object" || value === null) return true;
    return Object.entries(value).every(([key, item]) => key.isWellFormed() && isWellFormed(item));
  }

  it("never throws; accepts what the contract says; says why it refuses, in the shape of the report", () => {
    const lines = fc.oneof(
      { weight: 10, arbitrary: anyBytes },
      { weight: 10, arbitrary: damaged },
      { weight: 10, arbitrary: otherJson.map((value) => utf8(JSON.stringify(value))) },
      { weight: 1, arbitrary: deep },
    );
    fc.assert(
      fc.property(lines, (bytes) => {
        const parsed = parse(bytes);
        expect(parsed.ok ? parsed.conversation : undefined).toEqual(reference(bytes));
        const issues = parsed.ok ? [] : parsed.issues.map((listed) => issue.parse({ line: 1, ...listed }));
        expect(issues.length > 0).toBe(!parsed.ok);
      }),
      runs(12_000),
    );
  });

  it("repeats no content, id or unknown key in what it reports", () => {
    // Words that are in no message of ours, no field name and no mask.
    const secret = fc.stringMatching(/^[bcdfghjklmnpqrstvwz]{5,9}$/).map((letters) => `q${letters}q`);
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom("users", "key", "text", "nested", "broken", "cut", "bytes"),
        (word, where) => {
          const lines: Record<string, () => string | object | Uint8Array> = {
            users: () =>
              row({
                user_id: `${word}\u0007`,
                conversation_id: word.repeat(40),
                timestamp: word,
                schema_version: word,
              }),
            key: () =>
              row({
                [word]: 1,
                metadata: { [word]: {} },
                messages: [{ role: word, content: 1, [word]: word }],
              }),
            text: () => row({ messages: [{ role: "assistant", content: word }], title: word }),
            nested: () => row({ metadata: { a: { [word]: word }, b: [[word]] }, messages: word }),
            broken: () => `{"${word}": ${word}}`,
            cut: () => edited("eggs", `${word}\\ud800`).slice(0, -3),
            bytes: () => Uint8Array.of(...utf8(`{"${word}":"${word}`), 0xff, ...utf8(word)),
          };
          const issues = issuesOf(lines[where]?.() ?? "");
          expect(issues.length).toBeGreaterThan(0);
          expect(JSON.stringify(issues).toLowerCase()).not.toContain(word);
        },
      ),
      runs(2000),
    );
  });

  it("refuses a key that occurs twice, wherever it is and whatever the values are", () => {
    fc.assert(
      fc.property(validRow, fc.nat(), fc.jsonValue(), (fields, pick, value) => {
        const text = JSON.stringify(fields);
        const names = Object.keys(fields);
        const name = names[pick % names.length] ?? "messages";
        const doubled = `{${JSON.stringify(name)}:${JSON.stringify(value)},${text.slice(1)}`;
        expect(found(doubled)).toContain(`duplicate_key /${name}`);
      }),
      runs(2000),
    );
  });
});

describe("firstInvalidUtf8", () => {
  it("agrees with TextDecoder on what is valid, and on where it stops being so", () => {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const valid = (bytes: Uint8Array): boolean => {
      try {
        decoder.decode(bytes);
        return true;
      } catch {
        return false;
      }
    };
    // Both sides of every bound in the definition of UTF-8.
    const byte = fc.constantFrom(...Buffer.from("00417f808f909fa0bfc0c1c2dfe0e1edeff0f1f4f5ff", "hex"));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 8 }), (list) => {
        const bytes = Uint8Array.from(list);
        const at = firstInvalidUtf8(bytes);
        expect(at < 0).toBe(valid(bytes));
        expect(valid(bytes.subarray(0, Math.max(0, at)))).toBe(true);
      }),
      runs(10_000),
    );
  });
});
