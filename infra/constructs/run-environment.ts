import type { ProviderAccess, RunEnvironment } from "../../shared/contracts/aws.ts";
import type { DataStack } from "../stacks/data.ts";
import type { StageSettings } from "../stages.ts";

/** Whom the stage's runs ask, for functions that start runs and those that ask. */
export function providerSettingsOf(stage: StageSettings): Pick<ProviderAccess, "CLIO_PROVIDER_SETTINGS"> {
  return { CLIO_PROVIDER_SETTINGS: JSON.stringify(stage.provider) };
}

export function runEnvironmentOf(stage: StageSettings, data: DataStack): RunEnvironment {
  return {
    CLIO_STAGE: stage.name,
    CLIO_PRIVATE_BUCKET: data.privateBucket.bucketName,
    CLIO_RUN_TABLE: data.runTable.tableName,
    ...(stage.retentionDays === undefined ? {} : { CLIO_RETENTION_DAYS: String(stage.retentionDays) }),
  };
}
