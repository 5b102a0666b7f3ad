import type { Range } from "./range.ts";

/** A row to look at, and how many rows it stands for. */
export interface SampledRow {
  readonly at: number;
  readonly weight: number;
}

/** Of the longest rows so many are all looked at: in a heavy tail a few rows hold much of the text. */
const LONGEST = 100;
/** Standard errors to either side: 19 times of 20. */
const SPREAD = 1.96;

/**
 * Which rows of an input to look at, given the bytes of each. Costs follow length, and the length of every row is known:
 * the longest are all looked at, the others in order of length at even steps, so that each stands for rows as long as it.
 */
export function chooseRows(lengths: readonly number[], most: number): SampledRow[] {
  const byLength = lengths.map((_, at) => at).sort((a, b) => lengths[b]! - lengths[a]!);
  if (byLength.length <= most) return byLength.map((at) => ({ at, weight: 1 }));
  const certain = Math.min(LONGEST, Math.floor(most / 2));
  const rest = byLength.slice(certain);
  const steps = most - certain;
  const chosen = byLength.slice(0, certain).map((at) => ({ at, weight: 1 }));
  for (let step = 0; step < steps; step++) {
    const start = Math.floor((rest.length * step) / steps);
    const end = Math.floor((rest.length * (step + 1)) / steps);
    chosen.push({ at: rest[Math.floor((start + end - 1) / 2)]!, weight: end - start });
  }
  return chosen;
}

/** The mean over all rows of what was found for the sampled ones, in the order in which they were chosen. */
export function meanOf(sample: readonly SampledRow[], values: readonly number[]): Range {
  const rows = sample.reduce((sum, { weight }) => sum + weight, 0);
  if (rows === 0) return { low: 0, mid: 0, high: 0 };
  const mid = sample.reduce((sum, { weight }, i) => sum + weight * values[i]!, 0) / rows;
  // Neighbours are as long as each other: how they differ is how far one may be from those it stands for.
  let variance = 0;
  for (let i = 1; i < sample.length; i++) {
    const { weight } = sample[i]!;
    if (weight > 1) variance += (weight ** 2 * (values[i]! - values[i - 1]!) ** 2) / 2;
  }
  const error = (SPREAD * Math.sqrt(variance)) / rows;
  return { low: Math.max(0, mid - error), mid, high: mid + error };
}
