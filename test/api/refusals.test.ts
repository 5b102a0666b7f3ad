import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as fc from "fast-check";
import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAX_BODY_BYTES } from "../../shared/contracts/api.ts";
import { PROBLEM_MEDIA_TYPE, problem } from "../../shared/contracts/problem.ts";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { memoryObjectStore } from "../../shared/adapters/memory/object-store.ts";
import { memoryRunStore } from "../../shared/adapters/memory/run-store.ts";
import { TransientError, UsageError } from "../../shared/errors.ts";
import { tokenAuthentication } from "../../lambdas/api/authentication.ts";
import { jwtAuthentication } from "../../lambdas/api/verify-jwt.ts";
import { sampleManifest } from "../contracts/sample-run.ts";
import { CAPABILITIES, memoryServices, testApp } from "../helpers/api-app.ts";

const runs = memoryRunStore();
const objects = memoryObjectStore();
const services = memoryServices({ runs, objects });
const app = testApp(services);

beforeAll(() => runs.create(sampleManifest("known-run")));

/** The problem of an answer, which tells nothing of the request but its own number. */
async function refusal(response: Response, sent: readonly string[] = []) {
  const text = await response.text();
  for (const part of sent) expect(text).not.toContain(part);
  expect(text).not.toMatch(/node_modules|\.ts|at .*\(|\/home|\/root|\/tmp/);
  expect(response.headers.get("content-type")).toBe(PROBLEM_MEDIA_TYPE);
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  const told = problem.parse(JSON.parse(text));
  expect(response.headers.get("x-request-id")).toBe(told.request_id);
  expect(told.status).toBe(response.status);
  return told;
}

const HOSTILE_IDS = [
  "../../etc/passwd",
  "..%2f..%2fetc%2fpasswd",
  "%2e%2e%2f%2e%2e%2fetc",
  "..%5c..%5cwindows",
  "%252e%252e%252fetc",
  "known-run%00",
  "known-run%0d%0aset-cookie:x=1",
  "KNOWN-RUN",
  "a",
  "x".repeat(300),
  "%ff%fe",
  "%",
];

describe("what is not there", () => {
  const rests = [
    "",
    "/metrics",
    "/events",
    "/evaluation",
    "/log",
    "/artifacts",
    "/artifacts/published/latest.json",
  ];
  test.each([...HOSTILE_IDS, "another-run"])("run %s", async (id) => {
    for (const rest of rests) {
      const response = await app.request(`/api/runs/${id}${rest}`);
      expect(response.status, rest).toBe(404);
      await refusal(response, ["passwd", "windows", "set-cookie:"]);
    }
  });

  test.each([
    ...HOSTILE_IDS,
    "published/../../other-run/run_manifest.json",
    "published%2f..%2f..%2fother",
    "private/users.jsonl",
    "private/user-hash.key",
    ".run.lock",
    ".state/manifest-00000001.json",
    "facets/parts/0123456789abcdef/r0000/00000.jsonl",
    "published/latest.json/",
    "/etc/passwd",
  ])("file %s", async (path) => {
    const response = await app.request(`/api/runs/known-run/artifacts/${path}`);
    expect(response.status).toBe(404);
    await refusal(response, ["passwd", "user-hash"]);
  });

  test.each(["/", "/runs/known-run/nothing", "/uploads/zz", "//runs", "/health/x"])(
    "route %s",
    async (path) => {
      expect((await refusal(await app.request(`/api${path}`))).code).toBe("not_found");
    },
  );
});

describe("what is asked wrongly", () => {
  test.each([
    "limit=0",
    "limit=501",
    "limit=x",
    "limit=1e9",
    "limit=5&limit=6",
    "cursor=",
    `cursor=${"x".repeat(2000)}`,
    "unknown=1",
  ])("/runs?%s", async (query) => {
    const told = await refusal(await app.request(`/api/runs?${query}`), ["xxxx"]);
    expect(told.code).toBe("bad_request");
  });

  test.each(["not-a-cursor", "eyJ4IjoxfQ", "%00", "../x"])("cursor %s", async (cursor) => {
    const told = await refusal(await app.request(`/api/runs?cursor=${cursor}`));
    expect(told.status).toBe(400);
  });

  test.each(["after=-1", "after=1.5", "after=abc", "after=99999999999999999999"])(
    "events?%s",
    async (query) => {
      expect((await refusal(await app.request(`/api/runs/known-run/events?${query}`))).status).toBe(400);
    },
  );

  test("another method says which there are", async () => {
    const response = await app.request("/api/runs/known-run", { method: "PUT" });
    expect((await refusal(response)).code).toBe("method_not_allowed");
    expect(response.headers.get("allow")).toBe("GET, DELETE, HEAD");
  });
});

describe("bodies", () => {
  const withEstimate = testApp({
    ...services,
    estimate: () => Promise.reject(new UsageError("there is no such upload", { code: "unknown_upload" })),
  });
  const post = (body: NonNullable<RequestInit["body"]>, headers: Record<string, string> = {}) =>
    withEstimate.request("/api/estimate", {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...headers },
      duplex: "half",
    });
  const good = { input: { kind: "sample" }, stages: [], settings: {} };

  test("a hundred megabytes are refused before they are read", async () => {
    let read = 0;
    const endless = new ReadableStream({
      pull(controller) {
        read += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    const declared = await post("{}", { "content-length": String(100 * 2 ** 20) });
    expect((await refusal(declared)).code).toBe("too_large");
    const streamed = await post(endless);
    expect((await refusal(streamed)).code).toBe("too_large");
    expect(read).toBeLessThan(4 * MAX_BODY_BYTES);
  });

  test("another form than JSON is refused, and JSON that is none", async () => {
    expect((await refusal(await post("x", { "content-type": "text/plain" }))).status).toBe(415);
    expect((await refusal(await post('{"secret-word":'), ["secret-word"])).status).toBe(400);
  });

  test("fields that do not fit are named, their values are not", async () => {
    const told = await refusal(await post(JSON.stringify({ ...good, input: { kind: "secret-word" } })), [
      "secret-word",
    ]);
    expect([told.status, told.fields]).toEqual([400, ["input.kind"]]);
  });

  test("depth that overflows a parser is a bad request", async () => {
    const deep = `${"[".repeat(60_000)}${"]".repeat(60_000)}`;
    const body = `{"input":{"kind":"sample"},"stages":[],"settings":{"x":${deep}}}`;
    expect((await refusal(await post(body))).status).toBe(400);
  });

  test("errors of our own say what to do; of others nothing", async () => {
    expect(await refusal(await post(JSON.stringify(good)))).toMatchObject({
      code: "bad_request",
      reason: "unknown_upload",
    });
    // eslint-disable-next-line promise/no-promise-in-callback -- a service that fails, not a callback
    const failing = (error: Error) => testApp({ ...services, listRuns: () => Promise.reject(error) });
    const busy = await failing(new TransientError("busy", { retryAfterMs: 2_500 })).request("/api/runs");
    expect(busy.headers.get("retry-after")).toBe("3");
    expect((await refusal(busy)).status).toBe(503);
    const other = await failing(new Error("secret-word in a message")).request("/api/runs");
    expect((await refusal(other, ["secret-word"])).code).toBe("internal");
  });
});

describe("a laptop's server", () => {
  const token = "correct-horse-battery-staple-0123456789";
  const guarded = testApp(services, {
    hosts: ["127.0.0.1:4711", "localhost:4711"],
    authenticate: tokenAuthentication(token, { subject: "local", groups: [] }),
  });
  const ask = (headers: Record<string, string>, init: RequestInit = {}) =>
    guarded.request("/api/runs", {
      ...init,
      headers: { host: "127.0.0.1:4711", authorization: `Bearer ${token}`, ...headers },
    });

  test("answers its own name and its own token alone", async () => {
    expect((await ask({})).status).toBe(200);
    expect((await ask({ host: "localhost:4711" })).status).toBe(200);
    for (const host of ["evil.example", "127.0.0.1:80", "127.0.0.1:4711.evil.example", "", "[::1]:4711"])
      expect((await refusal(await ask({ host }))).status, host).toBe(403);
    for (const authorization of [
      "",
      "Bearer",
      "Bearer wrong",
      `Basic ${token}`,
      `Bearer ${token}x`,
      "Bearer ü",
    ]) {
      const response = await ask({ authorization: encodeURI(authorization) });
      expect((await refusal(response, [token])).status, authorization).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
    }
  });

  test("a page of another site cannot make it do anything", async () => {
    const stop = (origin: string) =>
      guarded.request("/api/runs/known-run/stop", {
        method: "POST",
        headers: { host: "127.0.0.1:4711", authorization: `Bearer ${token}`, origin },
      });
    for (const origin of ["http://evil.example", "null", "https://127.0.0.1:4711"])
      expect((await refusal(await stop(origin))).status).toBe(403);
    expect((await stop("http://127.0.0.1:4711")).status).toBe(202);
  });

  test("without a token nothing is said about what is there", async () => {
    const statuses = await Promise.all(
      ["/runs/known-run", "/runs/another-run", "/nothing", "/openapi.json"].map(
        async (path) =>
          (await guarded.request(`/api${path}`, { headers: { host: "127.0.0.1:4711" } })).status,
      ),
    );
    expect(statuses).toEqual([401, 401, 401, 401]);
  });
});

test("who asks too often waits, and others do not", async () => {
  const clock = manualClock(0);
  const limited = testApp(services, {
    clock,
    rate: { perSecond: 1, burst: 3 },
    authenticate: async (headers) => ({ subject: headers.get("x-who") ?? "", groups: [] }),
  });
  const ask = (who: string) => limited.request("/api/runs", { headers: { "x-who": who } });
  for (let i = 0; i < 3; i++) expect((await ask("a")).status).toBe(200);
  const refused = await ask("a");
  expect([(await refusal(refused)).status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
  expect((await ask("b")).status).toBe(200);
  clock.advance(1_000);
  expect((await ask("a")).status).toBe(200);
});

type Key = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

describe("tokens of an issuer", () => {
  const NOW = Date.parse("2026-11-01T12:00:00Z");
  const clock = manualClock(NOW);
  const clientId = "the-client";
  let issuer = "";
  let close = (): void => {};
  let answers: () => { status: number; body: unknown };
  let key: Key;
  let other: Key;
  let publicPem = "";

  beforeAll(async () => {
    const pair = await generateKeyPair("RS256", { extractable: true });
    key = pair.privateKey;
    other = (await generateKeyPair("RS256")).privateKey;
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: "one", alg: "RS256", use: "sig" };
    publicPem = JSON.stringify(jwk);
    answers = () => ({ status: 200, body: { keys: [jwk] } });
    const server = createServer((_request, response) => {
      const { status, body } = answers();
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    close = () => server.close();
  });
  afterAll(() => close());

  const CLAIMS = { token_use: "access", client_id: clientId };
  interface Made {
    readonly claims?: Record<string, unknown>;
    readonly expires?: number;
    readonly from?: string;
    readonly kid?: string;
    readonly by?: Key;
  }
  const made = ({
    claims = {},
    expires = NOW / 1000 + 60,
    from = issuer,
    kid = "one",
    by = key,
  }: Made = {}) =>
    new SignJWT({ ...CLAIMS, ...claims })
      .setProtectedHeader({ alg: "RS256", kid })
      .setSubject("person")
      .setIssuer(from)
      .setIssuedAt(NOW / 1000 - 10)
      .setExpirationTime(expires)
      .sign(by);
  const ask = (token: string) =>
    testApp(services, { authenticate: jwtAuthentication({ issuer, clientId, clock }) }).request("/api/runs", {
      headers: { authorization: `Bearer ${token}` },
    });

  test("a good one passes", async () => {
    expect((await ask(await made())).status).toBe(200);
  });

  test("all others do not, and none is told why", async () => {
    const good = await made();
    const [head = "", body = "", signature = ""] = good.split(".");
    const changed = Buffer.from(JSON.stringify({ ...CLAIMS, sub: "admin" })).toString("base64url");
    const shared = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: "HS256", kid: "one" })
      .setSubject("person")
      .setIssuer(issuer)
      .setExpirationTime(NOW / 1000 + 60)
      .sign(new TextEncoder().encode(publicPem));
    const bad: Record<string, string> = {
      expired: await made({ expires: NOW / 1000 - 1 }),
      "of another issuer": await made({ from: "https://evil.example" }),
      "for another client": await made({ claims: { client_id: "another" } }),
      "an identity token": await made({ claims: { token_use: "id" } }),
      "of another key": await made({ by: other }),
      "of an unknown key": await made({ kid: "two" }),
      unsigned: new UnsecuredJWT(CLAIMS).setSubject("person").setIssuer(issuer).encode(),
      "signed with the public key": shared,
      changed: [head, changed, signature].join("."),
      "without a signature": `${head}.${body}.`,
      "no token": "x",
    };
    for (const [what, token] of Object.entries(bad))
      expect((await refusal(await ask(token), [token])).status, what).toBe(401);
  });

  test("keys that cannot be had are not the caller's fault", async () => {
    answers = () => ({ status: 500, body: {} });
    expect((await refusal(await ask(await made()))).status).toBe(503);
  });
});

/** Requests of the fuzz, some ten thousand a second; fewer or more by CLIO_API_FUZZ. */
const FUZZ_REQUESTS = Number(process.env["CLIO_API_FUZZ"] ?? 100_000);

test(`${FUZZ_REQUESTS} requests that make no sense are each answered in form`, async () => {
  const full = testApp(memoryServices({ runs, objects }, { ...CAPABILITIES, tier: "trusted" }), {
    hosts: ["127.0.0.1:4711"],
    authenticate: tokenAuthentication("good-token", { subject: "local", groups: [] }),
  });
  const piece = fc.oneof(
    fc.constantFrom(
      "runs",
      "known-run",
      "events",
      "artifacts",
      "log",
      "stop",
      "resume",
      "uploads",
      "estimate",
    ),
    fc.constantFrom(
      "conversations",
      "0",
      "reveal",
      "..",
      "%2e%2e",
      "%00",
      "published",
      "latest.json",
      "health",
    ),
    fc.string({ maxLength: 40 }).map(encodeURIComponent),
    fc.string({ unit: "binary", maxLength: 12 }).map((text) => encodeURI(text.toWellFormed())),
  );
  const request = fc.record({
    method: fc.constantFrom("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"),
    path: fc.array(piece, { maxLength: 6 }).map((parts) => `/api/${parts.join("/")}`),
    query: fc.oneof(
      fc.constant(""),
      fc
        .array(
          fc.tuple(fc.constantFrom("limit", "after", "cursor", "dry_run", "cluster", "x"), fc.string()),
          {
            maxLength: 3,
          },
        )
        .map(
          (pairs) =>
            `?${new URLSearchParams(pairs.map(([a, b]): [string, string] => [a, b.toWellFormed()])).toString()}`,
        ),
    ),
    host: fc.constantFrom("127.0.0.1:4711", "127.0.0.1:4711", "evil.example"),
    authorization: fc.constantFrom("Bearer good-token", "Bearer good-token", "Bearer bad", ""),
    range: fc.option(
      fc.oneof(fc.constantFrom("bytes=0-", "bytes=-", "bytes=5-1"), fc.stringMatching(/^[ -~]{0,20}$/)),
    ),
    body: fc.option(fc.oneof(fc.json(), fc.string())),
    json: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, query, host, authorization, range, body, json }) => {
      const withBody = body !== null && !["GET", "HEAD"].includes(method);
      const response = await full.request(path + query, {
        method,
        headers: {
          host,
          authorization,
          ...(range === null ? {} : { range }),
          ...(json ? { "content-type": "application/json" } : {}),
        },
        ...(withBody ? { body } : {}),
      });
      expect(response.status).not.toBe(500);
      expect(response.headers.get("x-request-id")).toMatch(/^request-\d+$/);
      const type = response.headers.get("content-type") ?? "";
      if (response.status >= 400) {
        expect(type).toBe(PROBLEM_MEDIA_TYPE);
        if (method !== "HEAD") problem.parse(await response.json());
      } else expect(type).toMatch(/^(?:application\/(?:json|x-ndjson|octet-stream)|text\/plain|$)/);
    }),
    { numRuns: FUZZ_REQUESTS, seed: 7 },
  );
});
