import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_NAME_WORDS } from "../../shared/contracts/model-tasks.ts";
import { batchRange, cutIntoBatches } from "../../shared/domain/batching.ts";
import { addDays, mondayOf } from "../../shared/domain/calendar.ts";
import { baseClusterCount } from "../../shared/domain/cluster-count.ts";
import { MemberDigest } from "../../shared/domain/cluster-id.ts";
import { facetText } from "../../shared/domain/facet-text.ts";
import { decodeFloats, encodeFloats } from "../../shared/domain/floats.ts";
import { rateWithInterval } from "../../shared/domain/interval.ts";
import { canonicalJson, encodeLine, storedLines } from "../../shared/domain/jsonl.ts";
import { levelSizes } from "../../shared/domain/level-sizes.ts";
import { matchName } from "../../shared/domain/match-name.ts";
import { sampleMembers } from "../../shared/domain/member-sample.ts";
import { remembered } from "../../shared/domain/remembered.ts";
import { sampleIndices, seededRandom, shuffle } from "../../shared/domain/random.ts";
import { packSections, sectionRanges, sectionsHeadBytes } from "../../shared/domain/sections.ts";
import { TopList } from "../../shared/domain/top-list.ts";
import { numberRepeats, repeatedNames } from "../../shared/domain/unique-names.ts";
import { userBandOf } from "../../shared/domain/published/user-band.ts";

test("batches cover every item once, and are never more than the most allowed", () => {
  fc.assert(
    fc.property(
      fc.nat(5000),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 40 }),
      fc.option(fc.integer({ min: 1, max: 30 })),
      (items, wanted, most, atOnce) => {
        const cut = cutIntoBatches(items, wanted, most, atOnce);
        expect(cut.batches).toBeLessThanOrEqual(most);
        const covered = Array.from({ length: cut.batches }, (_, batch) => batchRange(cut, batch)).flatMap(
          ({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i),
        );
        expect(covered).toEqual(Array.from({ length: items }, (_, i) => i));
      },
    ),
  );
});

test("batches one call after another are cut so that no longer chain of calls is left than the items need", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 30 }),
      (items, wanted, atOnce) => {
        const { size, batches } = cutIntoBatches(items, wanted, 10_000, atOnce);
        expect(size).toBeLessThanOrEqual(wanted);
        const waves = Math.ceil(items / (wanted * atOnce));
        expect(Math.ceil(batches / atOnce)).toBeLessThanOrEqual(waves);
        // At most one call more in each wave than a perfect division has.
        expect(waves * size).toBeLessThan(items / atOnce + waves);
      },
    ),
  );
  expect(cutIntoBatches(200, 8, 10_000, 64)).toEqual({ items: 200, size: 4, batches: 50 });
  expect(cutIntoBatches(200, 8, 10_000, 8)).toEqual({ items: 200, size: 7, batches: 29 });
});

test.each([
  ["2026-09-14", "2026-09-14"],
  ["2026-09-20", "2026-09-14"],
  ["2026-01-01", "2025-12-29"],
  ["2024-02-29", "2024-02-26"],
])("the week of %s starts on %s", (day, monday) => {
  expect(mondayOf(day)).toBe(monday);
  expect(addDays(monday, 6) >= day).toBe(true);
});

test.each([
  [0, "auto", 0],
  [1, "auto", 1],
  [20, "auto", 1],
  [240, "auto", 8],
  [2400, "auto", 80],
  [1_000_000, "auto", 10_000],
  [100, 150, 100],
  [4600, 150, 150],
] as const)("%i conversations with k %s give %i base clusters", (n, k, wanted) => {
  expect(baseClusterCount(n, k, 15)).toBe(wanted);
});

test("a cluster's id depends on its members, not on their order", () => {
  const idOf = (members: readonly string[]): string => {
    const digest = new MemberDigest();
    for (const member of members) digest.add(member);
    return digest.id("c");
  };
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), fc.integer(), (members, seed) => {
      expect(idOf(shuffle(seededRandom(seed), [...members]))).toBe(idOf(members));
      expect(idOf([...members, "one more"])).not.toBe(idOf(members));
    }),
  );
});

test("the embedded text is facet text alone, and never empty", () => {
  expect(facetText({ request: "fix a test", task: "debug", topic: "python", summary: "long" })).toBe(
    "fix a test. python",
  );
  expect(facetText({ request: null, task: null, topic: null, summary: null }).length).toBeGreaterThan(0);
});

test("what is remembered is what would be answered, and little is held", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", "c", "d", "e")), (keys) => {
      const asked: string[] = [];
      const loud = remembered(2, (key) => {
        asked.push(key);
        return key.toUpperCase();
      });
      expect(keys.map(loud)).toEqual(keys.map((key) => key.toUpperCase()));
      expect(asked.length).toBeLessThanOrEqual(keys.length);
    }),
  );
  const asked: string[] = [];
  const once = remembered(10, (key) => asked.push(key) > 0);
  for (const key of ["x", "y", "x", "x"]) once(key);
  expect(asked).toEqual(["x", "y"]);
});

test("floats survive base64 bit for bit", () => {
  fc.assert(
    fc.property(fc.float32Array(), (values) => {
      expect(decodeFloats(encodeFloats(values))).toEqual(values);
    }),
  );
});

