import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { expect, test } from "vitest";
import { accessCookies } from "../../shared/adapters/aws/signed-cookies.ts";
import { makeCookieKey } from "../../lambdas/make-cookie-key.ts";
import type { CookieKeyServices } from "../../lambdas/make-cookie-key.ts";

const EVENT = {
  ResponseURL: "https://answers.example/here",
  StackId: "stack",
  RequestId: "request",
  LogicalResourceId: "Made",
} as const;
const newKey = (): string =>
  generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
    type: "pkcs8",
    format: "pem",
  }) as string;

function resource(more: Partial<CookieKeyServices> = {}) {
  let held: string | null = null;
  const answers: Record<string, unknown>[] = [];
  const services: CookieKeyServices = {
    held: async () => held,
    keep: async (key) => {
      held = key;
    },
    newKey,
    publicOf: (key) => createPublicKey(key).export({ type: "spki", format: "pem" }),
    respond: async (url, body) => {
      expect(url).toBe(EVENT.ResponseURL);
      answers.push(JSON.parse(body) as Record<string, unknown>);
    },
    ...more,
  };
  const ask = async (RequestType: "Create" | "Update" | "Delete") => {
    await makeCookieKey({ ...EVENT, RequestType }, services);
    return answers.at(-1)!;
  };
  return { ask, answers, held: () => held };
}

test("a key is made once and stays; only its public half leaves", async () => {
  const { ask, answers, held } = resource();
  const made = await ask("Create");
  expect(made).toMatchObject({
    Status: "SUCCESS",
    StackId: "stack",
    RequestId: "request",
    LogicalResourceId: "Made",
  });
  const { PublicKey } = made["Data"] as { PublicKey: string };
  expect(PublicKey).toMatch(/^-----BEGIN PUBLIC KEY-----/);
  expect(await ask("Update")).toMatchObject({
    PhysicalResourceId: made["PhysicalResourceId"],
    Data: { PublicKey },
  });
  expect(await ask("Delete")).toMatchObject({ Status: "SUCCESS" });
  expect(JSON.stringify(answers)).not.toContain("PRIVATE KEY");
  expect(JSON.stringify(answers)).not.toContain(held()!.split("\n")[1]!);
});

test("what fails is said to CloudFormation at once, by its code and no more", async () => {
  const { ask } = resource({ keep: () => Promise.reject(new Error("canary of a secret")) });
  const answer = await ask("Create");
  expect(answer).toMatchObject({ Status: "FAILED" });
  expect(JSON.stringify(answer)).not.toContain("canary");
});

test("cookies open the data of one site for as long as they say, by CloudFront's own rules", () => {
  const privateKey = newKey();
  const now = Date.parse("2026-11-01T12:00:00Z");
  const cookies = accessCookies(
    "https://site.example",
    "/data",
    { keyPairId: "K1", privateKey },
    { now, seconds: 3600 },
  );
  const values = new Map(cookies.map((cookie) => cookie.split(";")[0]!.split(/=(.*)/s) as [string, string]));
  for (const cookie of cookies)
    expect(cookie).toMatch(/; Path=\/data; Max-Age=3600; Secure; HttpOnly; SameSite=Strict$/);
  // Base64 with three characters of its own (Amazon CloudFront, "Set signed cookies that use a custom policy").
  const decoded = (name: string): Buffer =>
    Buffer.from(values.get(name)!.replaceAll("-", "+").replaceAll("_", "=").replaceAll("~", "/"), "base64");
  const policy = decoded("CloudFront-Policy");
  expect(JSON.parse(policy.toString())).toEqual({
    Statement: [
      {
        Resource: "https://site.example/*",
        Condition: { DateLessThan: { "AWS:EpochTime": now / 1000 + 3600 } },
      },
    ],
  });
  expect(values.get("CloudFront-Key-Pair-Id")).toBe("K1");
  expect(verify("sha1", policy, createPublicKey(privateKey), decoded("CloudFront-Signature"))).toBe(true);
});
