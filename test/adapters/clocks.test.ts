import { describe, expect, test } from "vitest";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import type { Clock } from "../../shared/ports/clock.ts";

const START = Date.UTC(2026, 10, 1);
const never = new AbortController().signal;

const clocks: [string, () => Clock][] = [
  ["the system's clock", () => systemClock],
  ["a manual clock", () => manualClock(START)],
];

describe.each(clocks)("%s", (_, make) => {
  test("never runs backwards over a sleep", async () => {
    const clock = make();
    const before = clock.elapsed();
    await clock.sleep(2, never);
    // A timer may fire up to a millisecond early by this clock.
    expect(clock.elapsed() - before).toBeGreaterThanOrEqual(1);
    await clock.sleep(0, never);
    await clock.sleep(-5, never);
    expect(clock.elapsed()).toBeGreaterThanOrEqual(before);
  });

  test("rejects a sleep with the signal's own reason, before and during", async () => {
    const clock = make();
    const reason = new Error("stop");
    await expect(clock.sleep(1e6, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const sleeping = clock.sleep(1e12, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });
});

test("the system's clock tells the time of day", () => {
  const before = Date.now();
  expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  expect(systemClock.now()).toBeLessThanOrEqual(Date.now());
});

describe("a manual clock", () => {
  test("moves only when told to, by sleeping or by hand", async () => {
    const clock = manualClock(START);
    expect([clock.now(), clock.elapsed()]).toEqual([START, 0]);
    await clock.sleep(60_000, never);
    expect([clock.now(), clock.elapsed()]).toEqual([START + 60_000, 60_000]);
    clock.advance(500);
    expect([clock.now(), clock.elapsed()]).toEqual([START + 60_500, 60_500]);
    expect(() => clock.advance(-1)).toThrow(RangeError);
  });

  test("gives way while it sleeps", async () => {
    const clock = manualClock(START);
    const order: string[] = [];
    const other = Promise.resolve().then(() => order.push("other"));
    await clock.sleep(1, never);
    order.push("slept");
    await other;
    expect(order).toEqual(["other", "slept"]);
  });
});
