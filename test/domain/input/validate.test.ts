import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MAX_REPORTED_ISSUES,
  tally as tallySchema,
  validationReport,
  type Tally,
  type UsersMode,
  type ValidationReport,
} from "../../../shared/contracts/validation.ts";
import { DuplicateIndex, type Duplicate } from "../../../shared/domain/input/duplicate-index.ts";
import { IdRecords } from "../../../shared/domain/input/id-records.ts";
import type { LineBlock } from "../../../shared/domain/input/line-blocks.ts";
import { isBlank, rangeLines } from "../../../shared/domain/input/lines.ts";
import { parseLine, refuseOversize } from "../../../shared/domain/input/parse-line.ts";
import { readBlock, type ReadBlock } from "../../../shared/domain/input/read-block.ts";
import { countLine, emptyTally, mergeTallies, withDuplicates } from "../../../shared/domain/input/tally.ts";
import { validateChunks, type ValidateOptions } from "../../../shared/domain/input/validate.ts";
import { inChunks, row, runs, utf8, validRow } from "./support.ts";

function validate(
  file: string | Uint8Array,
  options: Partial<ValidateOptions> = {},
): Promise<ValidationReport> {
  const bytes = typeof file === "string" ? utf8(file) : file;
  return validateChunks(inChunks(bytes, [7, 100, 101]), { name: "in.jsonl", users: "required", ...options });
}

function jsonl(...rows: (object | string)[]): string {
  return rows.map((item) => `${typeof item === "string" ? item : JSON.stringify(item)}\n`).join("");
}

/** What the totals of every report must satisfy. */
function checkSums(report: ValidationReport): void {
  const { counts } = validationReport.parse(report);
  expect(counts.read).toBe(counts.valid + counts.invalid);
  expect(counts.lines).toBe(counts.blank + counts.read);
  expect(report.statistics.conversations).toBe(counts.valid);
  const byCode = Object.values(report.issues_by_code);
  expect(byCode.reduce((sum, { issues }) => sum + issues, 0)).toBe(counts.issues);
  expect(report.issues_truncated).toBe(report.issues.length < counts.issues);
  expect(report.ok).toBe(counts.issues === 0);
  for (const { rows } of byCode) expect(rows).toBeLessThanOrEqual(counts.invalid);
}

const line = fc.oneof(
  { weight: 5, arbitrary: validRow.map((fields) => JSON.stringify(fields)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "",
      "  ",
      "{",
      "[]",
      '{"a":1,"a":2}',
      "\uFEFF",
      JSON.stringify(row({ user_id: undefined })),
      "x".repeat(3000),
    ),
  },
);
const file = fc
  .tuple(fc.array(fc.tuple(line, fc.constantFrom("\n", "\r\n")), { maxLength: 12 }), line)
  .map(([lines, last]) => utf8(lines.map(([text, end]) => text + end).join("") + last));