test.each([
  [0, 400, 0, 0.00918],
  [3, 400, 0.00155, 0.02176],
  [20, 20, 0.83157, 1],
])("%i of %i has the published Clopper-Pearson interval", (count, n, low, high) => {
  const found = rateWithInterval(count, n);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

test("lines survive any cut into chunks, multi-byte characters included", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ text: fc.string({ unit: "grapheme" }) })),
      fc.integer({ min: 1, max: 9 }),
      async (rows, size) => {
        const bytes = Buffer.concat(rows.map(encodeLine));
        async function* chunks() {
          for (let at = 0; at < bytes.length; at += size) yield new Uint8Array(bytes.subarray(at, at + size));
        }
        const read = (await Array.fromAsync(storedLines(chunks()))).map(
          (line) => JSON.parse(line) as unknown,
        );
        expect(read).toEqual(rows);
      },
    ),
  );
});

test("canonical JSON does not depend on the order of keys", () => {
  expect(canonicalJson({ b: 1, a: { d: [2, { f: 1, e: 2 }], c: null } })).toBe(
    '{"a":{"c":null,"d":[2,{"e":2,"f":1}]},"b":1}',
  );
});

test("levels shrink to the top in few steps, each at least a little smaller", () => {
  expect(levelSizes(8, 10)).toEqual([]);
  expect(levelSizes(80, 10)).toEqual([10]);
  expect(levelSizes(1000, 10)).toEqual([100, 10]);
  fc.assert(
    fc.property(fc.integer({ min: 11, max: 20_000 }), (base) => {
      const sizes = levelSizes(base, 10);
      expect(sizes.at(-1)).toBe(10);
      expect([base, ...sizes].every((size, i, all) => i === 0 || size < all[i - 1]!)).toBe(true);
    }),
  );
});

test.each([
  ["Plan a trip", 1],
  ['2. "plan a trip."', 1],
  ["PLAN  A TRIP", 1],
  ["Something else", -1],
  ["", -1],
])("the answer %s names parent %i", (answer, wanted) => {
  expect(matchName(answer, ["Bake bread", "Plan a trip"])).toBe(wanted);
});

test("no user fills a sample: round-robin over users, capped, no row twice", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(5), { maxLength: 80 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer(),
      (users, count, maxPerUser, seed) => {
        const rows = users.map((_, i) => i);
        const chosen = sampleMembers(rows, (row) => users[row]!, {
          count,
          maxPerUser,
          random: seededRandom(seed),
        });
        const per = new Map<number, number>();
        for (const row of chosen) per.set(users[row]!, (per.get(users[row]!) ?? 0) + 1);
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(Math.max(0, ...per.values())).toBeLessThanOrEqual(maxPerUser);
        const available = [...new Set(users)].reduce(
          (sum, user) => sum + Math.min(maxPerUser, users.filter((other) => other === user).length),
          0,
        );
        expect(chosen).toHaveLength(Math.min(count, available));
      },
    ),
  );
});

test("one account with fifty chats gives three of fifty members", () => {
  const users = [...Array.from({ length: 50 }, () => 0), ...Array.from({ length: 47 }, (_, i) => 1 + i)];
  const chosen = sampleMembers(
    users.map((_, i) => i),
    (row) => users[row]!,
    { count: 50, maxPerUser: 3, random: seededRandom(1) },
  );
  expect(chosen.filter((row) => users[row] === 0)).toHaveLength(3);
});

test("samples of indices are distinct, ascending and of the size asked for", () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(250), fc.integer(), (n, count, seed) => {
      const chosen = sampleIndices(seededRandom(seed), n, count);
      expect(chosen).toHaveLength(Math.min(n, count));
      expect(chosen.every((index, i) => index < n && (i === 0 || index > chosen[i - 1]!))).toBe(true);
    }),
  );
});

test("sections survive packing", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (sections) => {
      const packed = packSections(sections);
      const ranges = sectionRanges(packed.subarray(0, sectionsHeadBytes(sections.length)));
      expect(ranges.map(({ start, end }) => [...packed.subarray(start, end)])).toEqual(
        sections.map((section) => [...section]),
      );
    }),
  );
});

test("a top list is the head of the sorted list", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.nat(8), (scores, size) => {
      const top = new TopList(size);
      scores.forEach((score, item) => top.offer(item, score));
      const sorted = scores
        .map((score, item) => ({ score, item }))
        .sort((a, b) => b.score - a.score || a.item - b.item);
      expect(top.list()).toEqual(sorted.slice(0, size).map(({ item }) => item));
    }),
  );
});

test("numbered names are unique, keep the first, and stay within ten words", () => {
  const word = fc.constantFrom("Plan", "a", "trip", "PLAN", "plan.", "A");
  const names = fc.array(
    fc.array(word, { minLength: 1, maxLength: 10 }).map((words) => words.join(" ")),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(names, (given) => {
      const unique = numberRepeats(given);
      expect(repeatedNames(unique)).toEqual([]);
      expect(unique[0]).toBe(given[0]);
      expect(unique.every((name) => name.split(/\s+/).length <= MAX_NAME_WORDS)).toBe(true);
    }),
  );
});

test.each([
  [5, "min-9"],
  [10, "10-24"],
  [99, "50-99"],
  [1000, "1000+"],
] as const)("%i users are published as %s", (users, band) => {
  expect(userBandOf(users)).toBe(band);
});
