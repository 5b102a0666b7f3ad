import { RETRY_FIRST_WAIT_SECONDS } from "../pipeline.ts";

/** Milliseconds to wait after the `tried`-th try: 1, 2, 4 ... seconds, or what the other side asked for if that is more. */
export function retryWaitMs(error: unknown, tried: number): number {
  const { retryAfterMs = 0 } = error as { retryAfterMs?: number };
  return Math.max(retryAfterMs, RETRY_FIRST_WAIT_SECONDS * 1000 * 2 ** (tried - 1));
}
