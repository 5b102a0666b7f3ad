import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noPaint, openOutput, wantsColour } from "../../cli/io.ts";
import type { Sink } from "../../cli/io.ts";
import { sentence, problemOf } from "../../cli/render/problem.ts";
import { pairs, table } from "../../cli/render/table.ts";
import {
  ago,
  bytes,
  cutTo,
  duration,
  list,
  padEnd,
  percent,
  plural,
  safe,
  shellWord,
  widthOf,
  wrap,
} from "../../cli/render/text.ts";
import { tree } from "../../cli/render/tree.ts";
import type { TreeOptions } from "../../cli/render/tree.ts";
import type { TreeNode } from "../../shared/contracts/clusters.ts";
import { PermanentError, UsageError } from "../../shared/errors.ts";
import { Capture } from "./support.ts";

const anyText = fc.string({ unit: "binary", maxLength: 60 });
/** Text as it reaches the columns: safe, but of any script. */
const safeText = fc
  .oneof(
    anyText,
    fc.string({
      unit: fc.constantFrom("a", "日", "👩‍🚀", "é", "ע", " ", "\u001b[31m", "\u202e"),
      maxLength: 60,
    }),
  )
  .map(safe);

describe("text in cells", () => {
  test.each([
    ["日本", 4],
    ["a\u0301", 1],
    ["\u001b[31mred\u001b[39m", 3],
  ])("%j takes %i cells", (text, cells) => {
    expect(widthOf(text)).toBe(cells);
  });

  test("a cut text fits, and keeps all that fits", () => {
    fc.assert(
      fc.property(safeText, fc.integer({ min: 0, max: 40 }), (text, cells) => {
        const cut = cutTo(text, cells);
        expect(widthOf(cut)).toBeLessThanOrEqual(cells);
        if (widthOf(text) <= cells) expect(cut).toBe(text);
        else if (cells > 0) expect(cut.endsWith("…")).toBe(true);
      }),
    );
  });

  test("a padded text has its width", () => {
    fc.assert(
      fc.property(safeText, (text) => {
        expect(widthOf(padEnd(text, 80))).toBe(Math.max(80, widthOf(text)));
      }),
    );
  });

  test("wrapped lines hold all words in order, and are too long only for one word", () => {
    const words = fc.array(
      fc.string({ unit: fc.constantFrom("a", "b", "日"), minLength: 1, maxLength: 12 }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 4, max: 30 }),
        fc.integer({ min: 0, max: 3 }),
        (given, cells, indent) => {
          const lines = wrap(given.join(" "), cells, indent).split("\n");
          expect(lines.flatMap((line) => line.trim().split(" "))).toEqual(given);
          for (const line of lines) expect(widthOf(line) <= cells || !line.trim().includes(" ")).toBe(true);
          for (const line of lines.slice(1)) expect(line.startsWith(" ".repeat(indent))).toBe(true);
        },
      ),
    );
  });

  test("a wrapped text keeps the spaces that it begins with", () => {
    expect(wrap("    → say it again", 12, 6)).toBe("    → say it\n      again");
  });
});

describe("words for numbers", () => {
  test.each([
    [0.04, "0.0 s"],
    [9.94, "9.9 s"],
    [9.96, "10 s"],
    [59.6, "1 min"],
    [125, "2 min 5 s"],
    [3600, "1 h"],
    [11_400, "3 h 10 min"],
  ])("%d seconds", (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });

  test.each([
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1000, "1.0 kB"],
    [12_345_678, "12 MB"],
    [5e15, "5000 TB"],
  ])("%d bytes", (n, words) => {
    expect(bytes(n)).toBe(words);
  });

  test.each([
    [0, "0 %"],
    [0.0001, "<0.1 %"],
    [0.23, "23.0 %"],
    [0.9999, ">99.9 %"],
    [1, "100 %"],
  ])("a share of %d", (share, words) => {
    expect(percent(share)).toBe(words);
  });

  test.each([
    [59, "just now"],
    [60, "1 min ago"],
    [3 * 3600 + 5, "3 h ago"],
    [72 * 3600, "3 days ago"],
    [-5, "just now"],
  ])("%i seconds ago", (seconds, words) => {
    const now = Date.parse("2026-11-10T00:00:00Z");
    expect(ago(new Date(now - seconds * 1000).toISOString(), now)).toBe(words);
  });

  test("plurals and lists", () => {
    expect([plural(1, "run"), plural(2400, "run"), list(["a"]), list(["a", "b", "c"])]).toEqual([
      "1 run",
      "2,400 runs",
      "a",
      "a, b and c",
    ]);
  });
});

