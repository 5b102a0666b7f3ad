import { setTimeout } from "node:timers/promises";
import type { Clock } from "../ports/clock.ts";

/** Longest time a timer of Node can wait, about 24.8 days; above, it would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  async sleep(ms, signal) {
    for (let left = ms; ; left -= MAX_TIMER_MS) {
      // Node rejects with an error of its own, which holds the signal's reason as its cause.
      await setTimeout(Math.min(Math.max(left, 0), MAX_TIMER_MS), undefined, { signal }).catch(() =>
        signal.throwIfAborted(),
      );
      if (left <= MAX_TIMER_MS) return;
    }
  },
};
