import type { BudgetState, MicroUsd } from "../ports/budget.ts";

/** The books of one budget, as the adapters that keep them themselves do: reservations by id, and what was spent. */
export interface Books {
  spent: MicroUsd;
  readonly open: Map<string, MicroUsd>;
}

export function emptyBooks(): Books {
  return { spent: 0, open: new Map() };
}

export function stateOf({ spent, open }: Books): BudgetState {
  let reserved = 0;
  for (const amount of open.values()) reserved += amount;
  return { spent, reserved };
}

/** Whether the reservation was granted, and is in the books. */
export function reserveIn(
  books: Books,
  { id, amount, limit }: { id: string; amount: MicroUsd; limit: MicroUsd },
): boolean {
  checkMoney(amount);
  const { spent, reserved } = stateOf(books);
  if (spent + reserved + amount > limit) return false;
  books.open.set(id, amount);
  return true;
}

/** Of a reservation that is not open, settled before or never granted, nothing changes. */
export function settleIn(books: Books, { id, spent }: { id: string; spent: MicroUsd }): void {
  checkMoney(spent);
  if (!books.open.delete(id)) return;
  books.spent += spent;
}

/** Throws RangeError for what is no amount of whole micro-dollars. */
export function checkMoney(amount: MicroUsd): void {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new RangeError(`${amount} is no number of whole micro-dollars`);
}
