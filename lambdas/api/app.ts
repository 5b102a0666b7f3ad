import { Hono } from "hono";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { etag } from "hono/etag";
import { secureHeaders } from "hono/secure-headers";
import type * as z from "zod";
import { MAX_BODY_BYTES, apiRoutes } from "../../shared/contracts/api.ts";
import type { ApiRight, ApiRoute, RouteName } from "../../shared/contracts/api.ts";
import { tellError } from "../../shared/errors.ts";
import { RUN_FILES } from "../../shared/keys.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Log } from "../../shared/ports/log.ts";
import type { Authenticate } from "./authentication.ts";
import { openApiDocument } from "./openapi.ts";
import { Refusal, problemResponse } from "./problems.ts";
import { rangeResponse } from "./range.ts";
import { rateLimiter } from "./rate-limit.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { ApiServices, Caller, FileSlice } from "./services.ts";

export interface ApiOptions {
  readonly stage: string;
  readonly version: string;
  readonly services: ApiServices;
  /** Routes of other rights are not there. */
  readonly rights: readonly ApiRight[];
  readonly authenticate: Authenticate;
  /** Host headers that are answered, with their ports; null: whoever stands before the app has checked it. */
  readonly hosts: readonly string[] | null;
  /** Group whose members may see raw text; null: everybody who may ask at all. */
  readonly revealGroup: string | null;
  readonly rate: RateLimit;
  readonly clock: Clock;
  readonly newRequestId: () => string;
  readonly log: Log;
}

export interface ApiEnv {
  Variables: { requestId: string; caller: Caller };
}

const PREFIX = "/api";

const isMutating = (method: string): boolean => !["GET", "HEAD", "OPTIONS"].includes(method);

/** Names of fields that do not fit; a schema's own message may quote values. */
function fieldsOf({ issues }: z.ZodError): string[] {
  return [...new Set(issues.map(({ path }) => path.map(String).join(".")))]
    .filter((name) => name !== "")
    .slice(0, 20);
}

/** Parses, whatever it takes: deep nesting overflows the stack of a parser, which is the sender's fault. */
function parsed(
  schema: z.ZodType,
  value: unknown,
): { readonly data: unknown } | { readonly fields: string[] } {
  try {
    const read = schema.safeParse(value);
    return read.success ? { data: read.data } : { fields: fieldsOf(read.error) };
  } catch {
    return { fields: [] };
  }
}

function queryOf(context: Context): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, values] of Object.entries(context.req.queries())) {
    const [only, ...more] = values;
    if (only === undefined || more.length > 0)
      throw new Refusal("bad_request", { fields: [name.slice(0, 64)] });
    query[name] = only;
  }
  return query;
}

async function bodyOf(context: Context): Promise<unknown> {
  if (!/^application\/json(?:\s*;|$)/i.test(context.req.header("content-type") ?? ""))
    throw new Refusal("unsupported_media_type", {
      detail: "Send JSON, and say so: content-type: application/json.",
    });
  try {
    return JSON.parse(await context.req.text()) as unknown;
  } catch {
    throw new Refusal("bad_request", { detail: "The body is not JSON." });
  }
}

/** What a route is asked, checked by its schemas. */
async function askedOf(context: Context, route: ApiRoute): Promise<Record<string, unknown>> {
  const asked: Record<string, unknown> = {};
  if (route.params !== undefined) {
    const read = parsed(route.params, context.req.param());
    // Ids that can be none name nothing.
    if (!("data" in read)) throw new Refusal("not_found");
    Object.assign(asked, read.data);
  }
  if (route.query !== undefined) {
    const read = parsed(route.query, queryOf(context));
    if (!("data" in read)) throw new Refusal("bad_request", { fields: read.fields });
    Object.assign(asked, read.data);
  }
  if (route.body !== undefined) {
    const read = parsed(route.body, await bodyOf(context));
    if (!("data" in read))
      throw new Refusal("bad_request", { detail: "The body is not as it should be.", fields: read.fields });
    asked["body"] = read.data;
  }
  return asked;
}

/** Answers that hold what people said are kept nowhere. */
const NEVER_KEPT: readonly ApiRight[] = ["reveal", "private"];

/**
 * The results API, served by API Gateway and on a laptop alike.
 * @param extend routes of a deployment beside the API's, behind the same guards.
 */
