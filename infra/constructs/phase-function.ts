import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { CHILD_RUN_MARK } from "../../shared/keys.ts";
import type { PhaseRow } from "../../shared/pipeline.ts";
import type { PhaseEnvironment } from "../../shared/contracts/aws.ts";
import { assetOf, phaseAccess, startsRuns } from "../phase-access.ts";
import { functionSeconds } from "../state-machine.ts";
import type { DataStack } from "../stacks/data.ts";
import type { StageSettings } from "../stages.ts";
import { HouseFunction } from "./house-function.ts";
import type { LambdaAssets } from "./house-function.ts";
import { machineArns } from "./run-machine.ts";
import { providerSettingsOf, runEnvironmentOf } from "./run-environment.ts";
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
    const arns = startsRuns(row) ? machineArns(scope, stage) : null;
    const environment: PhaseEnvironment = {
      ...runEnvironmentOf(stage, data),
      ...(access.published.read.length > 0 ? { CLIO_PUBLISHED_BUCKET: data.publishedBucket.bucketName } : {}),
      ...(access.secret
        ? { CLIO_PROVIDER_SECRET: data.providerSecret.secretArn, ...providerSettingsOf(stage) }
        : {}),
      ...(arns === null ? {} : { CLIO_STATE_MACHINE: arns.machine }),
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
    if (access.model === true) this.allowModel(stage);
    if (arns === null) return;
    this.allow([
      new PolicyStatement({ actions: ["states:StartExecution"], resources: [arns.machine] }),
      // Of the runs that it starts and of no other.
      new PolicyStatement({
        actions: ["states:DescribeExecution"],
        resources: [arns.executions(`*${CHILD_RUN_MARK}*`)],
      }),
    ]);
  }
}
