import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countStringTokens, scanJson } from "../../../shared/domain/input/json-scan.ts";
import { runs } from "./support.ts";

/** JSON with keys that may repeat, which no JavaScript object can hold. */
type Tree = { scalar: unknown } | { items: Tree[] } | { members: [string, Tree][] };

const key = fc.constantFrom("a", "b", "", '"', "\\", "é", "😀", "__proto__", "role");
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", maxDepth: 5 },
    fc.jsonValue({ maxDepth: 0 }).map((scalar): Tree => ({ scalar })),
    fc.array(tie("tree"), { maxLength: 4 }).map((items): Tree => ({ items })),
    fc.array(fc.tuple(key, tie("tree")), { maxLength: 5 }).map((members): Tree => ({ members })),
  ),
}));

/** Writes a string with every code unit escaped, or none that need not be. */
function quoted(text: string, escaped: boolean): string {
  if (!escaped) return JSON.stringify(text);
  return `"${text
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("")}"`;
}

function write(value: Tree, space: string, escape: () => boolean): string {
  if ("scalar" in value) return JSON.stringify(value.scalar);
  const inner =
    "items" in value
      ? value.items.map((item) => write(item, space, escape))
      : value.members.map(
          ([name, item]) => `${quoted(name, escape())}${space}:${space}${write(item, space, escape)}`,
        );
  const [open, close] = "items" in value ? ["[", "]"] : ["{", "}"];
  return open + space + inner.join(`${space},${space}`) + space + close;
}

/** The naive count: of each object, members less distinct names. */
function duplicatesIn(value: Tree): number {
  if ("scalar" in value) return 0;
  if ("items" in value) return value.items.reduce((sum, item) => sum + duplicatesIn(item), 0);
  const names = new Set(value.members.map(([name]) => name));
  return value.members.reduce((sum, [, item]) => sum + duplicatesIn(item), value.members.length - names.size);
}

function stringsIn(value: Tree): number {
  if ("scalar" in value) return typeof value.scalar === "string" ? 1 : 0;
  if ("items" in value) return value.items.reduce((sum, item) => sum + stringsIn(item), 0);
  return value.members.reduce((sum, [, item]) => sum + 1 + stringsIn(item), 0);
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("scanJson", () => {
  it("finds as many duplicate keys as a naive reference, escapes or not", () => {
    fc.assert(
      fc.property(
        tree,
        fc.constantFrom("", " ", "\t\r\n"),
        fc.array(fc.boolean(), { minLength: 1 }),
        (value, space, escapes) => {
          let i = 0;
          const text = write(value, space, () => escapes[i++ % escapes.length] === true);
          const scan = scanJson(text);
          expect(scan.errorAt).toBe(-1);
          expect(scan.duplicateKeys).toBe(duplicatesIn(value));
          expect(countStringTokens(text)).toBe(stringsIn(value));
        },
      ),
      runs(10_000),
    );
  });

  it("accepts exactly what JSON.parse accepts", () => {
    const fragment = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "\\",
      " ",
      "0",
      "1",
      "-",
      ".",
      "e",
      "+",
      "true",
      "nul",
      "null",
      '"a"',
      "\\u00",
      "\n",
      "\u0000",
      "é",
      "\u2028",
      "\uFEFF",
    );
    const broken = fc
      .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat(3), fragment)
      .map(([text, at, cut, extra]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + extra + text.slice(place + cut);
      });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          broken,
          fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join("")),
        ),
        (text) => {
          const { errorAt } = scanJson(text);
          expect(errorAt < 0).toBe(parses(text));
          expect(errorAt).toBeLessThanOrEqual(text.length);
        },
      ),
      runs(28_000),
    );
  });

  it.each([
    ['{"a":1,"a":2}', ["a"]],
    ['{"a":1,"\\u0061":2}', ["a"]],
    ['{"m":[{},{"r":1,"c":2,"r":1}]}', ["m", 1, "r"]],
    ['{"a":{"b":[0,{"":1,"":1}]}}', ["a", "b", 1, ""]],
    ['{"\\"":1,"\\u0022":2}', ['"']],
  ])("names the member in %s", (text, path) => {
    expect(scanJson(text).keys).toEqual([{ kind: "duplicate", path }]);
  });

  it("takes no duplicate for one: same key in other objects, same text as value", () => {
    expect(scanJson('{"a":{"a":"a"},"b":[{"a":1},{"a":1}],"A":"a"}').duplicateKeys).toBe(0);
  });

  it("finds __proto__ at any depth, also escaped", () => {
    const scan = scanJson('{"a":[{"__proto__":1}],"\\u005f_proto__":2}');
    expect(scan.reservedKeys).toBe(2);
    expect(scan.keys.map(({ path }) => path)).toEqual([["a", 0, "__proto__"], ["__proto__"]]);
  });

  it("stops at the depth limit instead of going on", () => {
    expect(scanJson(`${"[".repeat(64)}${"]".repeat(64)}`).tooDeep).toBeNull();
    expect(scanJson(`${"[".repeat(65)}${"]".repeat(65)}`).tooDeep).toHaveLength(64);
    // Eight million levels would overflow any recursion.
    expect(scanJson("[".repeat(8 * 1024 * 1024)).tooDeep).toHaveLength(64);
    expect(scanJson('{"a":'.repeat(65)).tooDeep).toHaveLength(64);
  });

  it("counts a million duplicates, and lists a few", () => {
    const scan = scanJson(`{${Array.from({ length: 1_000_000 }, () => '"k":1').join(",")}}`);
    expect(scan.duplicateKeys).toBe(999_999);
    expect(scan.keys.length).toBeLessThan(100);
  });

  it.each([
    ['{"a":1,}', 7],
    ["{'a':1}", 1],
    ['{"a":tru}', 5],
    ['{"a":1} x', 8],
    ['{"a":"\u0001"}', 6],
    ['{"a":"\\x"}', 6],
    ['{"a":"b', 7],
    ["", 0],
    ["[01]", 2],
  ])("says where %j stops being JSON", (text, at) => {
    expect(scanJson(text).errorAt).toBe(at);
  });
});
