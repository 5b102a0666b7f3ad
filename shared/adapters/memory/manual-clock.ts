import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../ports/clock.ts";

export interface ManualClock extends Clock {
  /** Moves both times on by `ms`, at least 0. */
  advance(ms: number): void;
}

/**
 * A clock for tests that stands still. `sleep` moves it on at once and gives way to other work, so that loops which
 * wait end without waiting; concurrent sleeps add up.
 * @param start milliseconds since 1970 UTC.
 */
export function manualClock(start: number): ManualClock {
  let passed = 0;
  const advance = (ms: number): void => {
    if (!(ms >= 0)) throw new RangeError("time does not run backwards");
    passed += ms;
  };
  return {
    now: () => start + passed,
    elapsed: () => passed,
    advance,
    async sleep(ms, signal) {
      signal.throwIfAborted();
      advance(Math.max(ms, 0));
      await setImmediate();
      signal.throwIfAborted();
    },
  };
}
