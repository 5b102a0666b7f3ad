import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ErrorName } from "../../shared/errors.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import { collect, collectBytes, streamOf } from "../helpers/collect.ts";

export interface ObjectStoreUnderTest {
  /** Empty, and accepting any safe key under "runs/". */
  readonly store: ObjectStore;
  /** Removes what the test left. */
  close(): Promise<void>;
}

const MIB = 1 << 20;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const keysOf = async (store: ObjectStore, prefix: string): Promise<string[]> =>
  (await collect(store.list(prefix))).map(({ key }) => key);

/** Legal keys that file systems, URLs, shells and XML are known to trip over. */
const UNUSUAL_KEYS = [
  "runs/a/with space.json",
  "runs/a/plus+and&amp;=?#.json",
  "runs/a/percent%2Fencoded%00.json",
  "runs/a/..two.leading",
  "runs/a/...",
  "runs/a/.hidden",
  "runs/a/~tilde'quote\"double`back",
  "runs/a/<xml>]]>|*:;,@$!()[]{}^",
  "runs/a/-dash",
  "runs/a/grüße-日本語-🦉",
  `runs/a/${"long".repeat(50)}`,
];

const UNSAFE_KEYS = [
  "",
  "/",
  "/runs/a/x",
  "runs/a/",
  "runs//x",
  "runs/a/../../x",
  "runs/./x",
  "runs/a/..",
  "runs/a\\x",
  "runs/a/x\u0000y",
  "runs/a/x\ny",
  `runs/${"a/".repeat(600)}x`,
];

