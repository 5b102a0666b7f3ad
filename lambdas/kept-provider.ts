import { openProvider } from "../shared/adapters/open-provider.ts";
import type { Provider, ProviderWorld } from "../shared/adapters/open-provider.ts";
import { embedderKind } from "../shared/adapters/openai/endpoints.ts";
import type { RunConfig } from "../shared/config.ts";
import { ErrorName, UsageError, errorDetail, isKind } from "../shared/errors.ts";
import type { Clock } from "../shared/ports/clock.ts";

/** A key that was replaced in the secret is used no longer than this, and what a step in flight takes. */
const KEPT_MS = 600_000;

/** What the hints of `shared/` say for a shell, said for a stage. */
const HINTS: Readonly<Record<string, string>> = {
  no_key: "Put it into the stage's secret (docs/deploy.md, A real model), then resume the run.",
  unknown_price:
    "Deploy the stage with -c priceInput=… and -c priceOutput=… of the model or -c priceEmbedder=… of the embedder, in US dollars per million tokens, or without -c maxCostUsd.",
  no_base_url:
    "Deploy the stage with -c modelBaseUrl=…, or for azure put AZURE_OPENAI_ENDPOINT into its secret.",
};

function saidForStage(error: unknown): unknown {
  const { code = "" } = errorDetail(error);
  const hint = HINTS[code];
  if (hint === undefined || !(error instanceof Error) || !isKind(error, ErrorName.usage)) return error;
  return new UsageError(error.message, { code, hint, cause: error });
}

const needsKeys = (config: RunConfig): boolean =>
  config.provider !== "offline" || embedderKind(config) !== "offline";

/**
 * The provider of a container, kept from event to event; a run with other settings replaces it, and so does time where
 * keys may have been rotated.
 * @param worldOf what it is opened with, by the settings of the run.
 */
export function keptProvider(
  worldOf: (config: RunConfig, signal: AbortSignal) => ProviderWorld,
  clock: Pick<Clock, "elapsed">,
  open: typeof openProvider = openProvider,
): (config: RunConfig, signal: AbortSignal) => Promise<Provider> {
  let kept: { key: string; openedMs: number; provider: Promise<Provider> } | undefined;
  return async (config, signal) => {
    const key = JSON.stringify(config);
    const now = clock.elapsed();
    if (kept?.key !== key || (needsKeys(config) && now - kept.openedMs >= KEPT_MS)) {
      const before = kept;
      kept = { key, openedMs: now, provider: open(config, worldOf(config, signal)) };
      const closed = await before?.provider.catch(() => undefined);
      await closed?.embedder.close();
    }
    try {
      return await kept.provider;
    } catch (error) {
      kept = undefined;
      throw saidForStage(error);
    }
  };
}
