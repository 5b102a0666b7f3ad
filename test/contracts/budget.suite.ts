import * as fc from "fast-check";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Budget, Reservation } from "../../shared/ports/budget.ts";

export interface BudgetUnderTest {
  readonly budget: Budget;
  /** The same budgets as another process sees them. */
  readonly other: Budget;
  /** Makes the run that a budget is named after. */
  run(budgetId: string): Promise<void>;
  /** Removes what the test left. */
  close(): Promise<void>;
}

const only = (reservations: readonly (Reservation | null)[]): Reservation[] =>
  reservations.filter((reservation) => reservation !== null);

/** What every budget must do (shared/ports/budget.ts). */
export function describeBudget(
  name: string,
  make: () => Promise<BudgetUnderTest>,
  { cases = 20 }: { cases?: number } = {},
): void {
  describe(`${name} as a budget`, () => {
    let subject: BudgetUnderTest;
    let budget: Budget;
    let made = 0;
    beforeEach(async () => {
      subject = await make();
      onTestFinished(() => subject.close());
      ({ budget } = subject);
    });
    const newBudget = async (): Promise<string> => {
      const id = `run-${++made}`;
      await subject.run(id);
      return id;
    };

    test("holds nothing at first", async () => {
      expect(await budget.read("run-unknown")).toEqual({ spent: 0, reserved: 0 });
      expect(await budget.read(await newBudget())).toEqual({ spent: 0, reserved: 0 });
    });

    test("grants what fits to the last micro-dollar, and no more", async () => {
      const id = await newBudget();
      expect(await budget.reserve(id, 101, 100)).toBeNull();
      expect(await budget.reserve(id, 60, 100)).toMatchObject({ budgetId: id, amount: 60 });
      expect(await budget.reserve(id, 41, 100)).toBeNull();
      expect(await budget.reserve(id, 40, 100)).not.toBeNull();
      expect(await budget.reserve(id, 1, 100)).toBeNull();
      expect(await budget.read(id)).toEqual({ spent: 0, reserved: 100 });
    });

    test("counts what was spent, and gives back the rest", async () => {
      const id = await newBudget();
      const first = await budget.reserve(id, 80, 100);
      if (first === null) throw new Error("not granted");
      await budget.settle(first, 30);
      expect(await budget.read(id)).toEqual({ spent: 30, reserved: 0 });
      expect(await budget.reserve(id, 71, 100)).toBeNull();
      expect(await budget.reserve(id, 70, 100)).not.toBeNull();
    });

    test("counts what was spent beyond a reservation too", async () => {
      const id = await newBudget();
      const first = await budget.reserve(id, 10, 100);
      if (first === null) throw new Error("not granted");
      await budget.settle(first, 95);
      expect(await budget.read(id)).toEqual({ spent: 95, reserved: 0 });
      expect(await budget.reserve(id, 6, 100)).toBeNull();
    });

    test("settles a reservation once, however often it is said", async () => {
      const id = await newBudget();
      const [first, second] = only([await budget.reserve(id, 10, 100), await budget.reserve(id, 20, 100)]);
      if (first === undefined || second === undefined) throw new Error("not granted");
      await budget.settle(first, 4);
      await budget.settle(first, 4);
      await subject.other.settle(first, 9);
      expect(await budget.read(id)).toEqual({ spent: 4, reserved: 20 });
    });

    test("takes a higher limit later", async () => {
      const id = await newBudget();
      await budget.reserve(id, 100, 100);
      expect(await budget.reserve(id, 1, 100)).toBeNull();
      expect(await budget.reserve(id, 50, 150)).not.toBeNull();
    });

    test("keeps budgets apart", async () => {
      const [one, two] = [await newBudget(), await newBudget()];
      await budget.reserve(one, 100, 100);
      expect(await budget.reserve(two, 100, 100)).not.toBeNull();
      expect(await budget.read(one)).toEqual({ spent: 0, reserved: 100 });
    });

    test("is seen alike by others", async () => {
      const id = await newBudget();
      const first = await budget.reserve(id, 70, 100);
      if (first === null) throw new Error("not granted");
      expect(await subject.other.reserve(id, 31, 100)).toBeNull();
      expect(await subject.other.read(id)).toEqual({ spent: 0, reserved: 70 });
      await subject.other.settle(first, 1);
      expect(await budget.read(id)).toEqual({ spent: 1, reserved: 0 });
    });

    test("of 40 who reserve at once exactly those that fit are granted", async () => {
      const id = await newBudget();
      const asked = Array.from({ length: 40 }, (_, i) =>
        (i % 2 === 0 ? budget : subject.other).reserve(id, 7, 100),
      );
      expect(only(await Promise.all(asked))).toHaveLength(14);
      expect(await budget.read(id)).toEqual({ spent: 0, reserved: 98 });
    });

    test("never exceeds the limit, whatever is reserved and settled at once", async () => {
      const step = fc.record({
        amount: fc.integer({ min: 1, max: 60 }),
        part: fc.double({ min: 0, max: 1, noNaN: true }),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 1, maxLength: 12 }),
          fc.integer({ min: 1, max: 200 }),
          async (steps, limit) => {
            const id = await newBudget();
            let spent = 0;
            await Promise.all(
              steps.map(async ({ amount, part }, i) => {
                const mine = i % 2 === 0 ? budget : subject.other;
                const reservation = await mine.reserve(id, amount, limit);
                const seen = await mine.read(id);
                expect(seen.spent + seen.reserved).toBeLessThanOrEqual(limit);
                if (reservation === null) return;
                const cost = Math.floor(amount * part);
                spent += cost;
                await mine.settle(reservation, cost);
              }),
            );
            expect(await budget.read(id)).toEqual({ spent, reserved: 0 });
            // What is left can be had to the last micro-dollar.
            expect(await budget.reserve(id, limit - spent, limit)).not.toBeNull();
          },
        ),
        { numRuns: cases },
      );
    });

    test("refuses what is no money and no run's id", async () => {
      const id = await newBudget();
      for (const amount of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
        await expect(budget.reserve(id, amount, 100)).rejects.toThrow(RangeError);
      await expect(budget.reserve("../up", 1, 100)).rejects.toThrow(RangeError);
      await expect(budget.read("../up")).rejects.toThrow(RangeError);
    });
  });
}
