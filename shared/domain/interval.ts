import jstat from "jstat";
import type { RateWithInterval } from "../contracts/privacy.ts";

const TAIL = 0.025;

/** A share with its exact 95 % interval (Clopper and Pearson 1934): it covers the truth at least 95 % of the time at any n. */
export function rateWithInterval(count: number, n: number): RateWithInterval {
  if (n === 0) return { count, n, rate: null, low: null, high: null };
  const quantile = (p: number, a: number, b: number): number => jstat.jStat.beta.inv(p, a, b);
  return {
    count,
    n,
    rate: count / n,
    low: count === 0 ? 0 : quantile(TAIL, count, n - count + 1),
    high: count === n ? 1 : quantile(1 - TAIL, count + 1, n - count),
  };
}
