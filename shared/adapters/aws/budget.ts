import { randomUUID } from "node:crypto";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "../../ports/clock.ts";
import type { Budget } from "../../ports/budget.ts";
import { checkMoney } from "../budget-books.ts";
import { systemClock } from "../system-clock.ts";
import type { Item } from "./dynamo.ts";
import { contended, getItem, lostCondition } from "./dynamo.ts";
import { budgetItem, expiry } from "./run-items.ts";

export interface DynamoBudgetOptions {
  readonly client: DynamoDBDocumentClient;
  /** A table as `contracts/run-table.ts` says. */
  readonly table: string;
  /** Seconds after its last change that DynamoDB deletes an item; left out: never. */
  readonly retentionSeconds?: number;
  /** Left out: the machine's. */
  readonly clock?: Clock;
}

/** What is spent and what is reserved, together: the number that the limit is compared with. */
const COMMITTED = "committed";
/** Each open reservation is an attribute of its own, so that an update that went through twice counts once. */
const OPEN_PREFIX = "open-";

/**
 * A budget as one item beside its run. Reserving is one conditional update: `committed` grows by the amount if it was at
 * most the limit less the amount. Some 8,000 reservations fit an item; those under way are as many as the batches.
 */
export function dynamoBudget(options: DynamoBudgetOptions): Budget {
  const { client, table, retentionSeconds, clock = systemClock } = options;
  const access = { client, table, clock };

  /** Sends an update; false when its condition did not hold. */
  async function update(command: UpdateCommand, doing: string): Promise<boolean> {
    try {
      await contended(clock, doing, () => client.send(command));
      return true;
    } catch (error) {
      if (lostCondition(error)) return false;
      throw error;
    }
  }

  return {
    async reserve(budgetId, amount, limit) {
      checkMoney(amount);
      const key = budgetItem(budgetId);
      // The item may not exist yet, and no condition does sums.
      if (amount > limit) return null;
      const id = randomUUID();
      const open = OPEN_PREFIX + id;
      const expires = Object.entries(expiry(clock.now(), retentionSeconds));
      const doing = `reserve on the budget of run ${budgetId}`;
      const command = new UpdateCommand({
        TableName: table,
        Key: key,
        UpdateExpression: `SET ${["#open = :amount", ...expires.map((_, i) => `#e${i} = :e${i}`)].join(", ")} ADD #committed :amount`,
        ConditionExpression:
          "attribute_not_exists(#open) AND (attribute_not_exists(#committed) OR #committed <= :room)",
        ExpressionAttributeNames: {
          "#open": open,
          "#committed": COMMITTED,
          ...Object.fromEntries(expires.map(([name], i) => [`#e${i}`, name])),
        },
        ExpressionAttributeValues: {
          ":amount": amount,
          ":room": limit - amount,
          ...Object.fromEntries(expires.map(([, value], i) => [`:e${i}`, value])),
        },
      });
      const granted =
        (await update(command, doing)) ||
        // The SDK's second try meets what its first, whose answer got lost, had written.
        (await getItem(access, key, doing))?.[open] === amount;
      return granted ? { budgetId, id, amount } : null;
    },

    async settle({ budgetId, id, amount }, spent) {
      checkMoney(spent);
      const command = new UpdateCommand({
        TableName: table,
        Key: budgetItem(budgetId),
        UpdateExpression: "REMOVE #open ADD #committed :change",
        // Settled before, or gone with its run.
        ConditionExpression: "attribute_exists(#open)",
        ExpressionAttributeNames: { "#open": OPEN_PREFIX + id, "#committed": COMMITTED },
        ExpressionAttributeValues: { ":change": spent - amount },
      });
      await update(command, `settle on the budget of run ${budgetId}`);
    },

    async read(budgetId) {
      const item: Item =
        (await getItem(access, budgetItem(budgetId), `read the budget of run ${budgetId}`)) ?? {};
      const reserved = Object.entries(item)
        .filter(([name]) => name.startsWith(OPEN_PREFIX))
        .reduce((sum, [, amount]) => sum + Number(amount), 0);
      return { spent: Number(item[COMMITTED] ?? 0) - reserved, reserved };
    },
  };
}
