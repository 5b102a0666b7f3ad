import { PROBLEM_MEDIA_TYPE, PROBLEM_STATUS } from "../../shared/contracts/problem.ts";
import type { Problem, ProblemCode } from "../../shared/contracts/problem.ts";
import { ErrorName, TransientError, isKind, tellError } from "../../shared/errors.ts";

const TITLES: Record<ProblemCode, string> = {
  bad_request: "The request is not right",
  unauthorised: "Nobody is signed in",
  forbidden: "Not allowed",
  not_found: "There is no such thing",
  method_not_allowed: "Not done this way",
  conflict: "Not possible now",
  range_not_satisfiable: "Beyond the end",
  too_large: "Too large",
  unsupported_media_type: "Not in this form",
  too_many_requests: "Too many requests",
  internal: "Something went wrong",
  unavailable: "Not available now",
};

/** What a request is refused with; thrown inside the app. */
export class Refusal extends Error {
  override readonly name = "ClioRefusal";
  readonly code: ProblemCode;
  readonly told: Partial<Pick<Problem, "reason" | "detail" | "hint" | "fields">>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, told: Refusal["told"] = {}, headers: Refusal["headers"] = {}) {
    super(told.detail ?? TITLES[code]);
    this.code = code;
    this.told = told;
    this.headers = headers;
  }
}

/** Codes of this project's errors that mean that what was asked for is not there. */
const MISSING = new Set([
  "not_found",
  "unknown_run",
  "no_run",
  "nothing_published",
  "no_evaluation",
  "unknown_upload",
  "missing_artifact",
]);

const MS_PER_SECOND = 1000;

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { code, message, hint } = tellError(error, "the API");
  const told = { reason: code, detail: message, hint };
  if (isKind(error, ErrorName.usage)) return new Refusal("bad_request", told);
  if (isKind(error, ErrorName.conflict)) return new Refusal("conflict", told);
  if (isKind(error, ErrorName.permanent) && MISSING.has(code)) return new Refusal("not_found", told);
  if (isKind(error, ErrorName.permanent)) return new Refusal("unavailable", told);
  if (isKind(error, ErrorName.transient)) {
    const waitMs = error instanceof TransientError ? (error.retryAfterMs ?? MS_PER_SECOND) : MS_PER_SECOND;
    return new Refusal("unavailable", told, { "retry-after": String(Math.ceil(waitMs / MS_PER_SECOND)) });
  }
  // Whatever else it is may quote what it choked on.
  return new Refusal("internal", {
    hint: "Try again; if it stays, tell who runs this the request's number.",
  });
}

/** An error as an answer: of this project's own errors what they say, of any other nothing. */
export function problemResponse(error: unknown, requestId: string): Response {
  const { code, told, headers } = refusalOf(error);
  const body: Problem = {
    type: "about:blank",
    title: TITLES[code],
    status: PROBLEM_STATUS[code],
    code,
    reason: told.reason ?? null,
    detail: told.detail ?? `${TITLES[code]}.`,
    hint: told.hint ?? null,
    fields: told.fields ?? [],
    request_id: requestId,
  };
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { ...headers, "content-type": PROBLEM_MEDIA_TYPE },
  });
}
