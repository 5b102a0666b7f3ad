import { ErrorName, isKind, PermanentError, TransientError } from "../../errors.ts";

/**
 * What the errors of the AWS SDK mean here. The SDK's own tries are over when one arrives; a transient one is left to
 * the engine. Names as in the API references of S3, DynamoDB, Step Functions and Secrets Manager, and in the SDK's own
 * lists (@smithy/core/retry). The original is left out, also as cause: its message may hold keys, ARNs or policies.
 */

interface Fault {
  readonly code: string;
  readonly words: string;
  readonly hint: string;
}

const NO_PERMISSION: Fault = {
  code: "no_permission",
  words: "permission denied",
  hint: "Give the role that runs this the right to it; S3 also answers so for a missing object to who may not list the bucket.",
};
const BAD_CREDENTIALS: Fault = {
  code: "bad_credentials",
  words: "the AWS credentials are missing, expired or wrong",
  hint: "Sign in again, or check the role or profile and the clock of this machine.",
};
const NO_BUCKET: Fault = {
  code: "no_bucket",
  words: "the bucket does not exist",
  hint: "Deploy the data stack, or check the bucket's name and region.",
};
const NO_RESOURCE: Fault = {
  code: "no_resource",
  words: "the table, secret or state machine does not exist",
  hint: "Deploy the stacks, or check the name and the region in the function's environment.",
};
const WRONG_REGION: Fault = {
  code: "wrong_region",
  words: "the bucket is in another region",
  hint: "Use the region that the stacks were deployed to.",
};
const NO_KEY: Fault = {
  code: "no_encryption_key",
  words: "the encryption key cannot be used",
  hint: "Check that the KMS key is enabled and that the role may use it.",
};
const INVALID: Fault = {
  code: "invalid_request",
  words: "the request was refused as invalid",
  hint: "This is a fault of ant-clio or of an emulator: report it with the name in brackets.",
};
const TOO_LARGE: Fault = {
  code: "too_large",
  words: "it is larger than the service takes",
  hint: "Make it smaller: an item of a table takes 400 KB, an object 5 TB.",
};

/** Errors that a second try does not cure. */
const PERMANENT: Readonly<Record<string, Fault>> = {
  AccessDenied: NO_PERMISSION,
  AccessDeniedException: NO_PERMISSION,
  AllAccessDisabled: NO_PERMISSION,
  AccountProblem: NO_PERMISSION,
  CredentialsProviderError: BAD_CREDENTIALS,
  ExpiredToken: BAD_CREDENTIALS,
  ExpiredTokenException: BAD_CREDENTIALS,
  InvalidToken: BAD_CREDENTIALS,
  InvalidAccessKeyId: BAD_CREDENTIALS,
  InvalidClientTokenId: BAD_CREDENTIALS,
  InvalidSignatureException: BAD_CREDENTIALS,
  IncompleteSignature: BAD_CREDENTIALS,
  MissingAuthenticationToken: BAD_CREDENTIALS,
  MissingAuthenticationTokenException: BAD_CREDENTIALS,
  RequestExpired: BAD_CREDENTIALS,
  RequestTimeTooSkewed: BAD_CREDENTIALS,
  SignatureDoesNotMatch: BAD_CREDENTIALS,
  UnrecognizedClientException: BAD_CREDENTIALS,
  NoSuchBucket: NO_BUCKET,
  ResourceNotFoundException: NO_RESOURCE,
  StateMachineDoesNotExist: NO_RESOURCE,
  StateMachineDeleting: NO_RESOURCE,
  PermanentRedirect: WRONG_REGION,
  AuthorizationHeaderMalformed: WRONG_REGION,
  DecryptionFailure: NO_KEY,
  KmsAccessDeniedException: NO_KEY,
  KmsInvalidStateException: NO_KEY,
  EntityTooLarge: TOO_LARGE,
  ItemCollectionSizeLimitExceededException: TOO_LARGE,
};

/** The SDK's list of throttling (@smithy/core/retry), and the limits of Step Functions that pass. */
const THROTTLED: ReadonlySet<string> = new Set([
  "BandwidthLimitExceeded",
  "ExecutionLimitExceeded",
  "KmsThrottlingException",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
]);

/** Somebody else was changing the same thing. */
const CONTENDED: ReadonlySet<string> = new Set([
  "ConditionalRequestConflict",
  "OperationAborted",
  "TransactionCanceledException",
  "TransactionConflictException",
  "TransactionInProgressException",
]);

const TIMED_OUT: ReadonlySet<string> = new Set([
  "TimeoutError",
  "RequestTimeout",
  "RequestTimeoutException",
  "ETIMEDOUT",
]);

/** What arrived was not what was sent. */
const GARBLED: ReadonlySet<string> = new Set(["BadDigest", "IncompleteBody", "XAmzContentChecksumMismatch"]);

