import { expect, test } from "vitest";
import { checkProvider } from "../../lambdas/provider-check.ts";
import { openProvider } from "../../shared/adapters/open-provider.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { runConfig } from "../../shared/config.ts";
import { UsageError } from "../../shared/errors.ts";
import { errorOf, goodReply, openAiServer } from "../helpers/openai-server.ts";
import type { Asked, Reply } from "../helpers/openai-server.ts";

const { signal } = new AbortController();

async function checked(script: (asked: Asked) => Reply) {
  const server = await openAiServer(script);
  const config = runConfig.parse({
    provider: "compatible",
    model: "canary-model",
    model_base_url: server.url,
    embedder: "compatible",
    embedder_model: "vectors",
    embedder_base_url: server.url,
  });
  const world = {
    environment: async () => ({ CLIO_MODEL_API_KEY: "canary-key" }),
    clock: systemClock,
    random: () => 0,
    signal,
    share: 1,
  };
  try {
    const answer = await checkProvider({ stage: "dev", open: () => openProvider(config, world) }, signal);
    return { answer, asked: server.asked };
  } finally {
    await server.close();
  }
}

test("one text is embedded and one question asked", async () => {
  const { answer, asked } = await checked((request) => goodReply(request, 24));
  expect(answer).toMatchObject({
    ok: true,
    stage: "dev",
    provider: { ok: true, model: { provider: "compatible" } },
    embedding: { ok: true, dimensions: 24 },
    question: { ok: true },
  });
  const paths = asked.map(({ path }) => path);
  expect(paths.filter((path) => path.endsWith("/chat/completions"))).toHaveLength(1);
  expect(paths.filter((path) => path.endsWith("/embeddings")).length).toBeGreaterThan(0);
});

test("a refused key is a code and a hint beside what works; nothing that was said or sent is told", async () => {
  const { answer } = await checked((request) =>
    request.path.endsWith("/embeddings")
      ? goodReply(request, 24)
      : errorOf(401, "invalid_api_key", "canary-answer: canary-key is wrong"),
  );
  expect(answer).toMatchObject({
    ok: false,
    embedding: { ok: true },
    question: { ok: false, code: "invalid_key", hint: expect.any(String) },
  });
  expect(JSON.stringify(answer)).not.toMatch(/canary-(key|answer)|parcel/);
});

test("one that cannot be opened says why and tries nothing", async () => {
  const open = () => Promise.reject(new UsageError("no key", { code: "no_key", hint: "Set it." }));
  expect(await checkProvider({ stage: "dev", open }, signal)).toEqual({
    ok: false,
    stage: "dev",
    provider: { ok: false, code: "no_key", hint: "Set it." },
    embedding: null,
    question: null,
  });
});
