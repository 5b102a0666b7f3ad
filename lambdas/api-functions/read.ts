import { secretsClient } from "../../shared/adapters/aws/function-clients.ts";
import { secretReader } from "../../shared/adapters/aws/secret.ts";
import { accessCookies } from "../../shared/adapters/aws/signed-cookies.ts";
import { TRUSTED_GROUP, cookieKeySecret, readEnvironment } from "../../shared/contracts/aws.ts";
import type { ReadEnvironment } from "../../shared/contracts/aws.ts";
import { PermanentError } from "../../shared/errors.ts";
import type { ApiServices } from "../api/services.ts";
import type { Tools } from "../wrapper.ts";
import { apiFunction, openShared } from "./open.ts";

/** As long as an access token: whoever is signed out is so here as well by then. */
const COOKIE_SECONDS = 3600;
/** Where the site has what is published. */
const DATA_PATH = "/data";

/** Admits who is signed in to what is published, where CloudFront serves it. */
function sessionService(
  {
    AWS_ENDPOINT_URL: endpoint,
    CLIO_SITE_ORIGIN: origin,
    CLIO_COOKIE_KEY_ID: keyPairId,
    CLIO_COOKIE_SECRET: secretId,
  }: ReadEnvironment,
  { clock }: Tools,
): Pick<ApiServices, "session"> {
  if (origin === undefined || keyPairId === undefined || secretId === undefined) return {};
  const key = secretReader({
    client: secretsClient({ endpoint }),
    secretId,
    schema: cookieKeySecret,
    what: "the site's cookies",
  });
  return {
    session: async () => {
      const { private_key: privateKey } = await key();
      if (privateKey === undefined)
        throw new PermanentError("the site has no key for its cookies", {
          code: "no_cookie_key",
          hint: "Deploy the stage's web stack again: it makes one.",
        });
      const now = clock.now();
      const lasts = { now, seconds: COOKIE_SECONDS };
      return {
        answer: { expires_at: new Date(now + COOKIE_SECONDS * 1000).toISOString() },
        cookies: accessCookies(origin, DATA_PATH, { keyPairId, privateKey }, lasts),
      };
    },
  };
}

/** The API's function that reads: run records and what is published. */
export const handler = apiFunction("read", readEnvironment, (environment, tools) => {
  const { options, read } = openShared(environment, tools);
  return {
    ...options,
    rights: ["open", "read"],
    services: {
      ...read,
      capabilities: async (asked, caller) => {
        const can = await read.capabilities!(asked, caller);
        // Raw text is for a group; to everybody else it is as if it were not there.
        return caller.groups.includes(TRUSTED_GROUP) ? can : { ...can, tier: "aggregate" };
      },
      ...sessionService(environment, tools),
    },
  };
});
