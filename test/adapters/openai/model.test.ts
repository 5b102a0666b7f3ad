import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { openProvider } from "../../../shared/adapters/open-provider.ts";
import type { Provider, ProviderWorld } from "../../../shared/adapters/open-provider.ts";
import { loadTokenizer } from "../../../shared/adapters/openai/tokenizer.ts";
import { manualClock } from "../../../shared/adapters/memory/manual-clock.ts";
import { runConfig } from "../../../shared/config.ts";
import type { RunConfig } from "../../../shared/config.ts";
import { facetAnswer } from "../../../shared/contracts/facets.ts";
import { completionOf, errorOf, goodReply, openAiServer } from "../../helpers/openai-server.ts";
import type { Asked, OpenAiServer, Reply } from "../../helpers/openai-server.ts";

const call = { signal: new AbortController().signal };
/** Waits pass at once. */
let clock = manualClock(0);
const world = (): ProviderWorld => ({
  environment: async () => ({ CLIO_MODEL_API_KEY: "sk-canary" }),
  clock,
  random: () => 0.5,
  signal: call.signal,
  share: 1,
});

let server: OpenAiServer;
let provider: Provider;
afterEach(async () => {
  clock = manualClock(0);
  await provider.embedder.close();
  await server.close();
});

type Script = (asked: Asked) => Reply;

/** @param script answers chats; `embed` answers embeddings. */
async function against(
  script: Script,
  settings: Partial<RunConfig> = {},
  embed: Script = (asked) => goodReply(asked),
): Promise<void> {
  server = await openAiServer((asked) => (asked.path.endsWith("/embeddings") ? embed(asked) : script(asked)));
  provider = await openProvider(
    runConfig.parse({
      provider: "compatible",
      model: "small-1",
      model_base_url: server.url,
      embedder: "compatible",
      embedder_model: "vectors-1",
      embedder_base_url: server.url,
      ...settings,
    }),
    world(),
  );
}

const text = "How do I mend a leaking tap?";
const facets = async (content = text) =>
  provider.model.ask("facets", { messages: [{ role: "user", content }], custom: [] }, call);
/** Requests for facets: the embedder asked for its dimensions before. */
const chats = (): Asked[] => server.asked.filter(({ path }) => path.endsWith("/chat/completions"));

test("asks with a strict schema, key and temperature, and reads the answer", async () => {
  await against((asked) => goodReply(asked));
  const { answer, usage } = await facets();
  expect(facetAnswer.parse(answer)).toMatchObject({ request: text, language: "und" });
  expect(usage).toMatchObject({ calls: 1, cost_usd: 0 });
  expect(usage.input_tokens).toBeGreaterThan(100);
  const [{ body, headers }] = chats() as [Asked];
  expect(headers.authorization).toBe("Bearer sk-canary");
  expect(body).toMatchObject({ model: "small-1", temperature: 0.2, max_tokens: 1000 });
  expect(body.response_format).toMatchObject({
    type: "json_schema",
    json_schema: { strict: true, name: "facets" },
  });
});

test("an endpoint that knows no schema is asked in JSON mode, then in words, and not asked again for what it refused", async () => {
  await against((asked) => {
    const { response_format: format } = asked.body;
    if (format?.type === "json_schema")
      return errorOf(400, "invalid_request_error", "response_format json_schema is unknown");
    if (format?.type === "json_object") return errorOf(422, "invalid", "json_object is not supported");
    if (asked.body.temperature !== undefined)
      return errorOf(400, "unsupported_value", "Unsupported value: 'temperature'");
    expect(asked.body.messages[0]!.content).toContain('"additionalProperties":false');
    return completionOf(
      asked,
      `Sure!\n\`\`\`json\n{"summary": null, "language": "de", "frustration": 1, "concern_score": 1}\n\`\`\``,
    );
  });
  expect((await facets()).answer).toMatchObject({ language: "de", summary: null, assistant_errors: [] });
  await facets();
  expect(chats()).toHaveLength(6);
  expect(provider.learned!()).toMatchObject({ format: "text", leftOut: ["temperature"] });
});

