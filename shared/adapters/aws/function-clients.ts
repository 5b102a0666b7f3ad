import { LambdaClient } from "@aws-sdk/client-lambda";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { clientSettings } from "./clients.ts";
import type { AwsClientOptions } from "./clients.ts";

/** Clients that only functions use: the command line's package comes without their libraries. */

/** A check of a provider asks a model; whoever waits for it says when to give up. */
const ANSWER_TIMEOUT_MS = 60_000;

export function secretsClient(options: AwsClientOptions = {}): SecretsManagerClient {
  return new SecretsManagerClient(clientSettings(options));
}

export function lambdaClient(options: AwsClientOptions = {}): LambdaClient {
  return new LambdaClient(clientSettings(options, ANSWER_TIMEOUT_MS));
}
