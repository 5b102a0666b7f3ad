import type { ProblemCode } from "../../shared/contracts/problem.ts";

export type FailureCode = ProblemCode | "offline" | "unreadable";

/** What a request ended in, in words for people; holds nothing of what was sent. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly code: FailureCode;
  readonly reason: string | null;
  readonly hint: string | null;
  readonly requestId: string | null;
  readonly fields: readonly string[];

  constructor(
    message: string,
    told: {
      code: FailureCode;
      reason?: string | null;
      hint?: string | null;
      requestId?: string | null;
      fields?: readonly string[];
    },
  ) {
    super(message);
    this.code = told.code;
    this.reason = told.reason ?? null;
    this.hint = told.hint ?? null;
    this.requestId = told.requestId ?? null;
    this.fields = told.fields ?? [];
  }
}