/** Of Node's sockets and streams, and of name resolution. */
const CONNECTION: ReadonlySet<string> = new Set([
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ERR_STREAM_PREMATURE_CLOSE",
  "HPE_INVALID_CHUNK_SIZE",
  "HPE_INVALID_EOF_STATE",
]);

interface SdkError extends Error {
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  /** Of a transaction: why each of its writes failed, or "None". */
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** What made a transaction fail, without the writes that were fine. */
export function cancelledBy(error: unknown): readonly string[] {
  if (!(error instanceof Error) || error.name !== "TransactionCanceledException") return [];
  const codes = ((error as SdkError).CancellationReasons ?? []).map(({ Code = "None" }) => Code);
  return codes.filter((code) => code !== "None");
}

/** The HTTP status of an error of the SDK, or null. */
export function statusOf(error: unknown): number | null {
  return error instanceof Error ? ((error as SdkError).$metadata?.httpStatusCode ?? null) : null;
}

/**
 * The error of the ports' vocabulary for an error of the AWS SDK; other errors come back as they are.
 * @param doing what was tried, without anything that a user wrote: "write runs/abc/x.json".
 */
export function awsFault(error: unknown, doing: string): unknown {
  if (!(error instanceof Error) || Object.values(ErrorName).some((name) => isKind(error, name))) return error;
  const { code } = error as SdkError;
  const status = statusOf(error);
  // A transaction that one of its writes made invalid is not contended.
  const name = cancelledBy(error).includes("ValidationError") ? "ValidationException" : error.name;
  const transient = transientWords(name, typeof code === "string" ? code : "", status, error.message);
  if (transient !== null) {
    const retryAfterMs = retryAfterOf(error);
    return new TransientError(`Could not ${doing}: ${transient.words} (${label(error)}).`, {
      code: transient.code,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    });
  }
  const permanent = permanentFault(error, name, status);
  if (permanent === null) return error;
  const { hint } = permanent;
  return new PermanentError(`Could not ${doing}: ${permanent.words} (${label(error)}).`, {
    code: permanent.code,
    hint,
  });
}

/** Runs `action`, its faults translated. */
export async function translatedAws<T>(doing: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw awsFault(error, doing);
  }
}

function transientWords(
  name: string,
  code: string,
  status: number | null,
  message: string,
): { code: string; words: string } | null {
  if (THROTTLED.has(name) || status === 429) return { code: "throttled", words: "too many requests" };
  if (CONTENDED.has(name)) return { code: "contended", words: "it was being changed meanwhile" };
  if (TIMED_OUT.has(name) || TIMED_OUT.has(code) || status === 408) {
    return { code: "timed_out", words: "no answer in time" };
  }
  // The SDK gives this error of its stream no name of its own.
  if (GARBLED.has(name) || message.startsWith("Checksum mismatch")) {
    return { code: "garbled", words: "the bytes were damaged on the way" };
  }
  if (CONNECTION.has(code)) return { code: "connection_lost", words: "the connection broke" };
  // Names that only a client sets are permanent whatever the status.
  if (PERMANENT[name] === undefined && status !== null && status >= 500) {
    return { code: "service_fault", words: "the service had a fault" };
  }
  return null;
}

function permanentFault(error: Error, name: string, status: number | null): Fault | null {
  // DynamoDB says "ValidationException" of an item that is too large; its message names no content in that case.
  if (name === "ValidationException" && /item size/i.test(error.message)) return TOO_LARGE;
  const known = PERMANENT[name];
  if (known !== undefined) return known;
  if (name.startsWith("KMS.")) return NO_KEY;
  if (status === 403) return NO_PERMISSION;
  if (status === 401) return BAD_CREDENTIALS;
  if (status === 301 || status === 307) return WRONG_REGION;
  return status !== null && status >= 400 ? INVALID : null;
}

/** Name and status, as far as they are names: what a broken answer was parsed into may hold anything. */
function label(error: Error): string {
  const status = statusOf(error);
  const names = [error.name, (error as SdkError).code].filter(
    (each) =>
      typeof each === "string" &&
      /^[A-Za-z0-9._]{1,64}$/.test(each) &&
      each !== "Error" &&
      each !== "UnknownError",
  );
  const told = [...new Set(names), ...(status === null ? [] : [`HTTP ${status}`])].join(", ");
  return told === "" ? "unnamed" : told;
}

/** Milliseconds of a Retry-After in seconds; AWS sends no dates. */
function retryAfterOf(error: Error): number | null {
  const headers = (error as SdkError).$response?.headers ?? {};
  const found = Object.entries(headers).find(([header]) => header.toLowerCase() === "retry-after");
  const seconds = Number(found?.[1]);
  return found !== undefined && found[1] !== "" && seconds >= 0 ? seconds * 1000 : null;
}
