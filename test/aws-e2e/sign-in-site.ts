import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { getRequestListener } from "@hono/node-server";
import { contentSecurityPolicy } from "../../shared/contracts/site.ts";
import type { SiteConfig } from "../../shared/contracts/site.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { openSite } from "../../cli/viz/site.ts";
import { apiApp } from "../../lambdas/api/app.ts";
import type { ApiServices } from "../../lambdas/api/services.ts";
import { jwtAuthentication } from "../../lambdas/api/verify-jwt.ts";
import type { Ministack } from "../helpers/ministack.ts";
import { recordingLog } from "../helpers/memory-run.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SCOPE = "ant-clio/use";

export const PERSON = { name: "reader@example.com", password: "Correct-horse-9-battery" } as const;

export interface SignInSite {
  readonly origin: string;
  /** Addresses of the API that were asked, in order, with the status that they were answered. */
  readonly answered: { readonly path: string; readonly status: number }[];
  close(): Promise<void>;
}

/** The site and its API as CloudFront has them, behind the sign-in of an emulated user pool. */
export async function openSignInSite(ministack: Ministack, services: ApiServices): Promise<SignInSite> {
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const cognito = new CognitoIdentityProviderClient(ministack.options);
  const { UserPool: pool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "readers" }));
  const UserPoolId = pool?.Id ?? "";
  await cognito.send(
    new CreateResourceServerCommand({
      UserPoolId,
      Identifier: "ant-clio",
      Name: "Api",
      Scopes: [{ ScopeName: "use", ScopeDescription: "The API" }],
    }),
  );
  const { UserPoolClient: client } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "Site",
      GenerateSecret: false,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ["openid", SCOPE],
      SupportedIdentityProviders: ["COGNITO"],
      CallbackURLs: [`${origin}/`],
      LogoutURLs: [`${origin}/`],
    }),
  );
  const clientId = client?.ClientId ?? "";
  await cognito.send(
    new AdminCreateUserCommand({ UserPoolId, Username: PERSON.name, MessageAction: "SUPPRESS" }),
  );
  await cognito.send(
    new AdminSetUserPasswordCommand({
      UserPoolId,
      Username: PERSON.name,
      Password: PERSON.password,
      Permanent: true,
    }),
  );
  cognito.destroy();

  const config: SiteConfig = {
    schema_version: "1.0.0",
    base_path: "/",
    api: "/api",
    data: "/data",
    uploads: null,
    auth: { mode: "cognito", domain: ministack.endpoint, client_id: clientId, scopes: ["openid", SCOPE] },
  };
  const site = await openSite(join(ROOT, "dist/site"), { "/config.json": JSON.stringify(config) });
  const app = apiApp({
    stage: "test",
    version: "0.0.0",
    services,
    rights: ["open", "read"],
    authenticate: jwtAuthentication({
      issuer: `https://cognito-idp.us-east-1.amazonaws.com/${UserPoolId}`,
      clientId,
      jwks: new URL(`${ministack.endpoint}/${UserPoolId}/.well-known/jwks.json`),
      clock: systemClock,
    }),
    hosts: null,
    revealGroup: null,
    rate: { perSecond: 1000, burst: 1000 },
    clock: systemClock,
    newRequestId: () => randomBytes(8).toString("hex"),
    log: recordingLog(),
  });
  const answered: { path: string; status: number }[] = [];
  const listener = getRequestListener(async (request: Request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/api/")) {
      const response = await app.fetch(request);
      answered.push({ path: pathname, status: response.status });
      return response;
    }
    const response = site(request);
    response.headers.set("content-security-policy", contentSecurityPolicy([ministack.endpoint]));
    return response;
  });
  return {
    origin,
    answered,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
