import type { Usage } from "../contracts/model-tasks.ts";
import { ErrorName, StoppedError, isKind, usageOf } from "../errors.ts";
import type { Budget, MicroUsd, Reservation } from "../ports/budget.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { Model } from "../ports/model.ts";

/** Code of the error that ends a run which may spend no more. */
export const BUDGET_SPENT = "budget_spent";

const MICRO = 1_000_000;
/** Calls that a batch of the default size makes (config.ts: 8 facets, labels or steps): then one update serves it. */
const CALLS_PER_BLOCK = 8;
/**
 * Part of the limit that a block may be at most: a hundred batches under way hold a tenth of it, so that a run is not
 * stopped while much of its money is only set aside.
 */
const BLOCK_PART = 1000;

/** Money as the budget counts it; what is a fraction of a micro-dollar counts as a whole one. */
export function toMicro(usd: number): MicroUsd {
  // Beyond this the next float's error could be a micro-dollar: $0.1 + $0.2 are 300,000, not 300,001.
  return Math.ceil(Number((usd * MICRO).toFixed(3)));
}

export function fromMicro(amount: MicroUsd): number {
  return amount / MICRO;
}

/** Draws on a budget for the batches of one process: blocks are reserved, calls are paid from them, the rest goes back. */
export interface Wallet {
  /**
   * Makes a call once its worst case is set aside. Throws StoppedError ("budget_spent") when the budget has no room for
   * that, and no call under way can give some back.
   */
  pay<T extends { readonly usage: Usage }>(worstUsd: number, call: () => Promise<T>): Promise<T>;
  /** Does a batch; when it is the last one under way, what it left is given back, also when it failed. */
  during<T>(batch: () => Promise<T>): Promise<T>;
}

export interface WalletOptions {
  readonly budget: Budget;
  /** The run whose budget it is. */
  readonly budgetId: string;
  readonly limitUsd: number;
  /** Told when money could not be given back: it stays counted as spent. */
  readonly onKept: (error: unknown) => void;
}

export function openWallet({ budget, budgetId, limitUsd, onKept }: WalletOptions): Wallet {
  const limit = Math.floor(Number((limitUsd * MICRO).toFixed(3)));
  /** Open reservations, oldest first. */
  let blocks: Reservation[] = [];
  /** Spent from the open reservations. */
  let spent = 0;
  /** Worst cases of the calls under way. */
  let promised = 0;
  let batches = 0;
  const calls = new Set<Promise<unknown>>();
  /** One at a time changes the reservations: two would each reserve a block where one is enough. */
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const mine = turn.then(action, action);
    turn = mine.catch(() => {});
    return mine;
  };

  const free = (): MicroUsd => blocks.reduce((sum, { amount }) => sum + amount, 0) - spent - promised;

  const settleOldest = async (cost: MicroUsd): Promise<void> => {
    const [oldest] = blocks;
    if (oldest === undefined) return;
    await budget.settle(oldest, cost);
    blocks = blocks.slice(1);
    spent -= cost;
  };

  /** Sets a call's worst case aside. */
  const take = async (worst: MicroUsd): Promise<void> => {
    while (free() < worst) {
      for (let [oldest] = blocks; oldest !== undefined && oldest.amount <= spent; [oldest] = blocks)
        await settleOldest(oldest.amount);
      const lack = worst - free();
      const block = Math.max(lack, Math.min(worst * CALLS_PER_BLOCK, Math.floor(limit / BLOCK_PART)));
      const reserved =
        (await budget.reserve(budgetId, block, limit)) ??
        (block > lack ? await budget.reserve(budgetId, lack, limit) : null);
      if (reserved !== null) blocks.push(reserved);
      else if (calls.size > 0) await Promise.race(calls);
      else throw await refused(worst);
    }
    promised += worst;
  };

  const refused = async (worst: MicroUsd): Promise<StoppedError> => {
    const held = await budget.read(budgetId);
    const own = blocks.reduce((sum, { amount }) => sum + amount, 0);
    const used = held.spent + spent;
    const elsewhere = held.reserved - own;
    const aside =
      elsewhere > 0 ? `, ${dollars(elsewhere)} more is set aside by calls elsewhere or cut off` : "";
    return new StoppedError(
      `${dollars(used)} of ${dollars(limit)} is spent${aside}, and the next call may cost ${dollars(worst)}`,
      {
        code: BUDGET_SPENT,
        hint: `Raise --max-cost-usd and resume: clio run --run-id ${budgetId} --resume --max-cost-usd N`,
      },
    );
  };

  const giveBack = async (): Promise<void> => {
    // Calls that a batch left behind when it failed end first: what they cost is not known before.
    await Promise.allSettled(calls);
    const underWay = await inTurn(async () => {
      // A batch that began meanwhile goes on with it.
      if (batches > 0) return false;
      if (promised > 0 || calls.size > 0) return true;
      while (blocks.length > 1) await settleOldest(Math.min(spent, blocks[0]?.amount ?? 0));
      await settleOldest(spent);
      return false;
    });
    if (underWay) await giveBack();
  };

  return {
    async pay(worstUsd, call) {
      const worst = toMicro(worstUsd);
      await inTurn(() => take(worst));
      const made = (async () => {
        try {
          const reply = await call();
          spent += toMicro(reply.usage.cost_usd);
          return reply;
        } catch (error) {
          spent += billed(error, worst);
          throw error;
        } finally {
          promised -= worst;
        }
      })();
      const ended = made.then(
        () => {},
        () => {},
      );
      calls.add(ended);
      void ended.then(() => calls.delete(ended));
      return made;
    },

    async during(batch) {
      batches++;
      try {
        return await batch();
      } finally {
        batches--;
        if (batches === 0) await giveBack().catch(onKept);
      }
    },
  };
}

/**
 * What a call that failed has cost. Its error says so if the provider did; one that was refused or never arrived costs
 * nothing; of any other, such as one cut off while the model answered, the worst is assumed.
 */
function billed(error: unknown, worst: MicroUsd): MicroUsd {
  const usage = usageOf(error);
  if (usage !== null) return toMicro(usage.cost_usd);
  const free = [ErrorName.transient, ErrorName.permanent, ErrorName.usage].some((kind) =>
    isKind(error, kind),
  );
  return free ? 0 : worst;
}

function dollars(amount: MicroUsd): string {
  const usd = fromMicro(amount);
  return `$${usd.toFixed(usd !== 0 && usd < 0.1 ? 4 : 2)}`;
}

/** A model whose calls are paid from the wallet; one that bills nothing is left as it is. */
export function budgetedModel(model: Model, wallet: Wallet): Model {
  if (model.worstCase === undefined) return model;
  return {
    ...model,
    ask: (task, input, call) =>
      wallet.pay(model.worstCase?.(task, input).cost_usd ?? 0, () => model.ask(task, input, call)),
  };
}

/** As `budgetedModel`. */
export function budgetedEmbedder(embedder: Embedder, wallet: Wallet): Embedder {
  if (embedder.worstCase === undefined) return embedder;
  return {
    identity: embedder.identity,
    dimensions: embedder.dimensions,
    embed: (texts, call) =>
      wallet.pay(embedder.worstCase?.(texts).cost_usd ?? 0, () => embedder.embed(texts, call)),
    close: () => embedder.close(),
  };
}
