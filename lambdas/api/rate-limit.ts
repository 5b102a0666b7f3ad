import type { Clock } from "../../shared/ports/clock.ts";

export interface RateLimit {
  /** Requests a second that go on for ever. */
  readonly perSecond: number;
  /** Requests at once. */
  readonly burst: number;
}

/** Callers that are remembered; the oldest are forgotten, which only helps them. */
const REMEMBERED = 10_000;
const MS_PER_SECOND = 1000;

/** A token bucket per caller. Answers the seconds to wait, 0 when the request may pass. */
export function rateLimiter({ perSecond, burst }: RateLimit, clock: Clock): (caller: string) => number {
  const buckets = new Map<string, { left: number; atMs: number }>();
  return (caller) => {
    const nowMs = clock.elapsed();
    const held = buckets.get(caller);
    const refilled =
      held === undefined ? burst : held.left + ((nowMs - held.atMs) / MS_PER_SECOND) * perSecond;
    const left = Math.min(burst, refilled);
    buckets.delete(caller);
    buckets.set(caller, { left: left < 1 ? left : left - 1, atMs: nowMs });
    if (buckets.size > REMEMBERED) buckets.delete(buckets.keys().next().value ?? "");
    return left < 1 ? Math.ceil((1 - left) / perSecond) : 0;
  };
}