export function apiApp(options: ApiOptions, extend: (app: Hono<ApiEnv>) => void = () => {}): Hono<ApiEnv> {
  const { rights, authenticate, hosts, revealGroup, clock, log } = options;
  const secondsToWait = rateLimiter(options.rate, clock);
  const app = new Hono<ApiEnv>();

  app.onError((error, context) => {
    const requestId = context.get("requestId");
    const response = problemResponse(error, requestId);
    if (response.status >= 500)
      log.warn("request_failed", { request_id: requestId, code: tellError(error, "the API").code });
    response.headers.set("x-request-id", requestId);
    // Set by a middleware on answers alone that go through it.
    if (response.status === 401) response.headers.set("www-authenticate", "Bearer");
    return response;
  });
  app.use(async (context, next) => {
    context.set("requestId", options.newRequestId());
    await next();
    context.header("x-request-id", context.get("requestId"));
    if (context.res.headers.get("cache-control") === null) context.header("cache-control", "no-cache");
  });
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      xFrameOptions: "DENY",
      referrerPolicy: "no-referrer",
    }),
  );
  app.use(async (context, next) => {
    if (hosts !== null) {
      const { method } = context.req;
      const origin = context.req.header("origin");
      if (!hosts.includes(context.req.header("host") ?? ""))
        throw new Refusal("forbidden", { detail: "This server answers under its own name only." });
      if (isMutating(method) && origin !== undefined && !hosts.some((host) => origin === `http://${host}`))
        throw new Refusal("forbidden", { detail: "This comes from another site." });
    }
    await next();
  });

  app.use(async (context, next) => {
    const open = context.req.path === `${PREFIX}${apiRoutes.health.path}`;
    const caller = open ? null : await authenticate(context.req.raw.headers);
    if (!open && caller === null)
      throw new Refusal("unauthorised", { hint: "Send the token: Authorization: Bearer <token>." });
    const wait = secondsToWait(caller?.subject ?? "");
    if (wait > 0) throw new Refusal("too_many_requests", {}, { "retry-after": String(wait) });
    context.set("caller", caller ?? { subject: "", groups: [] });
    await next();
  });
  app.use(etag());
  const limited = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new Refusal("too_large", { detail: `A body has at most ${MAX_BODY_BYTES / 1024} KiB.` });
    },
  });

  extend(app);
  const methods = new Map<string, string[]>();
  for (const [name, route] of Object.entries(apiRoutes) as [RouteName, ApiRoute][]) {
    const serve = handlerOf(name, options);
    if (serve === null || !(rights.includes(route.right) || route.right === "open")) continue;
    methods.set(route.path, [...(methods.get(route.path) ?? []), route.method]);
    app.on(route.method, `${PREFIX}${route.path}`, limited, async (context) => {
      const caller = context.get("caller");
      if (route.right === "reveal" && revealGroup !== null && !caller.groups.includes(revealGroup))
        throw new Refusal("forbidden", {
          detail: "Raw conversations are for a group of people you are not in.",
        });
      const asked = await askedOf(context, route);
      if (NEVER_KEPT.includes(route.right)) context.header("cache-control", "no-store");
      return serve(asked, caller, context);
    });
  }
  for (const [path, allowed] of methods) {
    const allow = [...allowed, ...(allowed.includes("GET") ? ["HEAD"] : [])].join(", ");
    app.all(`${PREFIX}${path}`, () => {
      throw new Refusal("method_not_allowed", {}, { allow });
    });
  }
  app.all("*", () => {
    throw new Refusal("not_found");
  });
  return app;
}

type Serve = (asked: Record<string, unknown>, caller: Caller, context: Context<ApiEnv>) => Promise<Response>;

/** How a route is served, or null where the deployment does not. */
function handlerOf(name: RouteName, { services, stage, version }: ApiOptions): Serve | null {
  // eslint-disable-next-line typescript/switch-exhaustiveness-check -- the others are all alike
  switch (name) {
    case "health":
      return async (_asked, _caller, context) => context.json({ status: "ok", stage, version });
    case "openApi":
      return async (_asked, _caller, context) => context.json(openApiDocument(version));
    case "session": {
      const { session } = services;
      if (session === undefined) return null;
      return async (_asked, caller, context) => {
        const { answer, cookies } = await session(caller);
        for (const cookie of cookies) context.header("set-cookie", cookie, { append: true });
        return answered(name, answer, context);
      };
    }
    case "log":
    case "artifact": {
      const slices = services[name] as ((asked: never, caller: Caller) => Promise<FileSlice>) | undefined;
      if (slices === undefined) return null;
      return async (asked, caller, context) => {
        const path = typeof asked["path"] === "string" ? asked["path"] : RUN_FILES.log;
        const slice = await slices(asked as never, caller);
        return rangeResponse(slice, context.req.header("range"), path.split("/").at(-1) ?? "file");
      };
    }
    default: {
      const service = services[name] as ((asked: never, caller: Caller) => Promise<unknown>) | undefined;
      if (service === undefined) return null;
      return async (asked, caller, context) => answered(name, await service(asked as never, caller), context);
    }
  }
}

/** Only what the contract says leaves. */
function answered(name: RouteName, answer: unknown, context: Context): Response {
  const { answer: schema, status }: ApiRoute = apiRoutes[name];
  const checked = schema?.safeParse(answer);
  if (checked === undefined || !checked.success)
    throw new Error(`the answer of ${name} is not as its contract says`);
  return context.json(checked.data as Record<string, unknown>, status ?? 200);
}
