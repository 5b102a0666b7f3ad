import type { RunConfig } from "../config.ts";
import type { ModelIdentity } from "../contracts/model-tasks.ts";
import { OFFLINE_EMBEDDER, OFFLINE_MODEL } from "./offline/identity.ts";

/** Whom the settings name, known without loading any of it. */
export function providerIdentity(config: Pick<RunConfig, "provider">): {
  model: ModelIdentity;
  embedder: ModelIdentity;
} {
  switch (config.provider) {
    case "offline":
      return { model: OFFLINE_MODEL, embedder: OFFLINE_EMBEDDER };
  }
}