test.each<[string, Reply]>([
  ["with 500", errorOf(500, "", "literal_error ('body', 'response_format', 'type') should be 'json_object'")],
  ["as FastAPI does", { status: 422, body: { detail: [{ loc: ["body", "response_format", "type"] }] } }],
])("a server that knows schemas beside JSON mode alone and refuses others %s is asked so", async (_, no) => {
  await against((asked) => (asked.body.response_format?.type === "json_schema" ? no : goodReply(asked)));
  await facets();
  expect(chats()).toHaveLength(2);
  expect(chats()[1]!.body.response_format).toMatchObject({
    type: "json_object",
    schema: { type: "object", additionalProperties: false },
  });
  expect(provider.learned!().format).toBe("json_object_with_schema");
});

test("OpenAI itself is never sent a schema beside JSON mode", async () => {
  server = await openAiServer((asked) =>
    asked.body.response_format?.type === "json_schema"
      ? errorOf(400, "", "Invalid parameter: 'response_format' of type 'json_schema' is not supported")
      : completionOf(asked, '{"frustration": 1, "concern_score": 1}'),
  );
  provider = await openProvider(
    runConfig.parse({ provider: "openai", embedder: "offline", model_base_url: server.url }),
    { ...world(), environment: async () => ({ OPENAI_API_KEY: "sk-canary" }) },
  );
  await facets();
  expect(chats()[1]!.body.response_format).toEqual({ type: "json_object" });
});

test("what a reasoning model thinks aloud is not its answer", async () => {
  await against((asked) =>
    completionOf(
      asked,
      '<think>\nPerhaps {"frustration": 5}?\n</think>\n{"frustration": 2, "concern_score": 1}',
    ),
  );
  expect((await facets()).answer.frustration).toBe(2);
});

test("a server's error that is no refusal of the form is tried again", async () => {
  let left = 1;
  await against((asked) => (left-- > 0 ? errorOf(500, "", "the schema of the database") : goodReply(asked)));
  await facets();
  expect(provider.learned!().format).toBe("json_schema");
});

test("a wrong answer is sent back once with what is wrong, and both are paid", async () => {
  await against((asked) =>
    asked.body.messages.length === 2 ? completionOf(asked, '{"frustration": 9}') : goodReply(asked),
  );
  const { usage } = await facets();
  expect(usage.calls).toBe(2);
  const repair = chats()[1]!.body.messages;
  expect(repair.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
  expect(repair[3]!.content).toContain("frustration");
});

test.each<[string, (asked: Asked) => Reply, number]>([
  ["invalid_answer", (asked) => completionOf(asked, "{}"), 2],
  ["not_json", (asked) => completionOf(asked, "I would rather not say."), 2],
  ["empty", (asked) => completionOf(asked, ""), 2],
  ["empty", () => ({ status: 200, body: {} }), 2],
  [
    "cut_off",
    (asked) =>
      completionOf(asked, '{"summary": "The', { finish_reason: "length", message: { content: '{"a' } }),
    2,
  ],
  ["refused", (asked) => completionOf(asked, null, { message: { content: null, refusal: "No." } }), 1],
  ["content_filter", (asked) => completionOf(asked, "", { finish_reason: "content_filter" }), 1],
  ["content_filter", () => errorOf(400, "content_filter"), 0],
  ["context_overflow", () => errorOf(400, "context_length_exceeded"), 0],
])("%s costs the item and says so", async (code, script, paid) => {
  await against(script);
  const error = await facets().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "ClioBadAnswerError", code });
  expect((error as { usage?: { calls: number } }).usage?.calls ?? 0).toBe(paid);
});

test("what does not fit into the context is asked again with half of it", async () => {
  const long = "Tell me of the sea. ".repeat(2000);
  await against(
    (asked) => {
      return asked.body.messages[1]!.content.length > 12_000
        ? errorOf(400, "", "the request exceeds the available context size")
        : goodReply(asked);
    },
    { model_context_tokens: 8000 },
  );
  expect((await facets(long)).answer.summary).not.toBeNull();
  expect(chats()).toHaveLength(2);
});

