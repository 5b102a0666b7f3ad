import { describe, expect, test } from "vitest";
import { awsFault } from "../../shared/adapters/aws/faults.ts";
import { ErrorName, errorDetail, PermanentError } from "../../shared/errors.ts";

const SECRET = "the message of an error, which may quote a key or an ARN";

interface Given {
  name?: string;
  status?: number;
  code?: string;
  message?: string;
  headers?: Record<string, string>;
  reasons?: string[];
}

function sdkError({ name, status, code, message = SECRET, headers, reasons }: Given): Error {
  return Object.assign(new Error(message), {
    ...(name === undefined ? {} : { name }),
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }),
    ...(headers === undefined ? {} : { $response: { headers } }),
    ...(reasons === undefined ? {} : { CancellationReasons: reasons.map((Code) => ({ Code })) }),
  });
}

const TRANSIENT: readonly [Given, string][] = [
  [{ name: "ThrottlingException", status: 400 }, "throttled"],
  [{ name: "ProvisionedThroughputExceededException", status: 400 }, "throttled"],
  [{ name: "SlowDown", status: 503 }, "throttled"],
  [{ name: "TooManyRequestsException", status: 429 }, "throttled"],
  [{ name: "ExecutionLimitExceeded", status: 400 }, "throttled"],
  [{ name: "Odd", status: 429 }, "throttled"],
  [{ name: "ConditionalRequestConflict", status: 409 }, "contended"],
  [{ name: "OperationAborted", status: 409 }, "contended"],
  [{ name: "TransactionConflictException", status: 400 }, "contended"],
  [
    { name: "TransactionCanceledException", status: 400, reasons: ["None", "TransactionConflict"] },
    "contended",
  ],
  [{ name: "TimeoutError" }, "timed_out"],
  [{ name: "RequestTimeout", status: 400 }, "timed_out"],
  [{ code: "ETIMEDOUT" }, "timed_out"],
  [{ code: "ECONNRESET" }, "connection_lost"],
  [{ code: "ECONNREFUSED" }, "connection_lost"],
  [{ code: "ENOTFOUND" }, "connection_lost"],
  [{ code: "EPIPE" }, "connection_lost"],
  [{ code: "ERR_STREAM_PREMATURE_CLOSE" }, "connection_lost"],
  [{ name: "InternalError", status: 500 }, "service_fault"],
  [{ name: "ServiceUnavailable", status: 503 }, "service_fault"],
  [{ name: "SyntaxError", status: 502 }, "service_fault"],
  [{ name: "InternalServerError", status: 500 }, "service_fault"],
  [{ name: "BadDigest", status: 400 }, "garbled"],
  [{ message: 'Checksum mismatch: expected "a" but received "b"' }, "garbled"],
];

const PERMANENT: readonly [Given, string][] = [
  [{ name: "AccessDenied", status: 403 }, "no_permission"],
  [{ name: "AccessDeniedException", status: 400 }, "no_permission"],
  [{ name: "403", status: 403 }, "no_permission"],
  [{ name: "CredentialsProviderError" }, "bad_credentials"],
  [{ name: "ExpiredTokenException", status: 400 }, "bad_credentials"],
  [{ name: "SignatureDoesNotMatch", status: 403 }, "bad_credentials"],
  [{ name: "UnrecognizedClientException", status: 400 }, "bad_credentials"],
  [{ name: "NoSuchBucket", status: 404 }, "no_bucket"],
  [{ name: "ResourceNotFoundException", status: 400 }, "no_resource"],
  [{ name: "StateMachineDoesNotExist", status: 400 }, "no_resource"],
  [{ name: "PermanentRedirect", status: 301 }, "wrong_region"],
  [{ name: "KMS.DisabledException", status: 400 }, "no_encryption_key"],
  [{ name: "DecryptionFailure", status: 400 }, "no_encryption_key"],
  [
    { name: "ValidationException", status: 400, message: "Item size has exceeded the maximum allowed size" },
    "too_large",
  ],
  [{ name: "ValidationException", status: 400 }, "invalid_request"],
  [{ name: "TransactionCanceledException", status: 400, reasons: ["ValidationError"] }, "invalid_request"],
  [{ name: "InvalidExecutionInput", status: 400 }, "invalid_request"],
  [{ name: "Whatever", status: 400 }, "invalid_request"],
];

describe("what may pass", () => {
  test.each(TRANSIENT)("%o is %s", (given, code) => {
    const fault = awsFault(sdkError(given), "write runs/abc/x.json");
    expect(fault).toMatchObject({ name: ErrorName.transient, code });
    expect(String(fault)).toContain("Could not write runs/abc/x.json: ");
    expect(String(fault)).not.toContain(SECRET);
    expect((fault as Error).cause).toBeUndefined();
  });
});

describe("what does not", () => {
  test.each(PERMANENT)("%o is %s, with a hint", (given, code) => {
    const fault = awsFault(sdkError(given), "write runs/abc/x.json");
    expect(fault).toMatchObject({ name: ErrorName.permanent, code });
    expect(errorDetail(fault).hint).toMatch(/^[A-Z].*\.$/);
    expect(String(fault)).not.toContain(SECRET);
    expect((fault as Error).cause).toBeUndefined();
  });
});

test("a wait that the service asks for is kept", () => {
  const wait = (headers: Record<string, string>): unknown =>
    (awsFault(sdkError({ name: "SlowDown", status: 503, headers }), "x") as { retryAfterMs?: unknown })
      .retryAfterMs;
  expect(wait({ "Retry-After": "2" })).toBe(2_000);
  expect(wait({ "retry-after": "0" })).toBe(0);
  for (const value of ["", "soon", "-1", "Wed, 25 Nov 2026 10:00:00 GMT"]) {
    expect(wait({ "retry-after": value })).toBeUndefined();
  }
  expect(wait({})).toBeUndefined();
});

test("names tell only what is a name", () => {
  const told = (given: Given): string => String(awsFault(sdkError(given), "x"));
  expect(told({ name: "AccessDenied", status: 403 })).toContain("(AccessDenied, HTTP 403)");
  expect(told({ code: "ECONNRESET" })).toContain("(ECONNRESET)");
  expect(told({ name: "what a proxy's page said", status: 502 })).toContain("(HTTP 502)");
});

test("what is no error of the SDK comes back as it is", () => {
  const own = new PermanentError("mine", { code: "mine" });
  for (const error of [own, new RangeError("a bug"), new TypeError("x is undefined"), "text", null]) {
    expect(awsFault(error, "x")).toBe(error);
  }
  const aborted = Object.assign(new Error("stop"), { name: "AbortError" });
  expect(awsFault(aborted, "x")).toBe(aborted);
});
