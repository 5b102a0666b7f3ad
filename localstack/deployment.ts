import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import * as z from "zod";
import { CREDENTIALS, REGION } from "./environment.ts";

/** How a client reaches the emulator, whatever the environment says. */
export function clientOptions(endpoint: URL) {
  return { endpoint: endpoint.origin, region: REGION, credentials: CREDENTIALS };
}

const STACKS = ["ant-clio-local-data", "ant-clio-local-pipeline"];

const deployment = z.object({
  PrivateBucket: z.string(),
  PublishedBucket: z.string(),
  RunTable: z.string(),
});
export type Deployment = z.infer<typeof deployment>;

/** What the deployed stacks say of themselves. */
export async function findDeployment(endpoint: URL): Promise<Deployment> {
  const client = new CloudFormationClient(clientOptions(endpoint));
  try {
    const outputs = await Promise.all(
      STACKS.map(async (StackName) => {
        const { Stacks: stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
        return stacks.flatMap(({ Outputs: found = [] }) => found);
      }),
    );
    const named = outputs.flat().map(({ OutputKey: key = "", OutputValue: value }) => [key, value]);
    return deployment.parse(Object.fromEntries(named));
  } catch (error) {
    throw new Error(
      `The stacks ${STACKS.join(" and ")} were not found with their outputs at ${endpoint.origin}: npm run localstack:deploy.`,
      { cause: error },
    );
  } finally {
    client.destroy();
  }
}
