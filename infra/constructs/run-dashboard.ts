import { Duration } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import type * as sqs from "aws-cdk-lib/aws-sqs";
import type * as sfn from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import type { StageSettings } from "../stages.ts";

export interface RunDashboardProps {
  readonly stage: StageSettings;
  readonly machine: sfn.StateMachine;
  readonly functions: ReadonlyMap<string, lambda.IFunction>;
  readonly deadLetters: sqs.IQueue;
  readonly alarms: readonly cloudwatch.Alarm[];
}

const PERIOD = Duration.minutes(5);
const HALF = 12;

/** Runs, functions and what went wrong, side by side. */
export class RunDashboard extends cloudwatch.Dashboard {
  constructor(
    scope: Construct,
    id: string,
    { stage, machine, functions, deadLetters, alarms }: RunDashboardProps,
  ) {
    super(scope, id, { dashboardName: `ant-clio-${stage.name}` });
    const eachFunction = (
      metricOf: (fn: lambda.IFunction, props: cloudwatch.MetricOptions) => cloudwatch.Metric,
    ): cloudwatch.Metric[] => Array.from(functions, ([label, fn]) => metricOf(fn, { label, period: PERIOD }));
    const graph = (title: string, left: cloudwatch.IMetric[], width = HALF): cloudwatch.GraphWidget =>
      new cloudwatch.GraphWidget({ title, left, width });
    this.addWidgets(new cloudwatch.AlarmStatusWidget({ alarms: [...alarms], width: 2 * HALF }));
    this.addWidgets(
      graph("Runs", [
        machine.metricStarted({ period: PERIOD }),
        machine.metricSucceeded({ period: PERIOD }),
        machine.metricFailed({ period: PERIOD }),
        machine.metricTimedOut({ period: PERIOD }),
        machine.metricAborted({ period: PERIOD }),
      ]),
      graph("Dead letters", [deadLetters.metricApproximateNumberOfMessagesVisible({ period: PERIOD })]),
    );
    this.addWidgets(
      graph(
        "Invocations",
        eachFunction((fn, props) => fn.metricInvocations(props)),
      ),
      graph(
        "Longest time",
        eachFunction((fn, props) => fn.metricDuration({ ...props, statistic: "Maximum" })),
      ),
    );
    this.addWidgets(
      graph(
        "Errors",
        eachFunction((fn, props) => fn.metricErrors(props)),
      ),
      graph(
        "Throttles",
        eachFunction((fn, props) => fn.metricThrottles(props)),
      ),
    );
  }
}
