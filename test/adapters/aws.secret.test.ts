import { CreateSecretCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { CREDENTIALS, REGION } from "../../localstack/environment.ts";
import { secretsClient } from "../../shared/adapters/aws/function-clients.ts";
import { secretReader } from "../../shared/adapters/aws/secret.ts";
import { ErrorName } from "../../shared/errors.ts";
import { hasMinistack, startMinistack } from "../helpers/ministack.ts";
import type { Answered, ScriptedHttp } from "../recipes/scripted-http.ts";
import { scriptedHttp } from "../recipes/scripted-http.ts";

const schema = z.strictObject({ openai_api_key: z.string().startsWith("sk-") });
const VALUE = { openai_api_key: "sk-very-secret" };

let server: ScriptedHttp | null = null;
afterEach(() => server?.close());

async function reading(answer: (index: number) => Answered): Promise<() => Promise<typeof VALUE>> {
  server = await scriptedHttp((_, index) => answer(index));
  const client = secretsClient({ endpoint: server.url, region: REGION, credentials: CREDENTIALS });
  onTestFinished(() => client.destroy());
  return secretReader({ client, secretId: "keys", schema });
}
const holding = (text: string): Answered => ({ status: 200, body: { SecretString: text } });
const refusal: Answered = {
  status: 400,
  body: { __type: "AccessDeniedException", message: "sk-very-secret" },
};

test("is fetched once, however many ask", async () => {
  const read = await reading(() => holding(JSON.stringify(VALUE)));
  expect(await Promise.all([read(), read(), read()])).toEqual([VALUE, VALUE, VALUE]);
  expect(await read()).toEqual(VALUE);
  expect(server?.asked).toHaveLength(1);
  expect(server?.asked[0]?.body).toEqual({ SecretId: "keys" });
});

test("is fetched again after a failure", async () => {
  const read = await reading((index) => (index === 0 ? refusal : holding(JSON.stringify(VALUE))));
  await expect(read()).rejects.toMatchObject({ name: ErrorName.permanent, code: "no_permission" });
  expect(await read()).toEqual(VALUE);
});

describe("what cannot be used is told without its value", () => {
  test.each([
    ["no JSON", holding('{"openai_api_key": sk-very-secret}'), "invalid_secret"],
    ["a bad value", holding('{"openai_api_key":"xx-very-secret"}'), "invalid_secret"],
    ["an unknown field", holding('{"openai_api_key":"sk-1","very-secret":1}'), "invalid_secret"],
    ["a bare text", holding('"sk-very-secret"'), "invalid_secret"],
    ["binary", { status: 200, body: { SecretBinary: "c2stdmVyeS1zZWNyZXQ=" } }, "invalid_secret"],
    ["a refusal", refusal, "no_permission"],
  ])("%s", async (_, answer: Answered, code) => {
    const read = await reading(() => answer);
    const error: unknown = await read().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: ErrorName.permanent, code });
    const told = `${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`;
    expect(told).not.toMatch(/very-secret/);
  });
});

test.skipIf(!hasMinistack())("is read from MiniStack, and no more once it is kept", async () => {
  const ministack = await startMinistack();
  onTestFinished(ministack.stop);
  const client = secretsClient(ministack.options);
  onTestFinished(() => client.destroy());
  const read = secretReader({ client, secretId: "keys", schema });
  await expect(read()).rejects.toMatchObject({ name: ErrorName.permanent, code: "no_resource" });
  await client.send(new CreateSecretCommand({ Name: "keys", SecretString: JSON.stringify(VALUE) }));
  expect(await read()).toEqual(VALUE);
  await client.send(new PutSecretValueCommand({ SecretId: "keys", SecretString: "{}" }));
  expect(await read()).toEqual(VALUE);
});
