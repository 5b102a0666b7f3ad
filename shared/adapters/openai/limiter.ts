import type { Clock } from "../../ports/clock.ts";

/** What an endpoint says about its limits in the headers of an answer; undefined where it says nothing. */
export interface ToldLimits {
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
}

export interface LimiterOptions {
  readonly clock: Clock;
  /** Calls in flight to begin with, and at most. */
  readonly concurrency: number;
  /** Limits that the user knows of; null when none. What the endpoint tells lowers them, never raises them. */
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  /** Part of the endpoint's limits that is this process's, 0 to 1: 1 / batches in flight where each has a process of its own. */
  readonly share: number;
}

/** Leave to call the endpoint once. Exactly one of its functions is called, once. */
export interface Permit {
  /** The endpoint answered, whatever the answer. */
  done(told?: ToldLimits): void;
  /** It was overloaded: 429, 5xx, a time-out or a connection that broke. */
  congested(cause: { limited: boolean; retryAfterMs?: number | undefined; told?: ToldLimits }): void;
}

export interface Limiter {
  /** Resolves when a call that costs about `tokens` may be made; rejects with the signal's reason. First come, first served. */
  acquire(tokens: number, signal: AbortSignal): Promise<Permit>;
  readonly inFlight: number;
}

const MINUTE_MS = 60_000;
/** Part of a minute's requests that may go at once: no minute then sees more than 2 % above the limit. */
const BURST_SHARE = 0.02;
/** Tokens are estimates, and a call is worth thousands of them: a larger burst, of a quarter of a minute. */
const TOKEN_BURST_SHARE = 0.25;
/** Retry-After of at least this much: the endpoint counts by the minute, so what it took in the last minute is its limit. */
const WINDOW_RETRY_MS = 5_000;
/** How much a rate that was learned from refusals grows per minute without one. */
const GROWTH_PER_MINUTE = 1.05;

/** A token bucket whose level may go below zero by the last call's cost. */
interface Bucket {
  perMs: number;
  capacity: number;
  level: number;
  at: number;
}

const bucketOf = (perMinute: number, burst: number, at: number): Bucket => {
  const capacity = Math.max(1, perMinute * burst);
  return { perMs: perMinute / MINUTE_MS, capacity, level: capacity, at };
};

function fill(bucket: Bucket, now: number): void {
  bucket.level = Math.min(bucket.capacity, bucket.level + (now - bucket.at) * bucket.perMs);
  bucket.at = now;
}

/** Milliseconds until the bucket holds `least`. */
const waitFor = (bucket: Bucket, least: number): number =>
  bucket.level >= least ? 0 : Math.ceil((least - bucket.level) / bucket.perMs);

interface Waiter {
  readonly tokens: number;
  readonly resolve: (permit: Permit) => void;
}

/**
 * Bounds calls to one endpoint: calls in flight (additive increase, multiplicative decrease, as TCP has it), requests
 * and tokens per minute (known, told by headers, or learned from refusals), and pauses that the endpoint asks for.
 */
