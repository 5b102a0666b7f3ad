import { Duration, RemovalPolicy } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as logs from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { bedrockModelOf } from "../stage-provider.ts";
import type { StageSettings } from "../stages.ts";
import { bedrockStatements } from "./bedrock-statements.ts";

/** Folders of built functions. */
export interface LambdaAssets {
  readonly light: string;
  readonly encoder: string;
}

export interface HouseFunctionProps {
  readonly stage: StageSettings;
  /** Also its file in the asset: `<entry>.mjs` exports `handler`. */
  readonly entry: string;
  readonly description: string;
  readonly assetFolder: string;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  /** What the function's schema in `shared/contracts/aws.ts` wants; absent values are left out. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A function as all of ours are: Node 24, ARM, its own role that may do nothing but log, and its own log group. */
export class HouseFunction extends lambda.Function {
  constructor(scope: Construct, id: string, props: HouseFunctionProps) {
    const { stage, entry } = props;
    const name = `ant-clio-${stage.name}-${entry}`;
    const logGroup = new logs.LogGroup(scope, `${id}Logs`, {
      logGroupName: `/aws/lambda/${name}`,
      retention: stage.logRetentionDays,
      // Logs hold ids and counts, and a name that stays behind would be in the way of the next deployment.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // The role that CDK would make carries a managed policy for the logs of the whole account.
    const role = new iam.Role(scope, `${id}Role`, {
      assumedBy: new iam.ServicePrincipal("lambda.amazonaws.com"),
      description: `ant-clio ${stage.name}: ${entry}`,
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      functionName: name,
      description: props.description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(props.assetFolder),
      handler: `${entry}.handler`,
      memorySize: props.memoryMiB,
      timeout: Duration.seconds(props.timeoutSeconds),
      environment: Object.fromEntries(
        Object.entries(props.environment).filter((pair): pair is [string, string] => pair[1] !== undefined),
      ),
      role,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
    });
  }

  /** To ask the stage's model, where a role says who may. */
  allowModel({ provider }: StageSettings): void {
    const model = bedrockModelOf(provider);
    if (model !== null) this.allow(bedrockStatements(this, model));
  }

  allow(statements: readonly iam.PolicyStatement[]): void {
    for (const statement of statements) this.addToRolePolicy(statement);
  }
}
