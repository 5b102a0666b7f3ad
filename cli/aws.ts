import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import * as z from "zod";
import { dynamoClient, s3Client, stepFunctionsClient } from "../shared/adapters/aws/clients.ts";
import { s3ObjectStore } from "../shared/adapters/aws/object-store.ts";
import { abortUploads } from "../shared/adapters/aws/open-uploads.ts";
import { stepFunctionsRunStarter } from "../shared/adapters/aws/run-starter.ts";
import { dynamoBudget } from "../shared/adapters/aws/budget.ts";
import { dynamoRunStore } from "../shared/adapters/aws/run-store.ts";
import { systemClock } from "../shared/adapters/system-clock.ts";
import { stackName, stageName } from "../shared/contracts/aws.ts";
import { UsageError } from "../shared/errors.ts";
import { runPrefix } from "../shared/keys.ts";
import type { Log } from "../shared/ports/log.ts";
import type { Stores } from "./compose.ts";
import type { Io } from "./io.ts";

/** What the stacks of a stage say of themselves. */
const outputs = z.object({
  PrivateBucket: z.string(),
  PublishedBucket: z.string(),
  RunTable: z.string(),
  StateMachine: z.string(),
});

async function outputsOf(client: CloudFormationClient, stage: string): Promise<z.infer<typeof outputs>> {
  const found: Record<string, string> = {};
  for (const name of [stackName(stage, "data"), stackName(stage, "pipeline")]) {
    try {
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
      for (const { OutputKey, OutputValue } of Stacks.flatMap((stack) => stack.Outputs ?? []))
        if (OutputKey !== undefined && OutputValue !== undefined) found[OutputKey] = OutputValue;
    } catch (error) {
      throw unreachable(error, stage, name);
    }
  }
  const parsed = outputs.safeParse(found);
  if (parsed.success) return parsed.data;
  throw new UsageError(`The stacks of stage ${stage} do not say where its runs are.`, {
    code: "no_stage",
    hint: `They are of another version of ant-clio: deploy this one with npx cdk deploy --all -c stage=${stage}.`,
  });
}

/** Why a stage could not be found, in words; the SDK's own name accounts and requests. */
function unreachable(error: unknown, stage: string, stack: string): UsageError {
  const name = error instanceof Error ? error.name : "";
  const message = error instanceof Error ? error.message : "";
  if (name === "ValidationError" && message.includes("does not exist")) {
    return new UsageError(`There is no stack ${stack} in this account and region.`, {
      code: "no_stage",
      hint: `Deploy it with npx cdk deploy --all -c stage=${stage}, or name another stage with --stage.`,
    });
  }
  if (/credential|token|AccessDenied|Unauthorized|SignatureDoesNotMatch/i.test(name)) {
    return new UsageError(`AWS did not let clio look for stage ${stage} (${name}).`, {
      code: "no_credentials",
      hint: "Sign in (aws sso login) or set AWS_PROFILE; it takes cloudformation:DescribeStacks and what the command needs.",
    });
  }
  if (/region/i.test(message)) {
    return new UsageError("Which AWS region to look in was not said.", {
      code: "no_region",
      hint: "Set AWS_REGION, or a region in the AWS profile.",
    });
  }
  return new UsageError(`AWS could not be asked for stage ${stage} (${name || "no answer"}).`, {
    code: "aws_unreachable",
    hint: "Check the network, AWS_REGION and AWS_ENDPOINT_URL.",
  });
}

/** The stores of a stage on AWS, found through the outputs of its stacks. */
export async function openStage(stage: string, env: Io["env"], log: Log): Promise<Stores> {
  if (!stageName.safeParse(stage).success) {
    throw new UsageError("The name of the stage cannot be one.", {
      code: "bad_stage",
      hint: "A stage has up to 20 lower-case letters, digits and dashes, for example dev.",
    });
  }
  const endpoint = env["AWS_ENDPOINT_URL"];
  const client = new CloudFormationClient(endpoint === undefined ? {} : { endpoint });
  const found = await outputsOf(client, stage);
  const s3 = s3Client({ endpoint });
  const table = { client: dynamoClient({ endpoint }), table: found.RunTable };
  const { PrivateBucket: bucket, PublishedBucket: published } = found;
  return {
    objects: s3ObjectStore({ client: s3, bucket }),
    published: s3ObjectStore({ client: s3, bucket: published }),
    runs: dynamoRunStore({ ...table, log }),
    budget: dynamoBudget(table),
    clock: systemClock,
    executions: {
      starter: stepFunctionsRunStarter({
        client: stepFunctionsClient({ endpoint }),
        stateMachine: found.StateMachine,
      }),
      dropAt: `s3://${bucket}/incoming/`,
    },
    folder: (runId) => `s3://${bucket}/${runPrefix(runId)}`,
    abortUploads: async (runId) => {
      for (const each of [bucket, published])
        await abortUploads({ client: s3, bucket: each, prefix: runPrefix(runId) });
    },
  };
}
