import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryBudget } from "../../shared/adapters/memory/budget.ts";
import type { Usage } from "../../shared/contracts/model-tasks.ts";
import { openWallet, toMicro } from "../../shared/engine/wallet.ts";
import type { Wallet } from "../../shared/engine/wallet.ts";
import { BadAnswerError, PermanentError, TransientError } from "../../shared/errors.ts";
import type { Budget } from "../../shared/ports/budget.ts";

const used = (cost_usd: number): Usage => ({ calls: 1, input_tokens: 1, output_tokens: 1, cost_usd });
const costs = (usd: number) => async (): Promise<{ usage: Usage }> => ({ usage: used(usd) });
const REFUSED = { code: "budget_spent" };

function walletOn(budget: Budget, limitUsd: number): Wallet {
  return openWallet({
    budget,
    budgetId: "run-one",
    limitUsd,
    onKept: (error) => {
      throw error;
    },
  });
}

/** Calls that end when told to. */
function gate<T>(): { promise: Promise<T>; open: (value: T) => void } {
  let open: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

describe("money in micro-dollars", () => {
  test("rounds up what is a fraction of one, and not what a float cannot hold", () => {
    expect(toMicro(0.1 + 0.2)).toBe(300_000);
    expect(toMicro(0.000_000_1)).toBe(1);
    expect(toMicro(0)).toBe(0);
  });

  test("never loses any", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (micro) => {
        expect(toMicro(micro / 1_000_000)).toBe(micro);
      }),
    );
  });
});

describe("a wallet", () => {
  test("gives back what a batch reserved and did not spend", async () => {
    const budget = memoryBudget();
    const wallet = walletOn(budget, 100);
    await wallet.during(async () => {
      await wallet.pay(0.01, costs(0.004));
      expect((await budget.read("run-one")).reserved).toBe(80_000);
      await wallet.pay(0.01, costs(0.003));
    });
    expect(await budget.read("run-one")).toEqual({ spent: 7000, reserved: 0 });
  });

  test("reserves for a batch of the default size once", async () => {
    const budget = memoryBudget();
    let reserved = 0;
    const counting: Budget = {
      ...budget,
      reserve: (...args) => {
        reserved++;
        return budget.reserve(...args);
      },
    };
    const wallet = walletOn(counting, 100);
    await wallet.during(async () => {
      await Promise.all(Array.from({ length: 8 }, () => wallet.pay(0.01, costs(0.01))));
    });
    expect(reserved).toBe(1);
    expect(await budget.read("run-one")).toEqual({ spent: 80_000, reserved: 0 });
  });

  test("gives back what is left when the batch fails too", async () => {
    const budget = memoryBudget();
    const wallet = walletOn(budget, 100);
    const batch = wallet.during(async () => {
      await wallet.pay(0.01, costs(0.002));
      throw new TransientError("down");
    });
    await expect(batch).rejects.toThrow("down");
    expect(await budget.read("run-one")).toEqual({ spent: 2000, reserved: 0 });
  });

  test("waits for the calls that a failed batch left behind", async () => {
    const budget = memoryBudget();
    const wallet = walletOn(budget, 100);
    const slow = gate<{ usage: Usage }>();
    const batch = wallet.during(async () => {
      await Promise.all([
        wallet.pay(0.01, () => slow.promise),
        wallet.pay(0.01, async () => {
          throw new TransientError("down");
        }),
      ]);
    });
    slow.open({ usage: used(0.005) });
    await expect(batch).rejects.toThrow("down");
    expect(await budget.read("run-one")).toEqual({ spent: 5000, reserved: 0 });
  });

  test.each([
    ["that was refused costs nothing", new TransientError("busy"), 0],
    ["with a bad key costs nothing", new PermanentError("key"), 0],
    ["with a bad answer costs what it says", new BadAnswerError("bad", { usage: used(0.003) }), 3000],
    ["with a bad answer costs the worst if it does not say", new BadAnswerError("bad"), 10_000],
    ["that was cut off costs what it says", new TransientError("late", { usage: used(0.01) }), 10_000],
    ["of an unknown kind costs the worst", new Error("?"), 10_000],
  ])("a call %s", async (_what, error, spent) => {
    const budget = memoryBudget();
    const wallet = walletOn(budget, 100);
    const batch = wallet.during(() => wallet.pay(0.01, () => Promise.reject(error)));
    await expect(batch).rejects.toBe(error);
    expect(await budget.read("run-one")).toEqual({ spent, reserved: 0 });
  });

  test("refuses a call whose worst case does not fit, and says what would help", async () => {
    const wallet = walletOn(memoryBudget(), 0.01);
    await wallet.during(async () => {
      await wallet.pay(0.008, costs(0.004));
      let made = false;
      const refused = wallet.pay(0.008, async () => {
        made = true;
        return { usage: used(0) };
      });
      await expect(refused).rejects.toMatchObject({
        ...REFUSED,
        message: "$0.0040 of $0.0100 is spent, and the next call may cost $0.0080",
        hint: "Raise --max-cost-usd and resume: clio run --run-id run-one --resume --max-cost-usd N",
      });
      expect(made).toBe(false);
      await wallet.pay(0.006, costs(0.006));
    });
  });

  test("waits for a call under way that may leave enough", async () => {
    const wallet = walletOn(memoryBudget(), 0.01);
    const slow = gate<{ usage: Usage }>();
    await wallet.during(async () => {
      const first = wallet.pay(0.008, () => slow.promise);
      const second = wallet.pay(0.008, costs(0.001));
      slow.open({ usage: used(0.002) });
      expect(await Promise.all([first, second])).toHaveLength(2);
    });
  });

  test("refuses when what was waited for leaves too little", async () => {
    const wallet = walletOn(memoryBudget(), 0.01);
    const slow = gate<{ usage: Usage }>();
    await wallet.during(async () => {
      const first = wallet.pay(0.008, () => slow.promise);
      const second = wallet.pay(0.008, costs(0.001));
      slow.open({ usage: used(0.008) });
      await first;
      await expect(second).rejects.toMatchObject(REFUSED);
    });
  });

  test("says what is set aside elsewhere", async () => {
    const budget = memoryBudget();
    await budget.reserve("run-one", 6000, 10_000);
    const wallet = walletOn(budget, 0.01);
    await expect(wallet.during(() => wallet.pay(0.005, costs(0.001)))).rejects.toMatchObject({
      message:
        "$0.00 of $0.0100 is spent, $0.0060 more is set aside by calls elsewhere or cut off, and the next call may cost $0.0050",
    });
  });

  test("of any batches in any number of processes none overshoots, and all that is left can be spent", async () => {
    const call = fc.record({
      worst: fc.integer({ min: 1, max: 3000 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const batch = fc.array(call, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(batch, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 20_000 }),
        async (processes, limit) => {
          const budget = memoryBudget();
          let spent = 0;
          await Promise.all(
            processes.map(async (batches) => {
              const wallet = walletOn(budget, limit / 1e6);
              await Promise.all(
                batches.map((calls) =>
                  wallet
                    .during(() =>
                      Promise.all(
                        calls.map(({ worst, part }) => {
                          const cost = Math.floor(worst * part);
                          return wallet.pay(worst / 1e6, async () => {
                            spent += cost;
                            expect(spent).toBeLessThanOrEqual(limit);
                            return { usage: used(cost / 1e6) };
                          });
                        }),
                      ),
                    )
                    .catch((error: unknown) => {
                      expect(error).toMatchObject(REFUSED);
                    }),
                ),
              );
            }),
          );
          expect(await budget.read("run-one")).toEqual({ spent, reserved: 0 });
        },
      ),
    );
  });
});
