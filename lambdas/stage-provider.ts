import { providerSettings, stageProvider } from "../shared/config.ts";
import type { RunConfig, StageProvider } from "../shared/config.ts";
import { PermanentError } from "../shared/errors.ts";
import type { ToldError } from "../shared/errors.ts";

/** Whom the stage's runs ask, as its deployment says; the offline provider where it says nothing. */
export function readStageProvider(text: string | undefined): StageProvider {
  let value: unknown = {};
  try {
    if (text !== undefined) value = JSON.parse(text);
  } catch {
    value = null;
  }
  const checked = stageProvider.safeParse(value);
  if (checked.success) return checked.data;
  throw new PermanentError("CLIO_PROVIDER_SETTINGS is not as expected", {
    code: "bad_stage",
    hint: "Deploy the stage again: its provider is set with -c provider=… (docs/deploy.md).",
  });
}

const KEYS = providerSettings.keyof().options;

/**
 * Why a run of these settings may not ask anybody in this stage, or null. Asked when a run starts and again before each
 * provider is opened, since a run's record can be changed in between.
 */
export function objection(config: RunConfig, stage: StageProvider): ToldError | null {
  const other = KEYS.filter((key) => config[key] !== stage[key]);
  if (other.length > 0)
    return {
      code: "provider_not_of_stage",
      message: `the run's settings differ from those of its stage at ${other.join(", ")}`,
      hint: "Whom runs ask is set when the stage is deployed (docs/deploy.md): take these keys out of the run's settings, or deploy the stage with them.",
    };
  const { max_cost_usd: most } = stage;
  if (most !== null && (config.max_cost_usd === null || config.max_cost_usd > most))
    return {
      code: "cost_above_stage",
      message: `the run's max_cost_usd is not within the ${most} US dollars that its stage allows`,
      hint: `Set max_cost_usd to ${most} or less, or deploy the stage with a higher -c maxCostUsd.`,
    };
  return null;
}

/** Throws PermanentError ("provider_not_of_stage", "cost_above_stage") where there is an objection. */
export function requireOfStage(config: RunConfig, stage: StageProvider): void {
  const found = objection(config, stage);
  if (found === null) return;
  const { message, code, hint } = found;
  throw new PermanentError(message, { code, ...(hint === null ? {} : { hint }) });
}
