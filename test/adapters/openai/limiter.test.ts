import { array, assert, asyncProperty, constantFrom, integer } from "fast-check";
import { describe, expect, test } from "vitest";
import { createLimiter } from "../../../shared/adapters/openai/limiter.ts";
import type { LimiterOptions } from "../../../shared/adapters/openai/limiter.ts";
import { virtualTime } from "../../helpers/virtual-time.ts";
import type { VirtualTime } from "../../helpers/virtual-time.ts";

const signal = new AbortController().signal;
const LATENCY_MS = 200;
const MINUTE_MS = 60_000;

const options = (time: VirtualTime, more: Partial<LimiterOptions> = {}): LimiterOptions => ({
  clock: time.clock,
  concurrency: 64,
  requestsPerMinute: null,
  tokensPerMinute: null,
  share: 1,
  ...more,
});

interface Seen {
  /** When calls arrived, in order. */
  readonly arrivals: number[];
  /** Summed milliseconds of calls in flight. */
  busyMs: number;
  refused: number;
}

type Verdict = { readonly ok: true } | { readonly ok: false; readonly retryAfterMs?: number };

/** `calls` calls from as many callers as there can be in flight, each tried until it succeeds. */
async function load(
  time: VirtualTime,
  limiterOptions: LimiterOptions,
  calls: number,
  server: (at: number) => Verdict,
  callers = 200,
): Promise<Seen> {
  const limiter = createLimiter(limiterOptions);
  const seen: Seen = { arrivals: [], busyMs: 0, refused: 0 };
  let left = calls;
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left--;
      for (;;) {
        const permit = await limiter.acquire(1000, signal);
        const at = time.clock.elapsed();
        seen.arrivals.push(at);
        const verdict = server(at);
        await time.clock.sleep(LATENCY_MS, signal);
        seen.busyMs += LATENCY_MS;
        if (verdict.ok) {
          permit.done();
          break;
        }
        seen.refused++;
        permit.congested({ limited: true, retryAfterMs: verdict.retryAfterMs });
      }
    }
  };
  await time.run(Promise.all(Array.from({ length: callers }, caller)));
  return seen;
}

/** Most arrivals in any minute that begins at least `after` ms in. */
function worstMinute(arrivals: readonly number[], after: number): number {
  let most = 0;
  let end = 0;
  arrivals.forEach((from, start) => {
    if (from < after) return;
    while (end < arrivals.length && arrivals[end]! < from + MINUTE_MS) end++;
    most = Math.max(most, end - start);
  });
  return most;
}

test("10,000 calls of 200 ms at a limit of 64: at least 55 in flight on average", async () => {
  const time = virtualTime();
  const { busyMs } = await load(time, options(time), 10_000, () => ({ ok: true }));
  const mean = busyMs / time.clock.elapsed();
  expect(mean).toBeGreaterThanOrEqual(55);
  expect(mean).toBeLessThanOrEqual(64);
});

