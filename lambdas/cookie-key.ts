import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { secretsClient } from "../shared/adapters/aws/function-clients.ts";
import { translatedAws } from "../shared/adapters/aws/faults.ts";
import { secretReader } from "../shared/adapters/aws/secret.ts";
import { cookieKeyEnvironment, cookieKeySecret } from "../shared/contracts/aws.ts";
import { makeCookieKey } from "./make-cookie-key.ts";
import { lambda } from "./wrapper.ts";

/** What CloudFormation asks of a custom resource; the answer goes to an address of its own. */
const resourceEvent = z.object({
  RequestType: z.enum(["Create", "Update", "Delete"]),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
});

const KEY_BITS = 2048;

/** Makes the key pair that CloudFront checks the site's cookies with, once; the private half never leaves its secret. */
export const handler = lambda({
  name: "cookie-key",
  environment: cookieKeyEnvironment,
  event: resourceEvent,
  open: ({ AWS_ENDPOINT_URL: endpoint, CLIO_COOKIE_SECRET: secretId }) => {
    const client = secretsClient({ endpoint });
    const read = secretReader({ client, secretId, schema: cookieKeySecret, what: "the site's cookies" });
    return {
      held: async () => (await read()).private_key ?? null,
      keep: async (privateKey: string) => {
        const SecretString = JSON.stringify({ private_key: privateKey });
        await translatedAws("keep the key of the site's cookies", () =>
          client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString })),
        );
      },
      newKey: () =>
        generateKeyPairSync("rsa", { modulusLength: KEY_BITS }).privateKey.export({
          type: "pkcs8",
          format: "pem",
        }),
      publicOf: (privateKey: string) => createPublicKey(privateKey).export({ type: "spki", format: "pem" }),
      respond: async (url: string, body: string) => {
        const { ok, status } = await fetch(url, { method: "PUT", body });
        if (!ok) throw new Error(`CloudFormation answered ${status}`);
      },
    };
  },
  run: makeCookieKey,
});
