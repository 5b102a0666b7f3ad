import { loadTokenizer } from "./openai/tokenizer.ts";
import { providerIdentity } from "./provider-identity.ts";

/** What estimates of runs take from the adapters: whom settings name, and how its tokens are counted. */
export const estimateTools = { identify: providerIdentity, loadTokenizer };
