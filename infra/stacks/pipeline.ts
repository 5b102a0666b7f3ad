import { CfnOutput, Duration, RemovalPolicy } from "aws-cdk-lib";
import * as events from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import * as sqs from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { CheckProviderEnvironment, StartEnvironment } from "../../shared/contracts/aws.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { INCOMING_PREFIX } from "../../shared/keys.ts";
import { pipeline } from "../../shared/pipeline.ts";
import { Alarms } from "../constructs/alarms.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import type { HouseFunctionProps, LambdaAssets } from "../constructs/house-function.ts";
import { PhaseFunction } from "../constructs/phase-function.ts";
import { RunDashboard } from "../constructs/run-dashboard.ts";
import { RunMachine } from "../constructs/run-machine.ts";
import { providerSettingsOf, runEnvironmentOf } from "../constructs/run-environment.ts";
import { runAccessStatements } from "../constructs/run-access.ts";
import type { RunAccess } from "../constructs/run-access.ts";
import { checkProviderAccess, endAccess, startAccess } from "../phase-access.ts";
import { END_SECONDS } from "../state-machine.ts";
import type { DataStack } from "./data.ts";
import { HouseStack } from "./house-stack.ts";
import type { HouseStackProps } from "./house-stack.ts";

export interface PipelineStackProps extends HouseStackProps {
  readonly data: DataStack;
  readonly assets: LambdaAssets;
}

/** One vCPU of Lambda, MiB: for functions that stream and hash, or read many small objects. */
const ONE_CPU_MIB = 1769;
/** How long an event is tried again before it is a dead letter. */
const EVENT_AGE = Duration.hours(6);

/** Runs: functions, state machine, what starts it and what looks after it. */
export class PipelineStack extends HouseStack {
  readonly machine: RunMachine;
  /** Starts runs. */
  readonly start: lambda.IFunction;
  /** Tells whether the stage's provider answers. */
  readonly checkProvider: lambda.IFunction;

  constructor(scope: Construct, props: PipelineStackProps) {
    super(scope, "pipeline", "phases, state machine, alarms", props);
    const { stage } = this;
    const { data, assets } = props;

    const deadLetters = new sqs.Queue(this, "DeadLetters", {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const house = (
      given: Omit<HouseFunctionProps, "stage" | "assetFolder"> & { readonly access: RunAccess },
      assetFolder = assets.light,
    ): HouseFunction => {
      const fn = new HouseFunction(this, `Function-${given.entry}`, { stage, assetFolder, ...given });
      fn.allow(runAccessStatements(data, given.access));
      if (given.access.model === true) fn.allowModel(stage);
      return fn;
    };

    const phases = new Map<PhaseName, lambda.IFunction>(
      pipeline.map((row) => [row.name, new PhaseFunction(this, { stage, row, data, assets })]),
    );
    const end = house({
      entry: "end",
      description: "ant-clio: adds a run up and marks how it ended",
      memoryMiB: ONE_CPU_MIB,
      timeoutSeconds: END_SECONDS,
      environment: runEnvironmentOf(stage, data),
      access: { ...endAccess(pipeline.map(({ name }) => name)), table: "own" },
    });
    const machine = (this.machine = new RunMachine(this, "Machine", {
      stage,
      rows: pipeline,
      functions: new Map<PhaseName | "end", lambda.IFunction>([...phases, ["end", end]]),
    }));

    const startEnvironment: StartEnvironment = {
      ...runEnvironmentOf(stage, data),
      ...providerSettingsOf(stage),
      CLIO_STATE_MACHINE: machine.stateMachineArn,
    };
    const start = house({
      entry: "start",
      description: "ant-clio: starts a run for an input that was dropped",
      memoryMiB: ONE_CPU_MIB,
      timeoutSeconds: 900,
      environment: startEnvironment,
      access: { ...startAccess(), table: "own" },
    });
    start.allow([
      new PolicyStatement({ actions: ["states:StartExecution"], resources: [machine.stateMachineArn] }),
      new PolicyStatement({
        actions: ["states:DescribeExecution"],
        resources: [...machine.executionArns],
      }),
    ]);
    const backstop = house({
      entry: "backstop",
      description: "ant-clio: marks a run whose execution ended without doing so",
      memoryMiB: ONE_CPU_MIB,
      timeoutSeconds: END_SECONDS,
      environment: runEnvironmentOf(stage, data),
      access: { ...endAccess(pipeline.map(({ name }) => name)), table: "own" },
    });
    const checkEnvironment: CheckProviderEnvironment = {
      CLIO_STAGE: stage.name,
      CLIO_PROVIDER_SECRET: data.providerSecret.secretArn,
      ...providerSettingsOf(stage),
    };
    const checkProvider = house(
      {
        entry: "check-provider",
        description: "ant-clio: tells whether the stage's provider answers with the key that the stage holds",
        memoryMiB: 1024,
        timeoutSeconds: 60,
        environment: checkEnvironment,
        access: checkProviderAccess(),
      },
      assets.encoder,
    );

    this.start = start;
    this.checkProvider = checkProvider;

    this.on("InputDropped", start, deadLetters, "Starts a run for each input under incoming/", {
      source: ["aws.s3"],
      detailType: ["Object Created"],
      detail: {
        bucket: { name: [data.privateBucket.bucketName] },
        object: {
          key: [{ wildcard: `${INCOMING_PREFIX}*.jsonl` }, { wildcard: `${INCOMING_PREFIX}*.jsonl.gz` }],
        },
      },
    });
    this.on("ExecutionEnded", backstop, deadLetters, "Marks runs whose execution ended badly", {
      source: ["aws.states"],
      detailType: ["Step Functions Execution Status Change"],
      detail: {
        status: ["FAILED", "TIMED_OUT", "ABORTED"],
        stateMachineArn: [machine.stateMachineArn],
      },
    });

    const alarms = new Alarms(this, "Alarms", {
      machine,
      deadLetters,
      critical: { start, end, backstop },
      email: stage.alarmEmail,
    });
    new RunDashboard(this, "Dashboard", {
      stage,
      machine,
      functions: new Map<string, lambda.IFunction>([
        ...phases,
        ["start", start],
        ["end", end],
        ["backstop", backstop],
        ["check-provider", checkProvider],
      ]),
      deadLetters,
      alarms: alarms.all,
    });

    new CfnOutput(this, "PrivateBucket", { value: data.privateBucket.bucketName });
    new CfnOutput(this, "PublishedBucket", { value: data.publishedBucket.bucketName });
    new CfnOutput(this, "RunTable", { value: data.runTable.tableName });
    new CfnOutput(this, "StateMachine", { value: machine.stateMachineArn });
    new CfnOutput(this, "ProviderSecret", { value: data.providerSecret.secretArn });
    new CfnOutput(this, "CheckProvider", { value: checkProvider.functionName });
  }

  /** A rule that calls a function. What cannot be delivered, and what the function cannot do in three tries, is kept. */
  private on(
    id: string,
    fn: HouseFunction,
    deadLetters: sqs.Queue,
    description: string,
    eventPattern: events.EventPattern,
  ): void {
    fn.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: EVENT_AGE,
      onFailure: new SqsDestination(deadLetters),
    });
    new events.Rule(this, id, {
      description,
      eventPattern,
      targets: [
        new LambdaFunction(fn, { deadLetterQueue: deadLetters, retryAttempts: 185, maxEventAge: EVENT_AGE }),
      ],
    });
  }
}
