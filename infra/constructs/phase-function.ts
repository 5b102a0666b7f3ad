import type { Construct } from "constructs";
import type { PhaseRow } from "../../shared/pipeline.ts";
import type { PhaseEnvironment } from "../../shared/contracts/aws.ts";
import { assetOf, phaseAccess } from "../phase-access.ts";
import { functionSeconds } from "../state-machine.ts";
import type { DataStack } from "../stacks/data.ts";
import type { StageSettings } from "../stages.ts";
import { HouseFunction } from "./house-function.ts";
import type { LambdaAssets } from "./house-function.ts";
import { runEnvironmentOf } from "./run-environment.ts";
import { runAccessStatements } from "./run-access.ts";

export interface PhaseFunctionProps {
  readonly stage: StageSettings;
  readonly row: PhaseRow;
  readonly data: DataStack;
  readonly assets: LambdaAssets;
}

/** The function of one phase, for all three verbs: what it is and may do follows from its row of the table. */
export class PhaseFunction extends HouseFunction {
  constructor(scope: Construct, { stage, row, data, assets }: PhaseFunctionProps) {
    const access = phaseAccess(row);
    const environment: PhaseEnvironment = {
      ...runEnvironmentOf(stage, data),
      ...(access.published.write.length > 0
        ? { CLIO_PUBLISHED_BUCKET: data.publishedBucket.bucketName }
        : {}),
      ...(access.secret ? { CLIO_PROVIDER_SECRET: data.providerSecret.secretArn } : {}),
    };
    super(scope, `Phase-${row.name}`, {
      stage,
      entry: row.name,
      description: `ant-clio phase: ${row.title}`,
      assetFolder: assets[assetOf(row)],
      memoryMiB: row.memoryMiB,
      timeoutSeconds: functionSeconds(row),
      environment,
    });
    this.allow(runAccessStatements(data, { ...access, table: "write" }));
  }
}
