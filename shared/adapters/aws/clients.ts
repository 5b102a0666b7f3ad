import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

export interface AwsClientOptions {
  /** Left out: the SDK's own (AWS_REGION). */
  readonly region?: string | undefined;
  /** An emulator; the composition root gives what AWS_ENDPOINT_URL says. Left out: AWS. */
  readonly endpoint?: string | undefined;
  /** Left out: the SDK's own chain; on Lambda the function's role. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/** A connection that is not up in this time will not be: a round trip inside a region takes about a millisecond. */
const CONNECTION_TIMEOUT_MS = 3_000;
/** Time to the first byte of an answer, and of silence. DynamoDB, Step Functions and Secrets Manager answer within milliseconds. */
const REQUEST_TIMEOUT_MS = 10_000;
/** A part of 16 MiB on a slow line (2 Mbit/s) takes 67 seconds. */
const OBJECT_TIMEOUT_MS = 90_000;
/** One try and three more (the SDK's default is two more): about a second in all. What lasts longer is the engine's to retry. */
const MAX_ATTEMPTS = 4;
/** A batch rarely has more than a dozen requests open; the default of 50 would do but for a delete of many runs. */
const MAX_SOCKETS = 100;

/** What every client of ours is made with. */
export function clientSettings(options: AwsClientOptions, timeoutMs: number = REQUEST_TIMEOUT_MS) {
  const { region, endpoint, credentials } = options;
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  return {
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    retryMode: "standard",
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: timeoutMs,
      // Without it a breach is only logged.
      throwOnRequestTimeout: true,
      socketTimeout: timeoutMs,
      httpAgent: agent,
      httpsAgent: agent,
    },
  };
}

function s3Settings(options: AwsClientOptions) {
  return {
    ...clientSettings(options, OBJECT_TIMEOUT_MS),
    // Emulators have no host name per bucket.
    forcePathStyle: options.endpoint !== undefined,
  };
}

export function s3Client(options: AwsClientOptions = {}): S3Client {
  return new S3Client(s3Settings(options));
}

/** To sign where somebody else puts what nobody here has seen: without checksums of an empty body. */
export function signingS3Client(options: AwsClientOptions = {}): S3Client {
  return new S3Client({ ...s3Settings(options), requestChecksumCalculation: "WHEN_REQUIRED" });
}

/** Undefined fields of items are an error: the stores write none. */
export function dynamoClient(options: AwsClientOptions = {}): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings(options)));
}

export function stepFunctionsClient(options: AwsClientOptions = {}): SFNClient {
  return new SFNClient(clientSettings(options));
}
