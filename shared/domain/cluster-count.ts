/**
 * How many base clusters to look for (design section 6): one per target size, which is twice the least that may be
 * published, or half the square root of n where that is more, up to 100 (the paper's cost table assumes 100).
 */
export function baseClusterCount(n: number, k: number | "auto", minConversations: number): number {
  if (n === 0) return 0;
  if (k !== "auto") return Math.min(k, n);
  const target = Math.max(2 * minConversations, Math.min(Math.sqrt(n) / 2, 100));
  return Math.max(1, Math.round(n / target));
}