/** What every object store must do (shared/ports/object-store.ts). */
export function describeObjectStore(name: string, make: () => Promise<ObjectStoreUnderTest>): void {
  describe(`${name} as an object store`, () => {
    let subject: ObjectStoreUnderTest;
    let store: ObjectStore;

    beforeEach(async () => {
      subject = await make();
      store = subject.store;
    });
    afterEach(() => subject.close());

    describe("what is missing", () => {
      test("is null, or not_found when streamed", async () => {
        const key = "runs/a/none.json";
        expect(await store.get(key)).toBeNull();
        expect(await store.head(key)).toBeNull();
        for (const range of [undefined, { start: 0 }, { start: 5, end: 5 }, { start: 9, end: 20 }]) {
          await expect(collect(store.stream(key, range))).rejects.toMatchObject({
            name: ErrorName.permanent,
            code: "not_found",
          });
        }
        expect(await collect(store.list("runs/"))).toEqual([]);
        await expect(store.delete([key, "runs/b/neither"])).resolves.toBeUndefined();
      });

      test("is also what is named like a folder of objects, or lies below an object", async () => {
        await store.put("runs/a/x/y", utf8("1"));
        expect(await store.get("runs/a/x")).toBeNull();
        expect(await store.head("runs/a/x")).toBeNull();
        await expect(collect(store.stream("runs/a/x"))).rejects.toMatchObject({ code: "not_found" });
        expect(await store.get("runs/a/x/y/z")).toBeNull();
        expect(await store.head("runs/a/x/y/z")).toBeNull();
        await store.delete(["runs/a/x", "runs/a/x/y/z"]);
        expect(await keysOf(store, "")).toEqual(["runs/a/x/y"]);
      });
    });

    describe("keys", () => {
      test.each(UNSAFE_KEYS)("%j is refused by every verb", async (key) => {
        const body = utf8("1");
        await expect(store.get(key)).rejects.toThrow(RangeError);
        await expect(store.head(key)).rejects.toThrow(RangeError);
        await expect(collect(store.stream(key))).rejects.toThrow(RangeError);
        await expect(store.put(key, body)).rejects.toThrow(RangeError);
        await expect(store.put(key, streamOf(body))).rejects.toThrow(RangeError);
        await expect(store.putIfAbsent(key, body)).rejects.toThrow(RangeError);
        await expect(store.delete([key])).rejects.toThrow(RangeError);
        expect(await collect(store.list(""))).toEqual([]);
      });

      test("a delete with one unsafe key deletes nothing", async () => {
        await store.put("runs/a/x", utf8("1"));
        await expect(store.delete(["runs/a/x", "runs/../x"])).rejects.toThrow(RangeError);
        expect(await keysOf(store, "")).toEqual(["runs/a/x"]);
      });

      test("unusual legal ones name objects of their own", async () => {
        for (const [index, key] of UNUSUAL_KEYS.entries()) {
          expect(await store.putIfAbsent(key, utf8(`${index}`))).toBe("created");
        }
        for (const [index, key] of UNUSUAL_KEYS.entries()) {
          expect(await store.get(key)).toEqual(utf8(`${index}`));
          expect(await store.head(key)).toEqual({ key, size: `${index}`.length });
          expect(await keysOf(store, key)).toEqual([key]);
        }
        expect(await keysOf(store, "runs/a/")).toEqual([...UNUSUAL_KEYS].sort());
        await store.delete(UNUSUAL_KEYS);
        expect(await keysOf(store, "")).toEqual([]);
      });
    });

    describe("bodies", () => {
      test("come back byte for byte, in both ways of writing and reading", async () => {
        const allBytes = Uint8Array.from({ length: 256 * 5 }, (_, index) => index % 256);
        const bodies = [new Uint8Array(0), Uint8Array.of(0), utf8("\ufeffa\r\n\u2028"), allBytes];
        for (const [index, body] of bodies.entries()) {
          const key = `runs/a/${index}`;
          expect(await store.put(key, body)).toBe(body.byteLength);
          expect(await store.get(key)).toEqual(body);
          expect(await store.put(key, streamOf(body.subarray(0, 300), body.subarray(300)))).toBe(
            body.byteLength,
          );
          expect(await store.get(key)).toEqual(body);
          expect(await collectBytes(store.stream(key))).toEqual(body);
          expect(await store.head(key)).toEqual({ key, size: body.byteLength });
          expect(await store.putIfAbsent(`${key}.new`, body)).toBe("created");
          expect(await store.get(`${key}.new`)).toEqual(body);
        }
      });

      test("larger than one chunk come back whole", async () => {
        const body = Uint8Array.from(
          { length: 3 * MIB + 17 },
          (_, index) => (index * 31 + (index >> 13)) & 255,
        );
        const pieces = Array.from({ length: 7 }, (_, index) =>
          body.subarray(index * 500_000, (index + 1) * 500_000),
        );
        expect(await store.put("runs/a/large", streamOf(...pieces))).toBe(body.byteLength);
        expect(Buffer.from((await store.get("runs/a/large")) ?? []).equals(body)).toBe(true);
        expect(Buffer.from(await collectBytes(store.stream("runs/a/large"))).equals(body)).toBe(true);
      });

      test("a stream without a chunk, or with empty ones, is an empty object", async () => {
        expect(await store.put("runs/a/none", streamOf())).toBe(0);
        expect(await store.put("runs/a/empty", streamOf(new Uint8Array(0), new Uint8Array(0)))).toBe(0);
        expect(await store.get("runs/a/none")).toEqual(new Uint8Array(0));
        expect(await store.head("runs/a/empty")).toEqual({ key: "runs/a/empty", size: 0 });
      });

      test("belong to the store: changing the caller's bytes changes nothing", async () => {
        const body = utf8("before");
        await store.put("runs/a/put", body);
        await store.putIfAbsent("runs/a/new", body);
        body.fill(0);
        (await store.get("runs/a/put"))?.fill(1);
        for await (const chunk of store.stream("runs/a/put")) chunk.fill(2);
        expect(await store.get("runs/a/put")).toEqual(utf8("before"));
        expect(await store.get("runs/a/new")).toEqual(utf8("before"));
      });

      test("may be streamed from one buffer that is used again", async () => {
        async function* reused(): AsyncGenerator<Uint8Array> {
          const buffer = new Uint8Array(1000);
          for (let index = 1; index <= 3; index++) yield buffer.fill(index);
        }
        await store.put("runs/a/reused", reused());
        const body = (await store.get("runs/a/reused")) ?? new Uint8Array(0);
        expect([0, 999, 1000, 1999, 2000, 2999].map((at) => body[at])).toEqual([1, 1, 2, 2, 3, 3]);
      });

      test("are taken no faster than they are stored, and reading may end early", async () => {
        let closed = false;
        async function* endless(): AsyncGenerator<Uint8Array> {
          try {
            for (let index = 0; index < 40; index++) yield new Uint8Array(100_000).fill(index);
          } finally {
            closed = true;
          }
        }
        await store.put("runs/a/many", endless());
        expect(closed).toBe(true);
        for await (const chunk of store.stream("runs/a/many")) {
          expect(chunk[0]).toBe(0);
          break;
        }
        expect((await store.head("runs/a/many"))?.size).toBe(4_000_000);
      });
    });

    describe("ranges", () => {
      const body = utf8("0123456789");
      const ranged = async (start: number, end?: number): Promise<string> =>
        new TextDecoder().decode(
          await collectBytes(store.stream("runs/a/digits", end === undefined ? { start } : { start, end })),
        );
      beforeEach(() => store.put("runs/a/digits", body));

      test.each([
        [0, undefined, "0123456789"],
        [0, 10, "0123456789"],
        [3, 7, "3456"],
        [9, undefined, "9"],
        [9, 10, "9"],
        [8, 99, "89"],
        [0, 1, "0"],
      ])("[%s, %s) is %j", async (start, end, expected) => {
        expect(await ranged(start, end)).toBe(expected);
      });

      test.each([
        [0, 0],
        [5, 5],
        [7, 3],
        [10, undefined],
        [10, 11],
        [500, undefined],
        [500, 600],
      ])("[%s, %s) yields nothing", async (start, end) => {
        expect(await ranged(start, end)).toBe("");
      });

      test("of an empty object yield nothing", async () => {
        await store.put("runs/a/empty", new Uint8Array(0));
        expect(await collectBytes(store.stream("runs/a/empty"))).toEqual(new Uint8Array(0));
        expect(await collectBytes(store.stream("runs/a/empty", { start: 0, end: 1 }))).toEqual(
          new Uint8Array(0),
        );
      });

      test("below zero are refused", async () => {
        await expect(ranged(-1)).rejects.toThrow(RangeError);
        await expect(ranged(0, -1)).rejects.toThrow(RangeError);
      });

      test("cut at any two places join to the whole", async () => {
        const large = Uint8Array.from(
          { length: 2 * MIB + 5 },
          (_, index) => (index * 7 + (index >> 11)) & 255,
        );
        await store.put("runs/a/digits", large);
        const place = fc.integer({ min: 0, max: large.byteLength });
        await fc.assert(
          fc.asyncProperty(place, place, async (one, other) => {
            const [low, high] = [Math.min(one, other), Math.max(one, other)];
            const parts = await Promise.all(
              [{ start: 0, end: low }, { start: low, end: high }, { start: high }].map((range) =>
                collectBytes(store.stream("runs/a/digits", range)),
              ),
            );
            expect(parts.map((part) => part.byteLength)).toEqual([low, high - low, large.byteLength - high]);
            expect(Buffer.concat(parts).equals(large)).toBe(true);
          }),
          { numRuns: 10 },
        );
      });
    });

    describe("put if absent", () => {
      test("creates once and leaves what is there", async () => {
        expect(await store.putIfAbsent("runs/a/x", utf8("first"))).toBe("created");
        expect(await store.putIfAbsent("runs/a/x", utf8("second"))).toBe("exists");
        expect(await store.get("runs/a/x")).toEqual(utf8("first"));
        await store.put("runs/a/y", utf8("put"));
        expect(await store.putIfAbsent("runs/a/y", utf8("second"))).toBe("exists");
        expect(await store.get("runs/a/y")).toEqual(utf8("put"));
      });

      test("also counts an empty object as there", async () => {
        expect(await store.putIfAbsent("runs/a/x", new Uint8Array(0))).toBe("created");
        expect(await store.putIfAbsent("runs/a/x", utf8("second"))).toBe("exists");
      });

      test("creates again after a delete", async () => {
        await store.putIfAbsent("runs/a/x", utf8("first"));
        await store.delete(["runs/a/x"]);
        expect(await store.putIfAbsent("runs/a/x", utf8("second"))).toBe("created");
        expect(await store.get("runs/a/x")).toEqual(utf8("second"));
      });

      test("of 50 concurrent creators one wins, and its whole body is the object", async () => {
        for (let round = 0; round < 5; round++) {
          const key = `runs/a/deep/er/race-${round}`;
          const bodies = Array.from({ length: 50 }, (_, index) => new Uint8Array(10_000 + index).fill(index));
          const outcomes = await Promise.all(bodies.map((body) => store.putIfAbsent(key, body)));
          expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(1);
          expect(outcomes.filter((outcome) => outcome === "exists")).toHaveLength(49);
          expect(await store.get(key)).toEqual(bodies[outcomes.indexOf("created")]);
        }
        expect(await keysOf(store, "")).toHaveLength(5);
      });
    });

    describe("replacing", () => {
      test("readers meanwhile see whole objects only, each of one writer", async () => {
        const key = "runs/a/large";
        const bodyOf = (version: number): Uint8Array => new Uint8Array(MIB + version).fill(version % 251);
        const isWhole = (body: Uint8Array): boolean =>
          Buffer.from(bodyOf(body.byteLength - MIB)).equals(body);
        await store.put(key, bodyOf(0));
        let writing = true;
        const seen: boolean[] = [];
        const readers = Array.from({ length: 2 }, async (_, index) => {
          while (writing) {
            const body = index === 0 ? await store.get(key) : await collectBytes(store.stream(key));
            seen.push(body !== null && isWhole(body));
          }
        });
        for (let version = 1; version <= 200; version++) {
          const body = bodyOf(version);
          await store.put(
            key,
            version % 2 === 0 ? body : streamOf(body.subarray(0, 600_000), body.subarray(600_000)),
          );
        }
        writing = false;
        await Promise.all(readers);
        expect(seen.length).toBeGreaterThan(1);
        expect(seen).not.toContain(false);
        expect((await store.head(key))?.size).toBe(MIB + 200);
      });

      test("of concurrent writers leaves one whole body", async () => {
        const sizes = Array.from({ length: 20 }, (_, index) => 50_000 + index);
        await Promise.all(
          sizes.map((size) => store.put("runs/a/x", new Uint8Array(size).fill(size - 50_000))),
        );
        const body = (await store.get("runs/a/x")) ?? new Uint8Array(0);
        expect(body).toEqual(new Uint8Array(body.byteLength).fill(body.byteLength - 50_000));
        expect(sizes).toContain(body.byteLength);
      });

      test.each([0, 1, 3])("a body that throws after %s chunks leaves the old object", async (chunks) => {
        const failure = new Error("the body failed");
        async function* failing(): AsyncGenerator<Uint8Array> {
          for (let index = 0; index < chunks; index++) yield new Uint8Array(MIB).fill(9);
          throw failure;
        }
        await store.put("runs/a/old", utf8("old"));
        await expect(store.put("runs/a/old", failing())).rejects.toBe(failure);
        await expect(store.put("runs/a/new", failing())).rejects.toBe(failure);
        expect(await store.get("runs/a/old")).toEqual(utf8("old"));
        expect(await store.get("runs/a/new")).toBeNull();
        expect(await keysOf(store, "")).toEqual(["runs/a/old"]);
      });

      test("does not count as there until the body has ended", async () => {
        const seen: unknown[] = [];
        async function* watched(): AsyncGenerator<Uint8Array> {
          yield utf8("one");
          seen.push(await store.get("runs/a/x"), await keysOf(store, ""));
          yield utf8("two");
        }
        await store.put("runs/a/x", watched());
        expect(seen).toEqual([null, []]);
        expect(await store.get("runs/a/x")).toEqual(utf8("onetwo"));
      });
    });

    describe("listing", () => {
      test("goes by plain string prefix", async () => {
        const keys = ["runs/a1-b/x", "runs/a1/x", "runs/a1/xy", "runs/a1/y/z", "runs/a10/x"];
        await Promise.all(keys.map((key) => store.put(key, utf8(key))));
        expect(await keysOf(store, "")).toEqual(keys);
        expect(await keysOf(store, "ru")).toEqual(keys);
        expect(await keysOf(store, "runs")).toEqual(keys);
        expect(await keysOf(store, "runs/")).toEqual(keys);
        expect(await keysOf(store, "runs/a1")).toEqual(keys);
        expect(await keysOf(store, "runs/a1/")).toEqual(keys.slice(1, 4));
        expect(await keysOf(store, "runs/a1/x")).toEqual(["runs/a1/x", "runs/a1/xy"]);
        expect(await keysOf(store, "runs/a1/y")).toEqual(["runs/a1/y/z"]);
        expect(await keysOf(store, "runs/a1/y/z")).toEqual(["runs/a1/y/z"]);
        expect(await keysOf(store, "runs/a1/y/z/")).toEqual([]);
        expect(await keysOf(store, "runs/a1-")).toEqual(["runs/a1-b/x"]);
        expect(await keysOf(store, "runs/b")).toEqual([]);
        expect(await keysOf(store, "other/")).toEqual([]);
        expect(await keysOf(store, "runs/a1/../a10/")).toEqual([]);
        expect(await keysOf(store, "/")).toEqual([]);
      });

      test("is in code-unit order of the whole key, with sizes", async () => {
        const keys = [
          "a-b/x",
          "a-b",
          "a/x/y",
          "a/x-y",
          "a/x.y",
          "a/x0",
          "a0",
          "aB",
          "ab",
          "a b",
          "ä",
          "Z",
          "é/1",
          "é0",
        ]
          .filter((key) => key !== "a-b")
          .map((key) => `runs/o/${key}`);
        for (const [index, key] of keys.entries()) await store.put(key, new Uint8Array(index));
        const listed = await collect(store.list("runs/o/"));
        expect(listed.map(({ key }) => key)).toEqual([...keys].sort());
        for (const { key, size } of listed) expect(size).toBe(keys.indexOf(key));
      });

      test("is complete beyond a thousand objects", async () => {
        const keys = Array.from(
          { length: 1205 },
          (_, index) => `runs/m/${index % 3}/${String(index).padStart(5, "0")}`,
        );
        for (let from = 0; from < keys.length; from += 50) {
          await Promise.all(keys.slice(from, from + 50).map((key) => store.putIfAbsent(key, utf8(key))));
        }
        expect(await keysOf(store, "runs/m/")).toEqual([...keys].sort());
        await store.delete(keys.slice(1));
        expect(await keysOf(store, "")).toEqual(keys.slice(0, 1));
      });

      test("while objects come and go shows each that stays exactly once", async () => {
        const staying = Array.from({ length: 30 }, (_, index) => `runs/s/${index % 5}/stay-${index}`);
        const going = Array.from({ length: 30 }, (_, index) => `runs/s/${index % 5}/go-${index}`);
        for (const key of [...staying, ...going]) await store.put(key, utf8("1"));
        const seen: string[] = [];
        let step = 0;
        for await (const { key } of store.list("runs/s/")) {
          seen.push(key);
          const next = going[step++];
          if (next !== undefined) {
            await store.delete([next]);
            await store.put(`runs/s/new-${step}/x`, utf8("1"));
          }
        }
        expect(seen.filter((key) => key.includes("stay"))).toEqual([...staying].sort());
        expect(new Set(seen).size).toBe(seen.length);
      });
    });

    describe("deleting", () => {
      test("takes the keys given and no other", async () => {
        const keys = ["runs/a/x", "runs/a/xy", "runs/a/z/x", "runs/ab/x"];
        for (const key of keys) await store.put(key, utf8(key));
        await store.delete([]);
        expect(await keysOf(store, "")).toEqual(keys);
        await store.delete(["runs/a/x", "runs/a/x", "runs/a/none"]);
        expect(await keysOf(store, "")).toEqual(keys.slice(1));
        expect(await store.get("runs/a/x")).toBeNull();
      });

      test("leaves room for any other shape of keys", async () => {
        await store.put("runs/a/x/y/z", utf8("1"));
        await store.delete(["runs/a/x/y/z"]);
        await store.put("runs/a/x", utf8("2"));
        expect(await keysOf(store, "")).toEqual(["runs/a/x"]);
      });

      test("beside writers in the same folder loses none of theirs", async () => {
        for (let round = 0; round < 10; round++) {
          const gone = Array.from({ length: 5 }, (_, index) => `runs/r/d/old-${round}-${index}`);
          for (const key of gone) await store.put(key, utf8("1"));
          const fresh = Array.from({ length: 5 }, (_, index) => `runs/r/d/new-${round}-${index}`);
          await Promise.all([
            ...gone.map((key) => store.delete([key])),
            ...fresh.map((key) => store.putIfAbsent(key, utf8("2"))),
          ]);
          expect(await keysOf(store, "runs/r/")).toEqual(fresh);
          await store.delete(fresh);
        }
      });
    });

    test("any sequence of verbs does what it does to a map", async () => {
      const key = fc.constantFrom("runs/p/a", "runs/p/a-b", "runs/p/a0/x", "runs/p/c/d", "runs/p/c/e");
      const body = fc.uint8Array({ maxLength: 20 });
      const verb = fc.oneof(
        fc.record({ verb: fc.constant("put" as const), key, body }),
        fc.record({ verb: fc.constant("putIfAbsent" as const), key, body }),
        fc.record({ verb: fc.constant("delete" as const), key, body }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(verb, { maxLength: 12 }), async (steps) => {
          await store.delete(await keysOf(store, ""));
          const model = new Map<string, Uint8Array>();
          for (const step of steps) {
            if (step.verb === "put") {
              expect(await store.put(step.key, step.body)).toBe(step.body.byteLength);
              model.set(step.key, step.body);
            } else if (step.verb === "putIfAbsent") {
              const expected = model.has(step.key) ? "exists" : "created";
              expect(await store.putIfAbsent(step.key, step.body)).toBe(expected);
              if (expected === "created") model.set(step.key, step.body);
            } else {
              await store.delete([step.key]);
              model.delete(step.key);
            }
          }
          const expected = [...model.keys()]
            .sort()
            .map((each) => ({ key: each, size: model.get(each)?.byteLength }));
          expect(await collect(store.list(""))).toEqual(expected);
          for (const [each, stored] of model) expect(await store.get(each)).toEqual(stored);
        }),
        { numRuns: 25 },
      );
    });
  });
}
