/**
 * Largest step from one level to the next. Clio shrinks levels about tenfold (10, 100, 1,000 in its cost table); up to
 * half as much again is still one step, so that 135 base clusters get ten roots and not a level of 37 in between.
 */
const MAX_RATIO = 15;

/**
 * How many nodes each level above the base should have, bottom up; empty when the base is small enough to be the roots.
 * Sizes follow (top / base)^(1 / (L - 1)) (Clio, appendix G.7).
 */
export function levelSizes(base: number, top: number): number[] {
  if (base <= top) return [];
  const steps = Math.max(1, Math.ceil(Math.log(base / top) / Math.log(MAX_RATIO) - 1e-9));
  const ratio = (top / base) ** (1 / steps);
  return Array.from({ length: steps }, (_, i) => Math.max(top, Math.round(base * ratio ** (i + 1))));
}