test.each([
  ["chats.jsonl", "chats.jsonl"],
  ["my chats.jsonl", "'my chats.jsonl'"],
  ["it's", "'it'\\''s'"],
  ["$(rm)", "'$(rm)'"],
  ["", "''"],
])("%j as a word of a command", (word, quoted) => {
  expect(shellWord(word)).toBe(quoted);
});

describe("tables", () => {
  const options = { width: 40, paint: noPaint };

  test("columns stand below each other", () => {
    const text = table(
      [{ title: "Name" }, { title: "N", align: "right" }],
      [
        ["日本", "1"],
        ["a", "1,000"],
      ],
      options,
    );
    expect(text.split("\n")).toEqual(["Name      N", "日本      1", "a     1,000"]);
  });

  test("a column that shrinks is cut to the width", () => {
    const text = table(
      [{ title: "Name", shrinks: "cut" }, { title: "N" }],
      [["x".repeat(100), "1"]],
      options,
    );
    for (const line of text.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(40);
    expect(text).toContain("…");
  });

  test("a column that wraps loses nothing", () => {
    const words = "one two three four five six seven eight nine ten eleven twelve";
    const text = table([{ title: "N" }, { title: "What", shrinks: "wrap" }], [["1", words]], options);
    const lines = text.split("\n").slice(1);
    expect(lines.map((line) => line.slice(3)).join(" ")).toBe(words);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(40);
  });

  test("values beside names are wrapped in their column", () => {
    expect(
      pairs(
        [
          ["A", "one two three"],
          ["Long", "x"],
        ],
        { width: 18, paint: noPaint },
      ),
    ).toBe("  A     one two\n        three\n  Long  x");
  });
});

const node = (
  name: string | null,
  size: number,
  children: TreeNode[] = [],
  id = `c${String(size).padStart(12, "0")}`,
): TreeNode => ({
  id,
  name,
  description: null,
  size,
  unique_users: 5,
  level: children.length > 0 ? 1 : 0,
  children,
});
const treeOptions: TreeOptions = {
  width: 60,
  paint: noPaint,
  total: 100,
  withholding: { reasons: null, below: null },
};

describe("the tree", () => {
  test("draws branches, counts and shares", () => {
    const roots = [node("Code", 60, [node("Python", 40), node("SQL", 20)]), node("Travel", 40)];
    expect(tree(roots, treeOptions)).toBe(
      ["  60  60 %  Code", "  40  40 %  ├─ Python", "  20  20 %  └─ SQL", "  40  40 %  Travel"].join("\n"),
    );
  });

  test("counts the children it leaves out, but shows one rather than count it", () => {
    const children = (n: number): TreeNode[] => Array.from({ length: n }, (_, i) => node(`child ${i}`, 5));
    expect(tree([node("Root", 50, children(9))], { ...treeOptions, maxChildren: 8 })).not.toContain("more");
    const text = tree([node("Root", 50, children(20))], { ...treeOptions, maxChildren: 8 });
    expect(text.split("\n")).toHaveLength(1 + 8 + 1);
    expect(text).toContain("└─ … 12 more");
  });

  test("stops at a depth and counts what is below", () => {
    const text = tree([node("A", 50, [node("B", 50, [node("C", 25), node("D", 25)])])], {
      ...treeOptions,
      depth: 2,
    });
    expect(text).not.toContain("C");
    expect(text).toContain("… 2 below");
  });

  test("says why a name is withheld", () => {
    const reasons = new Map([["c000000000010", ["rare_word", "personal_data"] as const]]);
    const text = tree([node(null, 10)], { ...treeOptions, withholding: { reasons, below: null } });
    expect(text).toContain("(name withheld: rare word and personal data)");
    expect(tree([node(null, 10)], treeOptions)).toContain("(not named yet) c000000000010");
  });

  test("never shows the name of a cluster below the minimums", () => {
    const below = { ids: new Set(["c000000000010"]), minimums: { min_users: 5, min_conversations: 15 } };
    const text = tree([node("Secret", 10)], {
      ...treeOptions,
      width: 120,
      withholding: { reasons: null, below },
    });
    expect(text).not.toContain("Secret");
    expect(text).toContain("below the minimums of 5 users and 15 conversations");
  });

  test("lets no name break out of its line or its width", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, safeText), { minLength: 1, maxLength: 5 }), (names) => {
        const roots = [
          node(
            "Root",
            90,
            names.map((name) => node(name, 9)),
          ),
        ];
        const lines = tree(roots, treeOptions).split("\n");
        expect(lines).toHaveLength(1 + names.length);
        for (const line of lines) {
          expect(widthOf(line)).toBeLessThanOrEqual(60);
          expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        }
      }),
    );
  });

  test("keeps columns straight with wide characters and long names", () => {
    const names = ["日本語の質問について".repeat(8), "x".repeat(300), "שלום \u202eevil", "👩‍🚀 rockets"];
    const lines = tree(
      names.map((name, i) => node(name, 10 + i)),
      treeOptions,
    ).split("\n");
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(60);
    expect(lines[0]).toContain("…");
  });
});

