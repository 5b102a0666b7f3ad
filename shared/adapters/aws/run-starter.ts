import type { SFNClient } from "@aws-sdk/client-sfn";
import { DescribeExecutionCommand, StartExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import type { ExecutionInput } from "../../contracts/aws.ts";
import { executionInput } from "../../contracts/aws.ts";
import { executionName, parseExecutionName } from "../../keys.ts";
import type { RunStarter } from "../../ports/run-starter.ts";
import { translatedAws } from "./faults.ts";

export interface StepFunctionsRunStarterOptions {
  readonly client: SFNClient;
  /** ARN of a Standard state machine. */
  readonly stateMachine: string;
}

/**
 * Attempts as executions named after them. Step Functions takes a second start with the same name and input, while the
 * first runs, for a repetition and answers it alike, so "started" can be said twice; there is one execution all the same.
 */
export function stepFunctionsRunStarter(options: StepFunctionsRunStarterOptions): RunStarter {
  const { client, stateMachine } = options;
  const prefix = executionPrefix(stateMachine);

  const nameOf = (runId: string, attempt: number): string => {
    const name = executionName(runId, attempt);
    if (parseExecutionName(name) === null) throw new RangeError("not an attempt of a run");
    return name;
  };
  const arnOf = (runId: string, attempt: number): string => `${prefix}:${nameOf(runId, attempt)}`;

  return {
    async start(runId, attempt, phases) {
      const name = nameOf(runId, attempt);
      const input: ExecutionInput = executionInput.parse({
        run_id: runId,
        attempt,
        phases: Object.fromEntries(phases.map((phase) => [phase, true])),
      });
      const command = new StartExecutionCommand({
        stateMachineArn: stateMachine,
        name,
        input: JSON.stringify(input),
      });
      return translatedAws(`start run ${runId}`, async () => {
        try {
          await client.send(command);
          return "started";
        } catch (error) {
          if (error instanceof Error && error.name === "ExecutionAlreadyExists") return "exists";
          throw error;
        }
      });
    },

    async isRunning(runId, attempt) {
      const command = new DescribeExecutionCommand({ executionArn: arnOf(runId, attempt) });
      return translatedAws(`look at run ${runId}`, async () => {
        try {
          return (await client.send(command)).status === "RUNNING";
        } catch (error) {
          if (isUnknown(error)) return null;
          throw error;
        }
      });
    },

    async stop(runId, attempt) {
      const command = new StopExecutionCommand({ executionArn: arnOf(runId, attempt) });
      await translatedAws(`stop run ${runId}`, async () => {
        try {
          await client.send(command);
        } catch (error) {
          if (!isUnknown(error)) throw error;
        }
      });
    },
  };
}

/** `arn:aws:states:<region>:<account>:stateMachine:<name>` has executions `...:execution:<name>:<execution>`. */
function executionPrefix(stateMachine: string): string {
  const match = /^(arn:[^:]+:states:[^:]+:[^:]+):stateMachine:([^:]+)$/.exec(stateMachine);
  if (match === null) throw new RangeError("not the ARN of a state machine");
  return `${match[1]}:execution:${match[2]}`;
}

function isUnknown(error: unknown): boolean {
  return error instanceof Error && error.name === "ExecutionDoesNotExist";
}