describe("validateChunks", () => {
  it("reports a good file as good", async () => {
    const report = await validate(
      jsonl(row(), row({ conversation_id: "c-2", user_id: "u-2" }), "", row({ conversation_id: "c-3" })),
    );
    checkSums(report);
    expect(report.ok).toBe(true);
    expect(report.counts).toEqual({ lines: 4, blank: 1, read: 3, valid: 3, invalid: 0, issues: 0 });
    expect(report.statistics).toMatchObject({
      users: 2,
      messages: 6,
      first_day: "2026-09-18",
      last_day: "2026-09-18",
    });
    expect(report.issues).toEqual([]);
  });

  it("gives each issue the line it is on, blank lines and a byte order mark counted in", async () => {
    const report = await validate(
      `\uFEFF${JSON.stringify(row())}\r\n\r\n \n{\n${JSON.stringify(row({ conversation_id: "" }))}`,
    );
    checkSums(report);
    expect(report.issues.map((found) => [found.line, found.code])).toEqual([
      [4, "invalid_json"],
      [5, "bad_id"],
    ]);
  });

  it("names the first row with the same id, and counts that one alone", async () => {
    const report = await validate(jsonl(row(), row({ conversation_id: "other" }), row(), "{", row()));
    checkSums(report);
    expect(report.issues_by_code.duplicate_id).toEqual({ rows: 2, issues: 2 });
    expect(
      report.issues
        .filter(({ code }) => code === "duplicate_id")
        .map(({ line: at, message }) => [at, message]),
    ).toEqual([
      [3, "the same conversation_id as on line 1"],
      [5, "the same conversation_id as on line 1"],
    ]);
    expect(report.statistics).toMatchObject({ conversations: 2, rows_with: { user_id: 2 } });
  });

  it("takes no id of a refused row for the first use of it", async () => {
    const report = await validate(jsonl(row({ title: "x" }), row()));
    expect(report.counts).toMatchObject({ valid: 1, invalid: 1 });
    expect(report.issues_by_code.duplicate_id).toBeUndefined();
  });

  it("refuses every row without a user, unless each conversation stands for one", async () => {
    const text = jsonl(
      row(),
      row({ conversation_id: "c-2", user_id: undefined }),
      row({ conversation_id: "c-3" }),
    );
    const required = await validate(text);
    expect(required.issues.map(({ line: at, code, pointer }) => [at, code, pointer])).toEqual([
      [2, "missing_user_id", "/user_id"],
    ]);
    const each = await validate(text, { users: "per-conversation" });
    checkSums(each);
    expect(each).toMatchObject({
      ok: true,
      users: "per-conversation",
      statistics: { users: 3, rows_with: { user_id: 2 } },
    });
  });

  it("counts all issues and lists the first 200", async () => {
    const report = await validate(jsonl(...Array.from({ length: 450 }, () => '{"messages":[]}')), {
      users: "per-conversation",
    });
    checkSums(report);
    expect(report.issues).toHaveLength(MAX_REPORTED_ISSUES);
    expect(report.issues.at(-1)?.line).toBe(100);
    expect(report.issues_by_code).toEqual({
      missing_field: { rows: 450, issues: 450 },
      no_user_message: { rows: 450, issues: 450 },
    });
  });

  it.each(["", "\n\n", "\uFEFF", " \r\n"])("refuses %j as empty", async (text) => {
    const report = await validate(text);
    checkSums(report);
    expect(report.issues.map(({ code }) => code)).toEqual(["empty_input"]);
  });

  it("refuses a line over the limit and goes on after it", async () => {
    const report = await validate(
      jsonl(row(), `{"a":"${"x".repeat(500)}"}`, row({ conversation_id: "c-2" })),
      { maxLineBytes: 400 },
    );
    checkSums(report);
    expect(report.counts).toMatchObject({ read: 3, valid: 2, invalid: 1 });
    expect(report.issues[0]).toMatchObject({ line: 2, code: "line_too_long" });
  });

  it("keeps of the name the last part only", async () => {
    expect((await validate("", { name: "/home/zoe/export.jsonl" })).input.name).toBe("export.jsonl");
    expect((await validate("", { name: "C:\\Users\\zoe\\export.jsonl" })).input.name).toBe("export.jsonl");
  });

  it("hashes and reports progress over the bytes it read", async () => {
    const bytes = utf8(jsonl(row()));
    const hash = createHash("sha256");
    const progress: number[] = [];
    const report = await validate(bytes, {
      digest: { update: (chunk) => hash.update(chunk), hex: () => hash.digest("hex") },
      onProgress: (n) => progress.push(n),
    });
    expect(report.input).toEqual({
      name: "in.jsonl",
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      complete: true,
    });
    expect(progress).toEqual([7, 100, 101, bytes.length]);
  });

  it("rejects when the stream does", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield utf8("{}\n");
      throw new Error("unreadable");
    }
    await expect(validateChunks(broken(), { name: "x", users: "required" })).rejects.toThrow("unreadable");
  });

  it("reports the same for any chunks, and its counts add up", async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.array(fc.nat(2000), { maxLength: 6 }), async (bytes, places) => {
        const options = { name: "f", users: "required", maxLineBytes: 2000 } as const;
        const report = await validateChunks(inChunks(bytes, places), options);
        checkSums(report);
        expect(await validateChunks(inChunks(bytes, []), options)).toEqual(report);
        // In blocks of a line or so, read out of turn.
        const late = async (block: LineBlock, mode: UsersMode): Promise<ReadBlock> => {
          for (let turns = block.bytes.length % 3; turns > 0; turns--) await Promise.resolve();
          return readBlock(block, mode);
        };
        expect(
          await validateChunks(inChunks(bytes, []), { ...options, blockBytes: 100, read: late }),
        ).toEqual(report);
      }),
      runs(700),
    );
  });

  it("never throws on any bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const report = await validate(bytes);
        checkSums(report);
        expect(report.ok).toBe(false);
      }),
      runs(700),
    );
  });
});

