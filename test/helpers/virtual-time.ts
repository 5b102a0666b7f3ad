import type { Clock } from "../../shared/ports/clock.ts";

export interface VirtualTime {
  readonly clock: Clock & { advance(ms: number): void };
  /** Moves time from sleeper to sleeper, in the order in which they wake, until `work` is done. */
  run<T>(work: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that passes only when all that goes on waits for it: minutes in milliseconds, and always the same. */
export function virtualTime(): VirtualTime {
  let now = 0;
  let sleepers: Sleeper[] = [];
  const clock = {
    now: () => now,
    elapsed: () => now,
    advance(ms: number) {
      now += ms;
    },
    async sleep(ms: number, signal: AbortSignal) {
      signal.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.push(sleeper);
        signal.addEventListener("abort", () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal.reason as Error);
        });
      });
    },
  };
  return {
    clock,
    async run(work) {
      let isDone = false;
      const watched = work.finally(() => (isDone = true));
      watched.catch(() => {});
      while (!isDone) {
        await new Promise((resolve) => void setImmediate(resolve));
        const next = sleepers.reduce((least, { at }) => Math.min(least, at), Infinity);
        if (next === Infinity) continue;
        now = Math.max(now, next);
        const due = sleepers.filter(({ at }) => at <= now);
        sleepers = sleepers.filter(({ at }) => at > now);
        for (const { wake } of due) wake();
      }
      return watched;
    },
  };
}
