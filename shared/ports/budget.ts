/** Money in whole micro-dollars (a millionth of a US dollar), so that sums are exact. */
export type MicroUsd = number;

/** Money set aside; settled once. */
export interface Reservation {
  readonly budgetId: string;
  readonly id: string;
  readonly amount: MicroUsd;
}

export interface BudgetState {
  /** Known to be spent. */
  readonly spent: MicroUsd;
  /** Set aside and not settled: by calls under way, or by a process that was killed. Counts as spent until settled. */
  readonly reserved: MicroUsd;
}

/**
 * What the runs of a budget have spent together, kept where every process and function that spends on it can see it. A
 * budget is named after a run and is gone with it; it holds nothing before its first reservation.
 */
export interface Budget {
  /**
   * Sets `amount` aside if all that is spent and reserved stays within `limit` with it; null when it would not. Of any
   * number of concurrent callers those that get a reservation never exceed the limit together.
   */
  reserve(budgetId: string, amount: MicroUsd, limit: MicroUsd): Promise<Reservation | null>;
  /** Puts what was spent in the place of the reservation. Repeating it changes nothing. */
  settle(reservation: Reservation, spent: MicroUsd): Promise<void>;
  read(budgetId: string): Promise<BudgetState>;
}
