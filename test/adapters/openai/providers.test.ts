import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openProvider } from "../../../shared/adapters/open-provider.ts";
import { providerIdentity } from "../../../shared/adapters/provider-identity.ts";
import { systemClock } from "../../../shared/adapters/system-clock.ts";
import { runConfig } from "../../../shared/config.ts";
import type { RunConfig } from "../../../shared/config.ts";
import type { ProviderEnvironment } from "../../../shared/contracts/provider-environment.ts";
import { goodReply, openAiServer } from "../../helpers/openai-server.ts";
import type { Asked, OpenAiServer } from "../../helpers/openai-server.ts";

/** What each provider sends, to a server on loopback in its place. */
let server: OpenAiServer;
beforeEach(async () => {
  server = await openAiServer((asked) => goodReply(asked, 8));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const signal = new AbortController().signal;

async function sent(
  settings: Partial<Record<keyof RunConfig, unknown>>,
  environment: ProviderEnvironment = {},
): Promise<{ chat: Asked | undefined; embedding: Asked | undefined }> {
  const config = runConfig.parse(settings);
  const provider = await openProvider(config, {
    environment: async () => environment,
    clock: systemClock,
    random: () => 0.5,
    signal,
    share: 1,
  });
  expect(providerIdentity(config)).toEqual({
    model: provider.model.identity,
    embedder: provider.embedder.identity,
  });
  await provider.embedder.embed(["bread"], { signal });
  if (config.provider !== "offline")
    await provider.model.ask(
      "facets",
      { messages: [{ role: "user", content: "Bake bread" }], custom: [] },
      { signal },
    );
  await provider.embedder.close();
  const last = (end: string): Asked | undefined => server.asked.findLast(({ path }) => path.includes(end));
  return { chat: last("/chat/completions"), embedding: last("/embeddings") };
}

test("openai: its key, organisation and project, and the new name of a length", async () => {
  const { chat, embedding } = await sent(
    {
      provider: "openai",
      model_base_url: server.url,
      embedder: "openai",
      embedder_base_url: server.url,
      embedder_dimensions: 8,
    },
    { OPENAI_API_KEY: "sk-1", OPENAI_ORG_ID: "org-1", OPENAI_PROJECT_ID: "proj-1" },
  );
  expect(chat!.headers).toMatchObject({
    authorization: "Bearer sk-1",
    "openai-organization": "org-1",
    "openai-project": "proj-1",
  });
  expect(chat!.body).toMatchObject({ model: "gpt-4.1-mini", max_completion_tokens: 1000 });
  expect(embedding!.body).toMatchObject({ model: "text-embedding-3-small", dimensions: 8, input: ["bread"] });
  expect(embedding!.body).not.toHaveProperty("task");
});

test("azure: its own key and version, and the deployment in the path; the model's name where none is named", async () => {
  const endpoint = new URL(server.url).origin;
  const keys = { AZURE_OPENAI_API_KEY: "az-1", OPENAI_API_KEY: "sk-never" };
  const first = await sent(
    { provider: "azure", embedder: "offline" },
    { ...keys, AZURE_OPENAI_ENDPOINT: endpoint },
  );
  expect(first.chat!.path).toBe("/openai/deployments/gpt-4.1-mini/chat/completions?api-version=2024-10-21");
  expect(first.chat!.headers["api-key"]).toBe("az-1");
  expect(JSON.stringify(first.chat!.headers)).not.toContain("sk-never");
  const second = await sent(
    { provider: "azure", model: "gpt-4o", model_base_url: endpoint, embedder: "offline" },
    { ...keys, AZURE_OPENAI_DEPLOYMENT: "ours", OPENAI_API_VERSION: "2025-01-01" },
  );
  expect(second.chat!.path).toBe("/openai/deployments/ours/chat/completions?api-version=2025-01-01");
});

test("bedrock: signed for the region with the credentials that the AWS chain finds, and no key", async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret-canary");
  vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", "");
  const { chat } = await sent(
    { provider: "bedrock", model_base_url: server.url, embedder: "offline" },
    { AWS_REGION: "eu-central-1", OPENAI_API_KEY: "sk-never" },
  );
  expect(chat!.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/bedrock[\w-]*\/aws4_request/,
  );
  expect(JSON.stringify(chat!.headers)).not.toMatch(/canary|sk-never/);
  expect(chat!.body.model).toBe("openai.gpt-oss-20b-1:0");
});

test("jina: its key, task and dimensions", async () => {
  const { embedding } = await sent(
    { embedder: "jina", embedder_base_url: server.url, embedder_dimensions: 8 },
    { JINA_API_KEY: "jina-1" },
  );
  expect(embedding!.headers.authorization).toBe("Bearer jina-1");
  expect(embedding!.body).toMatchObject({ model: "jina-embeddings-v3", task: "separation", dimensions: 8 });
  const { embedding: other } = await sent(
    {
      embedder: "jina",
      embedder_base_url: server.url,
      embedder_dimensions: 8,
      embedder_task: "text-matching",
    },
    { JINA_API_KEY: "jina-1" },
  );
  expect(other!.body["task"]).toBe("text-matching");
});

test("compatible: a key only if there is one, and the old name of a length", async () => {
  const settings = { provider: "compatible", model: "qwen", model_base_url: server.url, embedder: "offline" };
  expect((await sent(settings)).chat!.headers.authorization).toBe("Bearer none");
  const { chat } = await sent(settings, { CLIO_MODEL_API_KEY: "local-1" });
  expect(chat!.headers.authorization).toBe("Bearer local-1");
  expect(chat!.body).toMatchObject({ max_tokens: 1000 });
});

test("another address, context or size is another identity; the address is not in it", () => {
  const of = (settings: Partial<RunConfig>) =>
    providerIdentity(runConfig.parse({ provider: "openai", embedder: "openai", ...settings }));
  const plain = of({});
  for (const settings of [{ model_base_url: "https://inside.example/v1" }, { model_context_tokens: 4000 }]) {
    expect(of(settings).model).not.toEqual(plain.model);
    expect(of(settings).embedder).toEqual(plain.embedder);
  }
  expect(of({ embedder_dimensions: 256 }).embedder).not.toEqual(plain.embedder);
  expect(JSON.stringify(of({ model_base_url: "https://inside.example/v1" }))).not.toContain("inside");
});

test.each([false, true])(
  "traces go to LangSmith only when its variables say so; with texts: %s",
  async (content) => {
    let traced = "";
    const langsmith = createServer((request, response) => {
      request.on("data", (chunk: Buffer) => (traced += chunk.toString("latin1")));
      request.on("end", () => response.setHeader("content-type", "application/json").end("{}"));
    });
    await new Promise<void>((resolve) => langsmith.listen(0, "127.0.0.1", resolve));
    const { port } = langsmith.address() as AddressInfo;
    const settings = {
      provider: "compatible",
      model: "qwen",
      model_base_url: server.url,
      embedder: "offline",
      trace_content: content,
    };
    const where = { LANGSMITH_API_KEY: "ls-1", LANGSMITH_ENDPOINT: `http://127.0.0.1:${port}` };
    await sent(settings, where);
    expect(traced).toBe("");
    await sent(settings, { ...where, LANGSMITH_TRACING: "true" });
    await vi.waitFor(() => expect(traced).toContain("total_tokens"), { timeout: 20_000 });
    expect(traced).toContain("ant-clio facets");
    expect(traced.includes("Bake bread")).toBe(content);
    langsmith.closeAllConnections();
    langsmith.close();
  },
);
