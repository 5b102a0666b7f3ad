import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import * as z from "zod";
import { stackName } from "../shared/contracts/aws.ts";
import { CREDENTIALS, REGION } from "./environment.ts";

/** How a client reaches the emulator, whatever the environment says. */
export function clientOptions(endpoint: URL) {
  return { endpoint: endpoint.origin, region: REGION, credentials: CREDENTIALS };
}

const deployment = z.object({
  PrivateBucket: z.string(),
  PublishedBucket: z.string(),
  RunTable: z.string(),
});
export type Deployment = z.infer<typeof deployment>;

/** What the deployed stacks say of themselves. */
export function findDeployment(endpoint: URL): Promise<Deployment> {
  return outputsOf(endpoint, ["data", "pipeline"], deployment);
}

const site = z.object({ SiteBucketName: z.string(), ApiId: z.string(), PublishedBucket: z.string() });

/** Where the site goes, and what it reads. */
export async function findSite(
  endpoint: URL,
): Promise<{ readonly bucket: string; readonly api: string; readonly published: string }> {
  const found = await outputsOf(endpoint, ["pipeline", "web"], site);
  return { bucket: found.SiteBucketName, api: found.ApiId, published: found.PublishedBucket };
}

async function outputsOf<S extends z.ZodType>(
  endpoint: URL,
  of: readonly ("data" | "pipeline" | "web")[],
  schema: S,
): Promise<z.infer<S>> {
  const stacks = of.map((each) => stackName("local", each));
  const client = new CloudFormationClient(clientOptions(endpoint));
  try {
    const outputs = await Promise.all(
      stacks.map(async (StackName) => {
        const { Stacks: described = [] } = await client.send(new DescribeStacksCommand({ StackName }));
        return described.flatMap(({ Outputs: found = [] }) => found);
      }),
    );
    const named = outputs.flat().map(({ OutputKey: key = "", OutputValue: value }) => [key, value]);
    return schema.parse(Object.fromEntries(named));
  } catch (error) {
    throw new Error(
      `The stacks ${stacks.join(" and ")} were not found with their outputs at ${endpoint.origin}: npm run localstack:deploy.`,
      { cause: error },
    );
  } finally {
    client.destroy();
  }
}
