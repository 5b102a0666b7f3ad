import { openProvider } from "../shared/adapters/open-provider.ts";
import type { Provider } from "../shared/adapters/open-provider.ts";
import type { RunConfig } from "../shared/config.ts";

/** The provider of a container, kept from event to event; a run with another one replaces it. */
export function keptProvider(): (config: RunConfig) => Promise<Provider> {
  let kept: { key: string; provider: Promise<Provider> } | undefined;
  return async (config) => {
    const key = JSON.stringify([config.provider, config.seed]);
    if (kept?.key !== key) {
      const before = kept;
      kept = { key, provider: openProvider(config) };
      const closed = await before?.provider.catch(() => undefined);
      await closed?.embedder.close();
    }
    try {
      return await kept.provider;
    } catch (error) {
      kept = undefined;
      throw error;
    }
  };
}
