import type { Usage } from "../contracts/model-tasks.ts";

export const NO_USAGE: Usage = { calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 };

export function sumUsage(usages: Iterable<Usage>): Usage {
  let sum = NO_USAGE;
  for (const usage of usages) {
    sum = {
      calls: sum.calls + usage.calls,
      input_tokens: sum.input_tokens + usage.input_tokens,
      output_tokens: sum.output_tokens + usage.output_tokens,
      cost_usd: sum.cost_usd + usage.cost_usd,
    };
  }
  return sum;
}
