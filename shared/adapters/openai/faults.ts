import type { ToldLimits } from "./limiter.ts";

/**
 * What a failed call means. Nothing of what an endpoint says is kept: its messages may quote the text that was sent, or
 * the key. Codes as in OpenAI's and Azure's references and in what vLLM, llama.cpp and Ollama answer.
 */
export type Fault =
  /** Overloaded or out of reach: worth another try. */
  | (Told & {
      readonly kind: "transient";
      /** The endpoint itself asked to slow down. */
      readonly limited: boolean;
      /** It may have been answered, and billed, all the same. */
      readonly lost: boolean;
      readonly retryAfterMs: number | undefined;
      readonly limits: ToldLimits;
    })
  /** No try will help. */
  | (Told & { readonly kind: "permanent" })
  /** This text cannot be answered; others can. */
  | { readonly kind: "item"; readonly code: "context_overflow" | "content_filter" }
  /** The endpoint does not know something that was asked of it. */
  | { readonly kind: "unsupported"; readonly what: Feature };

/** What may be left out of a request. */
export type Feature = "response_format" | "temperature" | "length" | "reasoning_effort";

interface Told {
  readonly code: string;
  readonly words: string;
  readonly hint: string;
}

interface ApiError {
  readonly status?: number;
  readonly headers?: Headers;
  readonly code?: string | null;
  readonly type?: string;
  readonly param?: string | null;
  /** The body's `error`. */
  readonly error?: unknown;
}

const INVALID_KEY: Told = {
  code: "invalid_key",
  words: "the key was refused",
  hint: "Check the key and that it belongs to this endpoint; clio doctor tries it.",
};
const FORBIDDEN: Told = {
  code: "forbidden",
  words: "the key may not use this model",
  hint: "Give the key, project or role the right to this model, or name another with --model.",
};
const UNKNOWN_MODEL: Told = {
  code: "unknown_model",
  words: "there is no such model, deployment or address",
  hint: "Check --model (of azure: the name of the deployment) and --model-base-url, or those of the embedder.",
};
const NO_QUOTA: Told = {
  code: "no_quota",
  words: "the account has no quota left",
  hint: "Add credit or raise the limit of the account, then resume the run: what is finished is kept.",
};
const REFUSED_REQUEST: Told = {
  code: "refused_request",
  words: "the request was refused as invalid",
  hint: "Check that the model answers chat completions, and --embedder-dimensions; clio doctor tries them one by one.",
};
const LIMITED: Told = {
  code: "rate_limited",
  words: "the rate limit was reached",
  hint: "Say your limits with --model-requests-per-minute and --model-tokens-per-minute, or lower the concurrency; then resume the run.",
};
const OVERLOADED: Told = {
  code: "provider_error",
  words: "it failed or is overloaded",
  hint: "Wait for it to recover, then resume the run: what is finished is kept.",
};
const TIMED_OUT: Told = {
  code: "timed_out",
  words: "it did not answer in time",
  hint: "Raise --model-timeout-seconds or lower the concurrency, then resume the run.",
};
const CUT_OFF: Told = {
  code: "connection_lost",
  words: "the connection broke",
  hint: "Check the network, then resume the run: what is finished is kept.",
};
const REFUSED_CONNECTION: Told = {
  code: "unreachable",
  words: "nothing answers at its address",
  hint: "Start the server, or check --model-base-url or --embedder-base-url.",
};
const NO_HOST: Told = {
  code: "unknown_host",
  words: "its host name is not known (DNS)",
  hint: "Check the address and this machine's network and DNS; behind a proxy set HTTPS_PROXY.",
};
const TLS: Told = {
  code: "tls_error",
  words: "its certificate is not trusted (TLS)",
  hint: "Check the address and the clock; for a certificate authority of your own set NODE_EXTRA_CA_CERTS.",
};
const PROXY: Told = {
  code: "proxy_error",
  words: "the proxy refused the connection",
  hint: "Check HTTPS_PROXY, its user and password, and NO_PROXY.",
};

const NO_QUOTA_CODES = new Set(["insufficient_quota", "billing_hard_limit_reached", "account_deactivated"]);
const CONTEXT_CODES = new Set([
  "context_length_exceeded",
  "string_above_max_length",
  "exceed_context_size_error",
]);
const CONTEXT_WORDS =
  /context (length|window|size)|maximum context|exceeds? the (available )?context|too many tokens|(prompt|input) is too long|reduce the length/i;
const FILTER_CODES = new Set(["content_filter", "content_policy_violation", "ResponsibleAIPolicyViolation"]);

const UNSUPPORTED: readonly (readonly [Feature, RegExp])[] = [
  ["reasoning_effort", /reasoning_?effort/i],
  ["temperature", /temperature/i],
  ["length", /max_(completion_)?tokens/i],
  ["response_format", /response_format|json_schema|json_object|structured output|grammar|schema/i],
];

const TLS_CODES =
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_\w+|ERR_SSL_\w+|EPROTO)$/;

/** The codes of an error and of what caused it, outermost first. */
function causes(error: unknown): { code: string; message: string }[] {
  const found: { code: string; message: string }[] = [];
  for (let at = error; at instanceof Error && found.length < 10; at = at.cause) {
    const code = "code" in at && typeof at.code === "string" ? at.code : "";
    found.push({ code, message: `${at.name} ${at.message}` });
  }
  return found;
}