describe("colours", () => {
  const terminal = new Capture(true) as Sink;
  const pipe = new Capture(false) as Sink;
  test.each<[string, Sink, Record<string, string>, boolean, boolean]>([
    ["on a terminal", terminal, {}, false, true],
    ["not in a pipe", pipe, {}, false, false],
    ["not with NO_COLOR", terminal, { NO_COLOR: "1" }, false, false],
    ["with an empty NO_COLOR", terminal, { NO_COLOR: "" }, false, true],
    ["not with --no-color", terminal, { FORCE_COLOR: "1" }, true, false],
    ["in a pipe with FORCE_COLOR", pipe, { FORCE_COLOR: "1" }, false, true],
    ["not on a dumb terminal", terminal, { TERM: "dumb" }, false, false],
  ])("%s", (_name, sink, env, noColour, wanted) => {
    expect(wantsColour(sink, env, noColour)).toBe(wanted);
  });

  test("quiet silences notes, never problems or answers", () => {
    const stdout = new Capture();
    const stderr = new Capture();
    const output = openOutput(
      { stdout: stdout as Sink, stderr: stderr as Sink, env: {} },
      { json: true, quiet: true, debug: false, noColour: false },
    );
    output.note("a note");
    output.problem("a problem");
    output.answer({ ok: true });
    expect(stderr.text).toBe("a problem\n");
    expect(JSON.parse(stdout.text)).toEqual({ ok: true });
  });
});

describe("problems", () => {
  test("of this project keep their words", () => {
    const error = new PermanentError("run x failed", { code: "some_code", hint: "clio list-runs shows it" });
    expect(problemOf(error)).toEqual({
      code: "some_code",
      message: "Run x failed.",
      hint: "clio list-runs shows it.",
    });
    expect(problemOf(new UsageError("no")).code).toBe("usage");
  });

  test("of others are told by name alone: their words may quote content", () => {
    const problem = problemOf(new SyntaxError("Unexpected token in secret conversation"));
    expect(problem.code).toBe("unexpected");
    expect(`${problem.message} ${problem.hint}`).not.toContain("secret");
    expect(problem.message).toContain("SyntaxError");
  });

  test.each([
    ["it failed", "It failed."],
    ["clio list-runs shows it", "clio list-runs shows it."],
    ["list-runs shows it.", "list-runs shows it."],
    ["end it with: clio stop --run-id a", "End it with: clio stop --run-id a"],
    ["", ""],
  ])("%j as a sentence", (text, expected) => {
    expect(sentence(text)).toBe(expected);
  });
});
