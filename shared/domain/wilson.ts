/** The normal distribution's 97.5 % quantile. */
const Z = 1.959964;

/**
 * 95 % interval of a share (Wilson 1927), in [0, 1]: what a page or a table shows beside `count` of `n`.
 * @returns null for n = 0.
 */
export function wilsonInterval(
  count: number,
  n: number,
): { readonly low: number; readonly high: number } | null {
  if (n === 0) return null;
  const share = count / n;
  const spread = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  const middle = share + (Z * Z) / (2 * n);
  const scale = 1 + (Z * Z) / n;
  return {
    low: count === 0 ? 0 : Math.max(0, (middle - spread) / scale),
    high: count === n ? 1 : Math.min(1, (middle + spread) / scale),
  };
}
