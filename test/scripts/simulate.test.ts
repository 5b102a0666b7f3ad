import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { world } from "../../scripts/scaling/facts.ts";
import type { Round } from "../../scripts/scaling/rounds.ts";
import { Bucket, WAITS, bindingLimits, simulate } from "../../scripts/scaling/simulate.ts";
import type { World } from "../../scripts/scaling/simulate.ts";
import { phaseRow } from "../../shared/pipeline.ts";

const row = phaseRow("facets");
const round = (of: Partial<Round>): Round => ({
  batches: 1,
  concurrency: 1,
  cpuSeconds: 0,
  threads: 1,
  calls: 0,
  readBytes: 0,
  reduceSeconds: 0,
  memoryMiB: 300,
  ...of,
});
/** Nothing takes time, nothing is scarce. */
const free: World = {
  ...world,
  lambdaConcurrency: 1e6,
  sandboxesPerSecond: 1e9,
  coldStartSeconds: 0,
  childStartsPerSecond: 1e9,
  childStartBurst: 1e9,
  stateSeconds: 0,
  s3Seconds: 0,
  s3BytesPerSecond: 1e15,
  s3GetsPerSecond: 1e9,
  s3PutsPerSecond: 1e9,
  dynamodbSeconds: 0,
  dynamodbWritesPerSecond: 1e9,
  modelSpread: 0,
  tokensPerMinute: 1e15,
  memoryPerCpuMiB: row.memoryMiB,
};

describe("the simulation", () => {
  it("takes calls over calls in flight where nothing else takes time", () => {
    const rounds = [round({ batches: 64, concurrency: 8, calls: 5 })];
    const { seconds, calls, spent } = simulate([{ row, rounds }], { ...free, modelSeconds: 2 });
    expect(seconds).toBeCloseTo((64 / 8) * 5 * 2, 6);
    expect(calls).toBe(320);
    expect(spent["calls in flight"]).toBeCloseTo(640, 6);
  });

  it("takes as long as the tokens last where they are scarce", () => {
    const rounds = [round({ batches: 100, concurrency: 100, calls: 1 })];
    const scarce = { ...free, modelSeconds: 0.001, tokensPerCall: 60, tokensPerMinute: 600 };
    // Ten a second; the first ten are there.
    expect(simulate([{ row, rounds }], scarce).seconds).toBeCloseTo((100 * 60 - 10) / 10, 3);
    expect(bindingLimits([{ row, rounds }], scarce)[0]?.wait).toBe("tokens a minute");
  });

  it("names what binds", () => {
    const slow: readonly (readonly [string, Partial<World>, Partial<Round>])[] = [
      [
        "Lambda's concurrency",
        { lambdaConcurrency: 2, modelSeconds: 1 },
        { batches: 80, concurrency: 80, cpuSeconds: 0, calls: 0, readBytes: 1e9 },
      ],
      [
        "starts of children",
        { childStartsPerSecond: 1, childStartBurst: 1 },
        { batches: 200, concurrency: 200 },
      ],
      ["processors", {}, { batches: 10, concurrency: 10, cpuSeconds: 100 }],
      ["plan and reduce", {}, { reduceSeconds: 100 }],
      ["cold starts", { coldStartSeconds: 50 }, {}],
      ["bytes from S3", { s3BytesPerSecond: 1e6 }, { readBytes: 1e8 }],
      ["DynamoDB", { dynamodbWritesPerSecond: 1 }, { batches: 300, concurrency: 300 }],
    ];
    for (const [what, of, asked] of slow) {
      const narrow = {
        ...free,
        modelSeconds: 0,
        ...of,
        ...(what === "Lambda's concurrency" ? { s3BytesPerSecond: 1e9 } : {}),
      };
      const best = bindingLimits([{ row, rounds: [round(asked)] }], narrow);
      const first = best.filter(({ saves }) => saves >= best[0]!.saves - 0.05).map(({ wait }) => wait);
      expect(first).toContain(what);
    }
  });

  const worlds = fc.record({
    lambdaConcurrency: fc.integer({ min: 1, max: 50 }),
    childStartsPerSecond: fc.integer({ min: 1, max: 50 }),
    tokensPerMinute: fc.integer({ min: 1_000, max: 1_000_000 }),
    coldStartSeconds: fc.integer({ min: 0, max: 5 }),
  });
  const plans = fc.array(
    fc.record({
      batches: fc.integer({ min: 0, max: 60 }),
      concurrency: fc.integer({ min: 1, max: 40 }),
      calls: fc.integer({ min: 0, max: 40 }),
      cpuSeconds: fc.integer({ min: 0, max: 10 }),
    }),
    { minLength: 1, maxLength: 4 },
  );

  it("runs every batch and call once, and no faster than its parts", () => {
    fc.assert(
      fc.property(worlds, plans, (of, asked) => {
        const rounds = asked.map(round);
        const outcome = simulate([{ row, rounds }], { ...world, ...of });
        const sum = (each: (one: Round) => number): number => rounds.reduce((all, one) => all + each(one), 0);
        expect(outcome.batches).toBe(sum(({ batches }) => batches));
        expect(outcome.calls).toBe(sum(({ batches, calls }) => batches * calls));
        expect(outcome.invocations).toBe(outcome.batches + 2 * rounds.length);
        const most = Math.max(
          1,
          ...rounds.map(({ concurrency }) => Math.min(concurrency, of.lambdaConcurrency)),
        );
        const work = sum(({ batches, cpuSeconds }) => batches * cpuSeconds);
        expect(outcome.seconds).toBeGreaterThanOrEqual(
          (work * Math.min(1, 1_769 / row.memoryMiB)) / most / 10,
        );
        for (const wait of WAITS) expect(outcome.spent[wait]).toBeGreaterThanOrEqual(0);
        expect(simulate([{ row, rounds }], { ...world, ...of })).toEqual(outcome);
      }),
      { numRuns: 60 },
    );
  });

  it("never takes longer in a world with more tokens and faster stores", () => {
    fc.assert(
      fc.property(worlds, plans, (of, asked) => {
        const rounds = asked.map(round);
        const before = { ...world, modelSpread: 0, ...of };
        const wider = {
          ...before,
          tokensPerMinute: 10 * before.tokensPerMinute,
          s3Seconds: before.s3Seconds / 2,
        };
        expect(simulate([{ row, rounds }], wider).seconds).toBeLessThanOrEqual(
          simulate([{ row, rounds }], before).seconds * 1.001,
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe("a bucket", () => {
  it("gives a burst at once and its rate after that, to who asks first", () => {
    const bucket = new Bucket(2, 4);
    expect([1, 2, 3, 4, 5, 6].map(() => bucket.take(1, 0))).toEqual([0, 0, 0, 0, 0.5, 1]);
    expect(bucket.take(2, 10)).toBe(10);
  });

  it("never gives more than burst and rate allow", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(3)), { maxLength: 50 }),
        (asked) => {
          const bucket = new Bucket(3, 7);
          let now = 0;
          let taken = 0;
          for (const [count, later] of asked) {
            now += later;
            const at = bucket.take(count, now);
            taken += count;
            expect(at).toBeGreaterThanOrEqual(now);
            expect(taken).toBeLessThanOrEqual(7 + 3 * at + 1e-9);
          }
        },
      ),
    );
  });
});