describe("a server that allows 300 requests a minute is never exceeded by more than 5 % after the first 10 s", () => {
  const ALLOWED = 300;
  test("when the user says the limit", async () => {
    const time = virtualTime();
    const { arrivals } = await load(time, options(time, { requestsPerMinute: ALLOWED }), 1500, () => ({
      ok: true,
    }));
    expect(worstMinute(arrivals, 0)).toBeLessThanOrEqual(ALLOWED * 1.05);
    // And it is used: 1,500 calls take little more than five minutes.
    expect(time.clock.elapsed()).toBeLessThan(5.2 * MINUTE_MS);
  });

  test("when it refuses what comes faster than one every 200 ms", async () => {
    const time = virtualTime();
    let level = 5;
    let at = 0;
    const server = (now: number): Verdict => {
      level = Math.min(5, level + ((now - at) * ALLOWED) / MINUTE_MS);
      at = now;
      if (level < 1) return { ok: false, retryAfterMs: 1000 };
      level--;
      return { ok: true };
    };
    const { arrivals } = await load(time, options(time), 1500, server);
    expect(worstMinute(arrivals, 10_000)).toBeLessThanOrEqual(ALLOWED * 1.05);
    expect(time.clock.elapsed()).toBeLessThan(10 * MINUTE_MS);
  });

  test("when it counts by the minute", async () => {
    const time = virtualTime();
    let minute = -1;
    let taken = 0;
    const server = (now: number): Verdict => {
      if (Math.floor(now / MINUTE_MS) !== minute) {
        minute = Math.floor(now / MINUTE_MS);
        taken = 0;
      }
      if (taken === ALLOWED) return { ok: false, retryAfterMs: (minute + 1) * MINUTE_MS - now };
      taken++;
      return { ok: true };
    };
    const { arrivals } = await load(time, options(time), 1500, server);
    expect(worstMinute(arrivals, 10_000)).toBeLessThanOrEqual(ALLOWED * 1.05);
    expect(time.clock.elapsed()).toBeLessThan(10 * MINUTE_MS);
  });

  test("of which this process has a quarter", async () => {
    const time = virtualTime();
    const quarter = options(time, { requestsPerMinute: ALLOWED, share: 0.25 });
    const { arrivals } = await load(time, quarter, 300, () => ({ ok: true }));
    expect(worstMinute(arrivals, 0)).toBeLessThanOrEqual((ALLOWED / 4) * 1.05);
  });
});

test("tokens per minute are kept as requests are", async () => {
  const time = virtualTime();
  await load(time, options(time, { tokensPerMinute: 100_000 }), 500, () => ({ ok: true }));
  // 500 calls of 1,000 tokens, of which a quarter of a minute's may go at once.
  expect(time.clock.elapsed()).toBeGreaterThanOrEqual(4.7 * MINUTE_MS);
  expect(time.clock.elapsed()).toBeLessThan(5 * MINUTE_MS);
});

test("halves when overloaded, once for all that were under way, and grows back", async () => {
  const time = virtualTime();
  const limiter = createLimiter(options(time, { concurrency: 8 }));
  const permits = await Promise.all(Array.from({ length: 8 }, async () => limiter.acquire(1, signal)));
  time.clock.advance(1);
  for (const permit of permits) permit.congested({ limited: false });
  const inFlightAtMost = async (): Promise<number> => {
    const got: Awaited<ReturnType<typeof limiter.acquire>>[] = [];
    const stop = new AbortController();
    for (let i = 0; i < 8; i++)
      void limiter.acquire(1, stop.signal).then(
        (permit) => got.push(permit),
        () => {},
      );
    await new Promise((resolve) => void setImmediate(resolve));
    stop.abort();
    const n = limiter.inFlight;
    for (const permit of got) permit.done();
    return n;
  };
  expect(await inFlightAtMost()).toBe(4);
  for (let i = 0; i < 20; i++) await inFlightAtMost();
  expect(await inFlightAtMost()).toBe(8);
});

test("never more in flight than allowed, and everyone has a turn, whatever happens", async () => {
  await assert(
    asyncProperty(
      integer({ min: 1, max: 9 }),
      array(constantFrom("ok", "limited", "broken", "aborted"), { maxLength: 60 }),
      async (concurrency, outcomes) => {
        const time = virtualTime();
        const limiter = createLimiter(options(time, { concurrency }));
        let ended = 0;
        const calls = outcomes.map(async (outcome) => {
          const stop = new AbortController();
          const acquiring = limiter.acquire(10, stop.signal);
          if (outcome === "aborted") stop.abort(new Error("stopped"));
          const permit = await acquiring.catch(() => null);
          if (permit !== null) {
            expect(limiter.inFlight).toBeLessThanOrEqual(concurrency);
            await time.clock.sleep(LATENCY_MS, signal);
            if (outcome === "ok" || outcome === "aborted") permit.done();
            else permit.congested({ limited: outcome === "limited", retryAfterMs: 300 });
          }
          ended++;
        });
        await time.run(Promise.all(calls));
        expect(ended).toBe(outcomes.length);
        expect(limiter.inFlight).toBe(0);
      },
    ),
    { numRuns: 200 },
  );
});
