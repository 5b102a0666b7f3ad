import * as z from "zod";

/** What can go wrong with a request, as literals: programs branch on these, never on titles. */
export const problemCode = z.enum([
  "bad_request",
  "unauthorised",
  "forbidden",
  "not_found",
  "method_not_allowed",
  "conflict",
  "range_not_satisfiable",
  "too_large",
  "unsupported_media_type",
  "too_many_requests",
  "internal",
  "unavailable",
]);
export type ProblemCode = z.infer<typeof problemCode>;

export const PROBLEM_STATUS = {
  bad_request: 400,
  unauthorised: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  range_not_satisfiable: 416,
  too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ProblemCode, number>;

export const PROBLEM_MEDIA_TYPE = "application/problem+json";

/** RFC 9457. Holds names, ids and codes, never what was sent. */
export const problem = z.strictObject({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  code: problemCode,
  /** The finer code of the error behind it, such as "run_active"; null where there is none. */
  reason: z.string().nullable(),
  detail: z.string(),
  /** What to do about it. */
  hint: z.string().nullable(),
  /** Names of fields that are wrong. */
  fields: z.array(z.string()),
  request_id: z.string(),
});
export type Problem = z.infer<typeof problem>;
