import type { ModelTask } from "../../shared/contracts/model-tasks.ts";
import type { Model } from "../../shared/ports/model.ts";
import { scriptedModel } from "./scripted-provider.ts";

export const COST_USD = 0.001;
export const WORST_USD = 0.004;

/** The scripted model, at a tenth of a cent a call that could have cost four times that. */
export function billedModel(
  answers: Parameters<typeof scriptedModel>[0] = {},
): Model & { readonly calls: Record<ModelTask, number>; total(): number } {
  const plain = scriptedModel(answers);
  return {
    ...plain,
    worstCase: () => ({ calls: 1, input_tokens: 40, output_tokens: 20, cost_usd: WORST_USD }),
    total: () => Object.values(plain.calls).reduce((sum, calls) => sum + calls, 0),
  };
}
