import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import * as z from "zod";
import type { Clock } from "../../shared/ports/clock.ts";
import { bearerToken } from "./authentication.ts";
import type { Authenticate } from "./authentication.ts";
import { Refusal } from "./problems.ts";

export interface JwtOptions {
  /** "https://cognito-idp.<region>.amazonaws.com/<pool>" */
  readonly issuer: string;
  readonly clientId: string;
  /** Where the issuer's keys are; left out: where Cognito has them. */
  readonly jwks?: URL;
  readonly clock: Clock;
}

/** What is read of a Cognito access token. */
const claims = z.looseObject({
  sub: z.string().min(1),
  token_use: z.literal("access"),
  client_id: z.string(),
  "cognito:groups": z.array(z.string()).default([]),
});

/** Keys that cannot be had are no fault of who asks. */
const KEY_FAULTS: readonly string[] = [errors.JWKSTimeout.code, errors.JWKSInvalid.code, "ERR_JOSE_GENERIC"];

function isKeyFault(error: unknown): boolean {
  // `fetch` itself fails with a TypeError.
  if (!(error instanceof errors.JOSEError)) return true;
  return KEY_FAULTS.includes(error.code);
}

/**
 * Access tokens of Cognito: RS256 by a key of the issuer's set, unexpired, for this client. API Gateway has checked them
 * before; here they are checked again, since a route that is wired wrongly must not be an open one.
 */
export function jwtAuthentication({ issuer, clientId, jwks, clock }: JwtOptions): Authenticate {
  const keys = createRemoteJWKSet(jwks ?? new URL(`${issuer}/.well-known/jwks.json`));
  const refused = (): Refusal =>
    new Refusal("unauthorised", {
      detail: "The token is not valid, or not any more.",
      hint: "Sign in again.",
    });
  return async (headers) => {
    const token = bearerToken(headers);
    if (token === null) return null;
    let payload: unknown;
    try {
      ({ payload } = await jwtVerify(token, keys, {
        issuer,
        algorithms: ["RS256"],
        currentDate: new Date(clock.now()),
        requiredClaims: ["exp", "sub"],
      }));
    } catch (error) {
      if (isKeyFault(error))
        throw new Refusal("unavailable", { detail: "Whether the token is valid cannot be found out now." });
      throw refused();
    }
    const read = claims.safeParse(payload);
    if (!read.success || read.data.client_id !== clientId) throw refused();
    return { subject: read.data.sub, groups: read.data["cognito:groups"] };
  };
}
