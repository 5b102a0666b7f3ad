import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import { TransientError } from "../../errors.ts";
import { translatedAws } from "./faults.ts";

/** Calls to other functions of the stage. */
export interface Functions {
  /** Hands an event over; it is tried again as the function's own settings say. */
  send(name: string, event: unknown): Promise<void>;
  /** Asks and waits. Throws TransientError "function_failed" where the function does. */
  ask(name: string, event: unknown, signal: AbortSignal): Promise<unknown>;
}

export function lambdaFunctions(client: LambdaClient): Functions {
  return {
    async send(name, event) {
      const Payload = JSON.stringify(event);
      await translatedAws("call a function", () =>
        client.send(new InvokeCommand({ FunctionName: name, InvocationType: "Event", Payload })),
      );
    },
    async ask(name, event, abortSignal) {
      const command = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) });
      const answer = await translatedAws("ask a function", () => client.send(command, { abortSignal }));
      // What it says of its failure is its own log's, not ours to repeat.
      if (answer.FunctionError !== undefined)
        throw new TransientError("a function of this stage failed", { code: "function_failed" });
      return JSON.parse(new TextDecoder().decode(answer.Payload)) as unknown;
    },
  };
}
