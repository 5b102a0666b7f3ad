import { ArnFormat, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { bedrockAccess } from "../bedrock-access.ts";

/**
 * The one action that a question takes: for bedrock-runtime's OpenAI-compatible Chat Completions AWS names the permissions
 * of InvokeModel (docs.aws.amazon.com/bedrock/latest/userguide/inference.html, "Making inference requests": "Converse,
 * Invoke, Chat Completions, and Responses APIs"); answers are not streamed. The `openai` package signs for the service
 * "bedrock" at https://bedrock-runtime.<region>.amazonaws.com/openai/v1 (openai/providers/bedrock/aws.mjs,
 * openai/internal/bedrock.mjs); bedrock-mantle, which has actions of its own, is not called. Not yet run on real AWS.
 */
const ACTION = "bedrock:InvokeModel";

/**
 * The right to ask one model of Bedrock and no other. A call through an inference profile is checked against the profile
 * and against the foundation model where the call ends up (docs.aws.amazon.com/bedrock/latest/userguide/
 * inference-profiles-prereq.html, geographic-cross-region-inference.html and global-cross-region-inference.html); the
 * latter holds through that profile alone.
 */
export function bedrockStatements(scope: Construct, modelId: string): PolicyStatement[] {
  const { model, profile, regions } = bedrockAccess(modelId);
  const stack = Stack.of(scope);
  const foundation = (region: string): string =>
    stack.formatArn({
      service: "bedrock",
      region,
      account: "",
      resource: "foundation-model",
      resourceName: model,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  const here = foundation(stack.region);
  if (profile === null) return [new PolicyStatement({ actions: [ACTION], resources: [here] })];
  const profileArn = stack.formatArn({
    service: "bedrock",
    resource: "inference-profile",
    resourceName: profile,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  return [
    new PolicyStatement({ actions: [ACTION], resources: [profileArn] }),
    new PolicyStatement({
      actions: [ACTION],
      resources: [here, ...regions.map(foundation)],
      conditions: { StringEquals: { "bedrock:InferenceProfileArn": profileArn } },
    }),
  ];
}
