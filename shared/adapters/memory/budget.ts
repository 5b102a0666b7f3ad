import { randomUUID } from "node:crypto";
import { runPrefix } from "../../keys.ts";
import type { Budget } from "../../ports/budget.ts";
import { emptyBooks, reserveIn, settleIn, stateOf } from "../budget-books.ts";
import type { Books } from "../budget-books.ts";

/** Budgets in a map, for tests. */
export function memoryBudget(): Budget {
  const budgets = new Map<string, Books>();

  function booksOf(budgetId: string): Books {
    runPrefix(budgetId);
    const books = budgets.get(budgetId) ?? emptyBooks();
    budgets.set(budgetId, books);
    return books;
  }

  return {
    async reserve(budgetId, amount, limit) {
      const id = randomUUID();
      return reserveIn(booksOf(budgetId), { id, amount, limit }) ? { budgetId, id, amount } : null;
    },
    async settle({ budgetId, id }, spent) {
      settleIn(booksOf(budgetId), { id, spent });
    },
    async read(budgetId) {
      return stateOf(booksOf(budgetId));
    },
  };
}
