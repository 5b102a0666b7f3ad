import type { RunConfig } from "../config.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { Model } from "../ports/model.ts";

export interface Provider {
  readonly model: Model;
  readonly embedder: Embedder;
}

/**
 * The provider that the settings name. Its code is loaded here: most commands and functions need none of it.
 * @param open an embedder of the same provider, used instead of another one: an encoder takes up to a gigabyte.
 */
export async function openProvider(
  config: Pick<RunConfig, "provider" | "seed">,
  open?: Embedder,
): Promise<Provider> {
  switch (config.provider) {
    case "offline": {
      const { offlineEmbedder } = await import("./offline/embedder.ts");
      const { offlineModel } = await import("./offline/model.ts");
      const embedder = open ?? offlineEmbedder();
      return { model: offlineModel({ embedder, seed: config.seed }), embedder };
    }
  }
}
