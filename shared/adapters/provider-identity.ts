import type { RunConfig } from "../config.ts";
import type { ModelIdentity } from "../contracts/model-tasks.ts";
import { OFFLINE_EMBEDDER, OFFLINE_MODEL } from "./offline/identity.ts";
import { embedderIdentityOf, embedderKind, modelIdentityOf } from "./openai/endpoints.ts";

/** Whom the settings name, known without loading any of it. Throws UsageError where they name no model. */
export function providerIdentity(config: RunConfig): { model: ModelIdentity; embedder: ModelIdentity } {
  return {
    model: config.provider === "offline" ? OFFLINE_MODEL : modelIdentityOf(config),
    embedder: embedderKind(config) === "offline" ? OFFLINE_EMBEDDER : embedderIdentityOf(config),
  };
}
