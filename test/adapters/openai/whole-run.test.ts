import { afterEach, expect, test } from "vitest";
import { manualClock } from "../../../shared/adapters/memory/manual-clock.ts";
import { openProvider } from "../../../shared/adapters/open-provider.ts";
import type { Provider } from "../../../shared/adapters/open-provider.ts";
import { runConfig } from "../../../shared/config.ts";
import { hashString } from "../../../shared/domain/random.ts";
import { completionOf, errorOf, goodReply, openAiServer } from "../../helpers/openai-server.ts";
import type { Asked, OpenAiServer, Reply } from "../../helpers/openai-server.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../../helpers/memory-run.ts";
import type { MemoryRun } from "../../helpers/memory-run.ts";

const N = 400;
const TOPICS = ["cooking rice", "gardening roses", "filing taxes", "fixing bikes", "learning chords"];
const INPUT = jsonlOf(
  chatsAbout(TOPICS, N, 120).map((chat, i) => ({ ...chat, text: `${chat.text}, case ${i}` })),
);
const CONFIG = {
  provider: "compatible",
  model: "small-1",
  embedder: "compatible",
  embedder_model: "vectors-1",
  k: 6,
  price_input: 1,
  price_output: 4,
  price_embedder: 0.1,
} as const;

let server: OpenAiServer;
let provider: Provider;
afterEach(async () => {
  await provider.embedder.close();
  await server.close();
});

async function through(script: (asked: Asked) => Reply, more: object = {}): Promise<MemoryRun> {
  server = await openAiServer(script);
  const config = runConfig.parse({
    ...CONFIG,
    model_base_url: server.url,
    embedder_base_url: server.url,
    ...more,
  });
  provider = await openProvider(config, {
    environment: async () => ({}),
    clock: manualClock(0),
    random: () => 0.5,
    signal: new AbortController().signal,
    share: 1,
  });
  return memoryRun(INPUT, { config, ...provider });
}

type Outcome = "limited" | "broken" | "hang_up" | "bad_json" | "refused" | "empty" | "good";

/**
 * Faults by chance that is a hash of what is asked and how often it was: 10 % 429, 5 % 500, 2 % hang-ups, 5 % bad JSON, 1 %
 * refusals, 1 % empty.
 */
function faulty(
  counts: Map<Outcome, number>,
  /** Takes which requests were answered. */
  answered = new Set<number>(),
): (asked: Asked) => Reply {
  const tries = new Map<number, number>();
  return (asked) => {
    const { messages, input } = asked.body;
    const question = hashString(JSON.stringify(messages ?? input));
    const nth = tries.get(question) ?? 0;
    tries.set(question, nth + 1);
    const isChat = messages !== undefined;
    const roll = hashString(`${question}/${nth}`) % 100;
    const told = (outcome: Outcome, reply: Reply): Reply => {
      if (isChat) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      if (["bad_json", "refused", "empty", "good"].includes(outcome)) answered.add(asked.index);
      return reply;
    };
    if (roll < 10) return told("limited", errorOf(429, "rate_limit", "slow down", { "retry-after": "1" }));
    if (roll < 15) return told("broken", errorOf(500, "server_error"));
    if (roll < 17) return told("hang_up", "hang_up");
    if (isChat && roll < 22) return told("bad_json", completionOf(asked, '{"summary": "half'));
    if (isChat && roll < 23)
      return told("refused", completionOf(asked, null, { message: { content: null, refusal: "No." } }));
    if (isChat && roll < 24) return told("empty", completionOf(asked, ""));
    return told("good", goodReply(asked));
  };
}

test("a run through an endpoint with every fault: all accounted for, results right, nothing paid twice", async () => {
  const calm = await through((asked) => goodReply(asked));
  expect(calm.failure).toBeNull();
  expect(new Set(chats().map(({ body }) => JSON.stringify(body.messages))).size).toBe(chats().length);
  await provider.embedder.close();
  await server.close();

  const counts = new Map<Outcome, number>();
  const answered = new Set<number>();
  const run = await through(faulty(counts, answered));
  const seen = (outcome: Outcome): number => counts.get(outcome) ?? 0;
  expect(run.failure).toBeNull();
  // The faults were there.
  for (const outcome of ["limited", "broken", "hang_up", "bad_json", "refused", "empty"] as const)
    expect(seen(outcome), outcome).toBeGreaterThan(0);

  expect(run.run.counts).toMatchObject({ read: N });
  expect((run.run.counts.assigned ?? 0) + (run.run.counts.failed ?? 0)).toBe(N);
  const [facets, expected] = [await run.rows("facets"), await calm.rows("facets")];
  expect(facets).toHaveLength(N);
  const fallbacks = facets.filter(({ status }) => status === "fallback");
  expect(run.run.counts.fallback_facets).toBe(fallbacks.length);
  expect(fallbacks.length).toBeGreaterThan(0);
  // One refusal in a hundred, and what was wrong twice.
  expect(fallbacks.length).toBeLessThanOrEqual(0.03 * N);
  facets.forEach((row, i) => {
    if (row.status === "ok") expect(row).toEqual(expected[i]);
  });

  // What a provider bills: answers, usable or not, and at worst those that broke off. No question is answered twice, so
  // beside one answer a question only repairs and calls that broke off are paid: what the faults make necessary, no more.
  const answers = chats().filter(({ index }) => answered.has(index));
  const questions = answers.map(({ body }) => JSON.stringify(body.messages));
  expect(new Set(questions).size).toBe(questions.length);
  const repairs = questions.filter((question) => question.includes("Your answer cannot be used")).length;
  expect(repairs).toBeLessThanOrEqual(seen("bad_json") + seen("empty"));
  const paid = questions.length + seen("hang_up");
  expect(paid).toBeLessThanOrEqual(
    questions.length - repairs + seen("bad_json") + seen("empty") + seen("hang_up"),
  );

  // Our meter counts each of them.
  const { usage } = await usageOf(run);
  expect(usage).toBe(paid);
});

const chats = (): Asked[] => server.asked.filter(({ path }) => path.endsWith("/chat/completions"));

/** Calls as the parts have them, without the embedder's. */
async function usageOf({ objects }: MemoryRun): Promise<{ usage: number }> {
  let calls = 0;
  for await (const { key } of objects.list("")) {
    if (!/\/parts\/.*\/\d{5}\.jsonl$/.test(key)) continue;
    const text = new TextDecoder().decode((await objects.get(key)) ?? undefined);
    const { models } = JSON.parse(text.split("\n", 1)[0]!) as {
      models: { kind: string; calls: number }[];
    };
    for (const model of models) if (model.kind === "chat") calls += model.calls;
  }
  return { usage: calls };
}

test("never spends more than the limit, whatever breaks off", async () => {
  const counts = new Map<Outcome, number>();
  const run = await through(faulty(counts), { max_cost_usd: 0.3 });
  expect(run.failure).toMatchObject({ code: "budget_spent" });
  const billed = server.asked.length;
  expect(billed).toBeGreaterThan(20);
  const { spent, reserved } = await run.budget.read("test-run");
  expect(spent + reserved).toBeLessThanOrEqual(300_000);
  expect(spent).toBeGreaterThan(150_000);
});
