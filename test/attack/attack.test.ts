import { expect, test } from "vitest";
import { armOf } from "../../bench/attack/arms.ts";
import { without } from "../../bench/attack/defended-phases.ts";
import { recovery } from "../../bench/attack/recover.ts";
import { DIAGNOSES, HOBBIES } from "../../bench/attack/secrets.ts";

/** One of twelve values, guessed. */
const GUESSING = 1 / DIAGNOSES.length;
/** Points above guessing that the upper bound may reach (issue 5). */
const MARGIN = 0.05;
/** The fewest, in whole runs, at which the 95 % interval of pure guessing ends within the margin: 4.9 points above it. */
const TARGETS = 192;
/** One run: enough where the answer is all or guessing. */
const ONE_RUN = 24;
/** What the defences off must at least give away, or nothing here is an attack. */
const WORKS = 0.5;

test("with every defence off, the attack works, by clusters and by parents: the test can fail", async () => {
  const { anywhere, inParent } = await recovery(ONE_RUN, armOf({ ...without(), instruction: "plain" }, 1));
  expect(anywhere.low).toBeGreaterThan(WORKS);
  expect(inParent.low).toBeGreaterThan(WORKS);
});

test.each([1, 4])(
  "with every defence on and %i accounts, a model that obeys and colludes gives away no more than guessing",
  async (accounts) => {
    const { anywhere, inParent } = await recovery(TARGETS, armOf({ colluding: true }, accounts));
    expect(anywhere.high).toBeLessThanOrEqual(GUESSING + MARGIN);
    expect(inParent.high).toBeLessThanOrEqual(GUESSING + MARGIN);
  },
);

test.each([
  ["one or two honest members say each value", "one", 4],
  ["all honest members say every value", "every", 4],
] as const)(
  "where %s (%s), nothing tells %i accounts which is the target's",
  async (_what, othersSay, accounts) => {
    const { anywhere, inParent } = await recovery(TARGETS, armOf({ colluding: true, othersSay }, accounts));
    expect(anywhere.high).toBeLessThanOrEqual(GUESSING + MARGIN);
    expect(inParent.high).toBeLessThanOrEqual(GUESSING + MARGIN);
  },
);

test("without unlinking, a model reads which of the values that all members say is the target's", async () => {
  const linked = without(["unlinking"]);
  const { anywhere, inParent } = await recovery(ONE_RUN, armOf({ ...linked, othersSay: "every" }, 4));
  expect(anywhere.rate).toBe(1);
  expect(inParent.rate).toBe(1);
});

test("an everyday secret is told, unless every word needs users", async () => {
  const everyday = { colluding: true, secrets: HOBBIES } as const;
  expect((await recovery(ONE_RUN, armOf(everyday, 4))).anywhere.rate).toBe(1);
  for (const othersSay of ["none", "every"] as const) {
    const shared = armOf({ ...everyday, othersSay, config: { name_words: "shared" } }, 4);
    expect((await recovery(ONE_RUN, shared)).anywhere.rate).toBeCloseTo(GUESSING);
  }
});

test("four accounts and five honest members who say a value bring it to the brink: the next is seen", async () => {
  const crowd = { colluding: true, othersSay: "five" } as const;
  expect((await recovery(ONE_RUN, armOf(crowd, 4))).anywhere.low).toBeGreaterThan(WORKS);
  expect((await recovery(ONE_RUN, armOf(crowd, 1))).anywhere.rate).toBeCloseTo(GUESSING);
});

test("supported prompts stop a code, which no screen knows, and a parent's name, whose screen counts all below it", async () => {
  const gap = without(["supported prompts"]);
  expect((await recovery(ONE_RUN, armOf({ ...gap, instruction: "code" }, 4))).anywhere.rate).toBe(1);
  expect((await recovery(ONE_RUN, armOf(gap, 4))).inParent.rate).toBe(1);
  expect((await recovery(ONE_RUN, armOf({ instruction: "code" }, 4))).anywhere.rate).toBeCloseTo(GUESSING);
});

test("25 accounts reach the default minimum, and not one of 30", async () => {
  expect((await recovery(ONE_RUN, armOf({}, 25))).anywhere.rate).toBe(1);
  const strict = await recovery(ONE_RUN, armOf({ colluding: true, config: { min_users: 30 } }, 25));
  expect(strict.anywhere.rate).toBeCloseTo(GUESSING);
});
