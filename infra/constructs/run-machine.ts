import { ArnFormat, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import * as logs from "aws-cdk-lib/aws-logs";
import * as sfn from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import type { PhaseName } from "../../shared/contracts/run.ts";
import type { PhaseRow } from "../../shared/pipeline.ts";
import { stateMachineDefinition } from "../state-machine.ts";
import type { StageSettings } from "../stages.ts";

export interface RunMachineProps {
  readonly stage: StageSettings;
  readonly rows: readonly PhaseRow[];
  readonly functions: ReadonlyMap<PhaseName | "end", lambda.IFunction>;
}

/** Name of a function's placeholder in the definition. */
const placeholder = (entry: PhaseName | "end"): string => `function_${entry}`;

export interface MachineArns {
  readonly machine: string;
  /** Of its executions whose names fit a pattern. */
  readonly executions: (names: string) => string;
  /** Of the children of its maps. */
  readonly mapChildren: string;
}

/** The machine by name: what it is made of, its functions and its own role, can name it before it is there. */
export function machineArns(scope: Construct, stage: StageSettings): MachineArns {
  const name = machineName(stage);
  const arn = (resource: string, resourceName: string): string =>
    Stack.of(scope).formatArn({
      service: "states",
      resource,
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  return {
    machine: arn("stateMachine", name),
    executions: (names) => arn("execution", `${name}:${names}`),
    mapChildren: arn("execution", `${name}/*`),
  };
}

const machineName = (stage: StageSettings): string => `ant-clio-${stage.name}`;

/** The state machine of the table. Its ARN and those of its executions follow from its name, so that its role can name them. */
export class RunMachine extends sfn.StateMachine {
  /** Executions of the machine, and the children of its maps. */
  readonly executionArns: readonly string[];

  constructor(scope: Construct, id: string, { stage, rows, functions }: RunMachineProps) {
    const name = machineName(stage);
    const definition = stateMachineDefinition(rows, {
      functionArn: (entry) => `\${${placeholder(entry)}}`,
      staticMapConcurrency: stage.staticMapConcurrency,
    });
    super(scope, id, {
      stateMachineName: name,
      definitionBody: sfn.DefinitionBody.fromString(JSON.stringify(definition)),
      definitionSubstitutions: Object.fromEntries(
        Array.from(functions, ([entry, fn]) => [placeholder(entry), fn.functionArn]),
      ),
      logs: {
        destination: new logs.LogGroup(scope, `${id}Logs`, {
          // The prefix keeps Step Functions from growing the account's resource policy for logs, which has a limit.
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: stage.logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: sfn.LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    const arns = machineArns(scope, stage);
    this.executionArns = [arns.executions("*"), arns.mapChildren];
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ["lambda:InvokeFunction"],
        resources: Array.from(functions.values(), (fn) => fn.functionArn),
      }),
    );
    // A distributed map starts its children as executions of the same machine (Step Functions, "IAM policies for Distributed Map").
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ["states:StartExecution"],
        resources: [arns.machine],
      }),
    );
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ["states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"],
        resources: [...this.executionArns],
      }),
    );
  }
}
