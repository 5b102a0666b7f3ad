import { expect, test } from "vitest";
import { AwsSolutionsChecks } from "cdk-nag";
import { clioApp } from "./support.ts";

/** A finding that stands, where, and why. */
interface Accepted {
  readonly rule: RegExp;
  readonly at: RegExp;
  readonly reason: string;
}

const IAM5 = "AwsSolutions-IAM5\\[Resource::";
const COPIER = /-web\/Custom::CDKBucketDeployment/;

const accepted: readonly Accepted[] = [
  {
    rule: new RegExp(
      `^${IAM5}<(Private|Published)\\w+\\.Arn>/((runs|uploads)/(\\*-eval-)?\\*(/.+)?|incoming/\\*)\\]$`,
    ),
    at: /-(pipeline|web)\/.+Role\/DefaultPolicy/,
    reason:
      "Keys of whichever run, bounded by what the pipeline table says; test/infra/access.test.ts checks each.",
  },
  {
    rule: new RegExp(`^${IAM5}arn:.+:states:.+:execution:ant-clio-\\w+[:/](\\*-eval-)?\\*\\]$`),
    at: /-(pipeline\/(Machine|Function-startRole|Phase-evaluateRole)|web\/(Read|Intake|Checks)Role)\//,
    reason: "Executions of this one machine: their names are those of runs.",
  },
  {
    rule: new RegExp(`^${IAM5}arn:.+:bedrock:us-\\*::foundation-model/[^*]+\\]$`),
    at: /-prod-pipeline\/(Phase-\w+|Function-check-provider)Role\//,
    reason:
      "One model, through the one profile that fixes the regions; test/infra/provider.test.ts checks the condition.",
  },
  {
    rule: new RegExp(`^${IAM5}\\*\\]$`),
    at: /-pipeline\/Machine\/Role/,
    reason:
      "Delivery of a machine's logs is set up by actions that know no resources (CloudWatch Logs, vended logs).",
  },
  {
    rule: /^AwsSolutions-SF2$/,
    at: /-pipeline\/Machine\//,
    reason:
      "Traces are paid for per batch; events of the run table and the execution's history tell the same.",
  },
  {
    rule: /^AwsSolutions-SMG4$/,
    at: /-(data\/ProviderKeys|web\/Cookies\/Secret)\//,
    reason:
      "Keys of model providers: AWS cannot rotate them. The cookies' key is that of a public key that outlives no stack.",
  },
  {
    rule: /^AwsSolutions-DDB3$/,
    at: /-(dev|local)-data\/Runs\//,
    reason: "Back to any second is for prod.",
  },
  {
    rule: /^AwsSolutions-SQS3$/,
    at: /-pipeline\/DeadLetters\//,
    reason: "This is the dead-letter queue.",
  },
  {
    rule: /^AwsSolutions-S1$/,
    at: /-(web\/Site\/Bucket|local-web\/SiteBucket|local-data\/(Private|Published))\//,
    reason: "Public pages; the emulator writes no access logs.",
  },
  {
    rule: /^AwsSolutions-APIG[16]$/,
    at: /-web\/Api\//,
    reason:
      "The gateway's logs need a role for the whole account, which is its owner's to give; the function logs each request.",
  },
  {
    rule: /^AwsSolutions-APIG2$/,
    at: /-web\/Api\//,
    reason:
      "The function validates against the contracts that the pages use as well; a copy in the gateway would drift.",
  },
  {
    rule: /^AwsSolutions-(APIG3|CFR2)$/,
    at: /-web\/(Api|Site\/Distribution)\//,
    reason:
      "A firewall costs by the month while nothing runs; the API is throttled and wants tokens. One can be attached.",
  },
  {
    rule: /^AwsSolutions-APIG4$/,
    at: /-web\/Api\/Default\/api\/health\//,
    reason: "Says that it is up, nothing else.",
  },
  {
    rule: /^AwsSolutions-COG4$/,
    at: /-web\/Api\/Default\/api\/health\//,
    reason: "Says that it is up, nothing else.",
  },
  {
    rule: /^AwsSolutions-(APIG|COG)4$/,
    at: /-local-web\/Api\/Default\/api\//,
    reason: "An emulator knows no sign-in, and listens on loopback alone.",
  },
  {
    rule: /^AwsSolutions-COG[128]$/,
    at: /-web\/SignIn\/Pool\//,
    reason:
      "Long passwords need no special characters (NIST SP 800-63B); a second factor is each person's to add; the paid plan is the owner's to choose.",
  },
  {
    rule: /^AwsSolutions-CFR1$/,
    at: /-web\/Site\/Distribution\//,
    reason: "Where a team's readers sit is not ours to say.",
  },
  {
    rule: /^AwsSolutions-CFR3$/,
    at: /-web\/Site\/Distribution\//,
    reason: "Viewers' addresses are personal data that nothing here needs.",
  },
  {
    rule: /^AwsSolutions-CFR4$/,
    at: /-web\/Site\/Distribution\//,
    reason: "The distribution's own certificate fixes the policy; a domain of one's own brings a newer one.",
  },
  {
    rule: /^AwsSolutions-(L1|IAM4\[Policy::.+AWSLambdaBasicExecutionRole\])$/,
    at: COPIER,
    reason: "CDK's own function that copies the pages at deployment; its runtime and role come with CDK.",
  },
  {
    rule: /^AwsSolutions-IAM5\[(Action::s3:\w+\*|Resource::(\*|arn:.+-assets-.+\/\*|<SiteBucket\w+\.Arn>\/\*))\]$/,
    at: COPIER,
    reason:
      "The same function: from CDK's assets into the pages' bucket; invalidations name no distribution.",
  },
];

test("AwsSolutions finds nothing that is not accepted here with its reason, and nothing is accepted in vain", () => {
  const used = new Set<Accepted>();
  const left: string[] = [];
  const bedrock = { provider: "bedrock", model: "us.anthropic.claude-haiku-4-5-20251001-v1:0" };
  for (const given of [{ stage: "dev" }, { stage: "prod", ...bedrock }, { stage: "local" }]) {
    const { app } = clioApp({ alarmEmail: "team@example.com", ...given });
    for (const { ruleName, violatingResources } of new AwsSolutionsChecks(app).validateScope(app)
      .violations) {
      for (const { constructPath } of violatingResources) {
        const reason = accepted.find(({ rule, at }) => rule.test(ruleName) && at.test(constructPath ?? ""));
        if (reason === undefined) left.push(`${ruleName} ${constructPath}`);
        else used.add(reason);
      }
    }
  }
  expect(left).toEqual([]);
  expect(accepted.filter((entry) => !used.has(entry))).toEqual([]);
});