function retryAfter(headers: Headers | undefined, nowMs: number): number | undefined {
  const ms = Number(headers?.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const text = headers?.get("retry-after");
  if (text === null || text === undefined) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

/** "1s", "6m0s", "120ms" as milliseconds. */
function span(text: string): number {
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  let sum = 0;
  for (const [, n, unit] of text.matchAll(/([\d.]+)(ms|s|m|h|d)/g)) sum += Number(n) * units[unit!]!;
  return sum;
}

const DAY_MS = 86_400_000;

/**
 * Limits from `x-ratelimit-limit-requests` and `-tokens`. They are per minute, but some accounts have requests per day
 * under the same name; their reset, the time until the bucket is full again, tells: rate = (limit - remaining) / reset.
 */
export function toldLimits(headers: Headers | undefined): ToldLimits {
  const number = (name: string): number | undefined => {
    const text = headers?.get(`x-ratelimit-${name}`);
    const value = Number(text ?? Number.NaN);
    return Number.isFinite(value) && value > 0 ? value : undefined;
  };
  const requests = number("limit-requests");
  const tokensPerMinute = number("limit-tokens");
  const remaining = Number(headers?.get("x-ratelimit-remaining-requests") ?? Number.NaN);
  const reset = span(headers?.get("x-ratelimit-reset-requests") ?? "");
  let requestsPerMinute = requests;
  if (requests !== undefined && remaining < requests && reset > 0) {
    const windowMs = (reset * requests) / (requests - remaining);
    if (Math.abs(windowMs / DAY_MS - 1) < 0.05) requestsPerMinute = requests / (24 * 60);
  }
  return { requestsPerMinute, tokensPerMinute };
}

function statusFault(error: ApiError & Error, nowMs: number): Fault {
  const { status = 0, headers, code = "", type = "", message } = error;
  const is = (codes: ReadonlySet<string>): boolean => codes.has(code ?? "") || codes.has(type);
  if (status === 401) return { kind: "permanent", ...INVALID_KEY };
  if (status === 403) return { kind: "permanent", ...FORBIDDEN };
  if (status === 404) return { kind: "permanent", ...UNKNOWN_MODEL };
  if (status === 407) return { kind: "permanent", ...PROXY };
  if (status === 402 || is(NO_QUOTA_CODES)) return { kind: "permanent", ...NO_QUOTA };
  // llama-cpp-python fails so over a form that it does not know; no other try would end otherwise.
  if (status === 500 && /response_format/.test(message))
    return { kind: "unsupported", what: "response_format" };
  if (status === 429 || status === 408 || status === 409 || status >= 500) {
    const limited = status === 429;
    return {
      kind: "transient",
      ...(limited ? LIMITED : OVERLOADED),
      limited,
      lost: false,
      retryAfterMs: retryAfter(headers, nowMs),
      limits: toldLimits(headers),
    };
  }
  if (is(FILTER_CODES)) return { kind: "item", code: "content_filter" };
  if (is(CONTEXT_CODES) || CONTEXT_WORDS.test(message)) return { kind: "item", code: "context_overflow" };
  const about = `${error.param ?? ""} ${message}`;
  const unsupported = UNSUPPORTED.find(([, words]) => words.test(about));
  if (unsupported !== undefined) return { kind: "unsupported", what: unsupported[0] };
  // FastAPI's own validation: what it says is not where the client looks. Only the form may be what it does not know.
  if (status === 422 && error.error === undefined) return { kind: "unsupported", what: "response_format" };
  return {
    kind: "permanent",
    ...(status === 413 ? { ...REFUSED_REQUEST, code: "too_large" } : REFUSED_REQUEST),
  };
}

/**
 * @param reached whether this endpoint has answered before: what cannot be reached at the first call is set up wrongly,
 * later it may be restarting.
 */
export function faultOf(error: unknown, reached: boolean, nowMs: number): Fault {
  if (error instanceof Error && typeof (error as ApiError).status === "number")
    return statusFault(error, nowMs);
  const chain = causes(error);
  const any = (pattern: RegExp): boolean => chain.some(({ code }) => pattern.test(code));
  const said = (pattern: RegExp): boolean => chain.some(({ message }) => pattern.test(message));
  const again = (told: Told, lost: boolean): Fault => ({
    kind: "transient",
    ...told,
    limited: false,
    lost,
    retryAfterMs: undefined,
    limits: {},
  });
  const unreachable = (told: Told): Fault => (reached ? again(told, false) : { kind: "permanent", ...told });
  if (any(TLS_CODES)) return { kind: "permanent", ...TLS };
  if (said(/\bproxy\b/i)) return { kind: "permanent", ...PROXY };
  if (any(/^(ENOTFOUND|EAI_\w+)$/)) return unreachable(NO_HOST);
  if (any(/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/)) return unreachable(REFUSED_CONNECTION);
  if (any(/TIMEOUT|ETIMEDOUT/) || said(/timed? ?out/i)) return again(TIMED_OUT, true);
  return again(CUT_OFF, true);
}