test("a context far smaller than said is found by halving; what never fits is given up", async () => {
  const long = "Tell me of the sea. ".repeat(3000);
  let fits = 9000;
  await against((asked) =>
    asked.body.messages[1]!.content.length > fits
      ? errorOf(400, "context_length_exceeded")
      : goodReply(asked),
  );
  expect((await facets(long)).answer.summary).not.toBeNull();
  expect(chats()).toHaveLength(4);
  fits = 0;
  await expect(facets(long)).rejects.toMatchObject({ code: "context_overflow" });
  expect(chats()).toHaveLength(8);
});

test("a small context holds question, schema and answer, and a repair leaves out what would not fit", async () => {
  const model_context_tokens = 4000;
  const wordy = `{"frustration": ${"9".repeat(4000)}}`;
  await against((asked) => (asked.index % 2 === 0 ? completionOf(asked, wordy) : goodReply(asked)), {
    model_context_tokens,
    embedder: "offline",
  });
  await facets("Tell me of the sea. ".repeat(3000));
  const [first, repair] = chats() as [Asked, Asked];
  const countTokens = await loadTokenizer();
  const tokens = ({ body }: Asked): number =>
    countTokens(JSON.stringify(body.response_format!.json_schema!.schema)) +
    body.messages.reduce((sum, { content }) => sum + countTokens(content), 0);
  expect(tokens(first) + Number(first.body["max_tokens"])).toBeLessThan(model_context_tokens);
  expect(repair.body.messages.map(({ role }) => role)).toEqual(["system", "user"]);
  expect(repair.body.messages[1]!.content).toMatch(/Your answer cannot be used: frustration/);
  expect(tokens(repair) + Number(repair.body["max_tokens"])).toBeLessThan(model_context_tokens);
});

test("an answer that was cut off is not sent back; roles go on taking turns", async () => {
  await against((asked) =>
    asked.index === 1
      ? completionOf(asked, null, { finish_reason: "length", message: { content: '{"summary": "The' } })
      : goodReply(asked),
  );
  await facets();
  const { messages } = chats()[1]!.body;
  expect(messages.map(({ role }) => role)).toEqual(["system", "user"]);
  expect(messages[1]!.content).toContain("be shorter");
  expect(messages[1]!.content).not.toContain('{"summary": "The');
});

test("a repair that does not fit ends the item with what was wrong, and pays one answer", async () => {
  await against((asked) =>
    asked.body.messages.length === 2 ? completionOf(asked, "{}") : errorOf(400, "context_length_exceeded"),
  );
  await expect(facets()).rejects.toMatchObject({ code: "invalid_answer", usage: { calls: 1 } });
  expect(chats()).toHaveLength(2);
});

test("overload is waited for as the endpoint asks, and costs nothing", async () => {
  let left = 3;
  await against((asked) => {
    if (left-- <= 0) return goodReply(asked);
    return left === 1
      ? errorOf(503, "overloaded")
      : errorOf(429, "rate_limit", "slow", { "retry-after": "7" });
  });
  expect((await facets()).usage.calls).toBe(1);
  expect(clock.elapsed()).toBeGreaterThanOrEqual(14_000);
});

test("a try that broke off counts as paid in full; two are enough", async () => {
  await against(() => "hang_up");
  const error = await facets().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "ClioTransientError", code: "connection_lost", usage: { calls: 2 } });
  expect(
    provider.model.worstCase!("facets", { messages: [{ role: "user", content: text }], custom: [] }).calls,
  ).toBeGreaterThanOrEqual(2);
});

