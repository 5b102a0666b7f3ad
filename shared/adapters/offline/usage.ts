import type { Usage } from "../../contracts/model-tasks.ts";

/** One call that costs nothing. */
export const NO_USAGE: Usage = { calls: 1, input_tokens: 0, output_tokens: 0, cost_usd: 0 };