/** The pipeline's way: byte ranges, one batch each, then a second round over the records of ids. */
async function inBatches(bytes: Uint8Array, bounds: readonly number[], partitions: number): Promise<Tally> {
  const batches: { tally: Tally; parts: Uint8Array[] }[] = [];
  for (const [i, start] of bounds.slice(0, -1).entries()) {
    const records = new IdRecords(partitions);
    const part = emptyTally();
    const stream = inChunks(bytes.subarray(Math.max(0, start - 1)), [50, 333]);
    for await (const next of rangeLines(stream, { start, end: bounds[i + 1] ?? bytes.length }, 2000)) {
      if (next.kind === "line" && isBlank(next.bytes)) {
        countLine(part, "blank");
        continue;
      }
      const parsed =
        next.kind === "line" ? parseLine(next.bytes, { users: "required" }) : refuseOversize(next.length);
      countLine(part, parsed.ok ? "valid" : parsed);
      if (parsed.ok) records.add(parsed.conversation.conversation_id, part.lines);
    }
    batches.push({ tally: tallySchema.parse(JSON.parse(JSON.stringify(part))), parts: records.take() });
  }
  const duplicates: Duplicate[] = [];
  for (let p = 0; p < partitions; p++) {
    const index = new DuplicateIndex();
    let before = 0;
    for (const batch of batches) {
      index.addRecords(batch.parts[p] ?? new Uint8Array(), before, (duplicate) => duplicates.push(duplicate));
      before += batch.tally.lines;
    }
  }
  return withDuplicates(batches.map((batch) => batch.tally).reduce(mergeTallies, emptyTally()), duplicates);
}

describe("batches over byte ranges and a second round", () => {
  it("find what one pass finds, line for line", async () => {
    await fc.assert(
      fc.asyncProperty(
        file,
        fc.array(fc.nat(4000), { maxLength: 5 }),
        fc.integer({ min: 1, max: 3 }),
        async (bytes, cuts, partitions) => {
          const bounds = [0, ...cuts.filter((at) => at <= bytes.length), bytes.length].sort((a, b) => a - b);
          const whole = await validateChunks(inChunks(bytes, []), {
            name: "f",
            users: "required",
            maxLineBytes: 2000,
          });
          const {
            by_code: byCode,
            first_issues: issues,
            ...counts
          } = await inBatches(bytes, bounds, partitions);
          if (counts.read === 0) return;
          expect(counts).toEqual(whole.counts);
          expect(byCode).toEqual(whole.issues_by_code);
          expect(issues).toEqual(whole.issues);
        },
      ),
      runs(700),
    );
  });

  it("list the first 200 issues by line, whichever round found them", async () => {
    const lines = Array.from({ length: 500 }, (_, i) =>
      i % 2 === 0 ? row({ conversation_id: `c-${i % 50}` }) : "{",
    );
    const bytes = utf8(jsonl(...lines));
    const whole = await validate(bytes);
    const batched = await inBatches(bytes, [0, 1000, 30_000, bytes.length], 2);
    expect(batched.first_issues).toEqual(whole.issues);
    expect(batched.issues).toBe(whole.counts.issues);
  });
});

describe("an empty tally", () => {
  it("is neutral in a merge, on either side", () => {
    const part = emptyTally();
    countLine(part, "valid");
    expect(mergeTallies(emptyTally(), part)).toEqual(part);
    expect(mergeTallies(part, emptyTally())).toEqual(part);
  });
});