export function createLimiter(options: LimiterOptions): Limiter {
  const { clock, concurrency, share } = options;
  const waiting: Waiter[] = [];
  let limit = concurrency;
  let inFlight = 0;
  let pausedUntil = 0;
  /** Calls that began before this belong to an overload that was answered already. */
  let cutAt = -1;
  let timer: AbortController | null = null;
  let learnedAt = 0;
  let learned = false;
  /** When requests of the last minute were taken, oldest first. */
  const taken: number[] = [];
  const known = (perMinute: number | null, burst: number): Bucket | null =>
    perMinute === null ? null : bucketOf(perMinute * share, burst, clock.elapsed());
  let requests = known(options.requestsPerMinute, BURST_SHARE);
  let tokens = known(options.tokensPerMinute, TOKEN_BURST_SHARE);

  /** A lower limit than the one held replaces it, empty: the minute that has begun is not ours from its start. */
  function lowered(held: Bucket | null, perMinute: number | undefined, burst: number): Bucket | null {
    if (perMinute === undefined || !(perMinute > 0)) return held;
    const next = { ...bucketOf(perMinute * share, burst, clock.elapsed()), level: 0 };
    return held === null || next.perMs < held.perMs ? next : held;
  }

  function hear(told: ToldLimits | undefined): void {
    requests = lowered(requests, told?.requestsPerMinute, BURST_SHARE);
    tokens = lowered(tokens, told?.tokensPerMinute, TOKEN_BURST_SHARE);
  }

  function forgetOld(now: number): void {
    let old = 0;
    while (old < taken.length && taken[old]! < now - MINUTE_MS) old++;
    taken.splice(0, old);
  }

  /** The rate at which the endpoint took requests until it refused one is the rate it allows. */
  function learnRate(now: number, retryAfterMs: number): void {
    forgetOld(now);
    if (taken.length === 0) return;
    const span = Math.max(1000, Math.min(MINUTE_MS, now - taken[0]!));
    const byWindow = retryAfterMs >= WINDOW_RETRY_MS;
    const perMinute = byWindow ? taken.length : (taken.length / span) * MINUTE_MS;
    if (requests !== null && !learned && requests.perMs * MINUTE_MS <= perMinute) return;
    requests = { ...bucketOf(Math.max(1, perMinute), BURST_SHARE, now), level: 0 };
    learned = true;
    learnedAt = now;
  }

  function grow(now: number): void {
    if (!learned || requests === null || now - learnedAt < MINUTE_MS) return;
    const perMinute = requests.perMs * MINUTE_MS * GROWTH_PER_MINUTE;
    requests = { ...bucketOf(perMinute, BURST_SHARE, now), level: requests.level };
    learnedAt = now;
  }

  function release(): void {
    inFlight--;
    pump();
  }

  function permitted(startedAt: number): Permit {
    return {
      done(told) {
        limit = Math.min(concurrency, limit + 1 / Math.max(1, Math.floor(limit)));
        taken.push(clock.elapsed());
        if (taken.length % 1024 === 0) forgetOld(clock.elapsed());
        hear(told);
        release();
      },
      congested({ limited, retryAfterMs = 0, told }) {
        const now = clock.elapsed();
        if (startedAt > cutAt) {
          limit = Math.max(1, limit / 2);
          cutAt = now;
          if (limited && told?.requestsPerMinute === undefined) learnRate(now, retryAfterMs);
        }
        hear(told);
        if (limited) pausedUntil = Math.max(pausedUntil, now + retryAfterMs);
        release();
      },
    };
  }

  /** Milliseconds until the first in the queue may go for all but calls in flight. */
  function delay(now: number): number {
    let wait = Math.max(0, pausedUntil - now);
    for (const [bucket, least] of [
      [requests, 1],
      // A call larger than the burst goes when the bucket is full.
      [tokens, tokens === null ? 0 : Math.min(waiting[0]!.tokens, tokens.capacity)],
    ] as const) {
      if (bucket === null) continue;
      fill(bucket, now);
      wait = Math.max(wait, waitFor(bucket, least));
    }
    return wait;
  }

  function pump(): void {
    timer?.abort();
    timer = null;
    while (waiting.length > 0 && inFlight < Math.floor(limit)) {
      const now = clock.elapsed();
      grow(now);
      const wait = delay(now);
      if (wait > 0) {
        const alarm = new AbortController();
        timer = alarm;
        clock.sleep(wait, alarm.signal).then(pump, () => {});
        return;
      }
      const next = waiting.shift()!;
      if (requests !== null) requests.level -= 1;
      if (tokens !== null) tokens.level -= next.tokens;
      inFlight++;
      next.resolve(permitted(now));
    }
  }

  return {
    get inFlight() {
      return inFlight;
    },
    async acquire(cost, signal) {
      signal.throwIfAborted();
      return new Promise<Permit>((resolve, reject) => {
        const onAbort = (): void => {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(signal.reason as Error);
          pump();
        };
        const waiter: Waiter = {
          tokens: cost,
          resolve(permit) {
            signal.removeEventListener("abort", onAbort);
            resolve(permit);
          },
        };
        signal.addEventListener("abort", onAbort, { once: true });
        waiting.push(waiter);
        pump();
      });
    },
  };
}
