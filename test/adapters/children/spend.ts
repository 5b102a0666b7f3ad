import { directoryBudget } from "../../../shared/adapters/directory/budget.ts";
import { ready, say } from "./child.ts";

/** Reserves and spends in turn until nothing fits; says how much it spent. Arguments: folder, run, amount, limit. */
const [dir = "", runId = "", amount = "", limit = ""] = process.argv.slice(2);
const budget = directoryBudget({ dir });
await ready();
let spent = 0;
for (;;) {
  const reservation = await budget.reserve(runId, Number(amount), Number(limit));
  if (reservation === null) break;
  spent += Number(amount);
  await budget.settle(reservation, Number(amount));
}
await say(String(spent));
