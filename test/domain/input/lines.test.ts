import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBlank, rangeLines, splitLines, type Line } from "../../../shared/domain/input/lines.ts";
import { inChunks, runs, utf8 } from "./support.ts";

/** What a line is, without the place inside its range. Contents are copied: they are views. */
type Seen = { at: number; content: string } | { at: number; oversize: number };

function seen(line: Line): Seen {
  return line.kind === "line"
    ? { at: line.startOffset, content: Buffer.from(line.bytes).toString("latin1") }
    : { at: line.startOffset, oversize: line.length };
}

async function collect(lines: AsyncIterable<Line>): Promise<Seen[]> {
  const all: Seen[] = [];
  for await (const line of lines) all.push(seen(line));
  return all;
}

/** The contract in the plainest form: split the whole file at "\n". */
function reference(bytes: Uint8Array, limit = Infinity): Seen[] {
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  if (lines.at(-1) === "") lines.pop();
  let at = 0;
  return lines.map((raw) => {
    const start = at;
    at += raw.length + 1;
    const unmarked = start === 0 && raw.startsWith("\u00ef\u00bb\u00bf") ? raw.slice(3) : raw;
    const content = unmarked.endsWith("\r") ? unmarked.slice(0, -1) : unmarked;
    return content.length > limit ? { at: start, oversize: content.length } : { at: start, content };
  });
}

/** Files made of everything that a splitter can trip over. */
const hostileFile = fc
  .array(
    fc.constantFrom(
      "\n",
      "\r\n",
      "\r",
      "\n\n",
      "\uFEFF",
      " ",
      "a",
      "é",
      "日",
      "😀",
      "{}",
      '{"a":1}',
      "abcdefgh",
    ),
    {
      maxLength: 24,
    },
  )
  .map((pieces) => utf8(pieces.join("")));
const places = fc.array(fc.nat(80), { maxLength: 12 });
const limit = fc.constantFrom(0, 1, 3, 7, 1000);

describe("splitLines", () => {
  it("gives the lines of a plain split, for any chunks and any limit", async () => {
    await fc.assert(
      fc.asyncProperty(hostileFile, places, limit, async (bytes, cuts, most) => {
        expect(await collect(splitLines(inChunks(bytes, cuts), most))).toEqual(reference(bytes, most));
      }),
      runs(15_000),
    );
  });

  it("removes a byte order mark at the start of the file only, even when chunks split it", async () => {
    const bytes = utf8("\uFEFFa\r\n\uFEFFb");
    const contents = (await collect(splitLines(inChunks(bytes, [1, 2, 5])))).map(
      (line) => "content" in line && line.content,
    );
    expect(contents).toEqual(["a", "\u00ef\u00bb\u00bfb"]);
  });

  it("numbers blank lines too, and reports where each line starts", async () => {
    const lines: [number, number][] = [];
    for await (const line of splitLines(inChunks(utf8("a\n\nb"), [])))
      lines.push([line.lineIndexInRange, line.startOffset]);
    expect(lines).toEqual([
      [0, 0],
      [1, 2],
      [2, 3],
    ]);
  });

  it("does not copy a line that lies inside one chunk", async () => {
    const chunk = utf8("first\nsecond\n");
    for await (const line of splitLines(inOneChunk(chunk))) {
      expect(line.kind === "line" && line.bytes.buffer).toBe(chunk.buffer);
    }
  });

  it("passes over a line of 256 MiB without holding it", async () => {
    const mebibyte = new Uint8Array(1024 * 1024).fill(0x61);
    const atStart = process.memoryUsage().arrayBuffers;
    let most = 0;
    async function* long(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 256; i++) {
        yield mebibyte;
        most = Math.max(most, process.memoryUsage().arrayBuffers - atStart);
      }
      yield utf8("\r\nnext");
    }
    const lines = await collect(splitLines(long()));
    expect(lines).toEqual([
      { at: 0, oversize: 256 * 1024 ** 2 },
      { at: 256 * 1024 ** 2 + 2, content: "next" },
    ]);
    // The limit is 8 MiB; copies are made up to it, none after.
    expect(most).toBeLessThan(64 * 1024 ** 2);
  });

  it("takes a line of exactly the limit, with CRLF and a byte order mark, and refuses one byte more", async () => {
    const lines = await collect(splitLines(inChunks(utf8("\uFEFFabcd\r\nabcde\r\n"), [2, 9, 13]), 4));
    expect(lines).toEqual([
      { at: 0, content: "abcd" },
      { at: 9, oversize: 5 },
    ]);
  });
});

async function* inOneChunk(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
  yield chunk;
}

describe("rangeLines", () => {
  it("reads every line exactly once, for any cut of a file into ranges", async () => {
    await fc.assert(
      fc.asyncProperty(hostileFile, places, places, limit, async (bytes, rangeCuts, chunkCuts, most) => {
        const bounds = [0, ...new Set(rangeCuts), 0, bytes.length]
          .filter((at) => at <= bytes.length)
          .sort((a, b) => a - b);
        const all: Seen[] = [];
        for (const [i, start] of bounds.entries()) {
          const end = bounds[i + 1] ?? bytes.length;
          const stream = inChunks(bytes.subarray(Math.max(0, start - 1)), chunkCuts);
          all.push(...(await collect(rangeLines(stream, { start, end }, most))));
        }
        expect(all).toEqual(reference(bytes, most));
      }),
      runs(15_000),
    );
  });

  it("gives a line to the range of its first byte, at every possible cut", async () => {
    const bytes = utf8('\uFEFF{"a":"日"}\r\n\r\n\n{"b":"😀"}\r\n{"c":1}');
    for (let cut = 0; cut <= bytes.length; cut++) {
      const before = await collect(rangeLines(inChunks(bytes, [3, 9]), { start: 0, end: cut }));
      const after = await collect(
        rangeLines(inChunks(bytes.subarray(Math.max(0, cut - 1)), [1, 2, 8]), {
          start: cut,
          end: bytes.length,
        }),
      );
      expect([...before, ...after]).toEqual(reference(bytes));
      expect(before.every((line) => line.at < cut) && after.every((line) => line.at >= cut)).toBe(true);
    }
  });

  it("closes the stream after its last line instead of reading on to the end", async () => {
    let chunks = 0;
    let closed = false;
    async function* file(): AsyncGenerator<Uint8Array> {
      try {
        for (; chunks < 1000; chunks++) yield utf8("0123456\n");
      } finally {
        closed = true;
      }
    }
    expect(await collect(rangeLines(file(), { start: 0, end: 20 }))).toHaveLength(3);
    expect(closed).toBe(true);
    expect(chunks).toBeLessThan(4);
  });

  it("stops without a line when a line of another range covers the whole range", async () => {
    let chunks = 0;
    async function* file(): AsyncGenerator<Uint8Array> {
      for (; chunks < 1000; chunks++) yield utf8("01234567");
    }
    expect(await collect(rangeLines(file(), { start: 10, end: 30 }))).toEqual([]);
    expect(chunks).toBeLessThan(5);
  });
});

describe("isBlank", () => {
  it("is true for JSON white space only", () => {
    expect(["", " \t", "\r"].map((text) => isBlank(utf8(text)))).toEqual([true, true, true]);
    expect(["x", "\u00a0", "\u0000", "  {"].map((text) => isBlank(utf8(text)))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
