import type { BreakdownCell } from "../../shared/contracts/published.ts";

/** Shares that differ by less are the same for a reader. */
const LEAST = 1.2;

/**
 * "1.8 × its parent": a value's share in a group against that in the parent, where both are named and it is a difference
 * worth a word; null otherwise.
 */
export function liftOf(
  { value, conversations }: BreakdownCell,
  n: number,
  reference: readonly BreakdownCell[] | undefined,
): string | null {
  const total = reference?.reduce((sum, cell) => sum + cell.conversations, 0) ?? 0;
  const theirs = reference?.find((cell) => cell.value === value)?.conversations;
  if (theirs === undefined || total === 0 || n === 0) return null;
  const lift = conversations / n / (theirs / total);
  return lift >= LEAST || lift <= 1 / LEAST ? `${lift.toFixed(1)} × its parent` : null;
}