describe("what no try will mend fails at once, with a line that says what to do and nothing else", () => {
  test.each<[string, number, string]>([
    ["invalid_key", 401, "invalid_api_key"],
    ["forbidden", 403, "permission_denied"],
    ["unknown_model", 404, "model_not_found"],
    ["no_quota", 429, "insufficient_quota"],
    ["refused_request", 400, "odd"],
  ])("%s", async (code, status, theirs) => {
    await against(() => errorOf(status, theirs, `sk-canary ${text}`));
    const error = (await facets().catch((thrown: unknown) => thrown)) as Error & { hint: string };
    expect(error).toMatchObject({ name: "ClioPermanentError", code });
    expect(error.hint.length).toBeGreaterThan(20);
    expect(`${error.message} ${error.hint} ${String(error.cause)}`).not.toMatch(/canary|leaking/);
    expect(chats()).toHaveLength(1);
  });

  test("unreachable", async () => {
    const gone = await openAiServer();
    await gone.close();
    await against((asked) => goodReply(asked), { model_base_url: gone.url });
    await expect(facets()).rejects.toMatchObject({ name: "ClioPermanentError", code: "unreachable" });
  });

  test("unknown_host", async () => {
    await against((asked) => goodReply(asked), { model_base_url: "http://no-such-host.invalid/v1" });
    await expect(facets()).rejects.toMatchObject({ name: "ClioPermanentError", code: "unknown_host" });
  });

  test("tls_error", async () => {
    // Speaks no TLS at all.
    server = await openAiServer();
    const model_base_url = server.url.replace("http:", "https:");
    provider = await openProvider(
      runConfig.parse({ provider: "compatible", model: "small-1", model_base_url, embedder: "offline" }),
      world(),
    );
    await expect(facets()).rejects.toMatchObject({ name: "ClioPermanentError", code: "tls_error" });
  });

  test("proxy_error", async () => {
    server = await openAiServer();
    const proxy = createServer().on("connect", (_request, socket) =>
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"),
    );
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    provider = await openProvider(runConfig.parse({ provider: "openai", embedder: "offline" }), {
      ...world(),
      environment: async () => ({ OPENAI_API_KEY: "sk-canary", HTTPS_PROXY: `http://127.0.0.1:${port}` }),
    });
    await expect(facets()).rejects.toMatchObject({ name: "ClioPermanentError", code: "proxy_error" });
    proxy.close();
  });
});

test("stops when told to, in the middle of a call", async () => {
  await against(() => "silence");
  const stop = new AbortController();
  const asking = provider.model.ask(
    "facets",
    { messages: [{ role: "user", content: text }], custom: [] },
    stop,
  );
  const caught = asking.catch((thrown: unknown) => thrown);
  while (chats().length === 0) await new Promise((resolve) => void setImmediate(resolve));
  const reason = new Error("stopped");
  stop.abort(reason);
  expect(await caught).toBe(reason);
});

test("embeds in the order of the texts, learns the dimensions, leaves empty texts zero", async () => {
  await against(
    (asked) => goodReply(asked),
    {},
    (asked) => {
      const reply = goodReply(asked) as { body: { data: unknown[] } };
      reply.body.data.reverse();
      return reply as Reply;
    },
  );
  const texts = ["tap", "", "bread", "tap"];
  const { rows, cols, data } = await provider.embedder.embed(texts, call);
  expect([rows, cols]).toEqual([4, 16]);
  const row = (i: number): number[] => Array.from(data.slice(i * 16, i * 16 + 16));
  expect(row(0)).toEqual(row(3));
  expect(row(0)).not.toEqual(row(2));
  expect(row(1).every((n) => n === 0)).toBe(true);
});

test.each([
  ["too few", (data: object[]) => data.slice(1)],
  ["too short", (data: object[]) => data.map((row) => ({ ...row, embedding: [1] }))],
  ["no numbers", (data: object[]) => data.map((row) => ({ ...row, embedding: Array(16).fill(null) }))],
])("refuses vectors that are %s", async (_what, change) => {
  let first = true;
  await against(
    (asked) => goodReply(asked),
    {},
    (asked) => {
      const reply = goodReply(asked) as { status: number; body: { data: object[] } };
      if (!first) reply.body.data = change(reply.body.data);
      first = false;
      return reply;
    },
  );
  await expect(provider.embedder.embed(["tap", "bread"], call)).rejects.toMatchObject({
    code: "bad_embedding",
  });
});
