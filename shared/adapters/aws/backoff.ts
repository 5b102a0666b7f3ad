/**
 * How long to wait before try `attempt` (from 1) again: a random time up to a bound that doubles ("full jitter", the
 * AWS Architecture Blog's advice: contenders that wait alike meet again).
 */
export function backoffMs(attempt: number, baseMs: number, capMs: number): number {
  return Math.random() * Math.min(capMs, baseMs * 2 ** (attempt - 1));
}
