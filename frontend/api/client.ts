import type * as z from "zod";
import { apiRoutes } from "../../shared/contracts/api.ts";
import type { ApiRoute, RouteAnswer, RouteGiven, RouteName } from "../../shared/contracts/api.ts";
import { problem } from "../../shared/contracts/problem.ts";
import type { SiteConfig } from "../../shared/contracts/site.ts";
import type { Auth } from "./auth.ts";
import { RequestError } from "./problem.ts";

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

interface Given {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Query;
  readonly body?: unknown;
}

export interface Client {
  /** Calls a route; its answer is checked against the contract. */
  call<N extends RouteName>(name: N, given: RouteGiven<N>, signal?: AbortSignal): Promise<RouteAnswer<N>>;
  /** A route that answers bytes. `from` and `to` are offsets, `to` exclusive. */
  bytes(
    name: "log" | "artifact",
    given: RouteGiven<"log"> | RouteGiven<"artifact">,
    range: { readonly from: number; readonly to?: number },
    signal?: AbortSignal,
  ): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly total: number }>;
  /** A published file by its key; null when there is none. */
  published<S extends z.ZodType>(key: string, schema: S, signal?: AbortSignal): Promise<z.infer<S> | null>;
  /** Any address of this API or elsewhere, such as where a part of an upload goes. */
  put(url: string, body: Blob, authorise: boolean, signal?: AbortSignal): Promise<void>;
  /** Ends the session of who is signed in; null where nobody has to sign in. */
  readonly signOut: (() => void) | null;
}

/** Cookies last an hour. */
const ADMITTED_MS = 45 * 60_000;

/** "/runs/:runId/artifacts/:path{.+}" with its parts filled in; slashes of a rest stay slashes. */
export function fillPath(path: string, params: Readonly<Record<string, unknown>> = {}): string {
  return path.replace(/:(\w+)(\{\.\+\})?/g, (_match, name: string, rest: string | undefined) => {
    const text = String(params[name]);
    return rest === undefined ? encodeURIComponent(text) : text.split("/").map(encodeURIComponent).join("/");
  });
}

function queryOf(query: Query = {}): string {
  const given = Object.entries(query).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}

async function problemOf(response: Response): Promise<RequestError> {
  const told = problem.safeParse(await response.json().catch(() => null));
  if (!told.success)
    return new RequestError(`The server answered ${response.status} without saying why.`, {
      code: response.status === 401 ? "unauthorised" : response.status === 404 ? "not_found" : "unreadable",
    });
  const { detail, code, reason, hint, request_id: requestId, fields } = told.data;
  return new RequestError(detail, { code, reason, hint, requestId, fields });
}

export function openClient({ config, auth }: { readonly config: SiteConfig; readonly auth: Auth }): Client {
  async function send(url: string, init: RequestInit, authorise: boolean): Promise<Response> {
    const attempt = async (): Promise<Response> => {
      const headers = new Headers(init.headers);
      const authorization = authorise ? await auth.header() : null;
      if (authorization !== null) headers.set("authorization", authorization);
      try {
        return await fetch(url, { ...init, headers, redirect: "error" });
      } catch (error) {
        if (init.signal?.aborted === true) throw error;
        throw new RequestError("The server does not answer.", {
          code: "offline",
          hint: "Is it still running? The page tries again by itself.",
        });
      }
    };
    const response = await attempt();
    return response.status === 401 && authorise && (await auth.renew()) ? attempt() : response;
  }

  let admitted: { readonly until: number; readonly done: Promise<unknown> } | null = null;
  /** CloudFront serves what is published to those with cookies of the API's. */
  async function admit(anew = false): Promise<void> {
    if (config.auth.mode !== "cognito") return;
    if (anew || admitted === null || admitted.until < Date.now()) {
      const done = client.call("session", {});
      admitted = { until: Date.now() + ADMITTED_MS, done };
      done.catch(() => {
        admitted = null;
      });
    }
    await admitted.done;
  }

  function routed(name: RouteName, given: Given): { url: string; route: ApiRoute } {
    const route: ApiRoute = apiRoutes[name];
    return { route, url: config.api + fillPath(route.path, given.params) + queryOf(given.query) };
  }

  const client: Client = {
    signOut: auth.signOut,
    call: async <N extends RouteName>(name: N, given: RouteGiven<N>, signal?: AbortSignal) => {
      const { body, ...rest } = given as Given;
      const { url, route } = routed(name, rest);
      const response = await send(
        url,
        {
          method: route.method,
          signal: signal ?? null,
          ...(body === undefined
            ? {}
            : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
        },
        true,
      );
      if (!response.ok) throw await problemOf(response);
      const answer = route.answer?.safeParse(await response.json().catch(() => null));
      if (answer === undefined || !answer.success)
        throw new RequestError("The server's answer is not what this page knows.", {
          code: "unreadable",
          hint: "Page and server are of different versions: reload the page.",
        });
      return answer.data as RouteAnswer<N>;
    },
    bytes: async (name, given, { from, to }, signal) => {
      const { url } = routed(name, given);
      const range = `bytes=${from}-${to === undefined ? "" : to - 1}`;
      const response = await send(url, { signal: signal ?? null, headers: { range } }, true);
      const beyond = response.status === 416;
      if (!response.ok && !beyond) throw await problemOf(response);
      const bytes = beyond ? new Uint8Array() : new Uint8Array(await response.arrayBuffer());
      const [, size] = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "") ?? [];
      return { bytes, total: size === undefined ? from + bytes.length : Number(size) };
    },
    published: async <S extends z.ZodType>(key: string, schema: S, signal?: AbortSignal) => {
      const ask = (): Promise<Response> =>
        send(`${config.data}/${key}`, { signal: signal ?? null }, config.auth.mode !== "cognito");
      await admit();
      let response = await ask();
      // Cookies end when this machine sleeps, or were cleared.
      if (response.status === 403 && config.auth.mode === "cognito") {
        await admit(true);
        response = await ask();
      }
      // A bucket without the right to list says 403 for what is not there.
      if (response.status === 404 || response.status === 403) return null;
      if (!response.ok) throw await problemOf(response);
      const read = schema.safeParse(await response.json().catch(() => null));
      if (!read.success)
        throw new RequestError("A published file is not what this page knows.", {
          code: "unreadable",
          hint: "It is of another version, or damaged: clio viz --check-only says which.",
        });
      return read.data;
    },
    put: async (url, body, authorise, signal) => {
      const { origin } = new URL(url, location.origin);
      if (origin !== location.origin && origin !== config.uploads)
        throw new RequestError("The server names a place for the file that this site does not know.", {
          code: "unreadable",
        });
      const response = await send(url, { method: "PUT", body, signal: signal ?? null }, authorise);
      if (!response.ok) throw await problemOf(response);
    },
  };
  return client;
}
