import { Duration } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import * as sns from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type * as sqs from "aws-cdk-lib/aws-sqs";
import type * as sfn from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";

export interface AlarmsProps {
  readonly machine: sfn.StateMachine;
  readonly deadLetters: sqs.IQueue;
  /** Functions that nothing retries for long: a run is not started, or not marked. */
  readonly critical: Readonly<Record<"start" | "end" | "backstop", lambda.IFunction>>;
  readonly email: string | undefined;
}

const PERIOD = Duration.minutes(5);

/** What somebody should look at. Each goes off at the first event: between runs there is none. */
export class Alarms extends Construct {
  readonly all: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, { machine, deadLetters, critical, email }: AlarmsProps) {
    super(scope, id);
    const alarm = (name: string, metric: cloudwatch.IMetric, alarmDescription: string): cloudwatch.Alarm =>
      new cloudwatch.Alarm(this, name, {
        metric,
        alarmDescription,
        threshold: 1,
        evaluationPeriods: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      });
    this.all = [
      alarm("RunFailed", machine.metricFailed({ period: PERIOD }), "A run failed; its record says why."),
      alarm("RunTimedOut", machine.metricTimedOut({ period: PERIOD }), "A run did not end in seven days."),
      alarm(
        "DeadLetters",
        deadLetters.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: "Maximum" }),
        "An input was dropped and no run started, or an execution ended and its run was not marked.",
      ),
      alarm(
        "StartErrors",
        critical.start.metricErrors({ period: PERIOD }),
        "Starting a run for an input threw.",
      ),
      // Throttled phases wait and try again: that is how a run meets the account's concurrency. These three should not.
      // One alarm each, since the emulator knows no metric math.
      ...Object.entries(critical).map(([name, fn]) =>
        alarm(
          `Throttles-${name}`,
          fn.metricThrottles({ period: PERIOD }),
          `The account is out of concurrency for what ${name} does for a run.`,
        ),
      ),
    ];
    if (email !== undefined) {
      const topic = new sns.Topic(this, "Topic", { displayName: "ant-clio alarms", enforceSSL: true });
      topic.addSubscription(new EmailSubscription(email));
      for (const each of this.all) each.addAlarmAction(new SnsAction(topic));
    }
  }
}
