import { afterEach, beforeEach, expect, test } from "vitest";
import { openProvider } from "../../shared/adapters/open-provider.ts";
import type { Check } from "../../cli/commands/check.ts";
import { completionOf, errorOf, goodReply, openAiServer } from "../helpers/openai-server.ts";
import type { Asked, OpenAiServer, Reply } from "../helpers/openai-server.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { answerOf, clio } from "./support.ts";

let folder: TemporaryFolder;
let server: OpenAiServer | null = null;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await server?.close();
  server = null;
  await folder.remove();
});

async function doctor(argv: readonly string[], env: Record<string, string> = {}) {
  const result = await clio(["doctor", "--json", ...argv], { cwd: folder.path, env, deps: { openProvider } });
  const checks = answerOf(result)["checks"] as Check[];
  return { ...result, checks: new Map(checks.map((check) => [check.name, check])) };
}

async function against(script: (asked: Asked) => Reply): ReturnType<typeof doctor> {
  server = await openAiServer(script);
  return doctor(
    ["--provider", "compatible", "--model", "small-1", "--model-base-url", server.url].concat([
      "--embedder",
      "compatible",
      "--embedder-model",
      "vectors-1",
      "--embedder-base-url",
      server.url,
    ]),
  );
}

test.each<[string, string[], Record<string, string>, RegExp]>([
  ["no key", ["--provider", "openai"], {}, /JINA_API_KEY.*--embedder offline/],
  ["no key of the model", ["--provider", "openai", "--embedder", "offline"], {}, /Set OPENAI_API_KEY/],
  [
    "the key of another",
    ["--provider", "azure", "--embedder", "offline"],
    { OPENAI_API_KEY: "sk-canary" },
    /AZURE_OPENAI_ENDPOINT/,
  ],
  [
    "an endpoint without its key",
    ["--provider", "azure", "--embedder", "offline"],
    { OPENAI_API_KEY: "sk-canary", AZURE_OPENAI_ENDPOINT: "https://here.openai.azure.com" },
    /Set AZURE_OPENAI_API_KEY/,
  ],
  ["no region", ["--provider", "bedrock", "--embedder", "offline"], {}, /AWS_REGION/],
  ["no model", ["--provider", "compatible", "--embedder", "offline"], {}, /--model/],
  [
    "no address",
    ["--provider", "compatible", "--model", "m", "--embedder", "offline"],
    {},
    /--model-base-url/,
  ],
])("%s: says what to set, and no key", async (_what, argv, env, hint) => {
  const { code, checks, stdout, stderr } = await doctor(argv, env);
  expect(code).toBe(1);
  expect(checks.get("Provider")).toMatchObject({
    status: "fail",
    hint: expect.stringMatching(hint) as string,
  });
  expect(stdout + stderr).not.toContain("canary");
});

test("tries embedding, facets, schema, limits and language of the provider that flags name", async () => {
  const { code, checks } = await against((asked) => {
    const reply = goodReply(asked) as Exclude<Reply, string>;
    return {
      ...reply,
      headers: { "x-ratelimit-limit-requests": "500", "x-ratelimit-limit-tokens": "30000" },
    };
  });
  expect(code).toBe(0);
  expect(checks.get("Embedding")?.detail).toContain("16 dimensions");
  expect(checks.get("Answer schema")).toMatchObject({ status: "ok", detail: "strict JSON schemas" });
  expect(checks.get("Limits")?.detail).toContain("500 requests and 30,000 tokens");
  // The stand-in calls every language "und"-like.
  expect(checks.get("Language")?.status).toBe("warn");
});

test("an endpoint without schemas is a remark, one that refuses the key a failure with what to do", async () => {
  const first = await against((asked) => {
    if (asked.path.endsWith("/embeddings")) return goodReply(asked);
    if (asked.body.response_format !== undefined) return errorOf(400, "odd", "no response_format here");
    const answer = { summary: "Moves a meeting.", language: "en", frustration: 1, concern_score: 1 };
    return completionOf(asked, JSON.stringify(answer));
  });
  expect(first.code).toBe(0);
  expect(first.checks.get("Answer schema")).toMatchObject({
    status: "warn",
    detail: expect.stringContaining("put into words") as string,
  });
  await server?.close();
  const second = await against((asked) =>
    asked.path.endsWith("/embeddings") ? goodReply(asked) : errorOf(401, "invalid_api_key", "sk-canary"),
  );
  expect(second.code).toBe(1);
  expect(second.checks.get("Facets")).toMatchObject({
    status: "fail",
    detail: expect.stringContaining("the key was refused") as string,
    hint: expect.stringContaining("Check the key") as string,
  });
  expect(second.stdout + second.stderr).not.toContain("canary");
});
