import { randomBytes } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { stepFunctionsClient } from "../shared/adapters/aws/clients.ts";
import { locateInput } from "../shared/adapters/aws/input-source.ts";
import { stepFunctionsRunStarter } from "../shared/adapters/aws/run-starter.ts";
import type { PhaseEnvironment, StartEnvironment } from "../shared/contracts/aws.ts";
import { childExecutions } from "../shared/engine/child-executions.ts";
import type { StartDeps } from "../shared/engine/execution.ts";
import { PermanentError } from "../shared/errors.ts";
import type { StepServices } from "./step.ts";

/** In a file of its own: most functions start nothing, and read no code of Step Functions. */
export function openStarter({
  AWS_ENDPOINT_URL: endpoint,
  CLIO_STATE_MACHINE: stateMachine,
}: Pick<StartEnvironment, "AWS_ENDPOINT_URL" | "CLIO_STATE_MACHINE">): Pick<
  StartDeps,
  "starter" | "newUserHashKey"
> {
  return {
    starter: stepFunctionsRunStarter({ client: stepFunctionsClient({ endpoint }), stateMachine }),
    newUserHashKey: () => randomBytes(32),
  };
}

/** For the function of a phase that starts runs. */
export function openChildren(
  environment: PhaseEnvironment,
  client: S3Client,
): NonNullable<StepServices["children"]> {
  const { CLIO_PRIVATE_BUCKET: bucket, CLIO_STATE_MACHINE: machine } = environment;
  if (machine === undefined)
    throw new PermanentError("this function was told no state machine", { code: "not_in_table" });
  const starting = {
    ...openStarter({ ...environment, CLIO_STATE_MACHINE: machine }),
    locate: (key: string) => locateInput({ client, bucket, key }),
  };
  return ({ run, phase, objects, runs, clock, log }) =>
    childExecutions({ ...starting, objects, runs, clock, log }, run, phase);
}
