import { randomBytes, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { SiteConfig } from "../../shared/contracts/site.ts";
import { UsageError } from "../../shared/errors.ts";
import { VERSION } from "../../shared/version.ts";
import { apiApp } from "../../lambdas/api/app.ts";
import { tokenAuthentication } from "../../lambdas/api/authentication.ts";
import { addPublishedRoutes } from "./published-routes.ts";
import { laptopServices } from "./services.ts";
import type { Laptop } from "./services.ts";
import { openSite } from "./site.ts";
import { addUploadRoute } from "./upload-route.ts";

const LOOPBACK = "127.0.0.1";
/** Where a search for a free port begins, and how many are tried. */
const FIRST_PORT = 4711;
const PORTS = 20;
const TOKEN_BYTES = 32;
/** One person's pages; a rate that no person reaches, and a loop that has gone wrong does. */
const RATE = { perSecond: 100, burst: 1000 };

export interface VizServer {
  /** "http://127.0.0.1:4711" */
  readonly origin: string;
  readonly token: string;
  close(): Promise<void>;
}

async function listen(server: Server, port: number): Promise<boolean> {
  return new Promise((done, failed) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EADDRINUSE") done(false);
      else failed(error);
    };
    server.once("error", onError);
    server.listen(port, LOOPBACK, () => {
      server.removeListener("error", onError);
      done(true);
    });
  });
}

/** Listens on the port asked for (0: any), or on the first that is free. */
async function listenSomewhere(server: Server, port: number | null): Promise<number> {
  const wanted = port === null ? Array.from({ length: PORTS }, (_, i) => FIRST_PORT + i) : [port];
  for (const each of wanted) if (await listen(server, each)) return (server.address() as AddressInfo).port;
  throw new UsageError(
    port === null ? `Ports ${FIRST_PORT} to ${FIRST_PORT + PORTS - 1} are taken.` : `Port ${port} is taken.`,
    { code: "port_taken", hint: "Choose another with --port." },
  );
}

/** What leaves for the page's own server only. */
const SITE: SiteConfig = {
  schema_version: "1.0.0",
  base_path: "/",
  api: "/api",
  data: "/data",
  uploads: null,
  auth: { mode: "token" },
};

/** Serves the site, the API and what is published from one origin that this machine alone can reach. */
export async function startVizServer(laptop: Laptop, port: number | null): Promise<VizServer> {
  const { context, stores, uploads } = laptop;
  const site = await openSite(join(context.io.packageDir, "dist", "site"), {
    "/config.json": JSON.stringify(SITE),
  });
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  let serve: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 });
  const listener = getRequestListener((request: Request) => serve(request));
  const server = createServer((request, response) => void listener(request, response));
  const bound = await listenSomewhere(server, port);
  const hosts = [`${LOOPBACK}:${bound}`, `localhost:${bound}`];
  const app = apiApp(
    {
      stage: context.stage ?? "laptop",
      version: VERSION,
      services: laptopServices(laptop),
      rights: ["open", "read", "intake", "private", "reveal"],
      authenticate: tokenAuthentication(token, { subject: "local", groups: [] }),
      hosts,
      revealGroup: null,
      rate: RATE,
      clock: context.io.clock,
      newRequestId: randomUUID,
      log: context.log,
    },
    (extended) => {
      addPublishedRoutes(extended, stores.published);
      if (context.stage === null) addUploadRoute(extended, uploads);
    },
  );
  serve = (request) => {
    const { pathname } = new URL(request.url);
    if (/^\/(?:api|data)\//.test(pathname)) return app.fetch(request);
    return hosts.includes(request.headers.get("host") ?? "")
      ? site(request)
      : new Response("This server answers under its own name only.", { status: 403 });
  };
  return {
    origin: `http://${LOOPBACK}:${bound}`,
    token,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
